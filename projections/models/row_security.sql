-- Who sees which rows of a read model: the second line, should a question of ours forget
-- for whom it is asked. Web sees what `within` (reach.py) lets it see, and else nothing.
-- The projector owns the tables and is not concerned.

-- name: create_protection
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;

-- name: create_for_scheduler
-- It acts for nobody in particular, and shows nothing to anybody.
CREATE POLICY scheduler ON {table} FOR SELECT TO probity_scheduler USING (true);

-- name: create_for_everything
CREATE POLICY everything ON {table} FOR SELECT TO probity_web
USING ((SELECT current_setting('probity.everything', true) = 'on'));

-- name: create_for_person
CREATE POLICY person ON {table} FOR SELECT TO probity_web
USING ({person} = ANY (
    (SELECT nullif(current_setting('probity.persons', true), '')::text[])::text[]
));

-- name: create_for_unit
-- Whoever stands on the day in the unit, or in one below it.
CREATE POLICY unit ON {table} FOR SELECT TO probity_web
USING (EXISTS (
    SELECT FROM {standing} AS s
    WHERE s.person = {table}.{person}
    AND s.from_on <= (SELECT nullif(current_setting('probity.today', true), '')::date)
    AND s.to_on > (SELECT nullif(current_setting('probity.today', true), '')::date)
    AND s.unit IN (
        SELECT unnest(nullif(current_setting('probity.units', true), '')::text[])
    )
));

-- name: create_for_unit_itself
-- Where people stood: the policies of other tables ask this one, so it asks none.
CREATE POLICY unit ON {table} FOR SELECT TO probity_web
USING (unit IN (
    SELECT unnest(nullif(current_setting('probity.units', true), '')::text[])
));

-- name: create_for_person_later
-- Only from then on: at once would harm what is under way.
CREATE POLICY person ON {table} FOR SELECT TO probity_web
USING ({shown_from} <= now() AND {person} = ANY (
    (SELECT nullif(current_setting('probity.persons', true), '')::text[])::text[]
));

-- name: create_narrowing
-- Of those, nobody whose matters are kept from the reader; where only some are meant, no
-- others.
CREATE POLICY narrowing ON {table} AS RESTRICTIVE FOR SELECT TO probity_web
USING (
    {person} <> ALL (
        (SELECT nullif(current_setting('probity.barred', true), '')::text[])::text[]
    )
    AND (
        (SELECT current_setting('probity.only', true) = '')
        OR {person} = ANY (
            (SELECT nullif(current_setting('probity.only', true), '')::text[])::text[]
        )
    )
);

-- name: create_exclusion
-- Never what the reader was excluded from, whatever else they may see (S1-18).
CREATE POLICY exclusion ON {table} AS RESTRICTIVE FOR SELECT TO probity_web
USING (coalesce({stream}::text, '') <> ALL (
    (SELECT nullif(current_setting('probity.shut_out', true), '')::text[])::text[]
));
