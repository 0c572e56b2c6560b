-- The ledger: the tree over the log in tiles, its checkpoints, and who signed them when.
-- Run as probity_owner by `projections.postgres.setup`; harmless to run again.

-- One row a tile, the widest there has been: a narrower one is its beginning.
CREATE TABLE IF NOT EXISTS ledger.tile (
    origin text NOT NULL,
    level  integer NOT NULL CHECK (level BETWEEN 0 AND 63),
    n      bigint NOT NULL CHECK (n >= 0),
    width  integer NOT NULL CHECK (width BETWEEN 1 AND 256),
    data   bytea NOT NULL CHECK (octet_length(data) = 32 * width),
    PRIMARY KEY (origin, level, n)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
-- Hashes cannot be compressed, and a part is read without the rest.
ALTER TABLE ledger.tile ALTER COLUMN data SET STORAGE EXTERNAL;

CREATE TABLE IF NOT EXISTS ledger.checkpoint (
    origin  text NOT NULL,
    size    bigint NOT NULL CHECK (size > 0),
    root    bytea NOT NULL CHECK (octet_length(root) = 32),
    made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (origin, size)
);

-- The checkpoint as a note with the signatures of the log's two keys.
CREATE TABLE IF NOT EXISTS ledger.signed (
    origin    text NOT NULL,
    size      bigint NOT NULL,
    note      text NOT NULL,
    signed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (origin, size),
    FOREIGN KEY (origin, size) REFERENCES ledger.checkpoint
);

-- The same note with the lines of witnesses, as many as the policy asks for.
CREATE TABLE IF NOT EXISTS ledger.cosigned (
    origin      text NOT NULL,
    size        bigint NOT NULL,
    note        text NOT NULL,
    cosigned_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (origin, size)
);

-- RFC 3161 tokens, in DER.
CREATE TABLE IF NOT EXISTS ledger.timestamp (
    origin     text NOT NULL,
    size       bigint NOT NULL,
    token      bytea NOT NULL,
    stamped_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (origin, size, stamped_at)
);

-- The origins there have been: closed with a signed statement, in text.
CREATE TABLE IF NOT EXISTS ledger.epoch (
    number    integer PRIMARY KEY CHECK (number > 0),
    origin    text NOT NULL UNIQUE,
    first     bigint NOT NULL CHECK (first > 0),
    opened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    closed_at timestamptz,
    closing   text,
    CHECK ((closed_at IS NULL) = (closing IS NULL))
);

-- What a tile holds stays as it is; more may follow it.
CREATE OR REPLACE FUNCTION ledger.only_widen() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (NEW.origin, NEW.level, NEW.n) IS DISTINCT FROM (OLD.origin, OLD.level, OLD.n)
       OR NEW.width <= OLD.width
       OR substr(NEW.data, 1, octet_length(OLD.data)) <> OLD.data THEN
        RAISE insufficient_privilege USING MESSAGE = format(
            'a tile may only widen: %s, level %s, number %s, from %s to %s hashes',
            OLD.origin, OLD.level, OLD.n, OLD.width, NEW.width);
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION ledger.only_close() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF OLD.closed_at IS NOT NULL OR NEW.closed_at IS NULL
       OR (NEW.number, NEW.origin, NEW.first, NEW.opened_at)
          IS DISTINCT FROM (OLD.number, OLD.origin, OLD.first, OLD.opened_at) THEN
        RAISE insufficient_privilege USING MESSAGE = format(
            'an epoch may only be closed, and once: %s', OLD.origin);
    END IF;
    RETURN NEW;
END $$;

-- As for the log, also in a session that plays the part of a replica.
DO $$
DECLARE
    name text;
    changes text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'tile', 'checkpoint', 'signed', 'cosigned', 'timestamp', 'epoch'
    ] LOOP
        changes := CASE WHEN name IN ('tile', 'epoch') THEN '' ELSE 'UPDATE OR ' END;
        EXECUTE format('CREATE OR REPLACE TRIGGER append_only_rows BEFORE %s DELETE'
            ' ON ledger.%I FOR EACH ROW EXECUTE FUNCTION log.refuse()', changes, name);
        EXECUTE format('CREATE OR REPLACE TRIGGER append_only_table BEFORE TRUNCATE'
            ' ON ledger.%I FOR EACH STATEMENT EXECUTE FUNCTION log.refuse()', name);
        EXECUTE format('ALTER TABLE ledger.%I'
            ' ENABLE ALWAYS TRIGGER append_only_rows,'
            ' ENABLE ALWAYS TRIGGER append_only_table', name);
    END LOOP;
END $$;
CREATE OR REPLACE TRIGGER only_widen BEFORE UPDATE ON ledger.tile
    FOR EACH ROW EXECUTE FUNCTION ledger.only_widen();
CREATE OR REPLACE TRIGGER only_close BEFORE UPDATE ON ledger.epoch
    FOR EACH ROW EXECUTE FUNCTION ledger.only_close();
ALTER TABLE ledger.tile ENABLE ALWAYS TRIGGER only_widen;
ALTER TABLE ledger.epoch ENABLE ALWAYS TRIGGER only_close;

REVOKE ALL ON ALL TABLES IN SCHEMA ledger FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
GRANT SELECT ON ALL TABLES IN SCHEMA ledger
    TO probity_web, probity_projector, probity_scheduler, probity_ledger;
GRANT INSERT ON ALL TABLES IN SCHEMA ledger TO probity_ledger;
GRANT UPDATE (width, data) ON ledger.tile TO probity_ledger;
GRANT UPDATE (closed_at, closing) ON ledger.epoch TO probity_ledger;
GRANT SELECT ON log.probity_events, log.head TO probity_ledger;
