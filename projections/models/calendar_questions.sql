-- What is asked of the calendar. A list is read along an index, from behind a row on.

-- name: select_duties
SELECT
    stream, person, name, email, unit, unit_name, rank, rulebook, version, rule,
    category, legal_basis, key, trigger, triggered_on, first_due_on, due_on, raised_on,
    nil_return, flag, stage, received_on,
    CASE stage WHEN 'open' THEN greatest(%(today)s::date - due_on, 0) ELSE days_late END
        AS days_late,
    disclosure, reminded, overdue_marked, asked_until, justification, event_id
FROM calendar.duty
WHERE from_on <= %(today)s::date AND %(today)s < to_on

-- name: and_stream
AND stream = %(stream)s

-- name: and_person
AND person = %(person)s

-- name: and_unit
-- The unit, and all units below it.
AND unit = ANY(ARRAY(
    WITH RECURSIVE below (code) AS (
        SELECT %(unit)s::text
        UNION
        SELECT u.code FROM calendar.unit AS u JOIN below AS b ON u.parent = b.code
    )
    SELECT code FROM below
))

-- name: and_category
AND category = %(category)s

-- name: and_stage
AND stage = %(stage)s

-- name: and_open
AND stage = 'open'

-- name: and_due_from
AND due_on >= %(due_from)s

-- name: and_due_to
AND due_on <= %(due_to)s

-- name: and_late
AND days_late > 0 AND days_late >= %(late)s

-- name: and_unmarked
AND NOT overdue_marked

-- name: then_earliest_first
AND (due_on, stream) > (%(after_day)s::date, %(after_stream)s::uuid)
ORDER BY due_on, stream

-- name: then_latest_first
AND (due_on, stream) < (%(after_day)s::date, %(after_stream)s::uuid)
ORDER BY due_on DESC, stream DESC

-- name: then_by_person
AND (person, due_on, stream)
    > (%(after_person)s::text, %(after_day)s::date, %(after_stream)s::uuid)
ORDER BY person, due_on, stream
