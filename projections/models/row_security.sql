-- Who sees which rows of a read model: the second line, should a question of ours forget
-- for whom it is asked. Web sees what `within` (reach.py) lets it see, and else nothing.
-- The projector owns the tables and is not concerned.
--
-- What is asked first is likely, to the planner, and what is asked last is cheap: so a
-- question is planned as it would be without all this. Measured: else some take seconds.

-- name: create_protection
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;

-- name: create_for_scheduler
-- It acts for nobody in particular, and shows nothing to anybody.
CREATE POLICY scheduler ON {table} FOR SELECT TO probity_scheduler USING (true);

-- name: create_for_everybody
CREATE POLICY web ON {table} FOR SELECT TO probity_web
USING ((SELECT current_setting('probity.everything', true)) <> '');

-- name: create_for_people
CREATE POLICY web ON {table} FOR SELECT TO probity_web
USING (
    (SELECT current_setting('probity.everything', true)) <> ''
    OR {person} IN (SELECT unnest(
        (SELECT nullif(current_setting('probity.persons', true), '')::text[])
    ))
    OR ((SELECT current_setting('probity.units', true)) <> '' AND {in_reach}({person}))
);

-- name: create_bar
-- Nobody whose matters are kept from the reader.
CREATE POLICY bar ON {table} AS RESTRICTIVE FOR SELECT TO probity_web
USING ({person} <> ALL (
    (SELECT nullif(current_setting('probity.barred', true), '')::text[])::text[]
));

-- name: create_delay
-- Nobody is told at once who read about them where that would harm what is under way; who
-- is nobody in particular only where they may see everything.
CREATE POLICY delay ON {table} AS RESTRICTIVE FOR SELECT TO probity_web
USING (
    {shown_from} <= now()
    OR {person} <> (SELECT coalesce(
        nullif(current_setting('probity.reader', true), ''),
        CASE current_setting('probity.everything', true) WHEN 'on' THEN '' END
    ))
);

-- name: create_exclusion
-- Never what the reader was excluded from, whatever else they may see (S1-18).
CREATE POLICY exclusion ON {table} AS RESTRICTIVE FOR SELECT TO probity_web
USING (coalesce({stream}::text, '') <> ALL (
    (SELECT nullif(current_setting('probity.shut_out', true), '')::text[])::text[]
));
