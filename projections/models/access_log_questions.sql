-- What is asked of the access log. Lists are read along an index, the newest first.

-- name: select_seen
-- What the person sees of the log: whoever else was shown their data, once it may be told.
SELECT
    position, at, reader, role, event, what, key, purpose, authority, classes, fields,
    masked, event_id
FROM access_log.shown
WHERE person = %(person)s AND NOT own AND shown_from <= %(now)s
AND position < %(after)s
ORDER BY position DESC
LIMIT %(limit)s;

-- name: select_shown
SELECT
    s.position, s.at, s.reader, r.name AS reader_name, s.role, s.event, s.what, s.key,
    s.person, p.name, s.purpose, s.authority, s.classes, s.fields, s.masked, s.own,
    s.reason, s.relative, s.superior, s.unassigned, s.break_glass,
    coalesce(v.persons, 0) AS volume, s.shown_from, s.event_id
FROM access_log.shown AS s
LEFT JOIN access_log.person AS p ON p.number = s.person
LEFT JOIN access_log.person AS r ON r.number = s.reader
LEFT JOIN access_log.volume AS v ON v.day = s.day AND v.reader = s.reader
WHERE (s.position, s.person) < (%(after_position)s, %(after_person)s)

-- name: and_person
AND s.person = %(person)s

-- name: and_unit
-- The unit of the person, and all units below it.
AND s.person IN (
    SELECT q.person FROM access_log.people_in(%(unit)s, %(today)s) AS q (person)
)

-- name: and_reader
AND s.reader = %(reader)s

-- name: and_role
AND s.role = %(role)s

-- name: and_what
AND s.what = %(what)s

-- name: and_key
AND s.key = %(key)s

-- name: and_since
AND s.at >= %(since)s

-- name: and_until
AND s.at < %(until)s

-- name: and_others
AND NOT s.own

-- name: and_unusual
AND s.odd

-- name: and_unusual_or_many
AND (s.odd OR (NOT s.own AND (s.day, s.reader) IN (
    SELECT m.day, m.reader FROM access_log.volume AS m WHERE m.persons > %(many)s
)))

-- name: then_newest_first
ORDER BY s.position DESC, s.person DESC
