-- What is asked of the docket. Each condition may be left open, by NULL.

-- name: list_cases
SELECT
    c.key, c.person, p.name, c.rulebook, c.basis, c.stage, c.opened_on,
    c.investigated_on, c.decide_by, c.answer_by, c.decided_on, c.closing, c.closed_on,
    c.referred, c.stream, c.event_id
FROM docket.proceeding AS c
JOIN docket.person AS p ON p.number = c.person
WHERE (%(all)s OR c.stage <> 'closed')
AND (%(stage)s::text IS NULL OR c.stage = %(stage)s)
AND (%(due_before)s::date IS NULL OR c.decide_by < %(due_before)s)
AND (%(person)s::text IS NULL OR c.person = %(person)s)
AND (%(unit)s::text IS NULL OR c.person IN (
    SELECT q.person FROM docket.people_in(%(unit)s, %(today)s) AS q (person)
))
AND (coalesce(c.decide_by, %(endless)s::date), c.stream)
    > (%(after_day)s::date, %(after_stream)s::uuid)
ORDER BY coalesce(c.decide_by, %(endless)s::date), c.stream
LIMIT %(limit)s;

-- name: list_recommendations
SELECT
    r.key, r.person, p.name, r.rulebook, r.addressee, r.unit, r.case_key, r.issued_on,
    r.answer_by, r.stage, r.stream, r.event_id
FROM docket.recommendation AS r
JOIN docket.person AS p ON p.number = r.person
WHERE (%(stage)s::text IS NULL OR r.stage = %(stage)s)
AND (%(due_before)s::date IS NULL OR r.answer_by < %(due_before)s)
AND (%(person)s::text IS NULL OR r.person = %(person)s)
AND (%(unit)s::text IS NULL OR r.person IN (
    SELECT q.person FROM docket.people_in(%(unit)s, %(today)s) AS q (person)
))
AND (r.answer_by, r.stream) > (%(after_day)s::date, %(after_stream)s::uuid)
ORDER BY r.answer_by, r.stream
LIMIT %(limit)s;
