-- The register of sanctions: which run, are stayed or withheld, which are over or were
-- undone, and what an office still has to do because of them. Why stands in the log.

-- name: create_sanction
CREATE TABLE sanctions.sanction (
    sanction    text PRIMARY KEY,
    stream      uuid NOT NULL,
    person      text NOT NULL,
    track       text NOT NULL,
    kind        text NOT NULL,
    case_key    text NOT NULL,
    decided_on  date NOT NULL,
    until_on    date,
    term_until  date,
    for_ever    boolean NOT NULL,
    blocks      text[] NOT NULL,
    rulebook    text NOT NULL,
    version     integer NOT NULL,
    status      text NOT NULL, -- running, stayed, withheld, released, quashed
    released_on date,
    event_id    uuid NOT NULL
);

-- name: create_sanction_to_release
CREATE INDEX ON sanctions.sanction (until_on, sanction)
WHERE status NOT IN ('released', 'quashed');

-- name: create_sanction_of_person
CREATE INDEX ON sanctions.sanction (person);

-- name: create_sanction_by_day
CREATE INDEX ON sanctions.sanction (decided_on, sanction);

-- name: create_task
-- What is to be done: to make good (the rulebook's name for it), or what HR carries out.
CREATE TABLE sanctions.task (
    sanction text NOT NULL,
    task     text NOT NULL, -- 'personnel_change': what HR carries out
    person   text NOT NULL,
    track    text NOT NULL,
    kind     text NOT NULL, -- of the sanction, when it was ordered
    due_on   date NOT NULL,
    at_most  date,
    stage    text NOT NULL, -- open, done, dropped
    done_on  date,
    event_id uuid NOT NULL,
    PRIMARY KEY (sanction, task)
);

-- name: create_task_open
CREATE INDEX ON sanctions.task (due_on, sanction, task) WHERE stage = 'open';

-- name: create_task_of_person
CREATE INDEX ON sanctions.task (person);

-- name: create_measure
-- Measures that are no sanction.
CREATE TABLE sanctions.measure (
    measure    text PRIMARY KEY,
    person     text NOT NULL,
    track      text NOT NULL,
    kind       text NOT NULL,
    case_key   text,
    decided_on date NOT NULL,
    until_on   date,
    blocks     text[] NOT NULL,
    event_id   uuid NOT NULL
);

-- name: create_measure_by_day
CREATE INDEX ON sanctions.measure (decided_on, measure);

-- name: create_measure_of_person
CREATE INDEX ON sanctions.measure (person);

-- name: add_sanction
INSERT INTO sanctions.sanction (
    sanction, stream, person, track, kind, case_key, decided_on, until_on, term_until,
    for_ever, blocks, rulebook, version, status, event_id
)
VALUES (
    %(sanction)s, %(stream)s, %(person)s, %(track)s, %(kind)s, %(case)s,
    %(decided_on)s, %(until_on)s, %(term_until)s, %(for_ever)s, %(blocks)s,
    %(rulebook)s, %(version)s, 'running', %(event_id)s
);

-- name: change_terms
UPDATE sanctions.sanction
SET
    kind = %(kind)s,
    until_on = %(until_on)s,
    term_until = %(term_until)s,
    for_ever = %(for_ever)s,
    blocks = %(blocks)s,
    event_id = %(event_id)s
WHERE sanction = %(sanction)s;

-- name: change_status
UPDATE sanctions.sanction
SET
    status = %(status)s,
    released_on = %(released_on)s,
    event_id = %(event_id)s
WHERE sanction = %(sanction)s;

-- name: order_task
INSERT INTO sanctions.task (
    sanction, task, person, track, kind, due_on, at_most, stage, event_id
)
SELECT
    %(sanction)s, %(task)s, s.person, s.track, s.kind, %(due_on)s::date,
    %(at_most)s::date, 'open', %(event_id)s::uuid
FROM sanctions.sanction AS s
WHERE s.sanction = %(sanction)s
ON CONFLICT (sanction, task) DO UPDATE SET
    kind = excluded.kind,
    due_on = excluded.due_on,
    at_most = excluded.at_most,
    stage = 'open',
    done_on = NULL,
    event_id = excluded.event_id;

-- name: end_task
UPDATE sanctions.task
SET stage = 'done', done_on = %(on)s, event_id = %(event_id)s
WHERE sanction = %(sanction)s AND task = %(task)s;

-- name: drop_change
-- What HR had not carried out yet when the sanction was varied or quashed.
UPDATE sanctions.task
SET stage = 'dropped', event_id = %(event_id)s
WHERE sanction = %(sanction)s AND task = 'personnel_change' AND stage = 'open';

-- name: add_measure
INSERT INTO sanctions.measure (
    measure, person, track, kind, case_key, decided_on, until_on, blocks, event_id
)
VALUES (
    %(measure)s, %(person)s, %(track)s, %(kind)s, %(case)s, %(decided_on)s,
    %(until_on)s, %(blocks)s, %(event_id)s
);
