-- The units that a read model keeps for itself. Here the schema is called units; each
-- model that keeps any has this table in its own schema.

-- name: create_unit
CREATE TABLE units.unit (
    stream   uuid PRIMARY KEY,
    code     text NOT NULL UNIQUE,
    name     text NOT NULL,
    parent   text,
    head     text,
    event_id uuid NOT NULL
);

-- name: create_unit_parent
CREATE INDEX ON units.unit (parent);

-- name: create_below
-- The codes of a unit and of all units below it.
CREATE FUNCTION units.below(highest text) RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH RECURSIVE below (code) AS (
        SELECT highest
        UNION
        SELECT u.code FROM units.unit AS u JOIN below AS b ON u.parent = b.code
    )
    SELECT array_agg(code) FROM below;
END;

-- name: load_units
SELECT stream::text, code, name, parent, head, event_id FROM units.unit
WHERE stream = ANY(%(streams)s::uuid[]);

-- name: save_units
INSERT INTO units.unit (stream, code, name, parent, head, event_id)
SELECT stream, code, name, parent, head, event_id
FROM json_to_recordset(%(rows)s::json) AS r (
    stream uuid, code text, name text, parent text, head text, event_id uuid
)
ON CONFLICT (stream) DO UPDATE SET
    parent = excluded.parent,
    head = excluded.head,
    event_id = excluded.event_id;
