-- What the publisher remembers of each witness: of use to people alone, and proof of
-- nothing. Run as probity_owner by `projections.postgres.setup`, after ledger.sql.

CREATE TABLE IF NOT EXISTS ledger.witness (
    origin      text NOT NULL,
    name        text NOT NULL,
    size        bigint NOT NULL,
    asked_at    timestamptz NOT NULL,
    cosigned_at timestamptz,
    trouble     text,
    PRIMARY KEY (origin, name)
);

REVOKE ALL ON ledger.witness FROM PUBLIC;
GRANT SELECT ON ledger.witness TO probity_web, probity_ledger;
GRANT INSERT, UPDATE ON ledger.witness TO probity_ledger;

-- Closes the tree that grows, and opens the next one behind the last event. No program
-- acts as the owner: somebody does, who has read docs/restore.md.
CREATE OR REPLACE FUNCTION log.open_epoch(nth integer, named text, statement text)
RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    before record;
BEGIN
    SELECT origin, first, size INTO before FROM log.head FOR UPDATE;
    INSERT INTO ledger.epoch (number, origin, first)
    SELECT coalesce(max(number), 0) + 1, before.origin, before.first FROM ledger.epoch
        ON CONFLICT (origin) DO NOTHING;
    UPDATE ledger.epoch SET closed_at = clock_timestamp(), closing = statement
     WHERE origin = before.origin;
    UPDATE log.head SET origin = named, first = size + 1;
    INSERT INTO ledger.epoch (number, origin, first)
    VALUES (nth, named, before.size + 1);
    RETURN before.size + 1;
END $$;
REVOKE ALL ON FUNCTION log.open_epoch(integer, text, text) FROM PUBLIC;
