-- What is asked of the files of evidence. Their tables are in files.sql.

-- name: hold_key
SELECT keys.hold(ARRAY[%(key)b::uuid]);

-- name: keep_file
INSERT INTO evidence.file (address, data_key, box)
VALUES (%(address)b, %(key)b, %(box)b)
    ON CONFLICT DO NOTHING;

-- name: list_keys
SELECT data_key FROM evidence.file WHERE address = %(address)b ORDER BY stored_at DESC;

-- name: fetch_file
SELECT box FROM evidence.file WHERE address = %(address)b AND data_key = %(key)b;

-- name: keep_marks
INSERT INTO evidence.mark (mark, of_case)
SELECT unnest(%(marks)b::text[]), %(case)b
    ON CONFLICT DO NOTHING;

-- name: find_marked
SELECT DISTINCT of_case
  FROM evidence.mark
 WHERE mark = ANY (%(marks)b::text[]) AND of_case <> %(case)b
 ORDER BY of_case;
