-- The calendar: what each person must report and by when, and what became of it.

-- name: create_obligation
CREATE TABLE calendar.obligation (
    stream         uuid PRIMARY KEY,
    person         text NOT NULL,
    rulebook       text NOT NULL,
    version        integer NOT NULL,
    rule           text NOT NULL,
    category       text NOT NULL,
    legal_basis    text[] NOT NULL,
    key            text NOT NULL,
    trigger        text NOT NULL,
    triggered_on   date NOT NULL,
    first_due_on   date NOT NULL,
    due_on         date NOT NULL,
    raised_on      date NOT NULL,
    nil_return     boolean NOT NULL,
    flag           text,
    stage          text NOT NULL,
    received_on    date,
    days_late      integer NOT NULL,
    disclosure     text,
    reminded       date[] NOT NULL,
    overdue_marked boolean NOT NULL,
    asked_until    date,
    justification  json, -- sealed
    event_id       uuid NOT NULL
);

-- name: create_obligation_open
CREATE INDEX ON calendar.obligation (due_on, stream) WHERE stage = 'open';

-- name: create_obligation_by_person
CREATE INDEX ON calendar.obligation (person, due_on, stream);

-- name: create_obligation_late
CREATE INDEX ON calendar.obligation (due_on, stream) WHERE days_late > 0;

-- name: create_duty
-- Each obligation once for every stretch of its person's career: ask for one day.
CREATE VIEW calendar.duty WITH (security_invoker = true) AS
SELECT
    o.stream, o.person, p.name, p.email,
    s.unit, u.name AS unit_name, s.rank,
    o.rulebook, o.version, o.rule, o.category, o.legal_basis,
    o.key, o.trigger, o.triggered_on,
    o.first_due_on, o.due_on, o.raised_on, o.nil_return, o.flag,
    o.stage, o.received_on, o.days_late, o.disclosure,
    o.reminded, o.overdue_marked, o.asked_until, o.justification, o.event_id,
    s.from_on, s.to_on
FROM calendar.obligation AS o
JOIN calendar.person AS p ON p.number = o.person
JOIN calendar.standing AS s ON s.person = o.person
LEFT JOIN calendar.unit AS u ON u.code = s.unit;

-- name: load_obligations
SELECT
    stream::text, person, rulebook, version, rule, category, legal_basis, key, trigger,
    triggered_on, first_due_on, due_on, raised_on, nil_return, flag, stage,
    received_on, days_late, disclosure, reminded, overdue_marked, asked_until,
    justification, event_id
FROM calendar.obligation
WHERE stream = ANY(%(streams)s::uuid[]);

-- name: save_obligations
INSERT INTO calendar.obligation (
    stream, person, rulebook, version, rule, category, legal_basis, key, trigger,
    triggered_on, first_due_on, due_on, raised_on, nil_return, flag, stage,
    received_on, days_late, disclosure, reminded, overdue_marked, asked_until,
    justification, event_id
)
SELECT
    stream, person, rulebook, version, rule, category, legal_basis, key, trigger,
    triggered_on, first_due_on, due_on, raised_on, nil_return, flag, stage,
    received_on, days_late, disclosure, reminded, overdue_marked, asked_until,
    justification, event_id
FROM json_to_recordset(%(rows)s::json) AS r (
    stream uuid, person text, rulebook text, version integer, rule text,
    category text, legal_basis text[], key text, trigger text, triggered_on date,
    first_due_on date, due_on date, raised_on date, nil_return boolean, flag text,
    stage text, received_on date, days_late integer, disclosure text,
    reminded date[], overdue_marked boolean, asked_until date, justification json,
    event_id uuid
)
ON CONFLICT (stream) DO UPDATE SET
    due_on = excluded.due_on,
    stage = excluded.stage,
    received_on = excluded.received_on,
    days_late = excluded.days_late,
    disclosure = excluded.disclosure,
    reminded = excluded.reminded,
    overdue_marked = excluded.overdue_marked,
    asked_until = excluded.asked_until,
    justification = excluded.justification,
    event_id = excluded.event_id;
