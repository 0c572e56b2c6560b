-- What was last signed of each log: statements for SQLite, whose parameters are :named.

-- name: create_seen
CREATE TABLE IF NOT EXISTS seen (
    origin text PRIMARY KEY,
    size   integer NOT NULL CHECK (size >= 0),
    root   blob NOT NULL CHECK (length(root) = 32),
    note   text NOT NULL
) STRICT;

-- name: find_latest
SELECT size, root, note FROM seen WHERE origin = :origin;

-- name: list_origins
SELECT origin FROM seen ORDER BY origin;

-- name: put_latest
INSERT INTO seen (origin, size, root, note) VALUES (:origin, :size, :root, :note)
ON CONFLICT (origin) DO UPDATE
SET size = excluded.size, root = excluded.root, note = excluded.note;
