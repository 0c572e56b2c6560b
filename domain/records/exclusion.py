"""Readers kept away from one report: a superior it names, and those about them."""

from collections.abc import Collection
from typing import ClassVar, Self
from uuid import UUID

from msgspec.structs import replace

from domain.conflict import asking, refuse_conflict, refuse_stranger, superiors
from domain.disclosure import Disclosure, Filing, disclosure_stream, filed
from domain.errors import Invalid, NotAllowed
from domain.person import CoveredPerson, person_named, person_stream
from domain.record import Command, Decision, Fact, Given, Value
from domain.records.words import demand

CHAIN = "whoever a report names as interfering does not read it, nor does their chain"
IN_OWN_NAME = ("declarant", "clerk")
OFFICE = ("reviewer", "certifier", "records_officer")


# Facts: what happened.


class ReaderExcluded(Fact):
    """The superior, all above them and all below them no longer read the report.

    The personnel number stays in the open, since by it they are kept away.
    """

    TOPIC: ClassVar = "disclosure.reader-excluded"
    superior: str


class ExclusionLifted(Fact):
    TOPIC: ClassVar = "disclosure.exclusion-lifted"
    superior: str


# State: what the facts add up to.


class Exclusions(Value):
    """Who is kept away from one report, which is a person's own."""

    person: str | None = None
    excluded: tuple[str, ...] = ()

    @property
    def subject(self) -> str | None:
        return self.person

    def evolve(self, fact: Fact) -> Self:
        match fact:
            case Filing():
                return replace(self, person=fact.person)
            case ReaderExcluded():
                return replace(self, excluded=(*self.excluded, fact.superior))
            case ExclusionLifted():
                left = tuple(who for who in self.excluded if who != fact.superior)
                return replace(self, excluded=left)
        return self


def shut_out(
    reader: str,
    above_reader: Collection[str],
    superior: str,
    above_superior: Collection[str],
) -> bool:
    """Return whether the reader is the superior, stands above them, or works below.

    The collections are the heads of the units of each, and of all units above.
    """
    return reader == superior or reader in above_superior or superior in above_reader


def excludes(given: Given, exclusions: Exclusions, reader: str) -> str | None:
    """Return the superior because of whom this reader is kept away, if there is one.

    Nobody is kept away from their own report.
    """
    if not exclusions.excluded or reader == exclusions.person:
        return None
    mine = heads(given, reader)
    for superior in exclusions.excluded:
        if shut_out(reader, mine, superior, heads(given, superior)):
            return superior
    return None


def heads(given: Given, number: str) -> set[str]:
    return superiors(given, given.look(CoveredPerson(), person_stream(number)))


# Commands: what someone asks for, and when the rules allow it.


class ExclusionCommand(Command[Exclusions]):
    disclosure: str
    superior: str

    @property
    def stream(self) -> UUID:
        return disclosure_stream(self.disclosure)

    def blank(self) -> Exclusions:
        return Exclusions()

    def reported(self, given: Given) -> Filing:
        report = given.look(Disclosure(), self.stream)
        return filed(report, self.disclosure)

    def refuse_office(self, given: Given, person: str) -> None:
        """Raise unless an office asks that is not in conflict, and says why."""
        if given.by.role not in OFFICE:
            raise NotAllowed(f"a {given.by.role} may not do this", rule=CHAIN)
        refuse_conflict(given, person)
        demand("reason", self.reason, what="say why", rule=CHAIN)


class ExcludeReader(ExclusionCommand):
    """Keep a superior and their chain away, as the declarant or as the office."""

    def decide(self, exclusions: Exclusions, given: Given) -> Decision:
        filing = self.reported(given)
        if given.by.role in IN_OWN_NAME:
            refuse_stranger(given, filing.person)
        else:
            self.refuse_office(given, filing.person)
        if self.superior == filing.person:
            raise Invalid("superior", "one reads one's own report", rule=CHAIN)
        person_named(given, self.superior)
        if given.by.role in IN_OWN_NAME:
            self.refuse_choice(given, filing.person)
        if self.superior not in exclusions.excluded:
            yield ReaderExcluded(superior=self.superior)

    def refuse_choice(self, given: Given, person: str) -> None:
        """Raise unless it is a superior of theirs: nobody picks who reviews them."""
        if self.superior not in heads(given, person):
            reason = f"{self.superior} is no superior of {person}: ask the office"
            raise Invalid("superior", reason, rule=CHAIN)


class LiftExclusion(ExclusionCommand):
    """Let them read it again; nobody lifts what keeps themselves away."""

    def decide(self, exclusions: Exclusions, given: Given) -> Decision:
        filing = self.reported(given)
        self.refuse_office(given, filing.person)
        for who in sorted(asking(given)):
            if excludes(given, exclusions, who):
                raise NotAllowed(f"{who} is kept away from it", rule=CHAIN)
        if self.superior in exclusions.excluded:
            yield ExclusionLifted(superior=self.superior)
