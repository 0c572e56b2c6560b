-- What is asked of the personnel files.

-- name: read_entries
-- Of no day in particular: how each matter stands at last, and all posts and relatives.
SELECT
    kind, key, known_from, known_to, effective_from, effective_to,
    data::text::bytea AS data, event_id
FROM personnel_file.entry
WHERE person = %(person)s
AND known_from <= %(position)s
AND (known_to IS NULL OR %(position)s < known_to)
AND CASE
    WHEN %(day)s::date IS NULL
        THEN effective_to IS NULL OR kind IN ('post', 'relative')
    ELSE
        (effective_from IS NULL OR effective_from <= %(day)s)
        AND (effective_to IS NULL OR %(day)s < effective_to)
END
ORDER BY kind, effective_from NULLS FIRST, key, known_from;

-- name: find_position
-- Halves the log until it has found the last event recorded by then.
WITH RECURSIVE search (low, high) AS (
    SELECT 0::bigint, size FROM log.head
    UNION ALL
    SELECT
        CASE WHEN e.recorded_at <= %(time)s THEN e.notification_id ELSE s.low END,
        CASE WHEN e.recorded_at <= %(time)s THEN s.high ELSE e.notification_id - 1 END
    FROM search AS s
    JOIN log.probity_events AS e ON e.notification_id = (s.low + s.high + 1) / 2
    WHERE s.low < s.high
)
SELECT low FROM search WHERE low = high;

-- name: list_people
SELECT p.number, p.name, p.email, s.unit, u.name AS unit_name, s.rank, s.title, s.status
FROM personnel_file.person AS p
JOIN personnel_file.standing AS s
    ON s.person = p.number AND s.from_on <= %(today)s::date AND %(today)s < s.to_on
LEFT JOIN personnel_file.unit AS u ON u.code = s.unit
WHERE p.number > %(after)s::text
AND (%(number)s::text IS NULL OR p.number = %(number)s)
AND (%(name)s::text IS NULL OR lower(p.name) LIKE %(name)s)
AND (%(unit)s::text IS NULL
     OR s.unit = ANY((SELECT personnel_file.below(%(unit)s))::text[]))
ORDER BY p.number
LIMIT %(limit)s;
