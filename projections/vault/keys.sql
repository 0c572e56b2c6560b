-- The data keys, each wrapped by a key that is not in this database. Nobody but their
-- owner may touch the table; programs ask these functions, each of which does one thing.
-- Run as probity_keys by `projections.postgres.setup`; harmless to run again.

-- A destroyed key is a deleted row. What a deleted row leaves in the file is reused soon,
-- and is of no use to anybody after the wrapping key was rotated and retired.
CREATE TABLE IF NOT EXISTS keys.data_key (
    id         uuid PRIMARY KEY,
    subject    text NOT NULL,
    relative   text NOT NULL DEFAULT '',
    year       integer NOT NULL DEFAULT 0,
    kek        text NOT NULL CHECK (kek <> ''),
    wrapped    bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (subject, relative, year)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1);

-- The wrapping keys, by name. What is new is wrapped by the current one, and by none that
-- a program on another machine still takes, or takes already, for the current one.
CREATE TABLE IF NOT EXISTS keys.kek (
    name       text PRIMARY KEY CHECK (name <> ''),
    current    boolean NOT NULL,
    adopted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    retired_at timestamptz,
    CHECK (NOT current OR retired_at IS NULL)
);
CREATE UNIQUE INDEX IF NOT EXISTS kek_current ON keys.kek (current) WHERE current;

-- Those functions that look for rows know them by an index, and are told so: a plan that
-- a connection made while there were few rows is kept when there are many.

-- The advisory lock under which nothing is destroyed while others hold it. Locking the
-- rows would write to each of them with everything that is sealed. The letters PROBKEY.
CREATE OR REPLACE FUNCTION keys.holding() RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$ SELECT 22608498504975705 $$;

