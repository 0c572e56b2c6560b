-- What is asked of retention; what is kept longest comes first. The law is that of today.

-- name: select_retention
WITH law AS MATERIALIZED (
    SELECT DISTINCT ON (l.stream) l.rulebook, l.kept, l.kept_after
    FROM records.law AS l
    WHERE l.in_force <= %(today)s
    ORDER BY l.stream, l.version DESC
)
SELECT
    k.person, p.name, k.relative, k.year, k.rulebooks, k.start_on, d.due_on, h.held
FROM records.retention AS k
JOIN records.person AS p ON p.number = k.person
CROSS JOIN LATERAL (
    -- No end is set where one of the rulebooks sets none, or none of it is law any more.
    SELECT CASE
        WHEN count(CASE k.year WHEN 0 THEN l.kept_after ELSE l.kept END)
            = cardinality(k.rulebooks)
        THEN max((k.start_on
            + CASE k.year WHEN 0 THEN l.kept_after ELSE l.kept END)::date)
    END AS due_on
    FROM law AS l
    WHERE l.rulebook = ANY(k.rulebooks)
) AS d
CROSS JOIN LATERAL (
    SELECT EXISTS (
        SELECT FROM records.hold AS h
        WHERE h.person = k.person AND h.released_on IS NULL
    ) AS held
) AS h
WHERE k.start_on <= %(today)s::date
AND (k.start_on, k.person, k.year, coalesce(k.relative, '')) > (
    %(after_day)s::date, %(after_person)s::text, %(after_year)s::integer,
    %(after_relative)s::text
)

-- name: and_due_by
-- Nothing is due sooner than the shortest retention; months are not all as long.
AND d.due_on <= %(due_by)s
AND k.start_on <= (
    %(due_by)s::date
    - (SELECT min(least(l.kept, l.kept_after)) FROM law AS l)
    + interval '3 days'
)::date

-- name: and_free
AND NOT h.held

-- name: and_person
AND k.person = %(person)s

-- name: and_unit
-- The unit, and all units below it.
AND k.person IN (
    SELECT q.person FROM records.people_in(%(unit)s, %(today)s) AS q (person)
)

-- name: then_kept_longest_first
ORDER BY k.start_on, k.person, k.year, coalesce(k.relative, '')
