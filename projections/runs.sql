-- How far the scheduler's work has come.

-- name: claim_run
INSERT INTO work.job_run (job, due_at, started_at)
VALUES (%(job)s, %(due_at)s, %(now)s)
ON CONFLICT (job, due_at) DO NOTHING;

-- name: read_unfinished
SELECT due_at, cursor FROM work.job_run
WHERE job = %(job)s AND finished_at IS NULL
ORDER BY due_at;

-- name: keep_cursor
UPDATE work.job_run SET cursor = %(cursor)s
WHERE job = %(job)s AND due_at = %(due_at)s AND finished_at IS NULL;

-- name: finish_run
UPDATE work.job_run SET finished_at = %(now)s
WHERE job = %(job)s AND due_at = %(due_at)s AND finished_at IS NULL;

-- name: read_last_finished
SELECT max(due_at) FROM work.job_run
WHERE job = %(job)s AND finished_at IS NOT NULL;

-- name: read_position
SELECT position FROM work.follower WHERE name = %(name)s;

-- name: move_position
INSERT INTO work.follower AS f (name, position)
VALUES (%(name)s, %(new)s)
ON CONFLICT (name) DO UPDATE SET position = excluded.position
WHERE f.position = %(old)s;

-- name: list_rulebooks
SELECT rulebook FROM work.rulebook ORDER BY rulebook;

-- name: add_rulebook
INSERT INTO work.rulebook (rulebook, known_at) VALUES (%(rulebook)s, %(now)s)
ON CONFLICT (rulebook) DO NOTHING;

-- name: open_sweep
INSERT INTO work.sweep (
    rulebook, rule, key, year, triggered_on, due_on, anchors, opened_at
) VALUES (
    %(rulebook)s, %(rule)s, %(key)s, %(year)s, %(triggered_on)s, %(due_on)s,
    %(anchors)s, %(opened_at)s
) ON CONFLICT (rulebook, rule, key) DO NOTHING;

-- name: list_unfinished_sweeps
SELECT rulebook, rule, key, year, triggered_on, due_on, anchors, waits_for, cursor
FROM work.sweep
WHERE finished_at IS NULL
ORDER BY opened_at, rulebook, rule, key;

-- name: list_running_sweeps
SELECT rulebook, rule, key, year, triggered_on, due_on, anchors, waits_for, cursor
FROM work.sweep
WHERE due_on >= %(since)s
ORDER BY rulebook, rule, key;

-- name: await_position
UPDATE work.sweep SET waits_for = coalesce(waits_for, %(head)s)
WHERE rulebook = %(rulebook)s AND rule = %(rule)s AND key = %(key)s
RETURNING waits_for;

-- name: keep_sweep
UPDATE work.sweep SET
    cursor = coalesce(%(new)s, cursor),
    finished_at = CASE WHEN %(new)s::text IS NULL THEN %(now)s::timestamptz END
WHERE rulebook = %(rulebook)s AND rule = %(rule)s AND key = %(key)s
  AND finished_at IS NULL AND cursor IS NOT DISTINCT FROM %(old)s;

-- name: reopen_sweeps
-- Those in which somebody may have been set aside; none, if nobody was.
UPDATE work.sweep SET finished_at = NULL, cursor = NULL, waits_for = NULL
WHERE due_on >= (
    SELECT min(parked_at AT TIME ZONE 'UTC')::date FROM work.parked WHERE job = %(job)s
);

-- name: park_item
INSERT INTO work.parked (job, item, position, error, parked_at, tried_at)
VALUES (%(job)s, %(item)s, %(position)s, %(error)s, %(now)s, %(now)s)
ON CONFLICT (job, item) DO UPDATE SET
    error = excluded.error, tried_at = excluded.tried_at;

-- name: list_positions
SELECT DISTINCT position FROM work.parked
WHERE job = %(job)s AND position IS NOT NULL
ORDER BY position;

-- name: release_parked
DELETE FROM work.parked
WHERE job = %(job)s AND tried_at < %(before)s
  AND (%(position)s::bigint IS NULL OR position = %(position)s);
