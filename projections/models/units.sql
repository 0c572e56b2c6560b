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
