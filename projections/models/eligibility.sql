-- What may be in the way of a promotion: for which days, and since which position known.

-- name: create_trail
-- What each stream has left: as `domain.promotion.impediments` folds it.
CREATE TABLE eligibility.trail (
    stream uuid PRIMARY KEY,
    person text NOT NULL,
    kind   text NOT NULL,
    state  json NOT NULL,
    live   integer [] NOT NULL, -- its stretches that are known now, in their order
    made   integer NOT NULL -- how many stretches it ever had
);

-- name: create_stretch
-- until_on and known_to: null is open. A source "post" says what personnel somebody is.
CREATE TABLE eligibility.stretch (
    stream     uuid NOT NULL,
    nth        integer NOT NULL,
    person     text NOT NULL,
    source     text NOT NULL,
    from_on    date NOT NULL,
    until_on   date,
    known_from bigint NOT NULL,
    known_to   bigint,
    said       json NOT NULL,
    PRIMARY KEY (stream, nth)
);

-- name: create_stretch_by_person
CREATE INDEX ON eligibility.stretch (person);

-- name: create_law
-- The versions of all rulebooks; published_at: at which position, null while a draft.
CREATE TABLE eligibility.law (
    stream         uuid NOT NULL,
    version        integer NOT NULL,
    rulebook       text NOT NULL,
    text           text NOT NULL,
    sha256         text NOT NULL, -- of the text
    effective_from date,
    published_at   bigint,
    event_id       uuid NOT NULL,
    PRIMARY KEY (stream, version)
);

-- name: load_trails
SELECT stream::text, person, kind, state::text, live, made FROM eligibility.trail
WHERE stream = ANY(%(streams)s::uuid[]);

-- name: save_trails
INSERT INTO eligibility.trail (stream, person, kind, state, live, made)
SELECT stream, person, kind, state, live, made
FROM json_to_recordset(%(rows)s::json) AS r (
    stream uuid, person text, kind text, state json, live integer [], made integer
)
ON CONFLICT (stream) DO UPDATE SET
    state = excluded.state,
    live = excluded.live,
    made = excluded.made;

-- name: close_stretches
UPDATE eligibility.stretch AS s
SET known_to = r.known_to
FROM json_to_recordset(%(rows)s::json) AS r (stream uuid, nth integer, known_to bigint)
WHERE s.stream = r.stream AND s.nth = r.nth;

-- name: add_stretches
INSERT INTO eligibility.stretch (
    stream, nth, person, source, from_on, until_on, known_from, known_to, said
)
SELECT stream, nth, person, source, from_on, until_on, known_from, known_to, said
FROM json_to_recordset(%(rows)s::json) AS r (
    stream uuid, nth integer, person text, source text, from_on date, until_on date,
    known_from bigint, known_to bigint, said json
);

-- name: draft_law
INSERT INTO eligibility.law (stream, version, rulebook, text, sha256, event_id)
VALUES (%(stream)s, %(version)s, %(rulebook)s, %(text)s, %(sha256)s, %(event)s)
ON CONFLICT (stream, version) DO UPDATE SET
    text = excluded.text,
    sha256 = excluded.sha256,
    event_id = excluded.event_id;

-- name: publish_law
UPDATE eligibility.law
SET effective_from = %(day)s, published_at = %(position)s, event_id = %(event)s
WHERE stream = %(stream)s AND version = %(version)s;
