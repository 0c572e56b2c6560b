-- What an operator asks of the scheduler's work.

-- name: list_runs
SELECT DISTINCT ON (job) job, due_at, started_at, finished_at, cursor
FROM work.job_run
ORDER BY job, due_at DESC;

-- name: read_backlog
SELECT
    count(*) FILTER (WHERE state = 'waiting') AS waiting,
    count(*) FILTER (WHERE state = 'failed') AS failed,
    count(*) FILTER (WHERE state = 'undeliverable') AS undeliverable,
    coalesce(extract(epoch FROM %(now)s - min(written_at)
        FILTER (WHERE state = 'waiting')), 0)::float8 AS oldest_seconds
FROM work.mail
WHERE state IN ('waiting', 'failed', 'undeliverable');

-- name: list_stuck
SELECT id, kind, person, obligation, written_at, state, attempts, last_error
FROM work.mail
WHERE state IN ('failed', 'undeliverable') AND (written_at, id) > (%(after)s, %(id)s)
ORDER BY written_at, id
LIMIT %(limit)s;

-- name: list_sweeps
SELECT rulebook, rule, key, due_on, opened_at, cursor, finished_at
FROM work.sweep
WHERE finished_at IS NULL
ORDER BY opened_at;

-- name: list_parked
SELECT job, item, position, error, parked_at, tried_at FROM work.parked
ORDER BY parked_at DESC, job, item
LIMIT %(limit)s;

-- name: read_progress
SELECT
    (SELECT count(*) FROM work.parked) AS parked,
    (SELECT count(*) FROM work.sweep WHERE finished_at IS NULL) AS sweeps,
    greatest(h.size - coalesce(f.position, 0), 0) AS events
FROM log.head AS h
LEFT JOIN work.follower AS f ON f.name = %(follower)s;

-- name: forget_runs
-- The latest run of each job stays: it tells from when on to make up for lost time.
DELETE FROM work.job_run AS r
WHERE r.finished_at < %(before)s AND EXISTS (
    SELECT FROM work.job_run AS later
    WHERE later.job = r.job AND later.due_at > r.due_at
      AND later.finished_at IS NOT NULL
);

-- name: forget_answers
SELECT work.forget_answers(%(before)s);
