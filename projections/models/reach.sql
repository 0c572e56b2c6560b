-- What web may see of the read models, until it is taken back.

-- name: create_standing_by_unit
CREATE INDEX ON worklist.standing (unit, person) INCLUDE (from_on, to_on);

-- name: create_people_of
-- Who of *these*, or of all where that is null, stands on a day in a unit or below it;
-- null, where they are more than *most*.
CREATE FUNCTION worklist.people_of(unit text, today date, these text[], most integer)
RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
    SELECT CASE WHEN count(*) <= people_of.most
        THEN coalesce(array_agg(found.person), '{}') END
    FROM (
        SELECT q.person
        FROM worklist.people_in(people_of.unit, people_of.today) AS q (person)
        WHERE people_of.these IS NULL OR q.person = ANY(people_of.these)
        LIMIT people_of.most + 1
    ) AS found;
END;

-- name: let_see
-- Of a unit the people are told one by one, or where they are many the units: each row's
-- person is then looked up. What was set is not sent back: it may be long.
SELECT
    length(set_config('probity.everything', %(everything)s, false)),
    length(set_config('probity.reader', %(reader)s, false)),
    length(set_config('probity.today', %(today)s::date::text, false)),
    length(set_config('probity.barred', %(barred)s::text[]::text, false)),
    length(set_config('probity.persons', coalesce(m.persons, '{}')::text, false)),
    length(set_config('probity.units', CASE WHEN m.persons IS NULL THEN chr(31) || (
        WITH RECURSIVE below (code) AS (
            SELECT %(unit)s::text
            UNION
            SELECT u.code FROM worklist.unit AS u JOIN below AS b ON u.parent = b.code
        )
        SELECT string_agg(code, chr(31)) FROM below
    ) || chr(31) ELSE '' END, false)),
    length(set_config('probity.shut_out', CASE WHEN worklist.excludes()
        THEN worklist.shut_out(%(reader)s, %(today)s::date)::text ELSE '{}' END, false))
FROM (
    SELECT CASE WHEN %(unit)s::text IS NULL THEN %(persons)s::text[] ELSE
        worklist.people_of(%(unit)s, %(today)s::date, %(these)s::text[], %(most)s) END
        AS persons
    OFFSET 0
) AS m;

-- name: list_shut_out
-- The reports that whoever a connection sees for may not know of.
SELECT unnest(nullif(current_setting('probity.shut_out', true), '')::uuid[]);

-- name: let_see_nothing
SELECT
    set_config('probity.everything', '', false),
    set_config('probity.reader', '', false),
    set_config('probity.today', '', false),
    set_config('probity.barred', '', false),
    set_config('probity.persons', '', false),
    set_config('probity.units', '', false),
    set_config('probity.shut_out', '', false);
