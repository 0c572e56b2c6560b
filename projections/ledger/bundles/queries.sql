-- What is asked of the log for a bundle; the columns are those of `store.Row`.

-- name: read_streams
SELECT notification_id, originator_id, originator_version, topic,
       recorded_at, state, leaf
  FROM log.probity_events
 WHERE originator_id = ANY(%(streams)s)
 ORDER BY notification_id;

-- name: read_causes
SELECT notification_id, originator_id, originator_version, topic,
       recorded_at, state, leaf
  FROM log.probity_events
 WHERE event_id = ANY(%(events)s)
 ORDER BY notification_id;

-- name: latest_timestamp
SELECT t.size, t.token, c.note, s.note
  FROM ledger.timestamp AS t
  LEFT JOIN ledger.cosigned AS c USING (origin, size)
  LEFT JOIN ledger.signed AS s USING (origin, size)
 WHERE t.origin = %(origin)s AND t.size <= %(size)s
 ORDER BY t.size DESC, t.stamped_at DESC
 LIMIT 1;
