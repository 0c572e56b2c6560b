-- What is asked of the register of sanctions. Each condition may be left open, by NULL.

-- name: list_sanctions
SELECT
    s.sanction, s.person, p.name, s.track, s.kind, s.case_key, s.decided_on, s.until_on,
    s.term_until, s.for_ever, s.blocks, s.rulebook, s.version, s.status, s.released_on,
    s.event_id
FROM sanctions.sanction AS s
JOIN sanctions.person AS p ON p.number = s.person
WHERE (%(status)s::text IS NULL OR s.status = %(status)s)
AND (%(all)s OR s.status NOT IN ('released', 'quashed'))
AND (%(track)s::text IS NULL OR s.track = %(track)s)
AND (%(until_to)s::date IS NULL OR s.until_on <= %(until_to)s)
AND (%(person)s::text IS NULL OR s.person = %(person)s)
AND (%(unit)s::text IS NULL OR s.person IN (
    SELECT q.person FROM sanctions.people_in(%(unit)s, %(today)s) AS q (person)
))
AND (s.decided_on, s.sanction) > (%(after_day)s::date, %(after_name)s::text)
ORDER BY s.decided_on, s.sanction
LIMIT %(limit)s;

-- name: list_to_release
-- Whose period is over, as far as is known here: the domain knows better.
SELECT s.until_on, s.sanction
FROM sanctions.sanction AS s
WHERE s.status NOT IN ('released', 'quashed')
AND s.until_on <= %(day)s
AND (s.until_on, s.sanction) > (%(after_day)s::date, %(after_name)s::text)
ORDER BY s.until_on, s.sanction
LIMIT %(limit)s;

-- name: list_tasks
SELECT
    t.sanction, t.task, t.person, p.name, t.track, t.kind, t.due_on, t.at_most,
    t.stage, t.done_on
FROM sanctions.task AS t
JOIN sanctions.person AS p ON p.number = t.person
WHERE (%(all)s OR t.stage = 'open')
AND (t.task = 'personnel_change') = %(of_hr)s
AND (%(due_before)s::date IS NULL OR t.due_on < %(due_before)s)
AND (%(person)s::text IS NULL OR t.person = %(person)s)
AND (%(unit)s::text IS NULL OR t.person IN (
    SELECT q.person FROM sanctions.people_in(%(unit)s, %(today)s) AS q (person)
))
AND (t.due_on, t.sanction, t.task)
    > (%(after_day)s::date, %(after_name)s::text, %(after_task)s::text)
ORDER BY t.due_on, t.sanction, t.task
LIMIT %(limit)s;

-- name: list_measures
SELECT
    m.measure, m.person, p.name, m.track, m.kind, m.case_key, m.decided_on, m.until_on,
    m.blocks, m.event_id
FROM sanctions.measure AS m
JOIN sanctions.person AS p ON p.number = m.person
WHERE (%(track)s::text IS NULL OR m.track = %(track)s)
AND (%(person)s::text IS NULL OR m.person = %(person)s)
AND (%(unit)s::text IS NULL OR m.person IN (
    SELECT q.person FROM sanctions.people_in(%(unit)s, %(today)s) AS q (person)
))
AND (m.decided_on, m.measure) > (%(after_day)s::date, %(after_name)s::text)
ORDER BY m.decided_on, m.measure
LIMIT %(limit)s;
