-- How records are kept: holds, destruction, requests, releases, exports, broken glass.

-- name: create_hold
CREATE TABLE records.hold (
    person      text NOT NULL,
    hold        text NOT NULL,
    basis       text NOT NULL,
    review_on   date NOT NULL,
    placed_on   date NOT NULL,
    placed_by   text NOT NULL,
    reason      json, -- sealed
    released_on date,
    released_by text,
    event_id    uuid NOT NULL,
    PRIMARY KEY (person, hold)
);

-- name: create_hold_in_place
CREATE INDEX ON records.hold (review_on, person, hold) WHERE released_on IS NULL;

-- name: create_destruction
-- Orders to destroy, and what was destroyed by order or after its retention.
CREATE TABLE records.destruction (
    position   bigint PRIMARY KEY,
    person     text NOT NULL,
    relative   text, -- null: the person and all relatives; '': the person alone
    year       integer, -- null: all years; 0: what is kept of a person as such
    basis      text NOT NULL,
    ordered    integer, -- the number of the order; null: after retention
    ordered_by text,
    ordered_on date,
    reason     json, -- sealed
    stage      text NOT NULL, -- ordered, declined, destroyed
    settled_by text,
    settled_on date,
    event_id   uuid NOT NULL
);

-- name: create_destruction_of_person
CREATE INDEX ON records.destruction (person, ordered);

-- name: create_request
CREATE TABLE records.request (
    stream      uuid PRIMARY KEY,
    request     text NOT NULL,
    kind        text NOT NULL, -- access, correction
    person      text NOT NULL,
    disclosure  text,
    about       uuid, -- the stream of that disclosure
    field       text,
    rulebook    text NOT NULL,
    received_on date NOT NULL,
    due_on      date NOT NULL, -- the last of all days, where no rule sets one
    stage       text NOT NULL, -- open, answered
    outcome     text,
    answered_on date,
    answered_by text,
    event_id    uuid NOT NULL
);

-- name: create_request_open
CREATE INDEX ON records.request (due_on, stream);

-- name: create_request_of_person
CREATE INDEX ON records.request (person);

-- name: create_release
CREATE TABLE records.release (
    stream          uuid PRIMARY KEY,
    release         text NOT NULL,
    person          text NOT NULL,
    disclosure      text NOT NULL,
    about           uuid NOT NULL, -- the stream of that disclosure
    fields          text[] NOT NULL,
    "to"            text NOT NULL, -- public, recipient
    recipient       json, -- sealed
    reasons         json NOT NULL, -- sealed
    proportionality json, -- sealed
    rulebook        text NOT NULL,
    version         integer NOT NULL,
    decided_on      date NOT NULL,
    decided_by      text NOT NULL,
    withdrawn_on    date,
    event_id        uuid NOT NULL
);

-- name: create_release_live
CREATE INDEX ON records.release (decided_on, stream) WHERE withdrawn_on IS NULL;

-- name: create_release_of_disclosure
CREATE INDEX ON records.release (disclosure);

-- name: create_export
CREATE TABLE records.export (
    position  bigint PRIMARY KEY,
    export    text NOT NULL,
    kind      text NOT NULL,
    at        timestamptz NOT NULL,
    made_by   text NOT NULL,
    role      text NOT NULL,
    rows      integer NOT NULL,
    persons   integer NOT NULL,
    purpose   text NOT NULL,
    authority text NOT NULL,
    masked    boolean NOT NULL,
    sha256    text,
    event_id  uuid NOT NULL
);

-- name: create_glass
CREATE TABLE records.glass (
    stream      uuid NOT NULL,
    use         integer NOT NULL,
    actor       text NOT NULL,
    role        text NOT NULL,
    person      text NOT NULL,
    at          timestamptz NOT NULL,
    until       timestamptz NOT NULL,
    rulebook    text NOT NULL,
    version     integer NOT NULL,
    reason      json, -- sealed
    justified   boolean,
    text        json, -- sealed
    reviewed_on date,
    reviewed_by text,
    event_id    uuid NOT NULL,
    PRIMARY KEY (stream, use)
);

-- name: create_glass_unreviewed
CREATE INDEX ON records.glass (at, stream, use) WHERE justified IS NULL;

