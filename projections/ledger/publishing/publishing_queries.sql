-- What the publisher asks and keeps. The tables are in ledger.sql and publishing.sql.

-- name: try_publishing
SELECT pg_try_advisory_lock(hashtext('probity'), hashtext('publisher'));

-- name: write_cosigned
INSERT INTO ledger.cosigned (origin, size, note)
VALUES (%(origin)s, %(size)s, %(note)s)
ON CONFLICT (origin, size) DO NOTHING;

-- name: list_cosigned_sizes
SELECT size FROM ledger.cosigned
 WHERE origin = %(origin)s AND size > %(above)s AND size <= %(upto)s
 ORDER BY size;

-- name: list_signed_sizes
SELECT size FROM ledger.signed
 WHERE origin = %(origin)s AND size > %(above)s AND size <= %(upto)s
 ORDER BY size;

-- name: write_witness
INSERT INTO ledger.witness AS known (
    origin, name, size, asked_at, cosigned_at, trouble
)
VALUES (
    %(origin)s, %(name)s, %(size)s, clock_timestamp(),
    CASE WHEN %(trouble)s::text IS NULL THEN clock_timestamp() END, %(trouble)s
)
ON CONFLICT (origin, name) DO UPDATE
   SET size = EXCLUDED.size,
       asked_at = EXCLUDED.asked_at,
       cosigned_at = coalesce(EXCLUDED.cosigned_at, known.cosigned_at),
       trouble = EXCLUDED.trouble;

-- name: list_witnesses
SELECT name, size, asked_at, cosigned_at, trouble FROM ledger.witness
 WHERE origin = %(origin)s
 ORDER BY name;

-- name: find_waiting
SELECT recorded_at FROM log.probity_events
 WHERE notification_id = %(position)s;

-- name: find_stamp
SELECT size, stamped_at FROM ledger.timestamp
 WHERE origin = %(origin)s
 ORDER BY stamped_at DESC, size DESC
 LIMIT 1;

-- name: write_stamp
INSERT INTO ledger.timestamp (origin, size, token, stamped_at)
VALUES (%(origin)s, %(size)s, %(token)s, %(stamped_at)s);
