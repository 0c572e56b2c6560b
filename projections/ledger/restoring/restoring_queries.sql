-- What is asked of the ledger when an epoch is closed and the next is opened.

-- name: hold_log
SELECT origin, first, size FROM log.head FOR UPDATE;

-- name: open_epoch
SELECT log.open_epoch(%(number)s, %(origin)s, %(closing)s);

-- name: list_signed
SELECT size, note FROM ledger.signed
 WHERE origin = %(origin)s
 ORDER BY size DESC;
