-- What the server says about itself that decides whether events are safe in it.
SELECT
    current_setting('server_version_num')::int / 10000 AS major,
    pg_encoding_to_char(encoding) AS encoding,
    pg_is_in_recovery() AS in_recovery,
    current_setting('fsync') AS fsync,
    current_setting('full_page_writes') AS full_page_writes,
    current_setting('synchronous_commit') AS synchronous_commit,
    current_setting('session_replication_role') AS session_replication_role,
    (
        -- The catalogues, since the log itself may be closed to whoever asks.
        SELECT array_agg(guard.tgname::text) FILTER (WHERE guard.tgenabled IN ('O', 'A'))
          FROM pg_class AS log
          LEFT JOIN pg_trigger AS guard ON guard.tgrelid = log.oid
         WHERE log.relname = 'probity_events'
           AND log.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'log')
         GROUP BY log.oid
    ) AS guards,
    EXISTS (
        SELECT FROM pg_class
         WHERE relname = 'probity_events'
           AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'log')
    ) AS initialised
  FROM pg_database
 WHERE datname = current_database();
