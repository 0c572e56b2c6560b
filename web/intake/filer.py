"""Takes the reports of a file into the register, a batch at a time."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple
from uuid import UUID

from msgspec.structs import replace

from domain.casework import Casework
from domain.disclosure import Filing
from domain.errors import WrongStage
from domain.person import person_stream
from domain.record import Actor
from domain.view import Occasion, View
from web.intake.events import Event
from web.intake.outcome import NO, Outcome, Refusal, refusal
from web.intake.reports import Draft, items
from web.intake.tally import add_up

BATCH = 256
# No report has this number: under it an event is only tried, and nothing stored.
TRIAL = "trial"


class Sifted(NamedTuple):
    """The events that the register takes, as it reads them, and why not the others."""

    kept: tuple[Event, ...]
    refused: tuple[Refusal, ...]


class Filer:
    """Files drafts for a clerk; an event that is refused leaves the rest of its report.

    `none` says what a report is of which no event is left: see `EventColumns`.
    """

    def __init__(
        self,
        casework: Casework,
        clerk: str,
        outcome: Outcome,
        none: Literal["paper", "refuse"],
    ) -> None:
        self.casework, self.clerk, self.outcome = casework, clerk, outcome
        self.none = none
        self.waiting: dict[UUID, Draft] = {}

    def add(self, draft: Draft) -> None:
        """Take the draft with the next batch; the same report again comes after it."""
        if draft.command.stream in self.waiting or len(self.waiting) == BATCH:
            self.finish()
        self.waiting[draft.command.stream] = draft

    def finish(self) -> None:
        """Take all that waits."""
        drafts, self.waiting = self.waiting, {}
        view = self.view(drafts.values())
        news = []
        for stream, draft in drafts.items():
            history = view.history(stream)
            if history:
                self.compare(draft, history[0].fact, view)
            else:
                news.append(draft)
        unknown = self.unknown(news, view)
        taken = self.file(news)
        newcomers = {d.command.report.person for d in taken if d.command.newcomer}
        self.outcome.sums.registered += len(newcomers & unknown)
        for draft in sorted(taken, key=lambda draft: draft.line):
            self.outcome.refuse_events(draft.refused)
        add_up(self.outcome.sums, self.casework, [d.command.stream for d in taken])

    def view(self, drafts: Iterable[Draft]) -> View:
        view = View(self.casework.read)
        view.fetch(stream for draft in drafts for stream in draft.command.reads())
        return view

    def compare(self, draft: Draft, filed: Filing, view: View) -> None:
        """Count the row as there already, or refuse it where it says something else."""
        if items(draft.events) == filed.items:
            sifted = Sifted(draft.events, draft.refused)
        else:
            sifted = self.sift(draft, view)
        report = draft.command.report
        says = (report.person, report.received_on, items(sifted.kept))
        if says == (filed.person, filed.received_on, filed.items):
            self.outcome.sums.already_there += 1
            self.outcome.refuse_events(sifted.refused)
            return
        reason = f"{report.disclosure} was filed before, and not as it reads here"
        self.outcome.refuse_row(
            draft.line, WrongStage(f"{reason}: amend it", rule=str(filed.cited))
        )

    def unknown(self, drafts: Sequence[Draft], view: View) -> set[str]:
        """Return who is not registered yet."""
        people = {draft.command.report.person for draft in drafts}
        view.fetch(map(person_stream, people))
        return {person for person in people if not view.history(person_stream(person))}

    def file(self, drafts: Sequence[Draft]) -> list[Draft]:
        """File what can be filed, with the events that can; return what was filed."""
        standing = []
        for draft in drafts:
            if self.stands(draft.events):
                standing.append((draft, draft.events))
            else:
                self.outcome.refuse_row(draft.line, draft.refused[0])
        taken, failed = self.attempt(standing)
        view = self.view(draft for draft, _ in failed)
        again = []
        for draft, error in failed:
            sifted = self.sift(draft, view)
            if len(sifted.kept) < len(draft.events) and self.stands(sifted.kept):
                again.append((replace(draft, refused=sifted.refused), sifted.kept))
            else:
                self.outcome.refuse_row(draft.line, first(sifted.refused) or error)
        more, failed = self.attempt(again)
        for draft, error in failed:
            self.outcome.refuse_row(draft.line, error)
        return taken + more

    def stands(self, events: Sequence[Event]) -> bool:
        """Return whether with these events, maybe none, there is a report."""
        return bool(events) or self.none == "paper"

    def attempt(
        self, drafts: Iterable[tuple[Draft, Sequence[Event]]]
    ) -> tuple[list[Draft], list[tuple[Draft, Exception]]]:
        """Try to file; return what was filed, and what was not with the reason."""
        filers: dict[str, list[Draft]] = defaultdict(list)
        for draft, events in drafts:
            whole = replace(draft, command=draft.whole(events))
            filers[draft.command.report.person].append(whole)
        taken: list[Draft] = []
        failed: list[tuple[Draft, Exception]] = []
        for person, theirs in filers.items():
            outcomes = self.casework.handle_all(
                [draft.command for draft in theirs],
                by=self.actor(person),
                at=datetime.now(UTC),
            )
            for draft, outcome in zip(theirs, outcomes, strict=True):
                if not isinstance(outcome, Exception):
                    taken.append(draft)
                elif isinstance(outcome, NO):
                    failed.append((draft, outcome))
                else:
                    raise outcome
        return taken, failed

    def actor(self, person: str) -> Actor:
        return Actor(id=self.clerk, role="clerk", on_behalf_of=person)

    def sift(self, draft: Draft, view: View) -> Sifted:
        """Try each event by itself, storing nothing."""
        kept, refused = [], list(draft.refused)
        for event in draft.events:
            try:
                kept.append(Event(event.number, self.read(draft, event, view)))
            except NO as error:
                refused.append(refusal(draft.line, event.number, error))
        refused.sort(key=lambda one: one.event or 0)
        return Sifted(tuple(kept), tuple(refused))

    def read(self, draft: Draft, event: Event, view: View) -> dict[str, Any]:
        """Return the event as the register reads it, or raise what it says no with."""
        alone = draft.whole([event])
        report = replace(alone.report, disclosure=TRIAL)
        person = draft.command.report.person
        occasion = Occasion(by=self.actor(person), at=datetime.now(UTC))
        occasion.begin(view)
        try:
            occasion.carry_out(replace(alone, report=report))
        finally:
            view.forget(occasion.records)
        filed = next(r.fact for r in occasion.records if isinstance(r.fact, Filing))
        return dict(filed.items[0])


def first(refused: Sequence[Refusal]) -> Refusal | None:
    return refused[0] if refused else None
