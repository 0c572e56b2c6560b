-- What is asked of the keys. Their tables and functions are in keys.sql.

-- name: fetch_keys
SELECT id, subject, relative, year, kek, wrapped
  FROM keys.fetch(%(ids)b::uuid[]);

-- name: name_keys
SELECT id, subject, relative, year, kek, wrapped
  FROM keys.named(%(subjects)b::text[], %(relatives)b::text[], %(years)b::integer[]);

-- name: keep_keys
SELECT id, subject, relative, year, kek, wrapped
  FROM keys.keep(%(ids)b::uuid[], %(subjects)b::text[], %(relatives)b::text[],
                 %(years)b::integer[], %(kek)b::text, %(boxes)b::bytea[]);

-- name: destroy_keys
SELECT keys.destroy(%(subject)s, %(relative)s, %(year)s);

-- name: name_current
SELECT keys.current_kek();

-- name: count_keys
SELECT name, current, adopted_at, retired_at, keys, subjects FROM keys.census();

-- What follows is for the operator, who acts as the owner of the keys.

-- name: try_rotating
SELECT pg_try_advisory_lock(keys.adopting() + 1);

-- name: stop_rotating
SELECT pg_advisory_unlock(keys.adopting() + 1);

-- name: adopt_kek
SELECT keys.adopt(%(kek)s);

-- name: lock_outdated
SELECT id, subject, relative, year, kek, wrapped
  FROM keys.data_key
 WHERE kek <> %(kek)b AND id > %(after)b
 ORDER BY id
 LIMIT %(limit)b
   FOR NO KEY UPDATE;

-- name: rewrap_keys
UPDATE keys.data_key
   SET kek = %(kek)b, wrapped = new.box
  FROM unnest(%(ids)b::uuid[], %(boxes)b::bytea[]) AS new (id, box)
 WHERE data_key.id = new.id;

-- name: retire_kek
UPDATE keys.kek SET retired_at = clock_timestamp()
 WHERE name = %(kek)s AND NOT current AND retired_at IS NULL
   AND NOT EXISTS (SELECT FROM keys.data_key WHERE kek = %(kek)s);
