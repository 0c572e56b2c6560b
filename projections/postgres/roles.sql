-- Who may do what: group roles, their members, schemas, and the rights of each.
-- Run by `setup.initialise` as the administrator; harmless to run again.

DO $$
DECLARE
    login text := current_setting('probity.login');
    recent boolean := current_setting('server_version_num')::int >= 160000;
    acting text := CASE WHEN recent THEN 'SET' ELSE 'MEMBER' END;
    -- A member acts as the role when it says so, and has no right of it before.
    apart text := CASE WHEN recent THEN ' WITH INHERIT FALSE' ELSE '' END;
    group_role text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login) THEN
        RAISE insufficient_privilege USING MESSAGE =
            format('there is no role %I, as which Probity is to connect', login);
    END IF;
    FOREACH group_role IN ARRAY ARRAY[
        'probity_owner', 'probity_keys',
        'probity_web', 'probity_projector', 'probity_scheduler', 'probity_ledger'
    ] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = group_role) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', group_role);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL; -- roles are shared by all databases; another one was first
            END;
        END IF;
        IF NOT pg_has_role(current_user, group_role, acting) THEN
            EXECUTE format('GRANT %I TO %I', group_role, current_user) || apart;
        END IF;
        -- No program acts as these: they own, and functions of theirs say what others may.
        IF group_role NOT IN ('probity_owner', 'probity_keys')
           AND NOT pg_has_role(login, group_role, acting) THEN
            EXECUTE format('GRANT %I TO %I', group_role, login) || apart;
        END IF;
    END LOOP;
END $$;

CREATE SCHEMA IF NOT EXISTS log AUTHORIZATION probity_owner;
CREATE SCHEMA IF NOT EXISTS projection AUTHORIZATION probity_owner;
CREATE SCHEMA IF NOT EXISTS access AUTHORIZATION probity_owner;
CREATE SCHEMA IF NOT EXISTS work AUTHORIZATION probity_owner;
CREATE SCHEMA IF NOT EXISTS ledger AUTHORIZATION probity_owner;
CREATE SCHEMA IF NOT EXISTS evidence AUTHORIZATION probity_owner;
CREATE SCHEMA IF NOT EXISTS keys AUTHORIZATION probity_keys;
REVOKE ALL ON SCHEMA public FROM PUBLIC;

-- What the owner creates. The rights on `log`, `ledger` and `evidence` are given one by
-- one, in log.sql, ledger.sql and files.sql.
SET LOCAL ROLE probity_owner;
REVOKE ALL ON SCHEMA log, projection, access, work, ledger, evidence FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

GRANT USAGE ON SCHEMA log, ledger
    TO probity_web, probity_projector, probity_scheduler, probity_ledger;

GRANT USAGE ON SCHEMA projection TO probity_web, probity_projector, probity_scheduler;
GRANT CREATE ON SCHEMA projection TO probity_projector;
ALTER DEFAULT PRIVILEGES IN SCHEMA projection
    GRANT SELECT ON TABLES TO probity_web, probity_scheduler;
ALTER DEFAULT PRIVILEGES IN SCHEMA projection
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO probity_projector;

GRANT USAGE ON SCHEMA access TO probity_web;
ALTER DEFAULT PRIVILEGES IN SCHEMA access
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO probity_web;
ALTER DEFAULT PRIVILEGES IN SCHEMA access
    GRANT USAGE ON SEQUENCES TO probity_web;

GRANT USAGE ON SCHEMA work TO probity_scheduler;
ALTER DEFAULT PRIVILEGES IN SCHEMA work
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO probity_scheduler;
ALTER DEFAULT PRIVILEGES IN SCHEMA work
    GRANT USAGE ON SEQUENCES TO probity_scheduler;

-- What the keys' owner creates. The rights on `keys` are given one by one, in keys.sql.
SET LOCAL ROLE probity_keys;
REVOKE ALL ON SCHEMA keys FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- What the projector creates, now or in any rebuild: read models, which it owns.
SET LOCAL ROLE probity_projector;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO probity_web, probity_scheduler;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO probity_web, probity_scheduler;
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO probity_web, probity_scheduler;
SET LOCAL ROLE NONE;
