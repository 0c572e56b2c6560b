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
WHERE from_on <= %(today)s::date AND %(today)s::date < to_on
AND due_on BETWEEN %(due_from)s::date AND %(due_to)s::date
AND (%(stage)s::text IS NULL OR stage = %(stage)s)
AND (%(stream)s::uuid IS NULL OR stream = %(stream)s)
AND (%(person)s::text IS NULL OR person = %(person)s)
AND (%(category)s::text IS NULL OR category = %(category)s)
AND (%(late)s::integer IS NULL OR days_late >= %(late)s)
AND (NOT %(unmarked)s::boolean OR NOT overdue_marked)
AND (%(unit)s::text IS NULL OR unit = ANY((SELECT calendar.below(%(unit)s))::text[]))

-- name: then_earliest_first
AND (due_on, stream) > (%(after_day)s::date, %(after_stream)s::uuid)
ORDER BY due_on, stream
LIMIT %(limit)s;

-- name: then_latest_first
AND (due_on, stream) < (%(after_day)s::date, %(after_stream)s::uuid)
ORDER BY due_on DESC, stream DESC
LIMIT %(limit)s;

-- name: then_by_person
AND (person, due_on, stream)
    > (%(after_person)s::text, %(after_day)s::date, %(after_stream)s::uuid)
ORDER BY person, due_on, stream
LIMIT %(limit)s;
