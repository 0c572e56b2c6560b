"""What the law demands of facts, told once more: I1 to I6, I14 and I17."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from domain.appeal import AppealDecided
from domain.case.case import case_stream
from domain.case.facts import (
    CaseFinding,
    DecisionMade,
    NoticeOfAllegationsServed,
    ResponseReceived,
    ResponseWaived,
)
from domain.finding import Finding
from domain.record import Recorded
from domain.regime.calendar import add_months
from domain.sanction.facts import (
    ReparationOrdered,
    SanctionImposed,
    SanctionPeriodRecomputed,
    SanctionQuashed,
    SanctionVaried,
    Terms,
)
from tests.domain.cast import SHIPPED
from tests.domain.machines.trial import demand

TERMS: Any = SanctionImposed | SanctionVaried | SanctionPeriodRecomputed
Records = Sequence[Recorded[Any]]
PARTY = "cn-party-discipline"
LAW = tuple(SHIPPED[f"{PARTY}-v{n}.toml"] for n in (1, 2, 3))
# Who may not judge whom: themselves, a sister, the head of one's unit.
NEAR = {
    ("li", "li"),
    ("wang", "li"),
    ("li", "wang"),
    ("zhang", "zhang"),
    ("li", "zhang"),
}
ORDER = {
    "government": ("warning", "demerit", "major_demerit", "demotion", "dismissal"),
    "party": ("warning", "serious_warning", "removal", "expulsion"),
}
# How many months a kind runs under the edition in force from a day on; 0: for ever.
MONTHS: dict[str, dict[date, dict[str, int]]] = {
    "government": {
        date(2020, 7, 1): dict(
            zip(ORDER["government"], (6, 12, 18, 24, 0), strict=True)
        ),
        date(2024, 1, 1): dict(
            zip(ORDER["government"], (9, 8, 18, 24, 0), strict=True)
        ),
    },
    "party": {
        date(2016, 1, 1): dict(zip(ORDER["party"], (12, 18, 24, 60), strict=True)),
        date(2024, 1, 1): dict(zip(ORDER["party"], (12, 18, 24, 60), strict=True)),
    },
}
CAP = {"government": 48, "party": None}
MADE_GOOD = {
    "government": {
        "restore_level_and_pay",
        "restore_reputation",
        "return_property",
        "compensate_pay",
    },
    "party": {"restore_reputation", "restore_rights"},
}


def told_again(records: Records) -> None:
    """Raise `Broken` where the facts break an invariant."""
    for check in (founded, impartial, never_heavier, once, intended, no_omission):
        check(records)
    for check in (under_its_edition, made_good, as_if_never):
        check(records)


def of(records: Records, kind: Any) -> Iterator[Any]:
    return (record.fact for record in records if isinstance(record.fact, kind))


def founded(records: Records) -> None:
    """I1: no sanction without a finding, a notice, and an answer or its waiver."""
    for at, record in enumerate(records):
        if not isinstance(fact := record.fact, SanctionImposed):
            continue
        stream = case_stream(fact.case)
        before = [r.fact for r in records[:at] if r.originator_id == stream]
        answered = False
        for said in before:
            if isinstance(said, NoticeOfAllegationsServed):
                answered = False
            answered |= isinstance(said, ResponseReceived | ResponseWaived)
        kinds = {type(said) for said in before}
        complete = {NoticeOfAllegationsServed, DecisionMade} <= kinds
        demand("I1", complete and answered, f"{fact.sanction} was not answered")
        found = {said.finding for said in before if isinstance(said, CaseFinding)}
        named = {one.finding for one in fact.determined}
        demand("I1", named and named <= found, f"{fact.sanction} was not found")


def impartial(records: Records) -> None:
    """I2: nobody acts on their own matter, a relative's or a superior's."""
    for record in records:
        by, topic = record.actor, record.fact.TOPIC.partition(".")[0]
        if topic in ("case", "sanction", "appeal") and by.role != "declarant":
            near = (by.id, record.subject) in NEAR
            demand("I2", not near, f"{by.id} judged {record.subject}: {record.fact}")


def weight(track: str, terms: Terms) -> tuple[int, date]:
    return ORDER[track].index(terms.kind), terms.until_on or date.max


def never_heavier(records: Records) -> None:
    """I3: what is decided on an appeal makes nothing heavier, and adds nothing."""
    known: dict[str, Terms] = {}
    appealed = {r.command_id for r in records if isinstance(r.fact, AppealDecided)}
    for record in records:
        fact, changed = record.fact, record.command_id in appealed
        if isinstance(fact, SanctionImposed):
            demand("I3", not changed, f"{fact.sanction} came of an appeal")
            known[fact.sanction] = fact.terms
        if isinstance(fact, SanctionVaried | SanctionPeriodRecomputed):
            track = fact.sanction.split(":")[1]
            old, new = known[fact.sanction], fact.terms
            (kind, end), (old_kind, old_end) = weight(track, new), weight(track, old)
            heavier = kind > old_kind or end > old_end
            demand("I3", not (changed and heavier), f"{fact.sanction} became heavier")
            known[fact.sanction] = new


def once(records: Records) -> None:
    """I4: one conduct is sanctioned once on a track, unless it was quashed."""
    quashed: set[str] = set()
    standing: dict[tuple[str, str, str], str] = {}
    for record in records:
        match record.fact:
            case SanctionQuashed(sanction=name):
                quashed.add(name)
            case SanctionImposed() as fact:
                for one in fact.determined:
                    key = (fact.person, fact.track, one.conduct)
                    before = standing.get(key)
                    again = before is not None and before not in quashed
                    demand("I4", not again, f"{one.conduct}: {before} stands")
                    standing[key] = fact.sanction


def intended(records: Records) -> None:
    """I5: a finding of concealment gives its reasons on intent."""
    for fact in of(records, Finding):
        if fact.class_ == "concealment":
            said = fact.mental == "intent" and fact.on_intent
            demand("I5", said, f"{fact.finding} says nothing of intent")


def no_omission(records: Records) -> None:
    """I6: an omission never leads to a sanction."""
    omitted = {f.finding for f in of(records, Finding) if f.class_ == "omission"}
    for fact in of(records, SanctionImposed):
        for one in fact.determined:
            demand("I6", one.finding not in omitted, f"{one.finding} was sanctioned")


def edition(track: str, day: date) -> date:
    return max(start for start in MONTHS[track] if start <= day)


def months(fact: SanctionImposed, kind: str) -> int:
    """Return how long a kind runs: the party's as decided, the state's the milder."""
    decided = edition(fact.track, fact.decided_on)
    now = MONTHS[fact.track][decided][kind]
    if fact.track == "party" or fact.conduct_from is None:
        return now
    then = MONTHS[fact.track][edition(fact.track, fact.conduct_from)][kind]
    return min(now or 10**4, then or 10**4) % 10**4


def under_its_edition(records: Records) -> None:
    """I14: the edition of the decision binds, or a more lenient one by that law."""
    for fact in of(records, SanctionImposed):
        single = len(fact.determined) == 1
        alone = f"{months(fact, fact.terms.kind)}M"
        same = {"12M": "1Y", "24M": "2Y", "60M": "5Y", "0M": None}
        right = fact.terms.period in (alone, same.get(alone, alone))
        demand("I14", right or not single, f"{fact.terms} for {fact.decided_on}")


def made_good(records: Records) -> None:
    """I17: with a quashing everything that the sanction took is to be made good."""
    ordered = defaultdict(set)
    for record in records:
        if isinstance(record.fact, ReparationOrdered):
            ordered[record.command_id, record.fact.sanction].add(record.fact.task)
    for record in records:
        if isinstance(record.fact, SanctionQuashed):
            name = record.fact.sanction
            wanted = MADE_GOOD[name.split(":")[1]]
            given = ordered[record.command_id, name]
            demand("I17", given == wanted, f"{name}: {given} is made good")


def as_if_never(records: Records) -> None:
    """I17: after a quashing the others run as if the sanction had never been."""
    terms = {fact.sanction: fact.terms for fact in of(records, TERMS)}
    quashed = {fact.sanction for fact in of(records, SanctionQuashed)}
    ends: dict[tuple[str, str], list[date]] = defaultdict(list)
    for fact in of(records, SanctionImposed):
        now = terms[fact.sanction]
        if fact.sanction in quashed or now.period is None:
            continue
        line = ends[fact.person, fact.track]
        expected = end_after(fact, now, line)
        why = f"{fact.sanction} ends on {now.until_on}, not on {expected}"
        demand("I17", now.until_on == expected, why)
        line.append(expected)


def end_after(fact: SanctionImposed, terms: Terms, line: list[date]) -> date:
    """Return when it ends: its period is added to what runs, and cut by the cap."""
    period = int(str(terms.period)[:-1]) * (12 if str(terms.period)[-1] == "Y" else 1)
    start = fact.decided_on
    alone = add_months(start, period)
    last = max(line, default=start)
    if last <= start:
        return alone
    cap, added = CAP[fact.track], add_months(last, period)
    return min(added, max(alone, add_months(start, cap))) if cap else added
