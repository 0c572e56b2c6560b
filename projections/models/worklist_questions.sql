-- What is asked of the worklist. The list is read along an index, from behind a row on.

-- name: select_waiting
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

-- name: and_reviewer
AND d.reviewer = %(reviewer)s

-- name: and_unassigned
AND d.reviewer IS NULL

-- name: and_person
AND d.person = %(person)s

-- name: and_unit
-- The unit, and all units below it.
AND s.unit = ANY(ARRAY(
    WITH RECURSIVE below (code) AS (
        SELECT %(unit)s::text
        UNION
        SELECT u.code FROM worklist.unit AS u JOIN below AS b ON u.parent = b.code
    )
    SELECT code FROM below
))

-- name: and_category
AND d.category = %(category)s

-- name: and_due_before
AND d.review_due_on < %(due_before)s

-- name: then_by_day
AND (d.review_due_on, d.stream) > (%(after_day)s::date, %(after_stream)s::uuid)
ORDER BY d.review_due_on, d.stream
