"""The sanctions of one person on one track, as their facts have left them."""

from typing import Self
from uuid import UUID

from msgspec.structs import replace

from domain.errors import Unknown
from domain.record import Fact, Value, stream_of
from domain.sanction.conduct import same_conduct
from domain.sanction.facts import (
    Chosen,
    MeasureTaken,
    PersonnelChangeCarriedOut,
    PersonnelChangeOrdered,
    ReleaseWithheld,
    ReparationCompleted,
    ReparationOrdered,
    RightsRestored,
    SanctionImposed,
    SanctionPeriodRecomputed,
    SanctionQuashed,
    SanctionReleased,
    SanctionStayed,
    SanctionVaried,
    Status,
    StayEnded,
    Terms,
)

NAMED_BY = 3  # the person, the track, and the number on it


class Sanction(Value):
    """One sanction: as it was imposed, and as it stands with what was last chosen."""

    imposed: SanctionImposed
    terms: Terms
    chosen: Chosen = Chosen()
    status: Status = "running"
    withheld: ReleaseWithheld | None = None
    tasks: tuple[ReparationOrdered, ...] = ()  # of reparation, not completed yet
    change: PersonnelChangeOrdered | None = None  # not carried out yet

    @property
    def id(self) -> str:
        return self.imposed.sanction


class Sanctions(Value):
    """All sanctions and measures of one person on one track, in order of decision."""

    person: str = ""
    track: str = ""
    sanctions: tuple[Sanction, ...] = ()
    measures: tuple[MeasureTaken, ...] = ()

    @property
    def subject(self) -> str | None:
        return self.person or None

    def evolve(self, fact: Fact) -> Self:  # noqa: PLR0911, PLR0912, C901  one line a fact
        match fact:
            case SanctionImposed():
                new = Sanction(imposed=fact, terms=fact.terms, chosen=fact.chosen)
                return self.named(fact, sanctions=(*self.sanctions, new))
            case MeasureTaken():
                return self.named(fact, measures=(*self.measures, fact))
            case SanctionPeriodRecomputed() | RightsRestored():
                return self.changed(fact.sanction, terms=fact.terms)
            case SanctionVaried():
                known = {"terms": fact.terms, "chosen": fact.chosen}
                return self.changed(fact.sanction, **known, change=None)
            case SanctionStayed():
                return self.changed(fact.sanction, status="stayed")
            case StayEnded():
                return self.changed(fact.sanction, status="running")
            case SanctionQuashed():
                return self.changed(fact.sanction, status="quashed", change=None)
            case SanctionReleased():
                return self.changed(fact.sanction, status="released", withheld=None)
            case ReleaseWithheld():
                return self.changed(fact.sanction, status="withheld", withheld=fact)
            case ReparationOrdered():
                tasks = (*self.tasks(fact.sanction), fact)
                return self.changed(fact.sanction, tasks=tasks)
            case ReparationCompleted():
                left = self.tasks(fact.sanction)
                tasks = tuple(t for t in left if t.task != fact.task)
                return self.changed(fact.sanction, tasks=tasks)
            case PersonnelChangeOrdered():
                return self.changed(fact.sanction, change=fact)
            case PersonnelChangeCarriedOut():
                return self.changed(fact.sanction, change=None)
        return self

    def named(self, fact: SanctionImposed | MeasureTaken, **changes: object) -> Self:
        return replace(self, person=fact.person, track=fact.track, **changes)

    def changed(self, name: str, **changes: object) -> Self:
        sanctions = tuple(
            replace(known, **changes) if known.id == name else known
            for known in self.sanctions
        )
        return replace(self, sanctions=sanctions)

    def find(self, name: str) -> Sanction | None:
        return next((known for known in self.sanctions if known.id == name), None)

    def known(self, name: str) -> Sanction:
        return next(known for known in self.sanctions if known.id == name)

    def tasks(self, name: str) -> tuple[ReparationOrdered, ...]:
        found = self.find(name)
        return found.tasks if found else ()

    def conducts(self) -> frozenset[str]:
        """Return all conduct sanctioned here that stands so, as `same_conduct` (I4)."""
        return frozenset(
            same_conduct(one.conduct)
            for known in self.sanctions
            if known.status != "quashed"
            for one in known.imposed.determined
        )


def sanctions_stream(person: str, track: str) -> UUID:
    return stream_of("sanctions", person, track)


def stream_of_sanction(sanction: str) -> UUID:
    """Return the stream of a sanction, or of a measure, by its name.

    Raises:
        Unknown: it is no such name.
    """
    parts = sanction.rsplit(":", NAMED_BY - 1)
    if len(parts) != NAMED_BY:
        raise Unknown("sanction", sanction)
    person, track, _ = parts
    return sanctions_stream(person, track)
