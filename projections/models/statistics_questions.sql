-- What is asked of the statistics.

-- name: select_cells
SELECT
    year,
    category,
    rank,
    count(*) AS count,
    CASE WHEN %(by_unit)s::boolean THEN unit END AS told
FROM statistics.counted
WHERE standing = ANY(%(standings)s::text[])
AND known_from <= %(position)s::bigint
AND (known_to IS NULL OR %(position)s < known_to)

-- name: and_year
AND year = %(year)s

-- name: and_category
AND category = %(category)s

-- name: and_person
AND person = %(person)s

-- name: and_ranks
AND rank = ANY(%(ranks)s::text[])

-- name: and_unit
AND unit = %(unit)s

-- name: and_overdue
AND due_on < %(overdue)s::date

-- name: then_by_cell
GROUP BY year, category, rank, told
ORDER BY year, category, rank NULLS FIRST, told NULLS FIRST

-- name: read_moment
SELECT
    p.position,
    e.recorded_at AS as_of
FROM projection.position AS p
LEFT JOIN log.probity_events AS e
    ON e.notification_id = coalesce(%(position)s::bigint, p.position)
WHERE p.name = 'statistics';
