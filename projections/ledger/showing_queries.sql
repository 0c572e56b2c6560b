-- What a verifier is shown of the ledger: live, or in a dump. All of one moment.

-- name: begin_snapshot
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;

-- name: take_time
SELECT set_config('statement_timeout', '0', true),
       set_config('idle_in_transaction_session_timeout', '0', true),
       set_config('cursor_tuple_fraction', '1', true),
       set_config('timezone', 'UTC', true);

-- Lines as an entry has them: to compose them here costs the verifier nothing. A time that
-- is none, such as `infinity`, comes as NULL; the session's time zone is UTC.

-- name: read_events
SELECT notification_id,
       originator_id || E'\n' || originator_version || E'\n' || topic,
       CASE WHEN recorded_at < '9999-12-31' AND recorded_at > '0001-01-02'
            THEN to_char(recorded_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') END,
       state, leaf
  FROM log.probity_events
 ORDER BY notification_id;

-- name: read_event
SELECT notification_id,
       originator_id || E'\n' || originator_version || E'\n' || topic,
       CASE WHEN recorded_at < '9999-12-31' AND recorded_at > '0001-01-02'
            THEN to_char(recorded_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') END,
       state
  FROM log.probity_events
 WHERE notification_id = %(position)s;

-- name: read_head
SELECT origin, first, size FROM log.head;

-- name: read_epochs
SELECT origin, first, closing FROM ledger.epoch ORDER BY number;

-- name: read_tiles
SELECT level, n, data FROM ledger.tile WHERE origin = %(origin)s;

-- name: read_roots
SELECT size, root FROM ledger.checkpoint WHERE origin = %(origin)s;

-- name: read_notes
SELECT 'ledger.signed', size, note FROM ledger.signed WHERE origin = %(origin)s
 UNION ALL
SELECT 'ledger.cosigned', size, note FROM ledger.cosigned WHERE origin = %(origin)s;

-- name: dump_head
SELECT one, size, origin, first FROM log.head;

-- name: dump_epoch
SELECT number, origin, first, opened_at, closed_at, closing FROM ledger.epoch
 ORDER BY number;

-- name: dump_tile
SELECT origin, level, n, width, data FROM ledger.tile
 ORDER BY origin, level, n;

-- name: dump_checkpoint
SELECT origin, size, root, made_at FROM ledger.checkpoint
 ORDER BY origin, size;

-- name: dump_signed
SELECT origin, size, note, signed_at FROM ledger.signed
 ORDER BY origin, size;

-- name: dump_cosigned
SELECT origin, size, note, cosigned_at FROM ledger.cosigned
 ORDER BY origin, size;

-- name: dump_timestamp
SELECT origin, size, token, stamped_at FROM ledger.timestamp
 ORDER BY origin, size;

-- name: dump_events
SELECT notification_id, originator_id, originator_version, topic, state,
       event_id, recorded_at, leaf
  FROM log.probity_events
 WHERE notification_id >= %(start)s AND notification_id < %(stop)s
 ORDER BY notification_id;

-- name: read_extent
SELECT coalesce(min(notification_id), 0), coalesce(max(notification_id), -1)
  FROM log.probity_events;

-- name: list_tables
SELECT relname, array_agg(attname::text ORDER BY attnum)
  FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
  JOIN pg_attribute ON attrelid = pg_class.oid
 WHERE nspname = %(schema)s AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
 GROUP BY relname
 ORDER BY relname;
