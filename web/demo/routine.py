"""What happens to anybody in a year: weddings, journeys, cars, and their reports."""

from datetime import date, timedelta
from typing import Any

from domain.amending import AmendDisclosure
from domain.record import Actor
from domain.review import Annotate, AssignReviewer, Certify
from web.demo.answers import COMMON, RELATIVES
from web.demo.cast import Member
from web.demo.law import EXTENDED, INSTANT
from web.demo.script import Answers, Script, own

# How often, of a hundred.
LATE, DEFICIENT, CURED, REVIEWED, ANNOTATED, UNFORESEEN = 12, 7, 75, 70, 5, 10
SPAN = 362  # days of the year on which something may happen


def play_routine(script: Script) -> None:
    """Have everybody meet with what people meet with."""
    for member in script.cast:
        for _ in range(script.draw.choice((0, 1, 2, 3, 4, 5, 6))):
            happen(script, member, script.year.day(script.draw.randrange(8, SPAN)))


def happen(script: Script, member: Member, day: date) -> None:
    """Let something happen to the member on that day, and be reported, if it must."""
    weights = [often for often, _, _ in COMMON.values()]
    rule = script.draw.choices(list(COMMON), weights)[0]
    _, anchor, answers = COMMON[rule]
    filed = filing_day(script, rule, day, anchor)
    extended = script.year.day(EXTENDED)
    settled = (day < extended) == (filed < extended)
    if not (settled and script.bound(member, filed) and script.bound(member, day)):
        return
    if rule == "real_estate" and day < extended:
        return
    said = claims(script, rule, member)
    items = answers(day, script.draw)
    blank = script.draw.choice([name for name in items if name != anchor])
    faulty = chance(script, DEFICIENT)
    number = script.report(
        filed, member, INSTANT, rule, without(items, blank if faulty else ""), **said
    )
    if number:
        cured = review_day(script, member, number, filed, items if faulty else None)
        review(script, member, number, cured)


def chance(script: Script, of_a_hundred: int) -> bool:
    return script.draw.randrange(100) < of_a_hundred


def without(items: Answers, name: str) -> Answers:
    return {key: value for key, value in items.items() if key != name}


def filing_day(script: Script, rule: str, day: date, anchor: str) -> date:
    """Draw the day of the report: mostly in time, before or after the event."""
    due = script.due(rule, day, anchor)
    if chance(script, LATE):
        return script.later(due, 1, 30)
    if due < day:
        return due - timedelta(days=script.draw.randint(0, 6))
    return script.later(day, 0, (due - day).days)


def claims(script: Script, rule: str, member: Member) -> dict[str, Any]:
    """Draw whom it is about, and whether it could be foreseen."""
    concerned = [r for r in RELATIVES.get(rule, ()) if getattr(member, r)]
    said: dict[str, Any] = {}
    if concerned and chance(script, 60):
        relative = script.draw.choice(concerned)
        said = {"subject": relative, "relative": relative}
    if rule == "wedding" and chance(script, UNFORESEEN):
        said["unforeseen"] = True
        said["justification"] = "brought forward because of an illness in the family"
    return said


def review_day(
    script: Script, member: Member, number: str, filed: date, cure: Answers | None
) -> date | None:
    """Return when it is ripe for certification: at once, after a cure, or never."""
    if cure is None:
        return script.later(filed, 3, 20)
    if not chance(script, CURED):
        return None
    day = script.later(filed, 2, 9)
    amended = AmendDisclosure(
        disclosure=number, items=(cure,), reason="the answer was left out"
    )
    return script.later(day, 2, 9) if script.add(day, own(member), amended) else None


def review(script: Script, member: Member, number: str, day: date | None) -> None:
    """Have it certified on that day by somebody who may, if anybody comes to it."""
    judge = script.reviewer(member)
    if day is None or judge is None or not chance(script, REVIEWED):
        return
    by = Actor(id=judge.number, role="certifier")
    assigned = AssignReviewer(disclosure=number, reviewer=judge.number)
    script.add(day - timedelta(days=1), by, assigned)
    if chance(script, ANNOTATED):
        script.add(day, by, Annotate(disclosure=number, text="Seen the invoice."))
    script.add(day, by, Certify(disclosure=number))
