-- Who may enter the database, and create schemas in it. A copy of a database does not
-- have these rights. Run by `setup` as the administrator; harmless to run again.

DO $$
DECLARE
    login text := current_setting('probity.login');
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), login);
    -- A read model is rebuilt as a schema beside the live one.
    EXECUTE format('GRANT CREATE ON DATABASE %I TO probity_projector', current_database());
    IF NOT has_database_privilege('probity_projector', current_database(), 'CREATE') THEN
        RAISE insufficient_privilege USING MESSAGE =
            format('%I does not own the database %I', current_user, current_database());
    END IF;
END $$;
