-- The docket: which cases and recommendations there are, how far each has come, and when
-- what comes next is due. What is said in them stands sealed in the log.

-- name: create_proceeding
CREATE TABLE docket.proceeding (
    stream          uuid PRIMARY KEY,
    key             text NOT NULL,
    person          text NOT NULL,
    rulebook        text NOT NULL,
    basis           text NOT NULL,
    source          text,
    stage           text NOT NULL, -- as domain.case.case has it
    opened_on       date NOT NULL,
    investigated_on date,
    decide_by       date,
    answer_by       date, -- of the notice that was served last
    investigators   jsonb NOT NULL,
    decided_on      date,
    closing         text,
    closed_on       date,
    referred        boolean NOT NULL,
    shown_from      timestamptz NOT NULL, -- to the person: never, before any notice
    event_id        uuid NOT NULL
);

-- name: create_proceeding_open
CREATE INDEX ON docket.proceeding (decide_by, stream) WHERE stage <> 'closed';

-- name: create_proceeding_of_person
CREATE INDEX ON docket.proceeding (person);

-- name: create_recommendation
CREATE TABLE docket.recommendation (
    stream    uuid PRIMARY KEY,
    key       text NOT NULL,
    person    text NOT NULL,
    rulebook  text NOT NULL,
    addressee text NOT NULL, -- as a unit, or as the body that appoints
    unit      text NOT NULL,
    case_key  text,
    issued_on date NOT NULL,
    answer_by date NOT NULL,
    stage     text NOT NULL,
    event_id  uuid NOT NULL
);

-- name: create_recommendation_unanswered
CREATE INDEX ON docket.recommendation (answer_by, stream);

-- name: create_recommendation_of_person
CREATE INDEX ON docket.recommendation (person);

-- name: load_proceedings
SELECT
    stream::text, key, person, rulebook, basis, source, stage, opened_on,
    investigated_on, decide_by, answer_by, investigators, decided_on, closing,
    closed_on, referred, shown_from, event_id
FROM docket.proceeding
WHERE stream = ANY(%(streams)s::uuid[]);

-- name: save_proceedings
INSERT INTO docket.proceeding (
    stream, key, person, rulebook, basis, source, stage, opened_on, investigated_on,
    decide_by, answer_by, investigators, decided_on, closing, closed_on, referred,
    shown_from, event_id
)
SELECT
    stream, key, person, rulebook, basis, source, stage, opened_on, investigated_on,
    decide_by, answer_by, investigators, decided_on, closing, closed_on, referred,
    shown_from, event_id
FROM json_to_recordset(%(rows)s::json) AS r (
    stream uuid, key text, person text, rulebook text, basis text, source text,
    stage text, opened_on date, investigated_on date, decide_by date, answer_by date,
    investigators jsonb, decided_on date, closing text, closed_on date,
    referred boolean, shown_from timestamptz, event_id uuid
)
ON CONFLICT (stream) DO UPDATE SET
    stage = excluded.stage,
    investigated_on = excluded.investigated_on,
    decide_by = excluded.decide_by,
    answer_by = excluded.answer_by,
    investigators = excluded.investigators,
    decided_on = excluded.decided_on,
    closing = excluded.closing,
    closed_on = excluded.closed_on,
    referred = excluded.referred,
    shown_from = excluded.shown_from,
    event_id = excluded.event_id;

-- name: load_recommendations
SELECT
    stream::text, key, person, rulebook, addressee, unit, case_key, issued_on,
    answer_by, stage, event_id
FROM docket.recommendation
WHERE stream = ANY(%(streams)s::uuid[]);

-- name: save_recommendations
INSERT INTO docket.recommendation (
    stream, key, person, rulebook, addressee, unit, case_key, issued_on, answer_by,
    stage, event_id
)
SELECT
    stream, key, person, rulebook, addressee, unit, case_key, issued_on, answer_by,
    stage, event_id
FROM json_to_recordset(%(rows)s::json) AS r (
    stream uuid, key text, person text, rulebook text, addressee text, unit text,
    case_key text, issued_on date, answer_by date, stage text, event_id uuid
)
ON CONFLICT (stream) DO UPDATE SET
    stage = excluded.stage,
    event_id = excluded.event_id;
