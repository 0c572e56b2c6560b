"""What everybody owes without an event: the yearly report, the campaign, a new post."""

from datetime import date, timedelta
from uuid import UUID

from domain.duties import (
    IssueDelinquencyNotice,
    MarkOverdue,
    RaiseObligation,
    RecordJustification,
)
from domain.obligation import obligation_stream
from domain.personnel import ChangePosition, NotifyRules, Retire
from domain.record import Actor
from domain.regime.deadline import due_on, opens_on
from domain.rulebook import rule_of
from web.demo.answers import abroad, annual, baseline
from web.demo.cast import Member
from web.demo.law import ANNUAL, CAMPAIGN, CARDS
from web.demo.opening import POST
from web.demo.opening import annual as owes_annual
from web.demo.routine import chance, review
from web.demo.script import HR, Answers, Script, own

MACHINE = Actor(id="scheduler", role="scheduler")
# How often, of a hundred; the rest is in time.
NEVER, LATE = 14, 12
PROMOTIONS = {150: 3, 210: 25, 290: None}  # day of the year: days until the report


def play_duties(script: Script) -> None:
    """Have the duties raised, fulfilled by most, and overdue for some."""
    yearly(script)
    campaign(script)
    promotions(script)


def raised(script: Script, wanted: RaiseObligation) -> tuple[UUID, date]:
    """Have a duty raised as the scheduler would; return it, and when it is due."""
    book = script.books[wanted.rulebook, 1]
    rule = rule_of(book, wanted.rule)
    due = due_on(rule, book, wanted.anchors, year=wanted.year)
    script.add(wanted.triggered_on, MACHINE, wanted)
    return wanted.stream, due


def overdue(script: Script, obligation: UUID, due: date) -> None:
    day = due + timedelta(days=1)
    script.add(day, MACHINE, MarkOverdue(obligation=obligation, today=day))


def yearly(script: Script) -> None:
    book = script.books[ANNUAL, 1]
    rule = rule_of(book, "annual")
    years = (script.year.today.year, script.year.today.year - 1)
    dues = {year: due_on(rule, book, {}, year=year) for year in years}
    year, due = next((y, d) for y, d in dues.items() if d < script.year.today)
    opens = max(opens_on(rule, book, due) or due, script.year.first)
    owing = [member for member in script.cast if owes_annual(member)]
    for nth, member in enumerate(owing):
        wanted = RaiseObligation(
            person=member.number,
            rulebook=ANNUAL,
            rule="annual",
            key=str(year),
            triggered_on=opens,
            year=year,
        )
        duty, _ = raised(script, wanted)
        if nth in (2, 5):
            silent(script, member, duty, due, excused=nth == 5)  # noqa: PLR2004  one of each
            continue
        abroad_too = nth in (3, 7)
        day = opens if abroad_too else on_day(script, duty, opens, due)
        if day is None:
            continue
        answers = annual(script.draw, spouse_abroad=abroad_too)
        number = script.report(day, member, ANNUAL, "annual", answers, period=year)
        if number:
            review(script, member, number, script.later(day, 5, 50))
        if number and answers["spouse_abroad"]:
            supplement(script, member, number, day, files=nth == 3)  # noqa: PLR2004  one of each


def on_day(script: Script, duty: UUID, opens: date, due: date) -> date | None:
    """Draw when somebody reports: in time, after the due date, or never (None)."""
    if chance(script, NEVER):
        overdue(script, duty, due)
        return None
    if chance(script, LATE):
        overdue(script, duty, due)
        return script.later(due, 2, 25)
    return script.later(opens, 0, (due - opens).days)


def silent(
    script: Script, member: Member, duty: UUID, due: date, *, excused: bool
) -> None:
    """Let somebody file nothing at all, and be told that this is held against them."""
    overdue(script, duty, due)
    day = script.later(due, 20, 30)
    if excused:
        text = "in hospital since the middle of January"
        excuse = RecordJustification(obligation=duty, text=text)
        script.add(day, own(member), excuse)
        return
    judge = script.reviewer(member)
    notice = IssueDelinquencyNotice(
        obligation=duty, noncompliance="late", reason="no report and no explanation"
    )
    if judge:
        script.add(day, Actor(id=judge.number, role="certifier"), notice)


def supplement(
    script: Script, member: Member, annual_report: str, filed: date, *, files: bool
) -> None:
    """Answer what the yearly report has opened: more about a spouse abroad."""
    duty = obligation_stream(member.number, ANNUAL, "spouse_abroad", annual_report)
    book = script.books[ANNUAL, 1]
    due = due_on(rule_of(book, "spouse_abroad"), book, {"filed_on": filed})
    if not files:
        overdue(script, duty, due)
        return
    answers = abroad(filed - timedelta(days=900))
    said = {"subject": "spouse", "relative": "spouse", "obligation": duty}
    script.report(
        script.later(filed, 3, 20), member, ANNUAL, "spouse_abroad", answers, **said
    )


def campaign(script: Script) -> None:
    launched = script.year.day(CAMPAIGN)
    for nth, member in enumerate(m for m in script.cast if m.category):
        wanted = RaiseObligation(
            person=member.number,
            rulebook=CARDS,
            rule="membership_cards",
            key=CARDS,
            triggered_on=launched,
            anchors={"launched_on": launched},
        )
        duty, due = raised(script, wanted)
        day = on_day(script, duty, launched, due)
        answers: Answers = {"nil": True}
        if nth == 0:
            answers = {"cards": 2, "issuers": ["Golf club", "Spa"]}
        if day:
            script.report(
                day, member, CARDS, "membership_cards", answers, obligation=duty
            )


def promotions(script: Script) -> None:
    """Let some rise in rank, and report on what they own; let one retire."""
    rising = [m for m in script.cast if m.rank == "section"]
    for member, (number, days) in zip(rising, PROMOTIONS.items(), strict=False):
        day = script.year.day(number)
        script.add(day, HR, promotion(member, day))
        told = NotifyRules(number=member.number, rulebook=ANNUAL, version=1)
        script.add(day, HR, told)
        wanted = RaiseObligation(
            person=member.number,
            rulebook=ANNUAL,
            rule="baseline",
            key=POST,
            triggered_on=day,
            anchors={"appointment_date": day},
        )
        duty, due = raised(script, wanted)
        if days is None:
            overdue(script, duty, due)
        else:
            answers = baseline(script.draw)
            filed = day + timedelta(days=days)
            script.report(filed, member, ANNUAL, "baseline", answers, obligation=duty)
    script.add(
        script.year.day(300),
        HR,
        Retire(number=rising[-1].number, on=script.year.day(300)),
    )


def promotion(member: Member, day: date) -> ChangePosition:
    return ChangePosition(
        number=member.number,
        post=POST,
        unit=member.unit,
        title="Deputy head",
        from_on=day,
        rank="deputy_county",
        category=member.category,
        employer_type="police",
    )
