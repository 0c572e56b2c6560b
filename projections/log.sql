-- The log: one table that only grows, and the one function that may add to it.
-- Run as probity_owner by `projections.postgres.setup`; harmless to run again.

CREATE TABLE IF NOT EXISTS log.probity_events (
    notification_id    bigint PRIMARY KEY,
    originator_id      uuid NOT NULL,
    originator_version bigint NOT NULL CHECK (originator_version >= 0),
    topic              text NOT NULL,
    state              bytea NOT NULL,
    event_id           uuid NOT NULL UNIQUE,
    recorded_at        timestamptz NOT NULL,
    UNIQUE (originator_id, originator_version)
);

-- One row: how many events the log holds. Locking it is what makes events visible in the
-- order of their positions, without gaps; nothing but appending waits for it.
CREATE TABLE IF NOT EXISTS log.head (
    one  boolean PRIMARY KEY DEFAULT true CHECK (one),
    size bigint NOT NULL
);
INSERT INTO log.head (size) VALUES (0) ON CONFLICT DO NOTHING;

-- What was answered to a request that carried an Idempotency-Key, so that the same
-- request is answered again and not carried out again.
CREATE TABLE IF NOT EXISTS log.answer (
    actor       text NOT NULL,
    key         text NOT NULL,
    request     bytea NOT NULL,
    stream      uuid NOT NULL,
    version     bigint NOT NULL,
    position    bigint NOT NULL,
    digest      text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (actor, key)
);

DROP FUNCTION IF EXISTS log.append(
    uuid[], bigint[], text[], bytea[], uuid[], timestamptz[], jsonb
);
CREATE OR REPLACE FUNCTION log.append(
    ids uuid[], versions bigint[], topics text[], states bytea[],
    events uuid[], times timestamptz[], answers jsonb DEFAULT NULL,
    sealed_with uuid[] DEFAULT '{}'
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    base bigint;
BEGIN
    -- What is sealed with a key that is gone could never be read by anybody.
    IF cardinality(sealed_with) > 0
       AND keys.hold(sealed_with) <> cardinality(sealed_with) THEN
        RAISE integrity_constraint_violation USING MESSAGE =
            'a key was destroyed while something was being sealed with it';
    END IF;
    UPDATE log.head SET size = size + cardinality(ids)
        RETURNING size - cardinality(ids) INTO base;
    INSERT INTO log.probity_events (
        notification_id, originator_id, originator_version,
        topic, state, event_id, recorded_at
    )
    SELECT base + nth, id, version, topic, state, event, at
      FROM unnest(ids, versions, topics, states, events, times)
           WITH ORDINALITY AS u (id, version, topic, state, event, at, nth);
    IF answers IS NOT NULL THEN
        INSERT INTO log.answer (actor, key, request, stream, version, position, digest)
        SELECT actor, key, decode(request, 'hex'), stream, version, base + nth, digest
          FROM jsonb_to_recordset(answers) AS a (
               actor text, key text, request text, stream uuid,
               version bigint, nth bigint, digest text);
    END IF;
    RETURN base;
END $$;

CREATE OR REPLACE FUNCTION log.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege',
              HINT = 'A mistake is corrected by a new event, never by changing an old one.';
END $$;

CREATE OR REPLACE TRIGGER append_only_rows
    BEFORE UPDATE OR DELETE ON log.probity_events
    FOR EACH ROW EXECUTE FUNCTION log.refuse();
CREATE OR REPLACE TRIGGER append_only_table
    BEFORE TRUNCATE ON log.probity_events
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse();
-- Also in a session that plays the part of a replica, where triggers do not fire else.
ALTER TABLE log.probity_events ENABLE ALWAYS TRIGGER append_only_rows;
ALTER TABLE log.probity_events ENABLE ALWAYS TRIGGER append_only_table;

REVOKE ALL ON ALL TABLES IN SCHEMA log FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA log FROM PUBLIC;
GRANT USAGE ON SCHEMA log TO probity_web, probity_projector, probity_scheduler;
GRANT SELECT ON log.probity_events, log.head
    TO probity_web, probity_projector, probity_scheduler;
GRANT SELECT ON log.answer TO probity_web, probity_scheduler;
GRANT EXECUTE ON FUNCTION log.append(
    uuid[], bigint[], text[], bytea[], uuid[], timestamptz[], jsonb, uuid[]
) TO probity_web, probity_scheduler;
