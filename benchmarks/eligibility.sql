-- What the list of candidates costs without us: the same rows and results in one query,
-- with what the law says written into it.

-- name: judge
WITH found AS MATERIALIZED (
    SELECT
        s.person,
        s.source,
        s.said,
        s.until_on,
        s.from_on,
        d.code,
        d.stage,
        d.review_on,
        d.blocks && ARRAY['promotion', 'equal_post'] AS blocks,
        d.ladders IS NULL OR 'post' = ANY(d.ladders) AS on_ladder
    FROM eligibility.stretch AS s,
        json_to_record(s.said) AS d (
            code text, stage text, review_on date, blocks text [], ladders text []
        )
    WHERE s.person = ANY(%(persons)s::text[])
    AND s.from_on <= %(day)s::date
    AND (s.until_on IS NULL OR %(day)s < s.until_on)
    AND s.known_from <= %(position)s::bigint
    AND (s.known_to IS NULL OR %(position)s < s.known_to)
),

judged AS (
    SELECT
        f.person,
        f.source,
        f.said,
        CASE
            WHEN f.source = 'finding' AND f.code = 'finding:concealment'
                THEN (f.from_on + interval '1 year')::date
            ELSE f.until_on
        END AS until_on,
        f.review_on,
        CASE
            WHEN f.source IN ('sanction', 'measure') AND f.blocks AND f.on_ladder
                THEN 'bars'
            WHEN
                f.source = 'finding' AND f.code = 'finding:concealment'
                AND %(day)s < f.from_on + interval '1 year'
                THEN 'bars'
            WHEN f.source = 'case' AND f.stage = 'investigation' THEN 'holds'
            WHEN f.source IN ('hold', 'interim', 'release') AND f.blocks THEN 'holds'
            WHEN f.code = 'verification_open' THEN 'holds'
            WHEN f.source = 'flag' OR f.code = 'unproven_discrepancy' THEN 'shown'
            WHEN
                f.code = 'verified'
                AND %(day)s < f.from_on + interval '6 months'
                THEN 'fresh'
        END AS effect
    FROM found AS f
)

SELECT
    j.person,
    CASE
        WHEN bool_or(j.effect = 'bars') THEN 'NOT_ELIGIBLE'
        WHEN bool_or(j.effect = 'holds') THEN 'HELD'
        WHEN NOT coalesce(bool_or(j.effect = 'fresh'), false) THEN 'UNDETERMINED'
        ELSE 'ELIGIBLE'
    END AS result,
    CASE
        WHEN bool_and(j.until_on IS NOT NULL) FILTER (WHERE j.effect = 'bars')
            THEN max(j.until_on) FILTER (WHERE j.effect = 'bars')
    END AS until_on,
    min(j.review_on) FILTER (WHERE j.effect = 'holds') AS review_on,
    array_agg(j.said) FILTER (WHERE j.effect IN ('bars', 'holds', 'shown')) AS reasons
FROM judged AS j
GROUP BY j.person
ORDER BY j.person;
