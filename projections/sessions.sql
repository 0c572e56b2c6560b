-- What is asked of sessions, as probity_web. The table is made by access.sql. The time
-- is given: it is the caller's clock that expires things.

-- name: begin_session
INSERT INTO access.session (
    digest, account, way, created_at, seen_at, idle_until, expires_at
) VALUES (
    %(digest)s, %(account)s, %(way)s, %(at)s, %(at)s, %(idle_until)s, %(expires_at)s
);

-- name: find_session
SELECT
    s.digest, s.account, a.person, s.way, s.chosen, s.idle_until, s.expires_at,
    s.ended_at, a.locked_at
FROM access.session AS s
JOIN access.account AS a ON a.name = s.account
WHERE s.digest = %(digest)s;

-- name: touch_session
UPDATE access.session
SET seen_at = %(at)s, idle_until = %(idle_until)s
WHERE digest = %(digest)s AND ended_at IS NULL AND idle_until < %(idle_until)s;

-- name: choose_grant
UPDATE access.session
SET chosen = %(chosen)s
WHERE digest = %(digest)s AND ended_at IS NULL;

-- name: end_session
UPDATE access.session
SET ended_at = %(at)s, ended_by = %(by)s
WHERE digest = %(digest)s AND ended_at IS NULL;

-- name: end_sessions
UPDATE access.session
SET ended_at = %(at)s, ended_by = %(by)s
WHERE account = %(account)s AND ended_at IS NULL;
