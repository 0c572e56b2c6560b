-- What is asked of eligibility.

-- name: read_law
-- How far the read model has come, and which law was published by a position; none is
-- now.
SELECT
    p.position, l.rulebook, l.version, l.effective_from, l.sha256
FROM projection.position AS p
LEFT JOIN eligibility.law AS l
    ON l.published_at <= coalesce(%(position)s::bigint, p.position)
WHERE p.name = 'eligibility';

-- name: read_text
SELECT text FROM eligibility.law
WHERE rulebook = %(rulebook)s AND version = %(version)s;

-- name: list_stretches
SELECT person, source, said::text FROM eligibility.stretch
WHERE person = ANY(%(persons)s::text[])
AND from_on <= %(day)s::date
AND (until_on IS NULL OR %(day)s < until_on)
AND known_from <= %(position)s::bigint
AND (known_to IS NULL OR %(position)s < known_to);

-- name: list_names
SELECT number, name FROM eligibility.person
WHERE number = ANY(%(persons)s::text[]);
