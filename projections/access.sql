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

-- Who logs in with a name of their own. What they may do stands in the log, as their
-- mandates; `person` is their personnel number, under which they are a declarant too.
CREATE TABLE IF NOT EXISTS access.account (
    name            text PRIMARY KEY CHECK (name <> '' AND name = lower(name)),
    person          text CHECK (person <> ''),
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    created_by      text NOT NULL,
    locked_at       timestamptz,
    locked_by       text,
    -- Argon2id with its salt and costs in it (RFC 9106), or nothing: no password fits.
    password_hash   text CHECK (password_hash LIKE '$argon2id$%'),
    password_set_at timestamptz,
    password_set_by text
);
-- One person, one account: whoever had two could be their own second person.
CREATE UNIQUE INDEX IF NOT EXISTS account_person ON access.account (person);
REVOKE ALL ON access.account FROM PUBLIC, probity_web;
GRANT SELECT, INSERT ON access.account TO probity_web;
GRANT UPDATE (locked_at, locked_by, password_hash, password_set_at, password_set_by)
    ON access.account TO probity_web;

-- As whom an account is known to an identity provider. The pair is what OpenID Connect
-- promises never to give to another (Core 1.0, section 5.7); an e-mail address is not.
CREATE TABLE IF NOT EXISTS access.identity (
    issuer   text NOT NULL CHECK (issuer <> ''),
    subject  text NOT NULL CHECK (subject <> ''),
    account  text NOT NULL REFERENCES access.account (name),
    bound_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    bound_by text NOT NULL,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX IF NOT EXISTS identity_account ON access.identity (account);
REVOKE ALL ON access.identity FROM PUBLIC, probity_web;
GRANT SELECT, INSERT, DELETE ON access.identity TO probity_web;

-- Who is logged in, and was. The id in the cookie is kept as its SHA-256 only; `chosen`
-- is the grant under which its holder acts. A session ends, and is never removed.
CREATE TABLE IF NOT EXISTS access.session (
    digest     bytea PRIMARY KEY CHECK (octet_length(digest) = 32),
    account    text NOT NULL REFERENCES access.account (name),
    way        text NOT NULL CHECK (way IN ('password', 'oidc')),
    chosen     text,
    created_at timestamptz NOT NULL,
    seen_at    timestamptz NOT NULL,
    idle_until timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at > created_at),
    ended_at   timestamptz,
    ended_by   text
);
CREATE INDEX IF NOT EXISTS session_open
    ON access.session (account) WHERE ended_at IS NULL;
REVOKE ALL ON access.session FROM PUBLIC, probity_web;
GRANT SELECT, INSERT ON access.session TO probity_web;
GRANT UPDATE (chosen, seen_at, idle_until, ended_at, ended_by)
    ON access.session TO probity_web;

-- What a browser was sent to the identity provider with. It is taken once, and only by
-- the browser that was sent.
CREATE TABLE IF NOT EXISTS access.errand (
    state_digest   bytea PRIMARY KEY CHECK (octet_length(state_digest) = 32),
    browser_digest bytea NOT NULL CHECK (octet_length(browser_digest) = 32),
    content        jsonb NOT NULL,
    expires_at     timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS errand_expires ON access.errand (expires_at);
REVOKE ALL ON access.errand FROM PUBLIC, probity_web;
GRANT SELECT, INSERT, DELETE ON access.errand TO probity_web;

-- How often in a row a password was wrong. By a digest of the name that was typed,
-- whether there is such an account or not: so nobody learns from it which there are.
CREATE TABLE IF NOT EXISTS access.failure (
    name_digest bytea PRIMARY KEY CHECK (octet_length(name_digest) = 32),
    failures    integer NOT NULL CHECK (failures > 0),
    last_at     timestamptz NOT NULL,
    wait_until  timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS failure_last ON access.failure (last_at);
REVOKE ALL ON access.failure FROM PUBLIC, probity_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON access.failure TO probity_web;
