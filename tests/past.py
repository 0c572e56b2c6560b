"""A past of sanctions, cases, holds and verifications, as facts straight into a log."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from domain.appeal import AppealDecided, appeal_stream
from domain.case import facts as case
from domain.case.case import case_stream
from domain.hold import HoldKind, HoldPlaced, holds_stream
from domain.proceedings import Kind, ProceedingEntered, proceedings_stream
from domain.promotion.facts import Level, Question
from domain.record import Actor, Citation, Fact, Recorded, S
from domain.regime.discipline import Purpose
from domain.regime.parse import parse
from domain.rulebook import RulebookDrafted, RulebookPublished, regime_stream
from domain.rulebooks import shipped
from domain.sanction.facts import (
    Determined,
    MeasureTaken,
    SanctionImposed,
    Terms,
)
from domain.sanction.sanctions import stream_of_sanction
from domain.verification import facts as verification
from domain.verification.verification import verification_stream
from domain.view import replay
from tests.history import OFFICE, History

SELECTION = "cn-selection"
GOVERNMENT, PARTY = "cn-governmental-sanctions", "cn-party-discipline"
REGISTER = "cn-personal-matters-annual"
LAWS = (SELECTION, GOVERNMENT, f"{PARTY}-v2", f"{PARTY}-v3", REGISTER)
HIRED = date(2010, 1, 1)
Blocks = tuple[Purpose, ...]
HIGHER: Blocks = ("promotion",)


@dataclass
class Known:
    """What the log has at a position, as a decision is given it."""

    records: Sequence[Recorded[Any]]
    by: Actor = OFFICE

    def history(self, stream: UUID) -> Sequence[Recorded[Any]]:
        return [record for record in self.records if record.originator_id == stream]

    def look(self, blank: S, stream: UUID) -> S:
        return replay(blank, (record.fact for record in self.history(stream)))

    @property
    def at(self) -> Any:
        return self.records[-1].recorded_at


@dataclass
class Past:
    """Adds facts to a history; what a proceeding is about is entered by itself."""

    history: History = field(default_factory=History)
    tracks: set[tuple[str, str]] = field(default_factory=set)
    begun: int = 0  # the position from which on there are questions
    claimed: date | None = None  # when all that is added is said to have happened

    def laws(self, *files: str) -> "Past":
        """Let rulebooks that are shipped be the law."""
        for file in files or LAWS:
            self.law(shipped()[f"{file}.toml"])
        return self

    def law(self, text: str) -> "Past":
        book = parse(text)
        stream = regime_stream(book.id)
        draft = RulebookDrafted(
            rulebook=book.id, version=book.version, text=text, drafted_by="S1"
        )
        self.history.add(stream, draft)
        begin = RulebookPublished(
            version=book.version, effective_from=book.effective_from
        )
        self.history.add(stream, begin)
        return self

    def on(self, day: date | str) -> "Past":
        self.history.on(date.fromisoformat(str(day)))
        return self

    @property
    def today(self) -> date:
        return self.history.now.date()

    @property
    def position(self) -> int:
        return self.history.position

    def hire(self, number: str, **post: Any) -> "Past":
        self.history.person(number)
        post = {"unit": "HQ", "from_on": HIRED, **post}
        self.history.post(number, **post)
        return self

    def add(self, stream: UUID, fact: Fact, number: str | None = None) -> UUID:
        """Let a fact happen; return the id of its event."""
        if number:
            self.history.subjects[stream] = number
        return self.history.add(stream, fact, occurred_on=self.claimed).event_id

    def enter(self, number: str, kind: Kind, key: str) -> None:
        fact = ProceedingEntered(person=number, kind=kind, key=key)
        self.add(proceedings_stream(number), fact, number)

    # Sanctions and measures.

    def sanction(self, name: str, kind: str, until: str | None, **more: Any) -> UUID:
        """Impose "P1:government:1" today; *more* is of its terms."""
        number, track = self.tracked(name)
        number_of_case = more.pop("case", "K")
        found = more.pop("findings", ())
        fact = SanctionImposed(
            sanction=name,
            person=number,
            track=track,
            case=number_of_case,
            decided_on=self.today,
            determined=tuple(
                Determined(
                    finding=each, conduct=each, violation="v", tier="t", kind=kind
                )
                for each in found
            ),
            terms=self.terms(kind, until, **more),
            text="why",
        )
        return self.add(stream_of_sanction(name), fact, number)

    def terms(self, kind: str, until: str | None, **more: Any) -> Terms:
        known: dict[str, Any] = {
            "from_on": self.today,
            "blocks": HIGHER,
            "cited": self.cite(GOVERNMENT, "track.kinds"),
            "basis": "single",
        }
        until_on = date.fromisoformat(until) if until else None
        return Terms(kind=kind, until_on=until_on, **(known | more))

    def measure(self, name: str, kind: str, until: str | None, **more: Any) -> UUID:
        number, track = self.tracked(name)
        known: dict[str, Any] = {
            "blocks": HIGHER,
            "cited": self.cite(GOVERNMENT, "track.measures"),
        }
        fact = MeasureTaken(
            measure=name,
            person=number,
            track=track,
            kind=kind,
            decided_on=self.today,
            findings=(),
            text="why",
            until_on=date.fromisoformat(until) if until else None,
            **(known | more),
        )
        return self.add(stream_of_sanction(name), fact, number)

    def tracked(self, name: str) -> tuple[str, str]:
        number, track, _ = name.rsplit(":", 2)
        if (number, track) not in self.tracks:
            self.tracks.add((number, track))
            self.enter(number, "track", track)
        return number, track

    def disciplined(self, fact: Fact) -> UUID:
        """Let something happen to the sanction that a fact names."""
        return self.add(stream_of_sanction(fact.sanction), fact)  # type: ignore[attr-defined]  # these have it

    # Cases, verifications and holds.

    def inquire(self, number: str, name: str, rulebook: str = GOVERNMENT) -> UUID:
        self.enter(number, "case", name)
        fact = case.PreliminaryInquiryOpened(
            case=name, person=number, basis="complaint", cited=self.cite(rulebook)
        )
        return self.add(case_stream(name), fact, number)

    def investigate(
        self, name: str, rulebook: str = GOVERNMENT, *, decide_by: date | None = None
    ) -> UUID:
        fact = case.InvestigationOpened(
            allegations=("c",),
            opened_on=self.today,
            cited=self.cite(rulebook),
            decide_by=decide_by,
        )
        return self.add(case_stream(name), fact)

    def notify(self, name: str, rulebook: str = GOVERNMENT) -> UUID:
        fact = case.NoticeOfAllegationsServed(
            allegations=("c",),
            evidence=(),
            served_on=self.today,
            answer_by=self.today + timedelta(days=7),
            text="what",
            cited=self.cite(rulebook),
        )
        return self.add(case_stream(name), fact)

    def decide(
        self, name: str, *findings: str, closing: case.Closing = "no_sanction"
    ) -> UUID:
        fact = case.DecisionMade(
            closing=closing,
            decided_on=self.today,
            findings=findings,
            statements={},
            cited=self.cite(GOVERNMENT),
        )
        return self.add(case_stream(name), fact)

    def verify(self, number: str, name: str, basis: str = "promotion") -> UUID:
        self.enter(number, "verification", name)
        fact = verification.VerificationOpened(
            verification=name, person=number, basis=basis
        )
        return self.add(verification_stream(name), fact, number)

    def verified(self, name: str) -> UUID:
        fact = verification.VerificationConcluded(text="all of it")
        return self.add(verification_stream(name), fact)

    def doubt(self, name: str, nth: int = 1) -> UUID:
        fact = verification.DiscrepancyDetected(
            discrepancy=nth, kind="differs", field="area", source="land register"
        )
        return self.add(verification_stream(name), fact)

    def find(self, name: str, class_: Any, mental: Any, **more: Any) -> UUID:
        fact = verification.VerificationFinding(
            finding=more.pop("finding", f"verification:{name}:1"),
            conduct="c",
            class_=class_,
            mental=mental,
            standard="clear",
            reasons="why",
            cited=more.pop("cited", self.cite(REGISTER)),
            **more,
        )
        return self.add(verification_stream(name), fact)

    def undo(self, number: str, appeal: str, *undone: str) -> UUID:
        self.enter(number, "appeal", appeal)
        known: Any = {"decided_on": self.today, "grounds": ("procedure",), "text": "x"}
        cited = self.cite(GOVERNMENT, "appeals.review")
        fact = AppealDecided(outcome="quashed", cited=cited, undone=undone, **known)
        return self.add(appeal_stream(appeal), fact, number)

    def hold(self, name: str, type_: HoldKind, review: str, **more: Any) -> UUID:
        number = name.partition(":")[0]
        known: dict[str, Any] = {"blocks": HIGHER, "from_on": self.today}
        fact = HoldPlaced(
            hold=name,
            person=number,
            type=type_,
            basis="investigation",
            review_on=date.fromisoformat(review),
            release="when it is over",
            text="why",
            cited=self.cite(SELECTION, "holds"),
            **(known | more),
        )
        return self.add(holds_stream(number), fact, number)

    # What is asked.

    def cite(self, rulebook: str, rule: str = "") -> Citation:
        """Cite the version that was published last."""
        versions = [
            record.fact.version
            for record in self.history.records
            if record.originator_id == regime_stream(rulebook)
        ]
        version = max(versions, default=1)
        return Citation(rulebook=rulebook, version=version, rule=rule)

    def known(self, position: int | None = None) -> Known:
        """Return the log as it was at a position; None: as it is."""
        return Known(self.history.records[:position])


def question(
    number: str = "P1",
    as_of: str | date = "2024-01-01",
    level: Level = "higher",
    **more: Any,
) -> Question:
    usual = {"rulebook": SELECTION, "purpose": "promotion", "ladder": "post"}
    day = date.fromisoformat(str(as_of))
    return Question(person=number, as_of=day, level=level, **(usual | more))
