-- The people that a read model keeps for itself. Here the schema is called people; each
-- model that keeps any has these tables in its own schema.

-- name: create_person
-- Name and address are as the log has them: sealed, unless it is older than sealing.
CREATE TABLE people.person (
    number   text PRIMARY KEY,
    name     json NOT NULL,
    email    json,
    career   jsonb NOT NULL,
    event_id uuid NOT NULL
);

-- name: create_standing
-- What a person was from one day up to, not including, another: no gap, no overlap.
CREATE TABLE people.standing (
    person  text NOT NULL,
    from_on date NOT NULL,
    to_on   date NOT NULL,
    unit    text,
    rank    text,
    title   text,
    status  text NOT NULL,
    PRIMARY KEY (person, from_on)
);

-- name: create_in_reach
-- Whether a person stands on the day in one of the units that web may see. It sees past
-- the guards of the tables, since these ask it. Its body is parsed here and now: so it
-- means the same tables in whatever schema they are by then, whatever the search path.
CREATE FUNCTION people.in_reach(number text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER COST 1
BEGIN ATOMIC
    SELECT EXISTS (
        SELECT FROM people.standing AS s
        WHERE s.person = in_reach.number
        AND s.from_on <= current_setting('probity.today', true)::date
        AND s.to_on > current_setting('probity.today', true)::date
        AND strpos(
            current_setting('probity.units', true), chr(31) || s.unit || chr(31)
        ) > 0
    );
END;

-- name: create_people_in
-- Who stands on a day in a unit, or in one below it.
CREATE FUNCTION people.people_in(unit text, today date) RETURNS SETOF text
LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH RECURSIVE below (code) AS (
        SELECT people_in.unit
        UNION
        SELECT u.code FROM people.unit AS u JOIN below AS b ON u.parent = b.code
    )
    SELECT s.person
    FROM people.standing AS s
    WHERE s.from_on <= people_in.today AND people_in.today < s.to_on
    AND s.unit IN (SELECT b.code FROM below AS b);
END;

-- name: load_people
SELECT number, career::text::bytea FROM people.person
WHERE number = ANY(%(numbers)s::text[]);

-- name: save_people
INSERT INTO people.person (number, name, email, career, event_id)
SELECT number, name, email, career, event_id
FROM json_to_recordset(%(rows)s::json) AS r (
    number text, name json, email json, career jsonb, event_id uuid
)
ON CONFLICT (number) DO UPDATE SET
    name = excluded.name,
    email = excluded.email,
    career = excluded.career,
    event_id = excluded.event_id;

-- name: drop_standings
DELETE FROM people.standing WHERE person = ANY(%(numbers)s::text[]);

-- name: save_standings
INSERT INTO people.standing (person, from_on, to_on, unit, rank, title, status)
SELECT person, from_on, to_on, unit, rank, title, status
FROM json_to_recordset(%(rows)s::json) AS r (
    person text, from_on date, to_on date, unit text, rank text, title text, status text
);
