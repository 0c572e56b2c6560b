-- What is asked of the directory of people.

-- name: select_people
SELECT p.number, p.name, p.email, s.unit, u.name AS unit_name, s.rank, s.title, s.status
FROM personnel_file.person AS p
JOIN personnel_file.standing AS s
    ON s.person = p.number AND s.from_on <= %(today)s::date AND %(today)s < s.to_on
LEFT JOIN personnel_file.unit AS u ON u.code = s.unit
WHERE p.number > %(after)s

-- name: and_number
AND p.number = %(number)s

-- name: and_name
AND p.number = ANY(ARRAY(
    SELECT w.person FROM personnel_file.word AS w
    WHERE w.digest = ANY(%(name)s::text[])
    GROUP BY w.person
    HAVING count(*) = cardinality(%(name)s::text[])
))

-- name: list_in_sight
-- Which of these people whoever asks may see: the database leaves out the others.
SELECT p.number FROM personnel_file.person AS p WHERE p.number = ANY(%(numbers)s::text[]);

-- name: list_declared_by
SELECT unnest(personnel_file.declared_by(%(number)s, %(today)s));

-- name: and_unit
-- The unit, and all units below it.
AND s.unit = ANY(ARRAY(
    WITH RECURSIVE below (code) AS (
        SELECT %(unit)s::text
        UNION
        SELECT u.code FROM personnel_file.unit AS u JOIN below AS b ON u.parent = b.code
    )
    SELECT code FROM below
))

-- name: then_by_number
ORDER BY p.number
