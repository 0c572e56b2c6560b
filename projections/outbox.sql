-- Mail that is to leave, is on its way, or could not be delivered.

-- name: find_keys
-- The standing keys of these people: only those that there are.
SELECT subject, id
FROM keys.named(%(people)s::text[], %(relatives)s::text[], %(years)s::integer[]);

-- name: hold_keys
SELECT keys.hold(%(ids)s::uuid[]);

-- name: write_mail
INSERT INTO work.outbox AS outbox (
    id, message_id, kind, person, obligation, address, subject, body,
    written_at, state, next_attempt_at, last_error
) VALUES (
    %(id)s, %(message_id)s, %(kind)s, %(person)s, %(obligation)s, %(address)s,
    %(subject)s, %(body)s, %(now)s, %(state)s, %(now)s, %(error)s
)
-- Who had no address and has one now gets what could not be delivered.
ON CONFLICT (id) DO UPDATE SET
    address = excluded.address,
    body = excluded.body,
    state = excluded.state,
    next_attempt_at = excluded.next_attempt_at,
    last_error = excluded.last_error
WHERE outbox.state = 'undeliverable' AND excluded.state = 'waiting';

-- name: lock_next
SELECT id, message_id, person, address, subject, body, written_at, attempts
FROM work.outbox
WHERE state = 'waiting' AND next_attempt_at <= %(now)s
ORDER BY next_attempt_at, id
LIMIT 1
FOR UPDATE SKIP LOCKED;

-- name: count_due
SELECT count(*) FROM work.outbox
WHERE state = 'waiting' AND next_attempt_at <= %(now)s;

-- name: mark_delivered
UPDATE work.outbox
SET state = 'delivered', delivered_at = %(now)s, attempts = attempts + 1,
    last_error = NULL
WHERE id = %(id)s;

-- name: mark_attempt
UPDATE work.outbox
SET state = %(state)s, attempts = attempts + 1, next_attempt_at = %(again_at)s,
    last_error = %(error)s
WHERE id = %(id)s;

-- name: give_up
UPDATE work.outbox
SET state = 'undeliverable', address = NULL, body = NULL, last_error = %(error)s
WHERE person = %(person)s AND state IN ('waiting', 'failed', 'undeliverable')
  AND (%(id)s::uuid IS NULL OR id = %(id)s);

-- name: try_again
UPDATE work.outbox
SET state = 'waiting', attempts = 0, next_attempt_at = %(now)s
WHERE state = 'failed' AND (%(id)s::uuid IS NULL OR id = %(id)s);

-- name: forget_delivered
DELETE FROM work.outbox WHERE state = 'delivered' AND delivered_at < %(before)s;
