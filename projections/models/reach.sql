-- What web may see of the read models, until it is taken back.

-- name: let_see
SELECT
    set_config('probity.everything', %(everything)s, false),
    set_config('probity.persons', %(persons)s::text[]::text, false),
    set_config('probity.only', coalesce(%(only)s::text[]::text, ''), false),
    set_config('probity.barred', %(barred)s::text[]::text, false),
    set_config('probity.units', CASE WHEN %(unit)s::text IS NULL THEN '{}' ELSE ARRAY(
        WITH RECURSIVE below (code) AS (
            SELECT %(unit)s::text
            UNION
            SELECT u.code FROM worklist.unit AS u JOIN below AS b ON u.parent = b.code
        )
        SELECT code FROM below
    )::text END, false),
    set_config('probity.today', %(today)s::date::text, false),
    set_config('probity.shut_out', CASE WHEN worklist.excludes()
        THEN worklist.shut_out(%(reader)s, %(today)s::date)::text ELSE '{}' END, false);

-- name: let_see_nothing
SELECT
    set_config('probity.everything', '', false),
    set_config('probity.persons', '', false),
    set_config('probity.only', '', false),
    set_config('probity.barred', '', false),
    set_config('probity.units', '', false),
    set_config('probity.today', '', false),
    set_config('probity.shut_out', '', false);
