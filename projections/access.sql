-- Who may come in: the tokens of the API. Not facts of the register, and so not in the
-- log. Run as probity_owner by `projections.postgres.setup`; harmless to run again.

-- Of the secret only its SHA-256 is kept: it has 256 random bits, so nothing slower is
-- needed to keep it from being guessed.
CREATE TABLE IF NOT EXISTS access.token (
    id          text PRIMARY KEY,
    secret_hash bytea NOT NULL CHECK (octet_length(secret_hash) = 32),
    role        text NOT NULL,
    unit        text,
    person      text,
    label       text NOT NULL CHECK (label <> ''),
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    created_by  text NOT NULL,
    expires_at  timestamptz NOT NULL,
    revoked_at  timestamptz,
    revoked_by  text,
    CHECK (role <> 'declarant' OR person IS NOT NULL)
);

-- A token is revoked, never removed or given another role: it stays who acted with it.
REVOKE ALL ON access.token FROM PUBLIC, probity_web;
GRANT SELECT, INSERT ON access.token TO probity_web;
GRANT UPDATE (revoked_at, revoked_by) ON access.token TO probity_web;