-- name: save_hold
INSERT INTO records.hold (
    person, hold, basis, review_on, placed_on, placed_by, reason, event_id
)
VALUES (
    %(person)s, %(hold)s, %(basis)s, %(review_on)s, %(day)s, %(actor)s, %(reason)s,
    %(event_id)s
)
ON CONFLICT (person, hold) DO UPDATE SET
    basis = excluded.basis,
    review_on = excluded.review_on,
    placed_on = excluded.placed_on,
    placed_by = excluded.placed_by,
    reason = excluded.reason,
    released_on = NULL,
    released_by = NULL,
    event_id = excluded.event_id;

-- name: release_hold
UPDATE records.hold
SET released_on = %(day)s, released_by = %(actor)s, event_id = %(event_id)s
WHERE person = %(person)s AND hold = %(hold)s;

-- name: add_order
INSERT INTO records.destruction (
    position, person, relative, year, basis, ordered, ordered_by, ordered_on, reason,
    stage, event_id
)
VALUES (
    %(position)s, %(person)s, %(relative)s, %(year)s, %(basis)s, %(order)s, %(actor)s,
    %(day)s, %(reason)s, 'ordered', %(event_id)s
);

-- name: decline_order
UPDATE records.destruction
SET
    stage = 'declined', settled_by = %(actor)s, settled_on = %(day)s,
    event_id = %(event_id)s
WHERE person = %(person)s AND ordered = %(order)s;

-- name: carry_out_order
-- None, where it was destroyed after its retention.
UPDATE records.destruction
SET
    stage = 'destroyed', settled_by = %(actor)s, settled_on = %(day)s,
    event_id = %(event_id)s
WHERE person = %(person)s AND ordered = %(order)s;

-- name: add_destruction
-- None, where it was destroyed by order.
INSERT INTO records.destruction (
    position, person, relative, year, basis, stage, settled_by, settled_on, event_id
)
SELECT
    %(position)s::bigint, %(person)s, %(relative)s, %(year)s::integer, %(basis)s,
    'destroyed', %(actor)s, %(day)s::date, %(event_id)s::uuid
WHERE %(order)s::integer IS NULL;

-- name: add_request
INSERT INTO records.request (
    stream, request, kind, person, disclosure, about, field, rulebook, received_on,
    due_on, stage, event_id
)
VALUES (
    %(stream)s, %(request)s, %(kind)s, %(person)s, %(disclosure)s, %(about)s, %(field)s,
    %(rulebook)s, %(received_on)s, %(due_on)s, 'open', %(event_id)s
);

-- name: answer_request
UPDATE records.request
SET
    stage = 'answered', outcome = %(outcome)s, answered_on = %(day)s,
    answered_by = %(actor)s, event_id = %(event_id)s
WHERE stream = %(stream)s;

-- name: add_release
INSERT INTO records.release (
    stream, release, person, disclosure, about, fields, "to", recipient, reasons,
    proportionality, rulebook, version, decided_on, decided_by, event_id
)
VALUES (
    %(stream)s, %(release)s, %(person)s, %(disclosure)s, %(about)s, %(fields)s, %(to)s,
    %(recipient)s, %(reasons)s, %(proportionality)s, %(rulebook)s, %(version)s, %(day)s,
    %(actor)s, %(event_id)s
);

-- name: withdraw_release
UPDATE records.release
SET withdrawn_on = %(day)s, event_id = %(event_id)s
WHERE stream = %(stream)s;

-- name: add_export
INSERT INTO records.export (
    position, export, kind, at, made_by, role, rows, persons, purpose, authority, masked,
    sha256, event_id
)
VALUES (
    %(position)s, %(export)s, %(kind)s, %(at)s, %(actor)s, %(role)s, %(rows)s,
    %(persons)s, %(purpose)s, %(authority)s, %(masked)s, %(sha256)s, %(event_id)s
);

-- name: add_glass
INSERT INTO records.glass (
    stream, use, actor, role, person, at, until, rulebook, version, reason, event_id
)
VALUES (
    %(stream)s, %(use)s, %(actor)s, %(role)s, %(person)s, %(at)s, %(until)s,
    %(rulebook)s, %(version)s, %(reason)s, %(event_id)s
);

-- name: review_glass
UPDATE records.glass
SET
    justified = %(justified)s, text = %(text)s, reviewed_on = %(day)s,
    reviewed_by = %(actor)s, event_id = %(event_id)s
WHERE stream = %(stream)s AND use = %(use)s;
