-- What is asked of `access.token`, as probity_web. The table is made by access.sql.

-- name: add_token
INSERT INTO access.token (
    id, secret_hash, role, unit, person, label, created_by, expires_at
) VALUES (
    %(id)s, %(secret_hash)s, %(role)s, %(unit)s, %(person)s, %(label)s,
    %(created_by)s, %(expires_at)s
);

-- name: find_token
SELECT secret_hash, role, unit, person, label, expires_at
FROM access.token
WHERE id = %(id)s AND revoked_at IS NULL;

-- name: read_fate
SELECT secret_hash, revoked_at
FROM access.token
WHERE id = %(id)s;

-- name: list_tokens
SELECT
    id, role, unit, person, label, created_at, created_by, expires_at, revoked_at,
    revoked_by
FROM access.token
WHERE id > %(after)s
ORDER BY id
LIMIT %(limit)s;

-- name: read_token
SELECT
    id, role, unit, person, label, created_at, created_by, expires_at, revoked_at,
    revoked_by
FROM access.token
WHERE id = %(id)s;

-- name: revoke_token
UPDATE access.token
SET revoked_at = clock_timestamp(), revoked_by = %(revoked_by)s
WHERE id = %(id)s AND revoked_at IS NULL;
