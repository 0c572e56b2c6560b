-- What is asked of the registry.

-- name: list_rulebooks
SELECT rulebook, versions, periods FROM registry.rulebook
ORDER BY rulebook;

-- name: list_campaigns
SELECT campaign, name, rulebook, version, rule, launched_on, due_on
FROM registry.campaign
ORDER BY launched_on, campaign;

-- name: list_units
SELECT code, name, parent, head FROM registry.unit
WHERE %(within)s::text IS NULL OR code = ANY((SELECT registry.below(%(within)s))::text[])
ORDER BY code;