-- How many of these there are. They stay until the transaction ends: a destruction waits
-- for it, while rewrapping a key does not.
CREATE OR REPLACE FUNCTION keys.hold(ids uuid[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    SET enable_seqscan = off AS $$
DECLARE
    held bigint;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(keys.holding());
    SELECT count(*) INTO held FROM keys.data_key AS k WHERE k.id = ANY (ids);
    RETURN held;
END $$;

-- The advisory lock that those who keep keys share, so that none of them still goes by
-- another wrapping key when a new one has become the current one. The letters PROBKEK.
CREATE OR REPLACE FUNCTION keys.adopting() RETURNS bigint
LANGUAGE sql IMMUTABLE RETURN 22608498504975691;

CREATE OR REPLACE FUNCTION keys.fetch(ids uuid[]) RETURNS SETOF keys.data_key
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    SET enable_seqscan = off AS $$
BEGIN
    IF cardinality(ids) > 1000 THEN
        RAISE program_limit_exceeded USING
            MESSAGE = 'no more than 1000 keys are given at once';
    END IF;
    RETURN QUERY
        SELECT k.id, k.subject, k.relative, k.year, k.kek, k.wrapped, k.created_at
          FROM keys.data_key AS k WHERE k.id = ANY (ids);
END $$;

CREATE OR REPLACE FUNCTION keys.named(subjects text[], relatives text[], years integer[])
RETURNS SETOF keys.data_key
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    SET enable_seqscan = off AS $$
BEGIN
    IF cardinality(subjects) > 1000 THEN
        RAISE program_limit_exceeded USING
            MESSAGE = 'no more than 1000 keys are given at once';
    END IF;
    RETURN QUERY
        SELECT k.id, k.subject, k.relative, k.year, k.kek, k.wrapped, k.created_at
          FROM unnest(subjects, relatives, years) AS asked (subject, relative, year),
               LATERAL (
                   SELECT o.id, o.subject, o.relative, o.year, o.kek, o.wrapped, o.created_at
                     FROM keys.data_key AS o
                    WHERE o.subject = asked.subject AND o.relative = asked.relative
                      AND o.year = asked.year
                    LIMIT 1
               ) AS k;
END $$;

-- Returns the keys of these names: the new ones, or what another process kept before.
-- Where the box is not of the current wrapping key, the refusal names that one; the first
-- wrapping key that is ever used becomes the current one.
CREATE OR REPLACE FUNCTION keys.keep(
    ids uuid[], subjects text[], relatives text[], years integer[],
    by_kek text, boxes bytea[]
) RETURNS SETOF keys.data_key
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    current_kek text;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(keys.adopting());
    IF NOT EXISTS (SELECT FROM keys.kek) THEN
        INSERT INTO keys.kek (name, current) VALUES (by_kek, true)
            ON CONFLICT DO NOTHING;
    END IF;
    SELECT name INTO current_kek FROM keys.kek WHERE current;
    IF current_kek IS DISTINCT FROM by_kek THEN
        RAISE invalid_parameter_value USING
            MESSAGE = format('%s is not the current wrapping key', by_kek),
            DETAIL = current_kek;
    END IF;
    -- In one order: two that keep the same names wait for each other, and not in a ring.
    INSERT INTO keys.data_key (id, subject, relative, year, kek, wrapped)
    SELECT id, subject, relative, year, by_kek, wrapped
      FROM unnest(ids, subjects, relatives, years, boxes)
           AS new (id, subject, relative, year, wrapped)
     ORDER BY subject, relative, year
        ON CONFLICT (subject, relative, year) DO NOTHING;
    RETURN QUERY
        SELECT k.id, k.subject, k.relative, k.year, k.kek, k.wrapped, k.created_at
          FROM keys.named(subjects, relatives, years) AS k;
END $$;

-- Makes a wrapping key the current one. For the operator: nobody is given the right.
CREATE OR REPLACE FUNCTION keys.adopt(new_kek text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(keys.adopting());
    IF EXISTS (SELECT FROM keys.kek WHERE name = new_kek AND retired_at IS NOT NULL) THEN
        RAISE EXCEPTION 'the wrapping key % was retired: make a new one', new_kek;
    END IF;
    UPDATE keys.kek SET current = false WHERE current AND name <> new_kek;
    INSERT INTO keys.kek (name, current) VALUES (new_kek, true)
        ON CONFLICT (name) DO UPDATE SET current = true, adopted_at = clock_timestamp()
        WHERE NOT kek.current;
END $$;

-- The name of the wrapping key that wraps what is new; null where none was used yet.
CREATE OR REPLACE FUNCTION keys.current_kek() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT name FROM keys.kek WHERE current);

-- How many keys each wrapping key wraps, and of how many persons. Nothing of any key.
CREATE OR REPLACE FUNCTION keys.census() RETURNS TABLE (
    name text, current boolean, adopted_at timestamptz, retired_at timestamptz,
    keys bigint, subjects bigint
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT coalesce(v.name, k.kek), coalesce(v.current, false), v.adopted_at, v.retired_at,
           count(k.id), count(DISTINCT nullif(k.subject, ''))
      FROM keys.kek AS v FULL JOIN keys.data_key AS k ON k.kek = v.name
     GROUP BY v.name, k.kek, v.current, v.adopted_at, v.retired_at
     ORDER BY v.adopted_at, 1;
END;

-- Returns how many keys are gone: of one person, of one or of all relatives, in one year
-- or in all. Waits for those who are just sealing something; they wait for us, so
-- whoever destroys ends the transaction at once.
CREATE OR REPLACE FUNCTION keys.destroy(
    whose text, about text DEFAULT NULL, of_year integer DEFAULT NULL
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    SET enable_seqscan = off AS $$
DECLARE
    gone bigint;
BEGIN
    IF coalesce(whose, '') = '' THEN
        RAISE EXCEPTION 'the keys of nobody in particular are not destroyed'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- First the rows, for which a rewrapping may make us wait: nobody waits for us yet.
    PERFORM FROM keys.data_key AS k
      WHERE k.subject = whose
        AND (about IS NULL OR k.relative = about)
        AND (of_year IS NULL OR k.year = of_year)
      ORDER BY k.id FOR UPDATE;
    PERFORM pg_advisory_xact_lock(keys.holding());
    DELETE FROM keys.data_key AS k
     WHERE k.subject = whose
       AND (about IS NULL OR k.relative = about)
       AND (of_year IS NULL OR k.year = of_year);
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;

REVOKE ALL ON ALL TABLES IN SCHEMA keys FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA keys FROM PUBLIC;
GRANT USAGE ON SCHEMA keys
    TO probity_owner, probity_web, probity_projector, probity_scheduler;
GRANT EXECUTE ON FUNCTION keys.hold(uuid[])
    TO probity_owner, probity_web, probity_scheduler;
GRANT EXECUTE ON FUNCTION
    keys.fetch(uuid[]),
    keys.named(text[], text[], integer[]),
    keys.keep(uuid[], text[], text[], integer[], text, bytea[]),
    keys.current_kek(),
    keys.census()
    TO probity_web, probity_projector, probity_scheduler;
GRANT EXECUTE ON FUNCTION keys.destroy(text, text, integer) TO probity_scheduler;
