-- The personnel file: what is known of each person, of when, and since when.

-- name: create_entry
-- An entry holds from effective_from up to, not including, effective_to (null: without a
-- bound), as far as the log was known from known_from up to, not including, known_to.
CREATE TABLE personnel_file.entry (
    person         text NOT NULL,
    kind           text NOT NULL,
    key            text NOT NULL,
    known_from     bigint NOT NULL,
    known_to       bigint,
    effective_from date,
    effective_to   date,
    data           json NOT NULL,
    event_id       uuid NOT NULL,
    UNIQUE NULLS NOT DISTINCT (person, kind, key, known_from, effective_from)
);

-- name: create_declared_number
CREATE INDEX ON personnel_file.entry ((data ->> 'number'))
WHERE kind = 'relative' AND known_to IS NULL;

-- name: create_declared_by
-- Who has declared a relative with this number. Asked before it is known who may see what:
-- so it tells of nobody but whoever has declared the very number.
CREATE FUNCTION personnel_file.declared_by(number text, today date) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
    SELECT coalesce(array_agg(DISTINCT e.person ORDER BY e.person), '{}')
    FROM personnel_file.entry AS e
    WHERE e.kind = 'relative' AND e.known_to IS NULL
    AND e.data ->> 'number' = declared_by.number
    AND coalesce(e.effective_to > declared_by.today, true);
END;

-- name: create_word
-- By which words of their name people are found: keyed digests, gone with their key.
CREATE TABLE personnel_file.word (
    digest text NOT NULL,
    person text NOT NULL,
    PRIMARY KEY (digest, person)
);

-- name: create_word_by_person
CREATE INDEX ON personnel_file.word (person);

-- name: drop_words
DELETE FROM personnel_file.word WHERE person = ANY(%(people)s::text[]);

-- name: save_words
INSERT INTO personnel_file.word (digest, person)
SELECT digest, person
FROM json_to_recordset(%(rows)s::json) AS r (digest text, person text);

-- name: load_entries
SELECT
    e.person, e.kind, e.key, e.known_from, e.data::text::bytea AS data, e.event_id,
    e.effective_from, e.effective_to
FROM json_to_recordset(%(matters)s::json) AS wanted (person text, kind text, key text)
JOIN personnel_file.entry AS e
    ON e.person = wanted.person AND e.kind = wanted.kind AND e.key = wanted.key
WHERE e.known_to IS NULL
ORDER BY e.known_from, e.effective_from;

-- name: close_entries
UPDATE personnel_file.entry AS e
SET known_to = r.known_to
FROM json_to_recordset(%(rows)s::json) AS r (
    person text, kind text, key text, known_from bigint, known_to bigint,
    effective_from date
)
WHERE e.person = r.person AND e.kind = r.kind AND e.key = r.key
AND e.known_from = r.known_from
AND e.effective_from IS NOT DISTINCT FROM r.effective_from;

-- name: add_entries
INSERT INTO personnel_file.entry (
    person, kind, key, known_from, known_to, effective_from, effective_to, data, event_id
)
SELECT
    person, kind, key, known_from, known_to, effective_from, effective_to, data, event_id
FROM json_to_recordset(%(rows)s::json) AS r (
    person text, kind text, key text, known_from bigint, known_to bigint,
    effective_from date, effective_to date, data json, event_id uuid
);
