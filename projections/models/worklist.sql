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
    received_on   date NOT NULL,
    review_due_on date NOT NULL,
    flags         text[] NOT NULL,
    stage         text NOT NULL,
    reviewer      text,
    deficiencies  jsonb NOT NULL, -- the open ones: number and day by which to cure
    open_count    integer NOT NULL,
    cure_by       date,
    event_id      uuid NOT NULL
);

-- name: create_disclosure_waiting
CREATE INDEX ON worklist.disclosure (review_due_on, stream) WHERE stage = 'filed';

-- name: load_disclosures
SELECT
    stream::text, disclosure, person, rulebook, version, rule, category, received_on,
    review_due_on, flags, stage, reviewer, deficiencies, open_count, cure_by, event_id
FROM worklist.disclosure
WHERE stream = ANY(%(streams)s::uuid[]);

-- name: save_disclosures
INSERT INTO worklist.disclosure (
    stream, disclosure, person, rulebook, version, rule, category, received_on,
    review_due_on, flags, stage, reviewer, deficiencies, open_count, cure_by, event_id
)
SELECT
    stream, disclosure, person, rulebook, version, rule, category, received_on,
    review_due_on, flags, stage, reviewer, deficiencies, open_count, cure_by, event_id
FROM json_to_recordset(%(rows)s::json) AS r (
    stream uuid, disclosure text, person text, rulebook text, version integer,
    rule text, category text, received_on date, review_due_on date, flags text[],
    stage text, reviewer text, deficiencies jsonb, open_count integer, cure_by date,
    event_id uuid
)
ON CONFLICT (stream) DO UPDATE SET
    flags = excluded.flags,
    stage = excluded.stage,
    reviewer = excluded.reviewer,
    deficiencies = excluded.deficiencies,
    open_count = excluded.open_count,
    cure_by = excluded.cure_by,
    event_id = excluded.event_id;
