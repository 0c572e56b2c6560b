-- The access log: who was shown the data of whom, and what was unusual about it.

-- name: create_shown
-- One row for each person whose data were shown. `relative`, `superior` and `unassigned`
-- are as the log had it when the data were read.
CREATE TABLE access_log.shown (
    position    bigint NOT NULL,
    person      text NOT NULL,
    at          timestamptz NOT NULL,
    day         date NOT NULL, -- UTC
    reader      text NOT NULL,
    role        text NOT NULL,
    event       text NOT NULL,
    what        text NOT NULL,
    key         text NOT NULL,
    purpose     text NOT NULL,
    authority   text NOT NULL,
    classes     text[] NOT NULL,
    fields      text[] NOT NULL,
    masked      boolean NOT NULL,
    own         boolean NOT NULL,
    reason      json, -- sealed
    relative    boolean NOT NULL,
    superior    boolean NOT NULL,
    unassigned  boolean NOT NULL,
    break_glass boolean NOT NULL,
    odd         boolean NOT NULL, -- any of these four
    shown_from  timestamptz NOT NULL, -- from when on the person sees it
    disclosure  uuid, -- the stream of the disclosure that was shown, if it was one
    event_id    uuid NOT NULL,
    PRIMARY KEY (position, person)
);

-- name: create_shown_of_person
CREATE INDEX ON access_log.shown (person, position);

-- name: create_shown_to_reader
CREATE INDEX ON access_log.shown (reader, position);

-- name: create_shown_odd
CREATE INDEX ON access_log.shown (position, person) WHERE odd;

-- name: create_volume
-- How much a reader was shown on a day (UTC), of others than themself.
CREATE TABLE access_log.volume (
    reader  text NOT NULL,
    day     date NOT NULL,
    reads   integer NOT NULL,
    persons integer NOT NULL,
    PRIMARY KEY (day, reader)
);

-- name: create_kin
-- The relatives whom a person has declared, and their own number where they have one.
CREATE TABLE access_log.kin (
    person   text NOT NULL,
    relative text NOT NULL,
    number   text NOT NULL,
    event_id uuid NOT NULL,
    PRIMARY KEY (person, relative)
);

-- name: create_kin_by_number
CREATE INDEX ON access_log.kin (number);

-- name: create_assignment
CREATE TABLE access_log.assignment (
    stream   uuid PRIMARY KEY,
    person   text NOT NULL,
    reviewer text NOT NULL,
    event_id uuid NOT NULL
);

-- name: load_kin
SELECT person, relative, number FROM access_log.kin
WHERE person = ANY(%(people)s::text[]);

-- name: drop_kin
DELETE FROM access_log.kin AS k
USING json_to_recordset(%(rows)s::json) AS r (person text, relative text)
WHERE k.person = r.person AND k.relative = r.relative;

-- name: save_kin
INSERT INTO access_log.kin (person, relative, number, event_id)
SELECT person, relative, number, event_id
FROM json_to_recordset(%(rows)s::json) AS r (
    person text, relative text, number text, event_id uuid
)
ON CONFLICT (person, relative) DO UPDATE SET
    number = excluded.number, event_id = excluded.event_id;

-- name: load_assignments
SELECT stream::text, reviewer FROM access_log.assignment
WHERE stream = ANY(%(streams)s::uuid[]);

-- name: save_assignments
INSERT INTO access_log.assignment (stream, person, reviewer, event_id)
SELECT stream, person, reviewer, event_id
FROM json_to_recordset(%(rows)s::json) AS r (
    stream uuid, person text, reviewer text, event_id uuid
)
ON CONFLICT (stream) DO UPDATE SET
    reviewer = excluded.reviewer, event_id = excluded.event_id;

-- name: load_chains
-- The units in which these people have or had a post, those named, and all above them.
WITH RECURSIVE above (code) AS (
    (
        SELECT post.value ->> 'unit'
        FROM access_log.person AS p
        CROSS JOIN jsonb_array_elements(coalesce(p.career -> 'posts', '[]')) AS post
        WHERE p.number = ANY(%(people)s::text[])
        UNION
        SELECT unnest(%(codes)s::text[])
    )
    UNION
    SELECT u.parent
    FROM above AS a
    JOIN access_log.unit AS u ON u.code = a.code
    WHERE u.parent IS NOT NULL
)
SELECT u.stream::text, u.code, u.parent, u.head
FROM above AS a
JOIN access_log.unit AS u ON u.code = a.code;

-- name: save_shown
INSERT INTO access_log.shown (
    position, person, at, day, reader, role, event, what, key, purpose, authority,
    classes, fields, masked, own, reason, relative, superior, unassigned, break_glass,
    odd, shown_from, disclosure, event_id
)
SELECT
    position, person, at, (at AT TIME ZONE 'UTC')::date, reader, role, event, what, key,
    purpose, authority, classes, fields, masked, own, reason, relative, superior,
    unassigned, break_glass, relative OR superior OR unassigned OR break_glass,
    shown_from, disclosure, event_id
FROM json_to_recordset(%(rows)s::json) AS r (
    position bigint, person text, at timestamptz, reader text, role text, event text,
    what text, key text, purpose text, authority text, classes text[], fields text[],
    masked boolean, own boolean, reason json, relative boolean, superior boolean,
    unassigned boolean, break_glass boolean, shown_from timestamptz, disclosure uuid,
    event_id uuid
);

-- name: add_volume
INSERT INTO access_log.volume AS v (reader, day, reads, persons)
SELECT reader, day, reads, persons
FROM json_to_recordset(%(rows)s::json) AS r (
    reader text, day date, reads integer, persons integer
)
ON CONFLICT (day, reader) DO UPDATE SET
    reads = v.reads + excluded.reads,
    persons = v.persons + excluded.persons;
