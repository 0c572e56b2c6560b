-- What is asked of recourse. Each condition may be left open, by NULL.

-- name: list_appeals
SELECT
    a.appeal, a.person, p.name, a.case_key, a.sanction, a.rulebook, a.stage,
    a.authority, a.members, a.lodged_on, a.due_on, a.excused, a.stayed, a.decide_by,
    a.state = 'pending' AND a.decide_by < %(today)s::date AS overdue, a.escalated_on,
    a.state, a.outcome, a.decided_on, a.served_on, a.implemented_on, a.stream,
    a.event_id
FROM recourse.appeal AS a
JOIN recourse.person AS p ON p.number = a.person
WHERE (%(all)s OR a.state = 'pending')
AND (NOT %(overdue)s OR (a.state = 'pending' AND a.decide_by < %(today)s::date))
AND (%(stage)s::text IS NULL OR a.stage = %(stage)s)
AND (%(member)s::text IS NULL OR %(member)s = ANY(a.members))
AND (%(person)s::text IS NULL OR a.person = %(person)s)
AND (%(unit)s::text IS NULL OR a.person IN (
    SELECT q.person FROM recourse.people_in(%(unit)s, %(today)s) AS q (person)
))
AND (a.decide_by, a.stream) > (%(after_day)s::date, %(after_stream)s::uuid)
ORDER BY a.decide_by, a.stream
LIMIT %(limit)s;

-- name: list_holds
SELECT
    h.hold, h.person, p.name, h.type, h.basis, h.target, h.blocks, h.rulebook,
    h.version, h.from_on, h.placed_by, h.review_on,
    h.lifted_on IS NULL AND h.review_on < %(today)s::date AS overdue, h.notified_on,
    h.proposed, h.lifted_on, h.event_id
FROM recourse.hold AS h
JOIN recourse.person AS p ON p.number = h.person
WHERE (%(all)s OR h.lifted_on IS NULL)
AND (NOT %(overdue)s OR (h.lifted_on IS NULL AND h.review_on < %(today)s::date))
AND (NOT %(told)s OR h.notified_on IS NOT NULL)
AND (%(type)s::text IS NULL OR h.type = %(type)s)
AND (%(person)s::text IS NULL OR h.person = %(person)s)
AND (%(unit)s::text IS NULL OR h.person IN (
    SELECT q.person FROM recourse.people_in(%(unit)s, %(today)s) AS q (person)
))
AND (h.review_on, h.hold) > (%(after_day)s::date, %(after_hold)s::text)
ORDER BY h.review_on, h.hold
LIMIT %(limit)s;
