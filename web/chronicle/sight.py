"""What whoever asks may read of a history: the rest is left out as if it were not."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from msgspec.structs import replace as changed

from domain.access import DECLARANT, RIGHTS, Target, decide
from domain.case.evidence import EvidenceAdded
from domain.case.telling import told
from domain.proceedings import ProceedingEntered
from domain.record import Fact
from domain.sanction.facts import ReleaseWithheld
from web.answers.sanctions import told_of
from web.auth import asked, sight
from web.chronicle.kinds import KINDS, Thread, everything

# Of these all that happens is told to whom they concern. Of others something is not,
# and the state before and after what is told would tell of it.
OWN = frozenset({"person", "disclosure", "obligation", "approval"})
EVIDENCE = EvidenceAdded.TOPIC.rpartition("-")[0]
Shows = Callable[[Fact], bool]


class Visible:
    """The threads of one person's history that whoever asks may see.

    Every thread takes the right to read such a thing, of that person; a report that
    names a superior is kept from those in the superior's chain, with the duties it
    meets. Somebody a case is about learns of it from the notice of allegations on, and
    then no more of it than what they are told.
    """

    def __init__(self, number: str) -> None:
        self.grant, self.at, self.sight = asked().grant, asked().at, sight()
        self.target = self.sight.target(number, None)

    def threads(self, all_: Sequence[Thread]) -> list[Thread]:
        """Return those that may be seen, each with what of it may be."""
        seen = [thread for thread in all_ if self.may(thread)]
        names = {(thread.kind, thread.key.rpartition(":")[2]) for thread in seen}
        names |= {(thread.kind, thread.key) for thread in seen}
        return [
            replace(
                thread,
                shows=both(thread.shows, self.shows(thread, names)),
                differs=self.grant.role != DECLARANT or thread.kind in OWN,
            )
            for thread in seen
        ]

    def may(self, thread: Thread) -> bool:
        target: Target = changed(
            self.target,
            matter=thread.key,
            excluded=frozenset[str]().union(*map(self.excluded, reports(thread))),
        )
        right = KINDS[thread.kind].right
        if not decide(self.grant, right, target, at=self.at).allowed:
            return False
        hidden = self.grant.role == DECLARANT
        return not (hidden and not getattr(thread.state(), "told", True))

    def excluded(self, disclosure: str) -> frozenset[str]:
        return self.sight.excluded(("disclosure", disclosure))

    def shows(self, thread: Thread, names: set[tuple[str, str]]) -> Shows:
        """Return which facts of a thread may be seen, beside threads of these names."""
        if thread.kind == "proceedings":
            return lambda fact: entered(fact, names)
        if thread.kind == "track":
            return lambda fact: not isinstance(fact, ReleaseWithheld) or told_of(fact)
        if thread.kind == "holds" and self.grant.role == DECLARANT:
            return thread.state().told_of  # type: ignore[no-any-return]  # it is `Holds`
        return self.of_case(thread) if thread.kind == "case" else everything

    def of_case(self, thread: Thread) -> Shows:
        """Return which facts of a case may be seen: its person sees what they know."""
        if self.grant.role == DECLARANT:
            facts = [record.fact for _, record in thread.events]
            pairs = zip(facts, told(facts), strict=True)
            known = {id(fact) for fact, seen in pairs if seen}
            return lambda fact: id(fact) in known
        if self.has("evidence.read"):
            return everything
        return lambda fact: not fact.TOPIC.startswith(EVIDENCE)

    def left_out(self, kinds: Iterable[str]) -> list[str]:
        """Return those kinds of which whoever asks may read nothing, of anybody."""
        return [kind for kind in kinds if not self.has(KINDS[kind].right)]

    def has(self, right: str) -> bool:
        return right in RIGHTS[self.grant.role]


def both(one: Shows, other: Shows) -> Shows:
    return lambda fact: one(fact) and other(fact)


def entered(fact: Fact, names: set[tuple[str, str]]) -> bool:
    """Return whether a proceeding may be named: if there is a thread of it."""
    return not isinstance(fact, ProceedingEntered) or (fact.kind, fact.key) in names


def reports(thread: Thread) -> Iterator[str]:
    """Yield the reports that a thread is of, or that its thing names."""
    if thread.kind == "disclosure":
        yield thread.key
    elif thread.kind in ("obligation", "approval"):
        state: Any = thread.state()
        named = (
            (state.used_by,)
            if thread.kind == "approval"
            else (state.fulfilled_by, state.key.rpartition(":")[0])
        )
        yield from filter(None, named)
