-- The worklist: which disclosures await review, whose turn it is, and until when.

-- name: create_disclosure
CREATE TABLE worklist.disclosure (
    stream        uuid PRIMARY KEY,
    disclosure    text NOT NULL,
    person        text NOT NULL,
    rulebook      text NOT NULL,
    version       integer NOT NULL,
    rule          text NOT NULL,
    category      text NOT NULL,
    subject       text NOT NULL, -- the declarant (self), or what the relative is to them
    secrecy       text NOT NULL, -- the class of what it says
    received_on   date NOT NULL,
    review_due_on date NOT NULL,
    flags         json NOT NULL, -- each sealed
    flag_count    integer NOT NULL,
    stage         text NOT NULL,
    reviewer      text,
    deficiencies  jsonb NOT NULL, -- the open ones: number and day by which to cure
    open_count    integer NOT NULL,
    cure_by       date,
    event_id      uuid NOT NULL
);

-- name: create_disclosure_waiting
CREATE INDEX ON worklist.disclosure (review_due_on, stream) WHERE stage = 'filed';

-- name: create_disclosure_by_day
CREATE INDEX ON worklist.disclosure (received_on, stream);

-- name: create_disclosure_by_person
CREATE INDEX ON worklist.disclosure (person, received_on, stream);

-- name: create_lateness
-- Which obligations a disclosure fulfilled late, and by how much.
CREATE TABLE worklist.lateness (
    stream     uuid PRIMARY KEY,
    disclosure uuid NOT NULL,
    person     text NOT NULL,
    days_late  bigint NOT NULL,
    event_id   uuid NOT NULL
);

-- name: create_lateness_by_disclosure
CREATE INDEX ON worklist.lateness (disclosure);

-- name: load_disclosures
SELECT
    stream::text, disclosure, person, rulebook, version, rule, category, subject,
    secrecy, received_on, review_due_on, flags, flag_count, stage, reviewer, deficiencies, open_count, cure_by, event_id
FROM worklist.disclosure
WHERE stream = ANY(%(streams)s::uuid[]);

-- name: save_disclosures
INSERT INTO worklist.disclosure (
    stream, disclosure, person, rulebook, version, rule, category, subject,
    secrecy, received_on, review_due_on, flags, flag_count, stage, reviewer, deficiencies, open_count, cure_by, event_id
)
SELECT
    stream, disclosure, person, rulebook, version, rule, category, subject,
    secrecy, received_on, review_due_on, flags, flag_count, stage, reviewer, deficiencies, open_count, cure_by, event_id
FROM json_to_recordset(%(rows)s::json) AS r (
    stream uuid, disclosure text, person text, rulebook text, version integer,
    rule text, category text, subject text, secrecy text, received_on date,
    review_due_on date, flags json, flag_count integer, stage text, reviewer text, deficiencies jsonb, open_count integer, cure_by date,
    event_id uuid
)
ON CONFLICT (stream) DO UPDATE SET
    flags = excluded.flags,
    flag_count = excluded.flag_count,
    stage = excluded.stage,
    reviewer = excluded.reviewer,
    deficiencies = excluded.deficiencies,
    open_count = excluded.open_count,
    cure_by = excluded.cure_by,
    event_id = excluded.event_id;

-- name: drop_lateness
DELETE FROM worklist.lateness WHERE stream = ANY(%(streams)s::uuid[]);

-- name: save_lateness
INSERT INTO worklist.lateness (stream, disclosure, person, days_late, event_id)
SELECT stream, disclosure, person, days_late, event_id
FROM json_to_recordset(%(rows)s::json) AS r (
    stream uuid, disclosure uuid, person text, days_late bigint, event_id uuid
)
ON CONFLICT (stream) DO UPDATE SET
    disclosure = excluded.disclosure,
    days_late = excluded.days_late,
    event_id = excluded.event_id;
