-- What is asked of accounts, as probity_web. The tables are made by access.sql.

-- name: add_account
INSERT INTO access.account (name, person, created_by)
VALUES (%(name)s, %(person)s, %(by)s);

-- name: list_accounts
SELECT
    a.name, a.person, a.created_at, a.created_by, a.locked_at, a.locked_by,
    a.password_set_at,
    (
        SELECT count(i.subject) FROM access.identity AS i WHERE i.account = a.name
    ) AS identities
FROM access.account AS a
WHERE a.name > %(after)s
ORDER BY a.name
LIMIT %(limit)s;

-- name: read_account
SELECT
    a.name, a.person, a.created_at, a.created_by, a.locked_at, a.locked_by,
    a.password_set_at,
    (
        SELECT count(i.subject) FROM access.identity AS i WHERE i.account = a.name
    ) AS identities
FROM access.account AS a
WHERE a.name = %(name)s;

-- name: lock_account
UPDATE access.account
SET locked_at = clock_timestamp(), locked_by = %(by)s
WHERE name = %(name)s AND locked_at IS NULL;

-- name: unlock_account
UPDATE access.account
SET locked_at = NULL, locked_by = NULL
WHERE name = %(name)s;

-- name: read_password
SELECT password_hash
FROM access.account
WHERE name = %(name)s;

-- name: set_password
UPDATE access.account
SET
    password_hash = %(hash)s, password_set_at = clock_timestamp(),
    password_set_by = %(by)s
WHERE name = %(name)s;

-- name: renew_hash
-- The same password, hashed at today's cost, unless another was set in between.
UPDATE access.account
SET password_hash = %(hash)s
WHERE name = %(name)s AND password_hash = %(old)s;

-- name: find_identity
SELECT account
FROM access.identity
WHERE issuer = %(issuer)s AND subject = %(subject)s;

-- name: bind_identity
INSERT INTO access.identity (issuer, subject, account, bound_by)
VALUES (%(issuer)s, %(subject)s, %(account)s, %(by)s)
ON CONFLICT (issuer, subject) DO NOTHING;

-- name: unbind_identity
DELETE FROM access.identity
WHERE issuer = %(issuer)s AND subject = %(subject)s AND account = %(account)s;
