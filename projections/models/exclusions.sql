-- From which disclosures a superior and their chain are excluded (S1-18). Whom it shuts
-- out depends on who stands above whom on the day: so it is found out when it is asked.

-- name: create_exclusion
CREATE TABLE worklist.exclusion (
    stream   uuid NOT NULL,
    superior text NOT NULL,
    person   text NOT NULL, -- the declarant, who is never shut out
    event_id uuid NOT NULL,
    PRIMARY KEY (stream, superior)
);

-- name: create_shut_out
-- The disclosures that a reader may not know of. The body is parsed here and now, so that
-- it means the same tables in whatever schema they are by then.
CREATE FUNCTION worklist.shut_out(reader text, today date) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
    WITH RECURSIVE above (person, code) AS (
        SELECT p.number, post.value ->> 'unit'
        FROM worklist.person AS p
        CROSS JOIN jsonb_array_elements(coalesce(p.career -> 'posts', '[]')) AS post
        WHERE (p.number = shut_out.reader
            OR p.number IN (SELECT e.superior FROM worklist.exclusion AS e))
        AND (post.value ->> 'from_on')::date <= shut_out.today
        AND coalesce((post.value ->> 'to_on')::date > shut_out.today, true)
        UNION
        SELECT a.person, u.parent
        FROM above AS a JOIN worklist.unit AS u ON u.code = a.code
        WHERE u.parent IS NOT NULL
    ),
    superior (person, head) AS (
        SELECT a.person, u.head FROM above AS a JOIN worklist.unit AS u ON u.code = a.code
    )
    SELECT coalesce(array_agg(e.stream ORDER BY e.stream), '{}')
    FROM worklist.exclusion AS e
    WHERE e.person <> shut_out.reader
    AND (
        e.superior = shut_out.reader
        OR (e.superior, shut_out.reader) IN (SELECT s.person, s.head FROM superior AS s)
        OR (shut_out.reader, e.superior) IN (SELECT s.person, s.head FROM superior AS s)
    );
END;

-- name: create_excludes
-- Whether anybody is excluded from anything: mostly nobody is.
CREATE FUNCTION worklist.excludes() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM worklist.exclusion);
END;

-- name: save_exclusions
INSERT INTO worklist.exclusion (stream, superior, person, event_id)
SELECT stream, superior, person, event_id
FROM json_to_recordset(%(rows)s::json) AS r (
    stream uuid, superior text, person text, event_id uuid
)
ON CONFLICT (stream, superior) DO UPDATE SET event_id = excluded.event_id;

-- name: drop_exclusions
DELETE FROM worklist.exclusion AS e
USING json_to_recordset(%(rows)s::json) AS r (stream uuid, superior text)
WHERE e.stream = r.stream AND e.superior = r.superior;
