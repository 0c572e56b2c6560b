"""Whom a request concerns, and all that the policy asks about them, from the log."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import g

from domain.access import DECLARANT, TABLE, Conflict, Grant, Target
from domain.conflict import conflict_of, superiors
from domain.disclosure import disclosure_stream
from domain.person import CoveredPerson, person_stream
from domain.record import Actor
from domain.records.break_glass import Glass, glass_stream
from domain.records.exclusion import Exclusions, excludes
from domain.unit import chain, unit_stream
from domain.view import Occasion, View
from projections.models.careers import standings
from projections.models.personnel_file import declared_by
from web.wiring import desk

Thing = tuple[str, str]
MOST_LINES = 10_000


class Lines:
    """Which units stood above each when it was last looked at.

    Nothing rests on it: it says which streams to read at once, and the log says what
    is in them now.
    """

    def __init__(self, most: int) -> None:
        """Hold at most so many units; then it starts afresh."""
        self.most = most
        self.known: dict[str, tuple[str, ...]] = {}

    def above(self, unit: str) -> tuple[str, ...]:
        """Return the unit, and those that were above it, as far as it is known."""
        return self.known.get(unit, (unit,))

    def remember(self, unit: str, line: tuple[str, ...]) -> None:
        if len(self.known) >= self.most:
            self.known.clear()
        self.known[unit] = line


LINES = Lines(MOST_LINES)


class Sight:
    """What the log says of the people and units of one request, each read once.

    What is sealed stays sealed: it takes numbers, units and dates to know who is who.
    """

    def __init__(self, grant: Grant, at: datetime) -> None:
        """Look as the holder of the *grant*, at the server's time *at*."""
        self.grant = grant
        self.view = View(desk().casework.read_sealed)
        self.given = Occasion(by=Actor(id=grant.actor, role=grant.role), at=at)
        self.given.begin(self.view)
        if matter := g.get("matter"):
            stream = matter.history[0].originator_id
            self.view.streams[stream] = list(matter.history)

    def target(self, number: str, thing: Thing | None) -> Target:
        """Return the person with all that the policy asks; no more is read than that.

        Their units of today, and those above, are read only where the grant depends on
        them, and who they are to whoever asks only where that is somebody with a file.
        """
        self.fetch(number, thing)
        kind, key = thing or ("", None)
        return Target(
            person=number,
            units=self.line(self.unit(number)) if self.grant.by_unit else (),
            kind=kind,
            matter=key,
            conflict=self.conflict(number),
            excluded=self.excluded(thing),
        )

    @property
    def judges(self) -> bool:
        """Whether it matters who the person concerned is to whoever asks."""
        return self.grant.person is not None and self.grant.role != DECLARANT

    def fetch(self, number: str, thing: Thing | None) -> None:
        """Read at once whom it concerns and whoever asks; then the units of both."""
        concerned = [number] if self.judges or self.grant.by_unit else []
        asking = [self.grant.person] if self.judges and self.grant.person else []
        people = map(person_stream, concerned + asking)
        self.view.fetch([*people, *self.reported(thing)])
        units = {unit for who in asking for unit in self.held(who)}
        if self.grant.by_unit and (unit := self.unit(number)):
            units.add(unit)
        self.fetch_lines(units)

    def reported(self, thing: Thing | None) -> tuple[UUID, ...]:
        """Return the streams of the reports that it is, or names."""
        if self.grant.person is None or thing is None:
            return ()
        kind, key = thing
        names = {key} if kind == "disclosure" else named_by(kind, g.get("matter"))
        return tuple(map(disclosure_stream, sorted(names)))

    def fetch_lines(self, units: Collection[str]) -> None:
        """Read these units and all above them, at once where they are known by now."""
        codes = {code for unit in units for code in LINES.above(unit)}
        self.view.fetch(map(unit_stream, codes))
        for unit in units:
            LINES.remember(unit, tuple(u.code for u in chain(self.given, unit)))

    def file(self, number: str) -> CoveredPerson:
        return self.given.look(CoveredPerson(), person_stream(number))

    def held(self, number: str) -> set[str]:
        """Return the units in which somebody holds a post today."""
        today = self.given.at.date()
        return {post.unit for post in self.file(number).posts if post.holds(today)}

    def unit(self, number: str) -> str | None:
        """Return the unit that somebody counts to today, as the read models have it."""
        today = self.given.at.date()
        found = standings(self.file(number))
        return next(s.unit for s in found if s.from_on <= today < s.to_on)

    def line(self, code: str | None) -> tuple[str, ...]:
        """Return the unit with this code and those above it."""
        self.fetch_lines({code} if code else ())
        return tuple(above.code for above in chain(self.given, code))

    def conflict(self, number: str) -> Conflict | None:
        if not self.judges:
            return None
        return conflict_of(self.given, str(self.grant.person), self.file(number))

    def excluded(self, thing: Thing | None) -> frozenset[str]:
        """Return whoever asks, if the report names a superior whose chain they are in.

        Of others it says nothing, since who is in a chain can be asked only of one.
        """
        found: set[str] = set()
        for stream in self.reported(thing):
            reader = str(self.grant.person)
            exclusions = self.given.look(Exclusions(), stream)
            found |= {reader} if excludes(self.given, exclusions, reader) else set()
        return frozenset(found)

    def broken_glass(self, number: str) -> bool:
        """Return whether whoever asks has broken the glass over this person."""
        glass = self.given.look(Glass(), glass_stream(self.grant.actor, number))
        return glass.open_at(self.given.at)

    def barred(self) -> tuple[str, ...]:
        """Return those whose matters no list may show to whoever asks."""
        number = self.grant.person
        if not self.judges or number is None:
            return ()
        barred_by, found = TABLE[self.grant.role].barred_by, {number}
        if "relative" in barred_by:
            found |= self.relatives(number)
        if "superior" in barred_by:
            self.fetch_lines(self.held(number))
            found |= superiors(self.given, self.file(number))
        return tuple(sorted(found))

    def relatives(self, number: str) -> set[str]:
        """Return the numbers of relatives, whoever of the two declared it."""
        own = {r.number for r in self.file(number).relatives if r.number is not None}
        with desk().reading() as connection:
            return own | set(declared_by(connection, number, self.given.at.date()))


def named_by(kind: str, known: Any) -> set[str]:
    """Return the reports that met a duty or gave rise to it, or that used leave up.

    Of a verification, those that it has compared.
    """
    if known is None or kind not in ("obligation", "approval", "verification"):
        return set()
    state = known.state
    if kind == "verification":
        return set(state.reports)
    if kind == "approval":
        return {state.used_by} - {None}
    return {state.fulfilled_by, state.key.rpartition(":")[0]} - {None, ""}
