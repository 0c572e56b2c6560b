-- The registry: rulebooks with their versions and special periods, campaigns, units.

-- name: create_rulebook
CREATE TABLE registry.rulebook (
    stream   uuid PRIMARY KEY,
    rulebook text NOT NULL UNIQUE,
    versions jsonb NOT NULL,
    periods  jsonb NOT NULL,
    event_id uuid NOT NULL
);

-- name: create_campaign
CREATE TABLE registry.campaign (
    stream      uuid PRIMARY KEY,
    campaign    text NOT NULL UNIQUE,
    name        text NOT NULL,
    rulebook    text NOT NULL,
    version     integer NOT NULL,
    rule        text NOT NULL,
    launched_on date NOT NULL,
    due_on      date NOT NULL,
    event_id    uuid NOT NULL
);

-- name: load_rulebooks
SELECT stream::text, rulebook, versions, periods, event_id FROM registry.rulebook
WHERE stream = ANY(%(streams)s::uuid[]);

-- name: save_rulebooks
INSERT INTO registry.rulebook (stream, rulebook, versions, periods, event_id)
SELECT stream, rulebook, versions, periods, event_id
FROM json_to_recordset(%(rows)s::json) AS r (
    stream uuid, rulebook text, versions jsonb, periods jsonb, event_id uuid
)
ON CONFLICT (stream) DO UPDATE SET
    versions = excluded.versions,
    periods = excluded.periods,
    event_id = excluded.event_id;

-- name: load_campaigns
SELECT stream::text, campaign, name, rulebook, version, rule, launched_on, due_on, event_id
FROM registry.campaign
WHERE stream = ANY(%(streams)s::uuid[]);

-- name: save_campaigns
INSERT INTO registry.campaign (
    stream, campaign, name, rulebook, version, rule, launched_on, due_on, event_id
)
SELECT stream, campaign, name, rulebook, version, rule, launched_on, due_on, event_id
FROM json_to_recordset(%(rows)s::json) AS r (
    stream uuid, campaign text, name text, rulebook text, version integer, rule text,
    launched_on date, due_on date, event_id uuid
)
ON CONFLICT (stream) DO NOTHING;
