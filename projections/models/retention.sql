-- How long what was declared is kept: by person, relative and year, and under which law.

-- name: create_kept
-- What a person declared in a year ('' of themself, else of a relative). It is kept from
-- the first day after that year, or from the last of it that came later.
CREATE TABLE records.kept (
    person    text NOT NULL,
    relative  text NOT NULL,
    year      integer NOT NULL,
    start_on  date NOT NULL,
    rulebooks text[] NOT NULL,
    position  bigint NOT NULL, -- of the first of it
    destroyed date, -- when that was, which was there by then
    PRIMARY KEY (person, relative, year)
);

-- name: create_kept_from
CREATE INDEX ON records.kept (start_on, person, year, relative)
WHERE destroyed IS NULL OR destroyed < start_on;

-- name: create_departure
-- Who has left, and when: from then on they are kept as such.
CREATE TABLE records.departure (
    person    text PRIMARY KEY,
    left_on   date,
    destroyed date, -- when that was, if it was
    event_id  uuid NOT NULL
);

-- name: create_departure_by_day
CREATE INDEX ON records.departure (left_on, person)
WHERE destroyed IS NULL OR destroyed < left_on;

-- name: create_retention
-- What is kept still. Year 0 is what is kept of a person as such, and of all relatives: under whatever law
-- anything of theirs was declared.
CREATE VIEW records.retention WITH (security_invoker = true) AS
SELECT k.person, k.relative, k.year, k.start_on, k.rulebooks
FROM records.kept AS k
WHERE k.destroyed IS NULL OR k.destroyed < k.start_on
UNION ALL
SELECT d.person, NULL, 0, d.left_on, ARRAY(
    SELECT DISTINCT r.rulebook
    FROM records.kept AS k
    CROSS JOIN unnest(k.rulebooks) AS r (rulebook)
    WHERE k.person = d.person
    ORDER BY r.rulebook
)
FROM records.departure AS d
WHERE d.left_on IS NOT NULL AND (d.destroyed IS NULL OR d.destroyed < d.left_on);

-- name: load_beginnings
SELECT originator_id::text, recorded_at FROM log.probity_events
WHERE originator_id = ANY(%(streams)s::uuid[]) AND originator_version = 1;

-- name: save_kept
INSERT INTO records.kept AS k (person, relative, year, start_on, rulebooks, position)
SELECT person, relative, year, start_on, rulebooks, position
FROM json_to_recordset(%(rows)s::json) AS r (
    person text, relative text, year integer, start_on date, rulebooks text[],
    position bigint
)
ON CONFLICT (person, relative, year) DO UPDATE SET
    start_on = greatest(k.start_on, excluded.start_on),
    rulebooks = ARRAY(
        SELECT DISTINCT r.rulebook
        FROM unnest(k.rulebooks || excluded.rulebooks) AS r (rulebook)
        ORDER BY r.rulebook
    )
WHERE NOT excluded.rulebooks <@ k.rulebooks OR excluded.start_on > k.start_on;

-- name: save_departures
INSERT INTO records.departure (person, left_on, event_id)
SELECT person, left_on, event_id
FROM json_to_recordset(%(rows)s::json) AS r (person text, left_on date, event_id uuid)
ON CONFLICT (person) DO UPDATE SET
    left_on = excluded.left_on, event_id = excluded.event_id;

-- name: destroy_kept
-- What had begun by the time of the destruction.
UPDATE records.kept AS k
SET destroyed = greatest(k.destroyed, d.last_on)
FROM (
    SELECT k.person, k.relative, k.year, max(r.on_day) AS last_on
    FROM json_to_recordset(%(rows)s::json) AS r (
        person text, relative text, year integer, on_day date, position bigint
    )
    JOIN records.kept AS k
        ON k.person = r.person AND k.position < r.position
        AND coalesce(k.relative = r.relative, true)
        AND coalesce(k.year = r.year, true)
    GROUP BY k.person, k.relative, k.year
) AS d
WHERE k.person = d.person AND k.relative = d.relative AND k.year = d.year;

-- name: destroy_departures
UPDATE records.departure AS d
SET destroyed = greatest(d.destroyed, x.last_on)
FROM (
    SELECT r.person, max(r.on_day) AS last_on
    FROM json_to_recordset(%(rows)s::json) AS r (
        person text, relative text, year integer, on_day date
    )
    WHERE r.relative IS NULL AND coalesce(r.year, 0) = 0
    GROUP BY r.person
) AS x
WHERE d.person = x.person;
