"""Lays the duties of a calendar or a campaign on a whole population, batch by batch."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from domain.campaign import CampaignLaunched
from domain.person import person_stream
from domain.record import Command, Recorded, stream_of
from domain.rulebook import Regime, RulebookPublished, regime_stream, title
from projections import outbox, runs
from projections.models.personnel_file import Person
from projections.outbox import Letter
from projections.runs import Cursor, Sweep
from scheduler.bonds import tell
from scheduler.office import Asked, Office
from scheduler.openings import day_of, openings
from scheduler.reads import everybody_known, people
from scheduler.world import EVERY_RULE, raising

OPENING = "open duties"
SWEEPING = "sweep"


def open_duties(
    office: Office, now: datetime, cursor: Cursor | None = None
) -> Iterator[Cursor]:
    """Have gone through whom the calendars of all published rulebooks ask something of.

    What opened and fell due since the last time is made up for; see `openings`.
    """
    del cursor  # what has been opened is not opened again
    with office.connection() as connection:
        since = runs.last_finished(connection, OPENING) or now
        known = runs.rulebooks(connection)
    given = office.given(now, map(regime_stream, known))
    for rulebook in known:
        regime = given.look(Regime(), regime_stream(rulebook))
        with office.connection() as connection:
            for opening in openings(regime, since=since, now=now):
                runs.open_sweep(connection, opening, now)
        yield {"rulebook": rulebook}


def sweep(
    office: Office, now: datetime, cursor: Cursor | None = None
) -> Iterator[Cursor]:
    """Go on with every sweep that has not come to its end, from its own place."""
    del cursor
    with office.connection() as connection:
        unfinished = runs.unfinished_sweeps(connection)
    for sweeping in unfinished:
        yield from go_through(office, sweeping, now)


def go_through(office: Office, sweeping: Sweep, now: datetime) -> Iterator[Cursor]:
    """Ask of each person in turn what everybody owes; the domain says who is covered.

    It is left for later until the read model has everybody whom the log had when it was
    first looked at. Whoever came after that is met by the reactions, which know of it.
    """
    regime = office.casework.look(Regime(), regime_stream(sweeping.rulebook))
    if sweeping.triggered_on > day_of(regime, now) or not may_begin(office, sweeping):
        return
    cause, after = because_of(office, sweeping), sweeping.cursor
    while True:
        page = people(office, now, after)
        deeds = list(deeds_for(office, sweeping, page.rows, now))
        asked = [Asked(deed, cause) for deed in deeds if isinstance(deed, Command)]
        office.carry_out(asked, job=SWEEPING, now=now)
        letters = [deed for deed in deeds if isinstance(deed, Letter)]
        if not keep(office, sweeping, (after, page.next), letters, now):
            return
        yield sweeping.name
        after = page.next
        if after is None:
            return


def may_begin(office: Office, sweeping: Sweep) -> bool:
    position = sweeping.waits_for
    if position is None:
        head = office.casework.recorder.max_notification_id() or 0
        with office.connection() as connection:
            position = runs.await_position(connection, sweeping, head)
    return sweeping.cursor is not None or everybody_known(office, position)


def deeds_for(
    office: Office, sweeping: Sweep, people: Sequence[Person], now: datetime
) -> Iterator[Command[Any] | Letter]:
    """Yield what the sweep asks of these people."""
    if sweeping.rule == EVERY_RULE:
        yield from notices(office, sweeping, people, now)
        return
    for person in people:
        yield raising(sweeping, person.number, sweeping.triggered_on)


def notices(
    office: Office, sweeping: Sweep, people: Sequence[Person], now: datetime
) -> Iterator[Command[Any] | Letter]:
    """Yield what tells these people of a rulebook, if it binds them."""
    given = office.given(now, [person_stream(person.number) for person in people])
    regime = given.look(Regime(), regime_stream(sweeping.rulebook))
    book, day = regime.version(int(sweeping.key)), day_of(regime, now)
    for person in people:
        try:
            yield from list(tell(given, person.number, book, day, office.settings))
        except Exception as error:  # noqa: BLE001  one person must not stop the others
            item = f"notice of {title(book)} to {person.number}"
            office.set_aside(SWEEPING, item, error, now=now)
            given = office.given(now)


def keep(
    office: Office,
    sweeping: Sweep,
    step: tuple[str | None, str | None],
    letters: Sequence[Letter],
    now: datetime,
) -> bool:
    """Keep letters and place, or the end, at once; neither if another was faster."""
    old, new = step
    with office.connection() as connection, connection.transaction():
        ours = runs.keep_sweep(connection, sweeping, old=old, new=new, now=now)
        if ours:
            outbox.write(connection, office.casework.vault, letters, now)
    return ours


def because_of(office: Office, sweeping: Sweep) -> Recorded[Any] | None:
    """Return the event that asked for the sweep; a calendar asks without one."""
    if sweeping.rule == EVERY_RULE:
        stream = regime_stream(sweeping.rulebook)
    elif sweeping.year is None:
        stream = stream_of("campaign", sweeping.key)
    else:
        return None
    for event in office.casework.history(stream):
        match event.fact:
            case RulebookPublished(version=version) if str(version) == sweeping.key:
                return event
            case CampaignLaunched():
                return event
    return None
