"""When X has happened, ask for Y: events in, commands and letters out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from domain.campaign import CampaignLaunched
from domain.duties import RaiseObligation
from domain.hold import HoldNotified, HoldPlaced, Holds
from domain.holding.placing import NotifyHold
from domain.matter import local_day
from domain.obligation import Obligation, ReminderSent
from domain.person import (
    CoveredPerson,
    IdentityCorrected,
    PositionAssumed,
    PositionChanged,
    PositionVacated,
    Retired,
    RulesNotified,
    ServiceEnded,
    person_stream,
)
from domain.record import Fact, Recorded
from domain.records.custody import SubjectKeyDestroyed
from domain.rulebook import Regime, RulebookPublished, cited
from projections.runs import Sweep
from scheduler.bonds import binding, coming, tell
from scheduler.hold_letters import hold_letter
from scheduler.letters import notice, reminder
from scheduler.office import MACHINE
from scheduler.openings import day_of, openings
from scheduler.world import EVERY_RULE, Deed, World, raising

SERVICE = "service"


def react(event: Recorded[Any], world: World) -> Iterator[Deed]:
    """Yield all that follows from an event; the same again if asked again."""
    for reaction in REACTIONS.get(type(event.fact), ()):
        yield from reaction(event, world)


def appointed(
    event: Recorded[PositionAssumed | PositionChanged], world: World
) -> Iterator[Deed]:
    """Ask for what is due on taking up a post; for nothing if a rule covers it not."""
    fact = event.fact
    dates = {"appointment_date": fact.from_on}
    return arising(event, world, "appointment", fact.post, fact.from_on, dates)


def left_post(event: Recorded[PositionVacated], world: World) -> Iterator[Deed]:
    """Ask for what is due on leaving a post, while the person goes on to serve."""
    fact, person = event.fact, world.given.look(CoveredPerson(), event.originator_id)
    if person.status_on(fact.on) != "serving":
        return
    dates = {"departure_date": fact.on}
    yield from arising(event, world, "departure", fact.post, fact.on, dates)


def left_service(
    event: Recorded[Retired | ServiceEnded], world: World
) -> Iterator[Deed]:
    """Ask for what is due on leaving service, once for all the posts that end."""
    day = event.fact.on
    dates = {"departure_date": day}
    return arising(event, world, "departure", SERVICE, day, dates)


def arising(
    event: Recorded[Any],
    world: World,
    trigger: str,
    key: str,
    day: date,
    dates: Mapping[str, date],
) -> Iterator[Deed]:
    for regime in world.regimes():
        book = regime.in_force(day)
        for rule in book.rules if book else ():
            if book and rule.trigger == trigger:
                yield RaiseObligation(
                    person=str(event.subject),
                    rulebook=book.id,
                    rule=rule.id,
                    key=key,
                    triggered_on=day,
                    anchors=dates,
                )


def joining(
    event: Recorded[PositionAssumed | PositionChanged | Retired], world: World
) -> Iterator[Deed]:
    """Ask for what everybody owes just now, of whoever the rules cover from a day on.

    A calendar's duty is triggered when it opens, or on the day from which the person is
    covered if that is later; a campaign's is triggered when it is launched.
    """
    fact = event.fact
    day = fact.on if isinstance(fact, Retired) else fact.from_on
    for sweep in world.open_duties(event.recorded_at):
        trigger = max(sweep.triggered_on, day) if sweep.year else sweep.triggered_on
        if trigger <= sweep.due_on:
            yield raising(sweep, str(event.subject), trigger)


def told(
    event: Recorded[PositionAssumed | PositionChanged | Retired | IdentityCorrected],
    world: World,
) -> Iterator[Deed]:
    """Tell of the rules whomever they cover from now on (S3-08)."""
    for regime in world.regimes():
        today = day_of(regime, event.recorded_at)
        day = max(today, getattr(event.fact, "from_on", today))
        for book in coming(regime, day):
            yield from tell(world.given, str(event.subject), book, day, world.settings)


def launched(event: Recorded[CampaignLaunched], world: World) -> Iterator[Deed]:  # noqa: ARG001
    """Have the whole population gone through (S5-01)."""
    fact = event.fact
    yield Sweep(
        rulebook=fact.cited.rulebook,
        rule=fact.cited.rule,
        key=fact.campaign,
        year=None,
        triggered_on=fact.launched_on,
        due_on=fact.due_on,
        anchors={"launched_on": fact.launched_on},
    )


def published(event: Recorded[RulebookPublished], world: World) -> Iterator[Deed]:
    """Know the rulebook from here on; tell whom it binds (S3-08), open what it opens.

    Nothing is asked that fell due before it was published.
    """
    regime = world.given.look(Regime(), event.originator_id)
    book = regime.version(event.fact.version)
    if book.id not in world.rulebooks:
        world.rulebooks.append(book.id)
    yield Sweep(
        rulebook=book.id,
        rule=EVERY_RULE,
        key=str(book.version),
        year=None,
        triggered_on=local_day(book, event.recorded_at),
        due_on=date.max,
        anchors={},
    )
    yield from openings(regime, since=event.recorded_at, now=world.now)


def reminded(event: Recorded[ReminderSent], world: World) -> Iterator[Deed]:
    """Write the mail that the reminder promised."""
    given = world.given
    obligation = given.look(Obligation(), event.originator_id)
    person = given.look(CoveredPerson(), person_stream(obligation.person))
    ruling = cited(given, obligation.citation)
    yield reminder(event, obligation, person, ruling, world.settings)


def notified(event: Recorded[RulesNotified], world: World) -> Iterator[Deed]:
    """Write the mail, unless it was a person who told the person."""
    if event.actor != MACHINE:
        return
    person = world.given.look(CoveredPerson(), event.originator_id)
    book = world.regime(event.fact.rulebook).version(event.fact.version)
    day = max(local_day(book, event.recorded_at), book.effective_from)
    rules = binding(world.given, person, book, day) or list(book.rules)
    yield notice(person, book, rules, world.settings)


def held(event: Recorded[HoldPlaced], world: World) -> Iterator[Deed]:  # noqa: ARG001
    """Have the person told (I8), unless the office has done so by then."""
    yield NotifyHold(hold=event.fact.hold)


def told_of_hold(event: Recorded[HoldNotified], world: World) -> Iterator[Deed]:
    """Write the mail, unless it was a person who told the person."""
    if event.actor != MACHINE:
        return
    holds = world.given.look(Holds(), event.originator_id)
    placed = holds.named(event.fact.hold).placed
    person = world.given.look(CoveredPerson(), person_stream(placed.person))
    book = world.regime(placed.cited.rulebook).version(placed.cited.version)
    yield hold_letter(event, placed, person, book, world.settings)


def key_destroyed(event: Recorded[SubjectKeyDestroyed], world: World) -> Iterator[Deed]:  # noqa: ARG001
    """Have done what was decided: nobody opens any more what these keys sealed."""
    yield event.fact


Reaction = Callable[[Recorded[Any], World], Iterator[Deed]]
REACTIONS: Mapping[type[Fact], Sequence[Reaction]] = {
    PositionAssumed: (appointed, joining, told),
    PositionChanged: (appointed, joining, told),
    PositionVacated: (left_post,),
    Retired: (left_service, joining, told),
    ServiceEnded: (left_service,),
    IdentityCorrected: (told,),
    CampaignLaunched: (launched,),
    RulebookPublished: (published,),
    ReminderSent: (reminded,),
    RulesNotified: (notified,),
    HoldPlaced: (held,),
    HoldNotified: (told_of_hold,),
    SubjectKeyDestroyed: (key_destroyed,),
}
