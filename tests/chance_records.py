"""What may happen to records by chance: they are read, held, asked for, destroyed."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from random import Random
from typing import Any

from domain.disclosure import disclosure_stream
from domain.record import Fact
from domain.records import access_request, correction, custody, release
from domain.records.break_glass import BreakGlassReviewed, BreakGlassUsed, glass_stream
from domain.records.exclusion import ExclusionLifted, ReaderExcluded
from domain.records.export import ExportMade, export_stream
from domain.records.reading import PersonalDataRead, reading_stream, sole
from tests.history import History, cite

Happening = Callable[[Random, History, str], None]
HANDLING = """
retention = "1M"
retention_after_departure = "2M"
delayed_readers = ["investigator"]
delayed_by = "3M"
"""
ROLES = ("reviewer", "reviewer", "auditor", "investigator", "declarant")


def disclosures(history: History) -> list[tuple[str, str]]:
    """Return what was filed so far, and by whom."""
    facts = [record.fact for record in history.records]
    return [
        (fact.disclosure, fact.person)
        for fact in facts
        if hasattr(fact, "review_due_on")
    ]


def read(random: Random, history: History, number: str) -> None:
    """Let somebody read: a file, a report, or a list."""
    others = [f"P{n}" for n in range(8)]
    filed = disclosures(history)
    what, key = "file", number
    persons: tuple[str, ...] = (number,)
    chosen = random.random()
    if filed and chosen < 0.5:
        key, person = random.choice(filed)
        what, persons = "disclosure", (person,)
    elif chosen < 0.7:
        what, key, persons = "list", "", tuple(random.sample(others, 3))
    elif chosen < 0.8:
        what, key = random.choice(("case", "verification", "hold", "history")), "7"
    fact = PersonalDataRead(
        reader=random.choice(others),
        role=random.choice(ROLES),
        purpose=random.choice(("review", "audit", "emergency")),
        what=what,
        key=key,
        authority="mandate 1",
        persons=persons,
    )
    stream = reading_stream(str(len(history.records)))
    reason = "asked to" if len(persons) == 1 else None
    history.add(stream, fact, subject=sole(persons), reason=reason)


def glass(random: Random, history: History, number: str) -> None:
    actor = random.choice(("P1", "P2"))
    stream = glass_stream(actor, number)
    use = history.versions.get(stream, 0) // 2 + 1
    if history.versions.get(stream, 0) % 2:
        judged = BreakGlassReviewed(
            use=use, justified=random.random() < 0.5, text="seen"
        )
        history.add(stream, judged, subject=number)
        return
    broken = BreakGlassUsed(
        use=use,
        actor=actor,
        person=number,
        until=history.now + timedelta(hours=24),
        cited=cite("handling.break_glass"),
    )
    history.add(stream, broken, subject=number, reason="fire")


def keep(random: Random, history: History, number: str) -> None:
    """Let a hold be placed or released, or destruction be ordered or settled."""
    stream = custody.records_stream(number)
    order = 1 + sum(
        isinstance(r.fact, custody.DestructionOrdered) and r.originator_id == stream
        for r in history.records
    )
    whose = random.choice((None, "", "child"))
    year = random.choice((None, 0, 2015, 2016))
    facts: Sequence[Fact] = (
        custody.LegalHoldPlaced(
            person=number, hold="H", basis="art 1", review_on=history.now.date()
        ),
        custody.LegalHoldReleased(hold="H"),
        custody.DestructionOrdered(
            person=number,
            order=order,
            basis="art 2",
            ordered_by="office",
            relative=whose,
            year=year,
        ),
        custody.DestructionDeclined(order=max(order - 1, 1)),
        custody.SubjectKeyDestroyed(
            person=number,
            basis="retention",
            on=history.now.date(),
            relative=whose,
            year=year,
        ),
    )
    history.add(stream, random.choice(facts), subject=number, reason="so it is")


def ask(random: Random, history: History, number: str) -> None:
    name = f"R{len(history.records)}"
    today = history.now.date()
    common: dict[str, Any] = {"request": name, "person": number, "received_on": today}
    filed = [
        disclosure for disclosure, person in disclosures(history) if person == number
    ]
    if filed and random.random() < 0.5:
        stream = correction.correction_stream(name)
        asked: Fact = correction.CorrectionRequested(
            **common, disclosure=filed[0], text="no", cited=cite("handling.correction")
        )
        answer: Fact = correction.CorrectionDecided(granted=True, text="yes")
    else:
        stream = access_request.access_request_stream(name)
        asked = access_request.SubjectAccessRequested(
            **common,
            cited=cite("handling.subject_access"),
            due_on=random.choice((None, today + timedelta(days=30))),
        )
        answer = access_request.SubjectAccessAnswered(outcome="given")
    history.add(stream, asked, subject=number)
    if random.random() < 0.5:
        history.add(stream, answer, subject=number)


def publish(random: Random, history: History, number: str) -> None:
    filed = [
        disclosure for disclosure, person in disclosures(history) if person == number
    ]
    if not filed:
        return
    name = f"L{len(history.records)}"
    stream = release.release_stream(name)
    decided = release.ReleaseDecided(
        release=name,
        person=number,
        disclosure=random.choice(filed),
        fields=("cost",),
        to="public",
        cited=cite("handling.publication"),
        reasons="of public interest",
    )
    history.add(stream, decided, subject=number)
    if random.random() < 0.3:
        history.add(stream, release.ReleaseWithdrawn(), subject=number, reason="wrong")


def export(random: Random, history: History, number: str) -> None:
    name = f"E{len(history.records)}"
    fact = ExportMade(
        export=name,
        kind="register",
        rows=random.randint(1, 9),
        persons=(number,),
        purpose="audit",
        authority="mandate 1",
        masked=True,
    )
    history.add(export_stream(name), fact, subject=number)


def exclude(random: Random, history: History, number: str) -> None:
    filed = [
        disclosure for disclosure, person in disclosures(history) if person == number
    ]
    if not filed:
        return
    superior = random.choice([p for p in ("P1", "P2", "P3") if p != number])
    kind = random.choice((ReaderExcluded, ReaderExcluded, ExclusionLifted))
    stream = disclosure_stream(random.choice(filed))
    history.add(stream, kind(superior=superior), subject=number, reason="named")


HAPPENINGS: Sequence[Happening] = (
    read,
    read,
    read,
    read,
    glass,
    keep,
    keep,
    ask,
    publish,
    export,
    exclude,
)
