-- How much readers were shown, day by day; the last day first.

-- name: select_volumes
SELECT v.reader, r.name AS reader_name, v.day, v.reads, v.persons
FROM access_log.volume AS v
LEFT JOIN access_log.person AS r ON r.number = v.reader
WHERE (v.day, v.reader) < (%(after_day)s::date, %(after_reader)s::text)

-- name: and_reader
AND v.reader = %(reader)s

-- name: and_first
AND v.day >= %(first)s

-- name: and_last
AND v.day <= %(last)s

-- name: and_least
AND v.persons >= %(least)s

-- name: then_last_day_first
ORDER BY v.day DESC, v.reader DESC
