-- What the scheduler remembers: which jobs ran, how far each came, and the mail to send.
-- Run as probity_owner by `projections.postgres.setup`; harmless to run again.

-- One row for each time that a job was due: the fence against a second run of it.
CREATE TABLE IF NOT EXISTS work.job_run (
    job         text NOT NULL,
    due_at      timestamptz NOT NULL,
    started_at  timestamptz NOT NULL,
    finished_at timestamptz,
    cursor      jsonb,
    PRIMARY KEY (job, due_at)
);

-- How far the log has been followed, by whom.
CREATE TABLE IF NOT EXISTS work.follower (
    name     text PRIMARY KEY,
    position bigint NOT NULL
) WITH (fillfactor = 50);

-- The rulebooks published so far, as far as the log has been followed.
CREATE TABLE IF NOT EXISTS work.rulebook (
    rulebook text PRIMARY KEY,
    known_at timestamptz NOT NULL
);

-- One duty to be laid on a whole population: how far, in the order of the directory,
-- that has come. It begins when the read model has seen the event at waits_for.
-- A row stays, so that nothing is gone through a second time.
CREATE TABLE IF NOT EXISTS work.sweep (
    rulebook     text NOT NULL,
    rule         text NOT NULL,
    key          text NOT NULL,
    year         integer,
    triggered_on date NOT NULL,
    due_on       date NOT NULL,
    anchors      jsonb NOT NULL,
    opened_at    timestamptz NOT NULL,
    waits_for    bigint,
    cursor       text,
    finished_at  timestamptz,
    PRIMARY KEY (rulebook, rule, key)
);
CREATE INDEX IF NOT EXISTS sweep_unfinished ON work.sweep (opened_at)
    WHERE finished_at IS NULL;

-- What was refused to the scheduler: it goes on with the others, and a person looks.
CREATE TABLE IF NOT EXISTS work.parked (
    job       text NOT NULL,
    item      text NOT NULL,
    position  bigint,
    error     text NOT NULL,
    parked_at timestamptz NOT NULL,
    tried_at  timestamptz NOT NULL,
    PRIMARY KEY (job, item)
);

-- Mail: `id` is that of the event that asked for it, so that none is written twice.
-- Address and body are sealed with the standing key of the person; without it, none is
-- kept. `subject` and `last_error` are in the clear, and say nothing of the person.
CREATE TABLE IF NOT EXISTS work.outbox (
    id              uuid PRIMARY KEY,
    message_id      text NOT NULL UNIQUE,
    kind            text NOT NULL,
    person          text NOT NULL,
    obligation      uuid,
    address         text,
    subject         text NOT NULL,
    body            text,
    written_at      timestamptz NOT NULL,
    state           text NOT NULL
        CHECK (state IN ('waiting', 'delivered', 'failed', 'undeliverable')),
    attempts        integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL,
    last_error      text,
    delivered_at    timestamptz,
    CHECK ((state = 'delivered') = (delivered_at IS NOT NULL)),
    CHECK (address IS NOT NULL AND body IS NOT NULL OR state = 'undeliverable')
);
CREATE INDEX IF NOT EXISTS outbox_waiting ON work.outbox (next_attempt_at, id)
    WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS outbox_stuck ON work.outbox (written_at, id)
    WHERE state IN ('failed', 'undeliverable');
CREATE INDEX IF NOT EXISTS outbox_delivered ON work.outbox (delivered_at)
    WHERE state = 'delivered';

-- The mail as an office may see it: who was written to and what became of it.
CREATE OR REPLACE VIEW work.mail AS
SELECT
    id, kind, person, obligation, written_at, state, attempts, next_attempt_at,
    last_error, delivered_at
FROM work.outbox;

-- Answers to requests outlive any sensible retry. The scheduler may not delete from the
-- log's schema; it may ask for this, and even so keeps the last day's.
CREATE OR REPLACE FUNCTION work.forget_answers(before timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    forgotten bigint;
BEGIN
    IF before > clock_timestamp() - interval '1 day' THEN
        RAISE EXCEPTION 'answers of the last day are kept: % is too late', before
            USING HINT = 'A client may still be retrying its request.';
    END IF;
    DELETE FROM log.answer WHERE recorded_at < before;
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    RETURN forgotten;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA work FROM PUBLIC;
GRANT EXECUTE ON FUNCTION work.forget_answers(timestamptz) TO probity_scheduler;
GRANT USAGE ON SCHEMA work TO probity_web;
GRANT SELECT ON work.job_run, work.follower, work.sweep, work.parked, work.mail
    TO probity_web;
