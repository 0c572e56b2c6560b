-- What is asked of the personnel files.

-- name: select_entries
SELECT
    kind, key, known_from, known_to, effective_from, effective_to,
    data::text::bytea AS data, event_id
FROM personnel_file.entry
WHERE person = %(person)s

-- name: and_now
AND known_to IS NULL

-- name: and_known_at
AND known_from <= %(position)s
AND (known_to IS NULL OR %(position)s < known_to)

-- name: and_as_of
AND (effective_from IS NULL OR effective_from <= %(day)s)
AND (effective_to IS NULL OR %(day)s < effective_to)

-- name: and_last
-- Of no day in particular: how each matter stands at last, and all posts and relatives.
AND (effective_to IS NULL OR kind IN ('post', 'relative'))

-- name: then_by_kind
ORDER BY kind, effective_from NULLS FIRST, key, known_from

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
