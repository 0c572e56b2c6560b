-- What the scheduler asks of the read models.

-- name: list_people
SELECT number FROM personnel_file.person
WHERE number > %(after)s
ORDER BY number
LIMIT %(limit)s;

-- name: list_unmarked
SELECT stream, rulebook, version, rule, due_on, reminded
FROM calendar.obligation
WHERE stage = 'open' AND due_on < %(before)s AND NOT overdue_marked
  AND (due_on, stream) > (%(due_on)s, %(stream)s)
ORDER BY due_on, stream
LIMIT %(limit)s;

-- name: list_ahead
SELECT stream, rulebook, version, rule, due_on, reminded
FROM calendar.obligation
WHERE stage = 'open' AND due_on >= %(since)s
  AND (due_on, stream) > (%(due_on)s, %(stream)s)
ORDER BY due_on, stream
LIMIT %(limit)s;
