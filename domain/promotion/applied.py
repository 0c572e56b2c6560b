"""A law on eligibility, applied: what bars, holds, is missing, or is only shown."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from domain.errors import Invalid
from domain.promotion.facts import Question, Reason
from domain.promotion.held import OVERRIDDEN
from domain.promotion.needs import MOVES, needs
from domain.promotion.sanctioned import UNDONE
from domain.promotion.served import Serves
from domain.promotion.stretch import Stretch
from domain.promotion.verified import CONCLUDED, OPEN, UNPROVEN
from domain.record import Citation
from domain.regime.basis import Bases
from domain.regime.calendar import shift
from domain.regime.scrutiny import Eligibility, Requirement
from domain.regime.types import Rulebook
from domain.rulebook import title

Books = Callable[[str, int], Rulebook | None]
Effect = Literal["bars", "holds", "missing", "shown"]
SOURCES: Mapping[str, tuple[str, ...]] = {
    "sanctions": ("sanction", "release"),
    "measures": ("measure",),
    "cases": ("case", "interim"),
    "holds": ("hold",),
    "findings": ("finding",),
    "overdue": ("overdue",),
    "verification": (),  # it is looked at as a whole
}
BARS = frozenset({"sanction", "measure", "finding"})


class Applied:
    """A law on eligibility, applied to one question about anybody."""

    def __init__(self, question: Question, book: Rulebook, books: Books) -> None:
        self.question, self.book, self.books = question, book, books
        self.law, self.day = section(book, question.ladder), question.as_of
        self.needs, self.move = needs(question), question.purpose in MOVES
        self.looked = defaultdict[str, list[Requirement]](list)
        self.verification: list[tuple[Requirement, Citation]] = []
        self.ends: dict[tuple[str, date], date] = {}
        for asked in self.law.requires:
            if not asked.purposes or question.purpose in asked.purposes:
                self.look_at(asked)

    def look_at(self, asked: Requirement) -> None:
        for source in SOURCES[asked.what]:
            self.looked[source].append(asked)
        if asked.what == "verification":
            basis = asked.legal_basis or self.law.legal_basis
            cited = citation(self.book, f"eligibility.{asked.what}", basis)
            self.verification.append((asked, cited))

    def reasons(
        self, person: str, posts: Sequence[Serves], stretches: Sequence[Stretch]
    ) -> Iterator[Reason]:
        """Yield every reason that there is on the day, about one person."""
        undone = {s.key for s in stretches if s.code == UNDONE}
        live = [s for s in stretches if s.on(self.day)]
        for stretch in live:
            if stretch.source in self.looked and stretch.key not in undone:
                yield from self.asked_of(stretch, posts)
            if stretch.source == "flag" or stretch.code == UNPROVEN:
                yield from [self.reason(stretch, "shown")] if self.law.flags else ()
        for asked, cited in self.verification:
            yield from self.verified(asked, cited, person, live)

    def asked_of(self, stretch: Stretch, posts: Sequence[Serves]) -> Iterator[Reason]:
        requires = self.looked[stretch.source]
        if not any(self.counts(asked, stretch) for asked in requires):
            return
        match stretch.source:
            case "case":
                yield from self.pending(stretch)
            case "finding":
                yield from self.barred(stretch)
            case "overdue":
                yield self.reason(stretch, "holds")
            case _ if self.blocks(stretch, posts):
                yield self.reason(stretch, effect_of(stretch))

    def counts(self, asked: Requirement, stretch: Stretch) -> bool:
        """Return whether the requirement is about this track, or this rule."""
        if asked.what == "overdue":
            rule = stretch.cited.rule if stretch.cited else ""
            return not asked.rules or rule in asked.rules
        if not asked.tracks or asked.what in ("holds", "findings"):
            return True
        return (stretch.track or self.track(stretch)) in asked.tracks

    def track(self, stretch: Stretch) -> str | None:
        book = self.cited(stretch)
        return book.track.id if book and book.track else None

    def cited(self, stretch: Stretch) -> Rulebook | None:
        cited = stretch.cited
        return self.books(cited.rulebook, cited.version) if cited else None

    def blocks(self, stretch: Stretch, posts: Sequence[Serves]) -> bool:
        if self.needs.isdisjoint(stretch.blocks):
            return False
        ladders = stretch.ladders
        if stretch.source == "measure" and not ladders:
            ladders = self.ladders(stretch, posts)
        return not (self.move and ladders) or self.question.ladder in ladders

    def ladders(self, stretch: Stretch, posts: Sequence[Serves]) -> tuple[str, ...]:
        """Return on which ladders the person can rise by any post; none: on all.

        As a sanction's terms have it: see `domain.sanction.matrix.ladders`.
        """
        book = self.cited(stretch)
        known = {p.id: p for p in (book.track.personnel if book and book.track else ())}
        found = [
            known.get(post.category or "") or known.get(post.employer_type)
            for post in posts
        ]
        each = [personnel.ladders for personnel in found if personnel]
        if len(each) < len(found) or not all(each):
            return ()
        return tuple(dict.fromkeys(name for ladders in each for name in ladders))

    def pending(self, stretch: Stretch) -> Iterator[Reason]:
        """Yield what an open case holds up, from the stage on that its law names."""
        book = self.cited(stretch)
        if book is None or book.due_process is None:
            return
        pending = book.due_process.pending
        if stretch.stage == pending.from_stage and self.needs & {*pending.blocks}:
            basis = pending.legal_basis or book.due_process.legal_basis
            cited = citation(book, "due_process.pending", basis)
            yield self.reason(stretch, "holds", cited=cited, track=self.track(stretch))

    def barred(self, stretch: Stretch) -> Iterator[Reason]:
        """Yield what a finding bars by itself, for as long as its law says."""
        book = self.cited(stretch)
        if book is None or book.verification is None:
            return
        for known in book.verification.consequences:
            same = known.class_ == stretch.class_
            mental = known.mental in (None, stretch.mental)
            if not (same and mental and known.bars_for):
                continue
            end = shift(stretch.from_on, known.bars_for, book.calendar)
            if self.day < end and self.needs & {*known.bars}:
                basis = known.legal_basis or book.verification.legal_basis
                cited = citation(book, f"consequence.{known.class_}", basis)
                yield self.reason(stretch, "bars", cited=cited, until_on=end)

    def verified(
        self,
        asked: Requirement,
        cited: Citation,
        person: str,
        live: Sequence[Stretch],
    ) -> Iterator[Reason]:
        """Yield what a verification for this occasion leaves open; or that it lacks."""
        running = [stretch for stretch in live if stretch.code == OPEN]
        for stretch in running:
            yield self.reason(stretch, "holds", cited=cited)
        done = [s for s in live if s.code == CONCLUDED and self.fresh(asked, s)]
        if not running and not done:
            yield Reason(
                source="verification",
                key=person,
                effect="missing",
                code="verification",
                cited=cited,
            )

    def fresh(self, asked: Requirement, stretch: Stretch) -> bool:
        span, start = asked.fresh_for, stretch.from_on
        if span is None:
            return True
        if (span, start) not in self.ends:
            self.ends[span, start] = shift(start, span, self.book.calendar)
        return self.day < self.ends[span, start]

    def reason(
        self,
        stretch: Stretch,
        effect: Effect,
        *,
        cited: Citation | None = None,
        until_on: date | None = None,
        track: str | None = None,
    ) -> Reason:
        """Return a stretch as a reason, under the rule that makes it one."""
        law = cited or stretch.cited
        return Reason(
            source=stretch.source,
            key=stretch.key,
            effect=effect,
            code=stretch.code,
            cited=law or citation(self.book, "eligibility", self.law.legal_basis),
            from_on=stretch.from_on,
            until_on=until_on or stretch.until_on,
            review_on=stretch.review_on,
            track=track or stretch.track,
            events=stretch.events,
        )


def section(book: Rulebook, ladder: str) -> Eligibility:
    """Return what a rulebook asks; raise `Invalid` unless it knows the ladder."""
    law = book.eligibility
    if law is None:
        raise Invalid("rulebook", "it says nothing of eligibility", rule=title(book))
    if ladder not in law.ladders:
        known = ", ".join(law.ladders)
        raise Invalid("ladder", f"it is one of {known}", rule=title(book))
    return law


def effect_of(stretch: Stretch) -> Effect:
    """Return what a stretch does that blocks by itself; an exception is only shown."""
    if stretch.source in BARS:
        return "bars"
    return "shown" if stretch.code.startswith(OVERRIDDEN) else "holds"


def citation(book: Rulebook, rule: str, basis: Bases) -> Citation:
    """Return the citation of a section; without a basis of its own, the rulebook's."""
    named = basis or book.legal_basis
    return Citation(
        rulebook=book.id,
        version=book.version,
        rule=rule,
        legal_basis=tuple(entry.cite for entry in named),
    )
