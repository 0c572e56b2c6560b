-- What is asked of those who want to log in, as probity_web. The tables are made by
-- access.sql. The time is given: it is the caller's clock that expires things.

-- name: clear_errands
DELETE FROM access.errand
WHERE expires_at <= %(at)s;

-- name: add_errand
INSERT INTO access.errand (state_digest, browser_digest, content, expires_at)
VALUES (%(state)s, %(browser)s, %(content)s, %(expires_at)s);

-- name: take_errand
DELETE FROM access.errand
WHERE
    state_digest = %(state)s AND browser_digest = %(browser)s
    AND expires_at > %(at)s
RETURNING content::text;

-- name: count_try
-- It counts as failed before it is made: so of many at once none goes uncounted. No
-- row comes back to who has to wait. What failed long ago is forgotten.
INSERT INTO access.failure AS f (name_digest, failures, last_at, wait_until)
VALUES (
    %(name)s, 1, %(at)s,
    CASE WHEN %(tries)s::int > 1 THEN %(at)s
    ELSE %(at)s::timestamptz + %(wait)s::interval END
)
ON CONFLICT (name_digest) DO UPDATE SET
    failures = CASE
        WHEN f.last_at < %(forgotten)s THEN 1 ELSE f.failures + 1
    END,
    last_at = %(at)s,
    wait_until = CASE
        WHEN f.last_at < %(forgotten)s OR f.failures + 1 < %(tries)s THEN %(at)s
        ELSE %(at)s::timestamptz + least(
            %(most)s::interval,
            %(wait)s::interval * power(2, least(f.failures + 1 - %(tries)s::int, 20))
        )
    END
WHERE f.wait_until <= %(at)s
RETURNING f.failures;

-- name: read_wait
SELECT wait_until
FROM access.failure
WHERE name_digest = %(name)s;

-- name: forget_failures
DELETE FROM access.failure
WHERE name_digest = %(name)s;

-- name: clear_failures
DELETE FROM access.failure
WHERE last_at < %(forgotten)s AND wait_until <= %(at)s;
