-- Appeals, by when each is decided, and what is held of people, by when it is reviewed.
-- What is said in them stands sealed in the log.

-- name: create_appeal
CREATE TABLE recourse.appeal (
    stream         uuid PRIMARY KEY,
    appeal         text NOT NULL,
    person         text NOT NULL,
    case_key       text NOT NULL,
    sanction       text,
    rulebook       text NOT NULL,
    stage          text NOT NULL,
    authority      json, -- of the panel; sealed
    members        text[] NOT NULL,
    lodged_on      date NOT NULL,
    due_on         date NOT NULL,
    excused        boolean NOT NULL,
    stayed         boolean NOT NULL,
    decide_by      date NOT NULL,
    escalated_on   date,
    state          text NOT NULL, -- pending, rejected, decided, implemented
    outcome        text,
    decided_on     date,
    served_on      date,
    implemented_on date,
    event_id       uuid NOT NULL
);

-- name: create_appeal_pending
CREATE INDEX ON recourse.appeal (decide_by, stream) WHERE state = 'pending';

-- name: create_appeal_of_person
CREATE INDEX ON recourse.appeal (person);

-- name: create_hold
CREATE TABLE recourse.hold (
    hold        text PRIMARY KEY,
    person      text NOT NULL,
    type        text NOT NULL,
    basis       text NOT NULL,
    target      text, -- null: all of the type
    blocks      text[] NOT NULL,
    rulebook    text NOT NULL,
    version     integer NOT NULL,
    from_on     date NOT NULL,
    placed_by   text NOT NULL,
    review_on   date NOT NULL,
    notified_on date,
    proposed    integer NOT NULL, -- overrides that wait for a second person
    lifted_on   date,
    event_id    uuid NOT NULL
);

-- name: create_hold_standing
CREATE INDEX ON recourse.hold (review_on, hold) WHERE lifted_on IS NULL;

-- name: create_hold_of_person
CREATE INDEX ON recourse.hold (person);

-- name: add_appeal
INSERT INTO recourse.appeal (
    stream, appeal, person, case_key, sanction, rulebook, stage, members, lodged_on,
    due_on, excused, stayed, decide_by, state, event_id
)
VALUES (
    %(stream)s, %(appeal)s, %(person)s, %(case)s, %(sanction)s, %(rulebook)s, %(stage)s,
    '{}', %(lodged_on)s, %(due_on)s, false, false, %(decide_by)s, 'pending',
    %(event_id)s
);

-- name: set_panel
UPDATE recourse.appeal
SET
    members = %(members)s::text[], authority = %(authority)s, event_id = %(event_id)s
WHERE stream = %(stream)s;

-- name: excuse_appeal
UPDATE recourse.appeal SET excused = true, event_id = %(event_id)s
WHERE stream = %(stream)s;

-- name: set_stay
UPDATE recourse.appeal SET stayed = %(stayed)s, event_id = %(event_id)s
WHERE stream = %(stream)s;

-- name: extend_appeal
UPDATE recourse.appeal SET decide_by = %(decide_by)s, event_id = %(event_id)s
WHERE stream = %(stream)s;

-- name: escalate_appeal
UPDATE recourse.appeal SET escalated_on = %(on)s, event_id = %(event_id)s
WHERE stream = %(stream)s;

-- name: reject_appeal
UPDATE recourse.appeal
SET state = 'rejected', stayed = false, decided_on = %(day)s, event_id = %(event_id)s
WHERE stream = %(stream)s;

-- name: decide_appeal
UPDATE recourse.appeal
SET
    state = 'decided', stayed = false, outcome = %(outcome)s,
    decided_on = %(decided_on)s, served_on = %(served_on)s, event_id = %(event_id)s
WHERE stream = %(stream)s;

-- name: serve_appeal
UPDATE recourse.appeal SET served_on = %(served_on)s, event_id = %(event_id)s
WHERE stream = %(stream)s;

-- name: implement_appeal
UPDATE recourse.appeal
SET state = 'implemented', implemented_on = %(on)s, event_id = %(event_id)s
WHERE stream = %(stream)s;

-- name: touch_appeal
UPDATE recourse.appeal SET event_id = %(event_id)s WHERE stream = %(stream)s;

-- name: add_hold
INSERT INTO recourse.hold (
    hold, person, type, basis, target, blocks, rulebook, version, from_on, placed_by,
    review_on, proposed, event_id
)
VALUES (
    %(hold)s, %(person)s, %(type)s, %(basis)s, %(target)s, %(blocks)s::text[],
    %(rulebook)s, %(version)s, %(from_on)s, %(actor)s, %(review_on)s, 0, %(event_id)s
);

-- name: notify_hold
UPDATE recourse.hold SET notified_on = %(on)s, event_id = %(event_id)s
WHERE hold = %(hold)s;

-- name: review_hold
UPDATE recourse.hold SET review_on = %(review_on)s, event_id = %(event_id)s
WHERE hold = %(hold)s;

-- name: lift_hold
UPDATE recourse.hold SET lifted_on = %(on)s, event_id = %(event_id)s
WHERE hold = %(hold)s;

-- name: propose_override
UPDATE recourse.hold SET proposed = proposed + 1, event_id = %(event_id)s
WHERE hold = %(hold)s;

-- name: agree_override
UPDATE recourse.hold SET proposed = proposed - 1, event_id = %(event_id)s
WHERE hold = %(hold)s;
