-- The files of evidence, each sealed with the data key of the person it is about. Run as
-- probity_owner by `projections.postgres.setup`; harmless to run again.

-- An address is a keyed digest of the case, the bytes, and whether they are the original
-- or the copy: whoever has only the database can neither guess nor compare them. What was
-- kept for an act that was then refused stays, and is of no use to anybody.
CREATE TABLE IF NOT EXISTS evidence.file (
    address   text NOT NULL CHECK (address ~ '^[0-9a-f]{32}$'),
    data_key  uuid NOT NULL,
    box       bytea NOT NULL,
    stored_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (address, data_key)
);
-- It is a cipher's output: there is nothing in it to compress.
ALTER TABLE evidence.file ALTER COLUMN box SET STORAGE EXTERNAL;

-- In which cases a file or a picture may stand, by keyed digests of both. Whether it does,
-- the facts of the case say.
CREATE TABLE IF NOT EXISTS evidence.mark (
    mark    text NOT NULL CHECK (mark ~ '^[0-9a-f]{32}$'),
    of_case text NOT NULL,
    PRIMARY KEY (mark, of_case)
);

-- Nothing is changed or removed: what may not be read any more has lost its key.
REVOKE ALL ON evidence.file, evidence.mark FROM PUBLIC, probity_web;
GRANT USAGE ON SCHEMA evidence TO probity_web;
GRANT SELECT, INSERT ON evidence.file, evidence.mark TO probity_web;
