-- What each version of a rulebook says of the handling of records. Here the schema is
-- called laws; each model that needs it has this table in its own schema.

-- name: create_law
CREATE TABLE laws.law (
    stream     uuid NOT NULL,
    rulebook   text NOT NULL,
    version    integer NOT NULL,
    terms      jsonb NOT NULL, -- handling and calendar, as `laws.Terms` reads them
    kept       interval, -- the retention; null: no end is set
    kept_after interval, -- of a person as such, after the departure
    in_force   date, -- from when; null: it is a draft
    event_id   uuid NOT NULL,
    PRIMARY KEY (stream, version)
);

-- name: load_laws
SELECT
    stream::text, rulebook, version, terms::text::bytea AS terms, kept::text,
    kept_after::text, in_force, event_id
FROM laws.law;

-- name: save_laws
INSERT INTO laws.law (
    stream, rulebook, version, terms, kept, kept_after, in_force, event_id
)
SELECT stream, rulebook, version, terms, kept, kept_after, in_force, event_id
FROM json_to_recordset(%(rows)s::json) AS r (
    stream uuid, rulebook text, version integer, terms jsonb, kept interval,
    kept_after interval, in_force date, event_id uuid
)
ON CONFLICT (stream, version) DO UPDATE SET
    terms = excluded.terms,
    kept = excluded.kept,
    kept_after = excluded.kept_after,
    in_force = excluded.in_force,
    event_id = excluded.event_id;
