-- What the server says about itself that decides whether events are safe in it.
-- From the catalogues, since the log itself may be closed to whoever asks.
WITH log AS (
    SELECT pg_class.oid
      FROM pg_class
      JOIN pg_namespace ON pg_namespace.oid = pg_class.relnamespace
     WHERE pg_namespace.nspname = 'log' AND pg_class.relname = 'probity_events'
)
SELECT
    current_setting('server_version_num')::int / 10000 AS major,
    current_setting('server_encoding') AS encoding,
    pg_is_in_recovery() AS standby,
    current_setting('fsync') AS fsync,
    current_setting('full_page_writes') AS full_page_writes,
    current_setting('synchronous_commit') AS synchronous_commit,
    current_setting('session_replication_role') AS session_replication_role,
    EXISTS (SELECT FROM log) AS initialised,
    ARRAY(
        SELECT tgname::text
          FROM pg_trigger
         WHERE tgrelid = (SELECT oid FROM log) AND tgenabled IN ('O', 'A')
    ) AS guards;
