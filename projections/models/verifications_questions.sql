-- What is asked of verifications, draws and sources. Each condition may be left open, by
-- NULL.

-- name: list_verifications
SELECT
    v.key, v.person, p.name, v.relative, v.basis, v.draw, v.board, v.opened_on,
    v.verifier, v.sources, v.reports, v.discrepancies, v.unresolved, v.answer_by,
    v.findings, v.concluded, v.stream, v.event_id
FROM docket.verification AS v
JOIN docket.person AS p ON p.number = v.person
WHERE (%(all)s OR NOT v.concluded)
AND (NOT %(unresolved)s OR v.unresolved > 0)
AND (%(basis)s::text IS NULL OR v.basis = %(basis)s)
AND (%(draw)s::text IS NULL OR v.draw = %(draw)s)
AND (%(verifier)s::text IS NULL OR v.verifier = %(verifier)s)
AND (%(person)s::text IS NULL OR v.person = %(person)s)
AND (%(unit)s::text IS NULL OR v.person IN (
    SELECT q.person FROM docket.people_in(%(unit)s, %(today)s) AS q (person)
))
AND (v.opened_on, v.stream) > (%(after_day)s::date, %(after_stream)s::uuid)
ORDER BY v.opened_on, v.stream
LIMIT %(limit)s;

-- name: list_explanations
SELECT v.key, v.person, p.name, v.answer_by, v.stream, v.event_id
FROM docket.verification AS v
JOIN docket.person AS p ON p.number = v.person
WHERE v.answer_by IS NOT NULL
AND NOT v.concluded
AND (%(person)s::text IS NULL OR v.person = %(person)s)
AND (%(unit)s::text IS NULL OR v.person IN (
    SELECT q.person FROM docket.people_in(%(unit)s, %(today)s) AS q (person)
))
AND (v.answer_by, v.stream) > (%(after_day)s::date, %(after_stream)s::uuid)
ORDER BY v.answer_by, v.stream
LIMIT %(limit)s;

-- name: list_draws
SELECT
    d.key, d.rulebook, d.population, d.unit, d.as_of, d.method, d.seed, d.seed_from,
    d.population_sha256, d.population_size, d.size,
    (SELECT count(*) FROM docket.verification AS v WHERE v.draw = d.key)::integer
        AS opened,
    d.stream, d.event_id
FROM docket.draw AS d
WHERE (d.as_of, d.stream) < (%(after_day)s::date, %(after_stream)s::uuid)
ORDER BY d.as_of DESC, d.stream DESC
LIMIT %(limit)s;

-- name: list_sources
SELECT s.key, s.name, s.purpose, s.legal_basis
FROM docket.source AS s
WHERE s.declared
ORDER BY s.key;
