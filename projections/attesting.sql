-- What the rows of a read model are, digested, and what the log says they were.

-- name: begin_snapshot
-- The first of a transaction. Tables are locked next, and only then is anything read: so
-- the rows are those of the tables that were locked, though another model took its place.
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;

-- name: settle_text
-- Values are written alike whatever the server, the database or the role prefers.
SELECT
    set_config('client_encoding', 'UTF8', true),
    set_config('TimeZone', 'UTC', true),
    set_config('DateStyle', 'ISO, YMD', true),
    set_config('IntervalStyle', 'iso_8601', true),
    set_config('extra_float_digits', '1', true),
    set_config('bytea_output', 'hex', true),
    set_config('xmlbinary', 'base64', true),
    set_config('enable_seqscan', 'on', true);

-- name: list_columns
-- All that holds rows, by name, with its columns in their order.
SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE n.nspname = %(schema)s AND c.relkind IN ('r', 'p', 'm', 'f')
GROUP BY c.relname
ORDER BY c.relname;

-- name: list_hidden
-- The tables of which whoever asks may be kept from seeing some row.
SELECT c.relname
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (
    SELECT
        coalesce(bool_or(p.everything) FILTER (WHERE p.polpermissive), false) AS shown,
        coalesce(bool_or(NOT p.everything) FILTER (WHERE NOT p.polpermissive), false)
            AS barred
    FROM (
        SELECT
            q.polpermissive,
            pg_get_expr(q.polqual, q.polrelid) IS NOT DISTINCT FROM 'true' AS everything
        FROM pg_policy AS q
        WHERE q.polrelid = c.oid AND q.polcmd IN ('r', '*')
        AND EXISTS (
            SELECT FROM unnest(q.polroles) AS r (oid)
            WHERE CASE r.oid WHEN 0 THEN true ELSE pg_has_role(r.oid, 'USAGE') END
        )
    ) AS p
) AS found
WHERE n.nspname = %(schema)s AND c.relkind IN ('r', 'p')
AND row_security_active(c.oid) AND (found.barred OR NOT found.shown)
ORDER BY c.relname;

-- name: copy_rows
COPY (
    SELECT {columns} FROM {table} ORDER BY ROW({columns})::text COLLATE "C"
) TO STDOUT;

-- name: read_place
SELECT
    p.position,
    p.layout,
    (SELECT count(*) FROM projection.parked AS k WHERE k.model = p.name) AS parked
FROM projection.position AS p
WHERE p.name = %(schema)s;

-- name: list_attested
-- The newest first. Each model has a stream of its own.
SELECT notification_id, topic, state
FROM log.probity_events
WHERE originator_id = %(stream)s
ORDER BY originator_version DESC;
