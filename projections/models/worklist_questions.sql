-- What is asked of the worklist. The list is read along an index, from behind a row on.

-- name: list_waiting
SELECT
    d.stream, d.disclosure, d.person, p.name, s.unit, u.name AS unit_name, s.rank,
    d.rulebook, d.version, d.rule, d.category, d.received_on, d.review_due_on,
    d.flags, d.stage, d.reviewer, d.open_count, d.cure_by, d.event_id
FROM worklist.disclosure AS d
JOIN worklist.person AS p ON p.number = d.person
JOIN worklist.standing AS s
    ON s.person = d.person AND s.from_on <= %(today)s::date AND %(today)s < s.to_on
LEFT JOIN worklist.unit AS u ON u.code = s.unit
WHERE d.stage = 'filed'
AND (d.review_due_on, d.stream) > (%(after_due)s::date, %(after_stream)s::uuid)
AND (%(due_before)s::date IS NULL OR d.review_due_on < %(due_before)s)
AND (%(reviewer)s::text IS NULL OR d.reviewer = %(reviewer)s)
AND (NOT %(unassigned)s::boolean OR d.reviewer IS NULL)
AND (%(category)s::text IS NULL OR d.category = %(category)s)
AND (%(person)s::text IS NULL OR d.person = %(person)s)
AND (%(unit)s::text IS NULL
     OR s.unit = ANY((SELECT worklist.below(%(unit)s))::text[]))
ORDER BY d.review_due_on, d.stream
LIMIT %(limit)s;
