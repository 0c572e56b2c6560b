-- What is asked of all filings. The list is read along an index, the newest first.

-- name: select_filings
SELECT
    d.stream, d.disclosure, d.person, p.name, s.unit, u.name AS unit_name, s.rank,
    d.rulebook, d.version, d.rule, d.category, d.subject, d.secrecy, d.received_on,
    d.review_due_on, d.stage, d.reviewer, d.flag_count, d.open_count,
    coalesce((
        SELECT max(l.days_late) FROM worklist.lateness AS l WHERE l.disclosure = d.stream
    ), 0) AS days_late,
    d.event_id
FROM worklist.disclosure AS d
JOIN worklist.person AS p ON p.number = d.person
JOIN worklist.standing AS s
    ON s.person = d.person AND s.from_on <= %(today)s::date AND %(today)s < s.to_on
LEFT JOIN worklist.unit AS u ON u.code = s.unit
-- Never what the reader is excluded from (S1-18).
WHERE d.stream <> ALL ((SELECT worklist.shut_out(%(reader)s, %(today)s::date))::uuid[])

-- name: and_reach_persons
AND d.person = ANY(%(reach_persons)s::text[])

-- name: and_reach_unit
-- The unit, and all units below it.
AND s.unit = ANY(ARRAY(
    WITH RECURSIVE below (code) AS (
        SELECT %(reach_unit)s::text
        UNION
        SELECT u.code FROM worklist.unit AS u JOIN below AS b ON u.parent = b.code
    )
    SELECT code FROM below
))

-- name: and_reach_matters
AND d.disclosure = ANY(%(reach_matters)s::text[])

-- name: and_barred
AND d.person <> ALL(%(barred)s::text[])

-- name: and_disclosure
AND d.disclosure = %(disclosure)s

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

-- name: and_rulebook
AND d.rulebook = %(rulebook)s

-- name: and_rule
AND d.rule = %(rule)s

-- name: and_category
AND d.category = %(category)s

-- name: and_subject
AND d.subject = %(subject)s

-- name: and_secrecy
AND d.secrecy = %(secrecy)s

-- name: and_stage
AND d.stage = %(stage)s

-- name: and_reviewer
AND d.reviewer = %(reviewer)s

-- name: and_flagged
AND d.flag_count > 0

-- name: and_late
AND EXISTS (SELECT FROM worklist.lateness AS l WHERE l.disclosure = d.stream)

-- name: and_received_from
AND d.received_on >= %(received_from)s

-- name: and_received_to
AND d.received_on <= %(received_to)s

-- name: then_newest_first
AND (d.received_on, d.stream) < (%(after_day)s::date, %(after_stream)s::uuid)
ORDER BY d.received_on DESC, d.stream DESC
