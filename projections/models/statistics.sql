-- Statistics: what each matter counted as, since which position of the log.

-- name: create_counted
-- year, rank and unit are those of the day: of receipt, on which it was due, and so on.
-- part says which matter it is, of those that one stream tells of.
CREATE TABLE statistics.counted (
    stream     uuid NOT NULL,
    part       text NOT NULL,
    standing   text NOT NULL,
    person     text NOT NULL,
    day        date NOT NULL,
    year       integer NOT NULL,
    category   text NOT NULL,
    rank       text,
    unit       text,
    due_on     date,
    marked     boolean NOT NULL,
    known_from bigint NOT NULL,
    known_to   bigint,
    PRIMARY KEY (stream, part, known_from)
);

-- name: create_counted_by_person
CREATE INDEX ON statistics.counted (person, year);

-- name: create_career
CREATE TABLE statistics.career (
    number text PRIMARY KEY,
    career jsonb NOT NULL
);

-- name: load_careers
SELECT number, career::text::bytea AS career FROM statistics.career
WHERE number = ANY(%(numbers)s::text[]);

-- name: save_careers
INSERT INTO statistics.career (number, career)
SELECT number, career
FROM json_to_recordset(%(rows)s::json) AS r (number text, career jsonb)
ON CONFLICT (number) DO UPDATE SET career = excluded.career;

-- name: load_counted
SELECT
    stream::text, part, standing, person, day, category, due_on, marked, rank, unit,
    known_from
FROM statistics.counted
WHERE known_to IS NULL
AND (stream = ANY(%(streams)s::uuid[]) OR person = ANY(%(people)s::text[]));

-- name: close_counted
UPDATE statistics.counted AS c
SET known_to = r.known_to
FROM json_to_recordset(%(rows)s::json) AS r (
    stream uuid, part text, known_from bigint, known_to bigint
)
WHERE c.stream = r.stream AND c.part = r.part AND c.known_from = r.known_from;

-- name: add_counted
INSERT INTO statistics.counted (
    stream, part, standing, person, day, year, category, rank, unit, due_on, marked,
    known_from, known_to
)
SELECT
    stream, part, standing, person, day, extract(year FROM day), category, rank, unit,
    due_on, marked, known_from, known_to
FROM json_to_recordset(%(rows)s::json) AS r (
    stream uuid, part text, standing text, person text, day date, category text,
    rank text, unit text, due_on date, marked boolean, known_from bigint,
    known_to bigint
);
