-- What is asked of the registry.

-- name: list_rulebooks
SELECT rulebook, versions, periods FROM registry.rulebook
ORDER BY rulebook;

-- name: list_campaigns
SELECT campaign, name, rulebook, version, rule, launched_on, due_on
FROM registry.campaign
ORDER BY launched_on, campaign;

-- name: select_units
SELECT code, name, parent, head FROM registry.unit
WHERE true

-- name: and_unit
-- The unit, and all units below it.
AND code = ANY(ARRAY(
    WITH RECURSIVE below (code) AS (
        SELECT %(unit)s::text
        UNION
        SELECT u.code FROM registry.unit AS u JOIN below AS b ON u.parent = b.code
    )
    SELECT code FROM below
))

-- name: then_by_code
ORDER BY code
