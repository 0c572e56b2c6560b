-- The log as it would be without the ledger: nothing is computed, compared or indexed.

ALTER TABLE log.probity_events DROP COLUMN leaf;

CREATE OR REPLACE FUNCTION log.append(
    ids uuid[], versions bigint[], topics text[], states bytea[],
    events uuid[], times timestamptz[], drafts text[], answers jsonb DEFAULT NULL,
    sealed_with uuid[] DEFAULT '{}'
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    base bigint;
BEGIN
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
    RETURN base;
END $$;
