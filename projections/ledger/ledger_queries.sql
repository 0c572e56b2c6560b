-- What is asked of the ledger. Its tables and what guards them are in ledger.sql.

-- name: read_log
SELECT origin, first, size FROM log.head;

-- name: name_origin
SELECT log.name_origin(%(name)s);

-- name: count_pending
SELECT head.size - head.first + 1 - coalesce((
       SELECT max(done.size) FROM ledger.checkpoint AS done
        WHERE done.origin = head.origin), 0)
  FROM log.head;

-- name: read_entries
SELECT notification_id, originator_id, originator_version, topic,
       recorded_at, state, leaf
  FROM log.probity_events
 WHERE notification_id >= %(start)s AND notification_id < %(stop)s
 ORDER BY notification_id;

-- name: find_leaf
SELECT notification_id FROM log.probity_events WHERE leaf = %(leaf)s;

-- name: read_tile
SELECT substr(data, 1, 32 * %(width)s) FROM ledger.tile
 WHERE origin = %(origin)s AND level = %(level)s AND n = %(n)s;

-- name: write_tile
INSERT INTO ledger.tile AS held (origin, level, n, width, data)
VALUES (%(origin)s, %(level)s, %(n)s, %(width)s, %(data)s)
ON CONFLICT (origin, level, n) DO UPDATE
   SET width = EXCLUDED.width, data = EXCLUDED.data;

-- name: write_checkpoint
INSERT INTO ledger.checkpoint (origin, size, root)
VALUES (%(origin)s, %(size)s, %(root)s);

-- name: write_signed
INSERT INTO ledger.signed (origin, size, note)
VALUES (%(origin)s, %(size)s, %(note)s)
ON CONFLICT (origin, size) DO NOTHING;

-- name: latest_checkpoint
SELECT size, root FROM ledger.checkpoint
 WHERE origin = %(origin)s
 ORDER BY size DESC
 LIMIT 1;

-- name: latest_signed
SELECT size, note, signed_at FROM ledger.signed
 WHERE origin = %(origin)s
 ORDER BY size DESC
 LIMIT 1;

-- name: latest_cosigned
SELECT size, note, cosigned_at FROM ledger.cosigned
 WHERE origin = %(origin)s
 ORDER BY size DESC
 LIMIT 1;

-- name: epoch_of
SELECT origin, first FROM ledger.epoch
 WHERE first <= %(position)s
 ORDER BY first DESC
 LIMIT 1;

-- name: read_progress
SELECT head.first - 1 + coalesce((
           SELECT max(c.size) FROM ledger.checkpoint AS c WHERE c.origin = head.origin
       ), 0) AS sequenced,
       head.first - 1 + coalesce((
           SELECT max(s.size) FROM ledger.signed AS s WHERE s.origin = head.origin
       ), 0) AS signed,
       head.first - 1 + coalesce(newest.size, 0) AS cosigned,
       extract(epoch FROM clock_timestamp() - newest.cosigned_at)::float8 AS age
  FROM log.head
  LEFT JOIN LATERAL (
       SELECT size, cosigned_at FROM ledger.cosigned AS c
        WHERE c.origin = head.origin
        ORDER BY c.size DESC
        LIMIT 1) AS newest ON true;

-- name: try_leading
SELECT pg_try_advisory_lock(hashtext('probity'), hashtext('sequencer'));
