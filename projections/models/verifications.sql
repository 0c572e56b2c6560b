-- Verifications, draws and sources, as the docket has them: how far each has come. What
-- was detected, explained and found stands sealed in the log.

-- name: create_verification
CREATE TABLE docket.verification (
    stream        uuid PRIMARY KEY,
    key           text NOT NULL,
    person        text NOT NULL,
    relative      text,
    basis         text NOT NULL,
    draw          text,
    board         text,
    opened_on     date NOT NULL,
    verifier      text, -- who was drawn to verify
    sources       jsonb NOT NULL, -- which were asked
    reports       jsonb NOT NULL, -- which were compared
    discrepancies integer NOT NULL,
    unresolved    integer NOT NULL,
    answer_by     date, -- while an explanation is asked for
    findings      integer NOT NULL,
    concluded     boolean NOT NULL,
    shown_from    timestamptz NOT NULL, -- to the person: never, before they are asked
    event_id      uuid NOT NULL
);

-- name: create_verification_by_opening
CREATE INDEX ON docket.verification (opened_on, stream);

-- name: create_verification_of_person
CREATE INDEX ON docket.verification (person);

-- name: create_verification_of_draw
CREATE INDEX ON docket.verification (draw) WHERE draw IS NOT NULL;

-- name: create_verification_unexplained
CREATE INDEX ON docket.verification (answer_by, stream) WHERE answer_by IS NOT NULL;

-- name: create_draw
CREATE TABLE docket.draw (
    stream            uuid PRIMARY KEY,
    key               text NOT NULL,
    rulebook          text NOT NULL,
    population        text NOT NULL,
    unit              text,
    as_of             date NOT NULL,
    method            text NOT NULL,
    seed              text NOT NULL,
    seed_from         text,
    population_sha256 text NOT NULL,
    population_size   integer NOT NULL,
    size              integer NOT NULL,
    event_id          uuid NOT NULL
);

-- name: create_source
CREATE TABLE docket.source (
    stream      uuid PRIMARY KEY,
    key         text NOT NULL,
    name        text NOT NULL,
    purpose     text NOT NULL,
    legal_basis text NOT NULL,
    declared    boolean NOT NULL,
    event_id    uuid NOT NULL
);

-- name: load_verifications
SELECT
    stream::text, key, person, relative, basis, draw, board, opened_on, verifier,
    sources, reports, discrepancies, unresolved, answer_by, findings, concluded,
    shown_from, event_id
FROM docket.verification
WHERE stream = ANY(%(streams)s::uuid[]);

-- name: save_verifications
INSERT INTO docket.verification (
    stream, key, person, relative, basis, draw, board, opened_on, verifier, sources,
    reports, discrepancies, unresolved, answer_by, findings, concluded, shown_from,
    event_id
)
SELECT
    stream, key, person, relative, basis, draw, board, opened_on, verifier, sources,
    reports, discrepancies, unresolved, answer_by, findings, concluded, shown_from,
    event_id
FROM json_to_recordset(%(rows)s::json) AS r (
    stream uuid, key text, person text, relative text, basis text, draw text, board text,
    opened_on date, verifier text, sources jsonb, reports jsonb, discrepancies integer,
    unresolved integer, answer_by date, findings integer, concluded boolean,
    shown_from timestamptz, event_id uuid
)
ON CONFLICT (stream) DO UPDATE SET
    verifier = excluded.verifier,
    sources = excluded.sources,
    reports = excluded.reports,
    discrepancies = excluded.discrepancies,
    unresolved = excluded.unresolved,
    answer_by = excluded.answer_by,
    findings = excluded.findings,
    concluded = excluded.concluded,
    shown_from = excluded.shown_from,
    event_id = excluded.event_id;

-- name: load_draws
SELECT
    stream::text, key, rulebook, population, unit, as_of, method, seed, seed_from,
    population_sha256, population_size, size, event_id
FROM docket.draw
WHERE stream = ANY(%(streams)s::uuid[]);

-- name: save_draws
INSERT INTO docket.draw (
    stream, key, rulebook, population, unit, as_of, method, seed, seed_from,
    population_sha256, population_size, size, event_id
)
SELECT
    stream, key, rulebook, population, unit, as_of, method, seed, seed_from,
    population_sha256, population_size, size, event_id
FROM json_to_recordset(%(rows)s::json) AS r (
    stream uuid, key text, rulebook text, population text, unit text, as_of date,
    method text, seed text, seed_from text, population_sha256 text,
    population_size integer, size integer, event_id uuid
)
ON CONFLICT (stream) DO NOTHING;

-- name: load_sources
SELECT stream::text, key, name, purpose, legal_basis, declared, event_id
FROM docket.source
WHERE stream = ANY(%(streams)s::uuid[]);

-- name: save_sources
INSERT INTO docket.source (stream, key, name, purpose, legal_basis, declared, event_id)
SELECT stream, key, name, purpose, legal_basis, declared, event_id
FROM json_to_recordset(%(rows)s::json) AS r (
    stream uuid, key text, name text, purpose text, legal_basis text, declared boolean,
    event_id uuid
)
ON CONFLICT (stream) DO UPDATE SET
    name = excluded.name,
    purpose = excluded.purpose,
    legal_basis = excluded.legal_basis,
    declared = excluded.declared,
    event_id = excluded.event_id;
