-- What is asked of the statistics.

-- name: count_cells
SELECT year, category, rank, count(*) AS count
FROM statistics.counted
WHERE standing = ANY(%(standings)s::text[])
AND known_from <= %(position)s::bigint
AND (known_to IS NULL OR %(position)s < known_to)
AND (%(year)s::integer IS NULL OR year = %(year)s)
AND (%(category)s::text IS NULL OR category = %(category)s)
AND (%(person)s::text IS NULL OR person = %(person)s)
AND (%(ranks)s::text[] IS NULL OR rank = ANY(%(ranks)s))
GROUP BY year, category, rank
ORDER BY year, category, rank NULLS FIRST;

-- name: read_moment
SELECT
    p.position,
    e.recorded_at AS as_of
FROM projection.position AS p
LEFT JOIN log.probity_events AS e
    ON e.notification_id = coalesce(%(position)s::bigint, p.position)
WHERE p.name = 'statistics';
