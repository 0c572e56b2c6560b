-- How far each read model has come, and which events it could not take.
-- Run as probity_projector, who owns the read models; harmless to run again.

-- name: create_position
CREATE TABLE IF NOT EXISTS projection.position (
    name       text PRIMARY KEY,
    position   bigint NOT NULL DEFAULT 0,
    layout     text NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 50);

-- name: create_parked
CREATE TABLE IF NOT EXISTS projection.parked (
    model     text NOT NULL,
    position  bigint NOT NULL,
    subject   text NOT NULL,
    error     text NOT NULL,
    parked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (model, position)
);

-- name: start_position
INSERT INTO projection.position (name, layout)
VALUES (%(name)s, %(layout)s)
ON CONFLICT (name) DO NOTHING;

-- name: read_positions
SELECT name, position, layout FROM projection.position
WHERE name = ANY(%(names)s::text[]);

-- name: lock_positions
SELECT name, position FROM projection.position
WHERE name = ANY(%(names)s::text[])
ORDER BY name
FOR UPDATE;

-- name: move_positions
UPDATE projection.position
SET position = %(position)s, updated_at = clock_timestamp()
WHERE name = ANY(%(names)s::text[]);

-- name: read_places
SELECT p.name, p.position, h.size
FROM projection.position AS p
CROSS JOIN log.head AS h
WHERE p.name = ANY(%(names)s::text[]);

-- name: read_events
SELECT notification_id, originator_id::text, topic, state
FROM log.probity_events
WHERE notification_id > %(after)s AND notification_id <= %(upto)s
ORDER BY notification_id;

-- name: read_some_events
SELECT notification_id, originator_id::text, topic, state
FROM log.probity_events
WHERE notification_id = ANY(%(positions)s::bigint[])
ORDER BY notification_id;

-- name: read_stream
-- The event at a position first, then what its stream held before.
SELECT e.originator_id, e.state
FROM log.probity_events AS found
JOIN log.probity_events AS e
    ON e.originator_id = found.originator_id
    AND e.originator_version <= found.originator_version
WHERE found.notification_id = %(position)s
ORDER BY e.originator_version DESC
LIMIT 100;

-- name: read_lag
SELECT
    p.name,
    p.position,
    greatest(h.size - p.position, 0) AS events,
    coalesce(extract(epoch FROM clock_timestamp() - e.recorded_at), 0)::float8 AS seconds,
    (SELECT count(*) FROM projection.parked AS k WHERE k.model = p.name) AS parked
FROM projection.position AS p
CROSS JOIN log.head AS h
LEFT JOIN log.probity_events AS e ON e.notification_id = p.position + 1
WHERE p.name = ANY(%(names)s::text[])
ORDER BY p.name;

-- name: park_event
INSERT INTO projection.parked (model, position, subject, error)
VALUES (%(model)s, %(position)s, %(subject)s, %(error)s);

-- name: read_blocked
SELECT DISTINCT model, subject FROM projection.parked
WHERE model = ANY(%(models)s::text[]);

-- name: list_parked
SELECT model, position, subject, error, parked_at FROM projection.parked
WHERE (model, position) > (%(model)s, %(position)s)
ORDER BY model, position
LIMIT %(limit)s;

-- name: next_parked
SELECT position FROM projection.parked
WHERE model = %(model)s AND position > %(after)s
ORDER BY position
LIMIT %(limit)s;

-- name: release_parked
DELETE FROM projection.parked
WHERE model = %(model)s AND position = ANY(%(positions)s::bigint[]);

-- name: forget_parked
DELETE FROM projection.parked WHERE model = %(model)s;

-- name: rename_parked
UPDATE projection.parked SET model = %(new)s WHERE model = %(old)s;

-- name: forget_position
DELETE FROM projection.position WHERE name = %(name)s;

-- name: rename_position
UPDATE projection.position SET name = %(new)s WHERE name = %(old)s;

-- name: settle_in
-- Rows are looked up by key, however small a table was when the statement was planned.
-- A crash may lose the last batches, rows and position alike: they are made once more.
-- What is read and written does not depend on what the server or the role prefers.
SELECT
    set_config('TimeZone', 'UTC', false),
    set_config('DateStyle', 'ISO, YMD', false),
    set_config('IntervalStyle', 'postgres', false),
    set_config('enable_seqscan', 'off', false),
    set_config('enable_hashjoin', 'off', false),
    set_config('enable_mergejoin', 'off', false),
    set_config('synchronous_commit', 'off', false);

-- name: try_leading
SELECT pg_try_advisory_lock(hashtext('probity'), hashtext('projector'));

-- name: try_rebuilding
SELECT pg_try_advisory_lock(hashtext('probity rebuild'), hashtext(%(name)s));

-- name: end_rebuilding
SELECT pg_advisory_unlock(hashtext('probity rebuild'), hashtext(%(name)s));

-- name: list_relations
SELECT c.relname
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname = %(schema)s AND c.relkind = ANY(%(kinds)s::text[])
ORDER BY c.relname;
