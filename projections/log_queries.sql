-- What is asked of the log. Its tables and the function that appends are in log.sql.

-- name: append
SELECT log.append(%b::uuid[], %b::bigint[], %b::text[], %b::bytea[],
                  %b::uuid[], %b::timestamptz[], %b::text[], %b::jsonb, %b::uuid[]);

-- name: select_streams
SELECT originator_id, originator_version, topic, state, notification_id
  FROM log.probity_events
 WHERE originator_id = ANY(%b)
 ORDER BY originator_version;

-- name: select_oldest_first
SELECT originator_id, originator_version, topic, state
  FROM log.probity_events
 WHERE originator_id = %(stream)s
   AND originator_version > %(gt)s AND originator_version <= %(lte)s
 ORDER BY originator_version
 LIMIT %(limit)s;

-- name: select_newest_first
SELECT originator_id, originator_version, topic, state
  FROM log.probity_events
 WHERE originator_id = %(stream)s
   AND originator_version > %(gt)s AND originator_version <= %(lte)s
 ORDER BY originator_version DESC
 LIMIT %(limit)s;

-- name: select_page
SELECT originator_id, originator_version, topic, state, notification_id
  FROM log.probity_events
 WHERE notification_id >= %(start)s AND notification_id <= %(stop)s
   AND (%(topics)s::text[] = '{}' OR topic = ANY(%(topics)s))
 ORDER BY notification_id
 LIMIT %(limit)s;

-- name: select_size
SELECT size FROM log.head;

-- name: read_origin
SELECT origin FROM log.head;

-- name: select_position
SELECT notification_id FROM log.probity_events WHERE event_id = %s;

-- name: recall_answers
SELECT actor, key, request, stream, version, position, entry
  FROM log.answer
  JOIN unnest(%b::text[], %b::text[]) AS asked (actor, key) USING (actor, key);
