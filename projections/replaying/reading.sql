-- What a replay reads of the log.

-- name: read_head
SELECT origin, size FROM log.head;

-- name: read_page
SELECT notification_id, event_id, topic, state
  FROM log.probity_events
 WHERE notification_id > %(after)s AND notification_id <= %(upto)s
 ORDER BY notification_id;

-- name: read_streams
SELECT notification_id, event_id, topic, state
  FROM log.probity_events
 WHERE originator_id = ANY(%(streams)s::uuid[]) AND notification_id < %(before)s
 ORDER BY originator_version;

-- name: read_kinds
SELECT notification_id, event_id, topic, state
  FROM log.probity_events
 WHERE topic = ANY(%(topics)s::text[])
   AND notification_id > %(after)s AND notification_id <= %(upto)s
 ORDER BY notification_id;

-- name: read_event
SELECT notification_id, event_id, topic, state
  FROM log.probity_events
 WHERE event_id = %(event)s;

-- name: read_id
SELECT event_id FROM log.probity_events WHERE notification_id = %(position)s;
