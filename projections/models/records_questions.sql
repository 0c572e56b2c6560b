-- What is asked of how records are kept. These lists are short: each condition may be
-- left open, by NULL.

-- name: list_holds
SELECT
    h.person, p.name, h.hold, h.basis, h.review_on, h.placed_on, h.placed_by, h.reason,
    h.released_on, h.released_by, h.event_id
FROM records.hold AS h
JOIN records.person AS p ON p.number = h.person
WHERE (%(all)s OR h.released_on IS NULL)
AND (%(person)s::text IS NULL OR h.person = %(person)s)
AND (%(unit)s::text IS NULL OR h.person IN (
    SELECT q.person FROM records.people_in(%(unit)s, %(today)s) AS q (person)
))
AND (h.review_on, h.person, h.hold)
    > (%(after_day)s::date, %(after_person)s::text, %(after_hold)s::text)
ORDER BY h.review_on, h.person, h.hold
LIMIT %(limit)s;

-- name: list_destructions
SELECT
    d.position, d.person, p.name, d.relative, d.year, d.basis, d.ordered, d.ordered_by,
    d.ordered_on, d.reason, d.stage, d.settled_by, d.settled_on, d.event_id
FROM records.destruction AS d
JOIN records.person AS p ON p.number = d.person
WHERE (%(stage)s::text IS NULL OR d.stage = %(stage)s)
AND (%(person)s::text IS NULL OR d.person = %(person)s)
AND (%(unit)s::text IS NULL OR d.person IN (
    SELECT q.person FROM records.people_in(%(unit)s, %(today)s) AS q (person)
))
AND d.position < %(after)s
ORDER BY d.position DESC
LIMIT %(limit)s;

-- name: list_requests
SELECT
    r.stream, r.request, r.kind, r.person, p.name, r.disclosure, r.field, r.rulebook,
    r.received_on, nullif(r.due_on, %(endless)s::date) AS due_on, r.stage, r.outcome,
    r.answered_on, r.answered_by, r.event_id
FROM records.request AS r
JOIN records.person AS p ON p.number = r.person
WHERE (%(stage)s::text IS NULL OR r.stage = %(stage)s)
AND (%(kind)s::text IS NULL OR r.kind = %(kind)s)
AND (%(due_before)s::date IS NULL OR r.due_on < %(due_before)s)
AND (%(person)s::text IS NULL OR r.person = %(person)s)
AND (%(unit)s::text IS NULL OR r.person IN (
    SELECT q.person FROM records.people_in(%(unit)s, %(today)s) AS q (person)
))
AND (r.due_on, r.stream) > (%(after_day)s::date, %(after_stream)s::uuid)
ORDER BY r.due_on, r.stream
LIMIT %(limit)s;

-- name: list_releases
SELECT
    r.stream, r.release, r.person, p.name, r.disclosure, r.fields, r."to", r.recipient,
    r.reasons, r.proportionality, r.rulebook, r.version, r.decided_on, r.decided_by,
    r.withdrawn_on, r.event_id
FROM records.release AS r
JOIN records.person AS p ON p.number = r.person
WHERE (%(all)s OR r.withdrawn_on IS NULL)
AND (%(disclosure)s::text IS NULL OR r.disclosure = %(disclosure)s)
AND (%(person)s::text IS NULL OR r.person = %(person)s)
AND (%(unit)s::text IS NULL OR r.person IN (
    SELECT q.person FROM records.people_in(%(unit)s, %(today)s) AS q (person)
))
AND (r.decided_on, r.stream) < (%(after_day)s::date, %(after_stream)s::uuid)
ORDER BY r.decided_on DESC, r.stream DESC
LIMIT %(limit)s;

-- name: list_exports
SELECT
    x.position, x.export, x.kind, x.at, x.made_by, x.role, x.rows, x.persons, x.purpose,
    x.authority, x.masked, x.sha256, x.event_id
FROM records.export AS x
WHERE (%(made_by)s::text IS NULL OR x.made_by = %(made_by)s)
AND (%(masked)s::boolean IS NULL OR x.masked = %(masked)s)
AND x.position < %(after)s
ORDER BY x.position DESC
LIMIT %(limit)s;

-- name: list_glass
SELECT
    g.stream, g.use, g.actor, g.role, g.person, p.name, g.at, g.until, g.rulebook,
    g.version, g.reason, g.justified, g.text, g.reviewed_on, g.reviewed_by, g.event_id
FROM records.glass AS g
JOIN records.person AS p ON p.number = g.person
WHERE (%(all)s OR g.justified IS NULL)
AND (%(actor)s::text IS NULL OR g.actor = %(actor)s)
AND (%(person)s::text IS NULL OR g.person = %(person)s)
AND (%(unit)s::text IS NULL OR g.person IN (
    SELECT q.person FROM records.people_in(%(unit)s, %(today)s) AS q (person)
))
AND (g.at, g.stream, g.use)
    > (%(after_at)s::timestamptz, %(after_stream)s::uuid, %(after_use)s::integer)
ORDER BY g.at, g.stream, g.use
LIMIT %(limit)s;
