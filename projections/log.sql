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
    -- What the ledger holds of it; see log.append. Reading goes by it from a receipt.
    leaf               bytea NOT NULL UNIQUE CHECK (octet_length(leaf) = 32),
    UNIQUE (originator_id, originator_version)
);

-- One row: how many events the log holds. Locking it is what makes events visible in the
-- order of their positions, without gaps; nothing but appending waits for it. What comes
-- is a leaf of the tree named `origin`, whose first leaf stands at the position `first`.
CREATE TABLE IF NOT EXISTS log.head (
    one    boolean PRIMARY KEY DEFAULT true CHECK (one),
    size   bigint NOT NULL,
    origin text NOT NULL CHECK (origin ~ '^[^[:space:]+]+$'),
    first  bigint NOT NULL DEFAULT 1 CHECK (first BETWEEN 1 AND size + 1)
);
INSERT INTO log.head (size, origin)
VALUES (0, 'probity.invalid/' || right(gen_random_uuid()::text, 12) || '/e1')
    ON CONFLICT DO NOTHING;

-- What was answered to a request that carried an Idempotency-Key, so that the same
-- request is answered again and not carried out again.
CREATE TABLE IF NOT EXISTS log.answer (
    actor       text NOT NULL,
    key         text NOT NULL,
    request     bytea NOT NULL,
    stream      uuid NOT NULL,
    version     bigint NOT NULL,
    position    bigint NOT NULL,
    entry       text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (actor, key)
);

CREATE OR REPLACE FUNCTION log.differs(draft text, entry text) RETURNS bytea
LANGUAGE plpgsql AS $$
BEGIN
    RAISE data_corrupted USING
        MESSAGE = 'what is to be stored is not what was drafted for the ledger',
        DETAIL = format('drafted: %s; stored: %s', draft, entry);
END $$;

-- Each leaf is computed here, from what is stored, and must be that of the draft which the
-- application made: its entry without its position, which nobody knows before.
CREATE OR REPLACE FUNCTION log.append(
    ids uuid[], versions bigint[], topics text[], states bytea[],
    events uuid[], times timestamptz[], drafts text[], answers jsonb DEFAULT NULL,
    sealed_with uuid[] DEFAULT '{}'
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    base bigint;
    format text;
BEGIN
    -- What is sealed with a key that is gone could never be read by anybody.
    IF cardinality(sealed_with) > 0
       AND keys.hold(sealed_with) <> cardinality(sealed_with) THEN
        RAISE integrity_constraint_violation USING MESSAGE =
            'a key was destroyed while something was being sealed with it';
    END IF;
    UPDATE log.head SET size = size + cardinality(ids)
        RETURNING size - cardinality(ids), origin || E'/event@v1\n' INTO base, format;
    INSERT INTO log.probity_events (
        notification_id, originator_id, originator_version,
        topic, state, event_id, recorded_at, leaf
    )
    SELECT base + nth, id, version, topic, state, event, at,
           CASE WHEN draft = before || E'\n' || after
                THEN sha256('\x00' || convert_to(before || base + nth || E'\n' || after, 'UTF8'))
                ELSE log.differs(draft, before || E'\n' || after) END
      FROM unnest(ids, versions, topics, states, events, times, drafts)
           WITH ORDINALITY AS u (id, version, topic, state, event, at, draft, nth),
           LATERAL (SELECT
               format || id || E'\n' || version || E'\n' || topic || E'\n' AS before,
               to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || E'\n'
               || encode(sha256(state), 'hex') || E'\n' AS after
           ) AS entry;
    IF answers IS NOT NULL THEN
        INSERT INTO log.answer (actor, key, request, stream, version, position, entry)
        SELECT actor, key, decode(request, 'hex'), stream, version, base + nth,
               replace(draft, E'\n\n', E'\n' || base + own || E'\n')
          FROM jsonb_to_recordset(answers) AS a (
               actor text, key text, request text, stream uuid,
               version bigint, nth bigint, own bigint, draft text);
    END IF;
    RETURN base;
END $$;

-- Gives the log's first tree its name, which stands in every entry: before there is one.
CREATE OR REPLACE FUNCTION log.name_origin(name text) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    given text := rtrim(name, '/') || '/e1';
    found text;
BEGIN
    UPDATE log.head SET origin = given WHERE size = 0 OR origin = given
        RETURNING origin INTO found;
    IF found IS NULL THEN
        RAISE object_not_in_prerequisite_state USING MESSAGE = format(
            'the log is named %s, and has events under that name already',
            (SELECT origin FROM log.head));
    END IF;
    RETURN found;
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
    uuid[], bigint[], text[], bytea[], uuid[], timestamptz[], text[], jsonb, uuid[]
) TO probity_web, probity_scheduler;
