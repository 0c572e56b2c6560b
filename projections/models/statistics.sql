-- Statistics: what each obligation and each disclosure counted as, since which position.

-- name: create_counted
-- year and rank are those of the day: of receipt, or on which the obligation was due.
CREATE TABLE statistics.counted (
    stream     uuid NOT NULL,
    standing   text NOT NULL,
    person     text NOT NULL,
    day        date NOT NULL,
    year       integer NOT NULL,
    category   text NOT NULL,
    rank       text,
    marked     boolean NOT NULL,
    known_from bigint NOT NULL,
    known_to   bigint,
    PRIMARY KEY (stream, known_from)
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
SELECT stream::text, standing, person, day, category, rank, known_from, marked
FROM statistics.counted
WHERE known_to IS NULL
AND (stream = ANY(%(streams)s::uuid[]) OR person = ANY(%(people)s::text[]));

-- name: close_counted
UPDATE statistics.counted AS c
SET known_to = r.known_to
FROM json_to_recordset(%(rows)s::json) AS r (
    stream uuid, known_from bigint, known_to bigint
)
WHERE c.stream = r.stream AND c.known_from = r.known_from;

-- name: add_counted
INSERT INTO statistics.counted (
    stream, standing, person, day, year, category, rank, marked, known_from, known_to
)
SELECT
    stream, standing, person, day, extract(year FROM day), category, rank, marked,
    known_from, known_to
FROM json_to_recordset(%(rows)s::json) AS r (
    stream uuid, standing text, person text, day date, category text, rank text,
    marked boolean, known_from bigint, known_to bigint
);
