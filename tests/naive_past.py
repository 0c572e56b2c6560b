"""What was recorded up to a position, for whoever reads all of it for each question."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.appeal import AppealDecided
from domain.person import PositionAssumed, PositionChanged, PositionVacated
from domain.promotion.facts import Question
from domain.record import Recorded
from domain.regime.parse import parse
from domain.regime.types import Rulebook
from domain.rulebook import RulebookDrafted, RulebookPublished

Told = tuple[str, str, str, str]  # effect, source, key, code
Records = Sequence[Recorded[Any]]


@dataclass
class Naive:
    """What was recorded up to a position, and what is found in it to a question."""

    records: Records
    asked: Question
    found: dict[Told, tuple[date | None, date | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.day = self.asked.as_of
        self.mine = [r for r in self.records if r.subject == self.asked.person]
        self.law = self.in_force(self.asked.rulebook)

    def add(
        self,
        effect: str,
        source: str,
        key: str,
        code: str,
        until: date | None = None,
        review: date | None = None,
    ) -> None:
        self.found[effect, source, key, code] = (until, review)

    # The law, and who somebody is.

    def in_force(self, rulebook: str) -> Rulebook:
        begins = {
            r.fact.version: r.fact.effective_from
            for r in self.of_law(rulebook)
            if isinstance(r.fact, RulebookPublished)
            and r.fact.effective_from <= self.day
        }
        return self.book(rulebook, max(begins, key=lambda n: begins[n]))

    def of_law(self, rulebook: str) -> Records:
        drafts = [r for r in self.records if isinstance(r.fact, RulebookDrafted)]
        streams = {r.originator_id for r in drafts if r.fact.rulebook == rulebook}
        return [r for r in self.records if r.originator_id in streams]

    def book(self, rulebook: str, version: int) -> Rulebook:
        texts = [
            r.fact.text
            for r in self.of_law(rulebook)
            if isinstance(r.fact, RulebookDrafted) and r.fact.version == version
        ]
        return parse(texts[-1])

    def cited(self, fact: Any) -> Rulebook:
        return self.book(fact.cited.rulebook, fact.cited.version)

    def posts(self) -> list[Any] | None:  # noqa: C901  it is plain on purpose
        posts: list[dict[str, Any]] = []
        for record in self.mine:
            fact = record.fact
            if isinstance(fact, PositionChanged | PositionVacated):
                end = getattr(fact, "from_on", None) or getattr(fact, "on", None)
                for post in posts:
                    if post["post"] == fact.post and post["end"] is None:
                        post["end"] = end
            if isinstance(fact, PositionAssumed | PositionChanged):
                posts.append({"post": fact.post, "end": None, "fact": fact})
        begun = [p for p in posts if p["fact"].from_on <= self.day]
        if not begun:
            return None
        held = [p for p in begun if p["end"] is None or self.day < p["end"]]
        first = max(p["fact"].from_on for p in begun)
        last = next(p for p in begun if p["fact"].from_on == first)
        return [p["fact"] for p in held or [last]]

    def wants(self) -> set[str]:
        purpose, level = self.asked.purpose, self.asked.level
        if purpose == "promotion" and self.asked.ladder == "pay_step":
            return {"pay_step"}
        same = {"equal_post", "transfer"}
        if purpose == "promotion":
            levels = {"higher": {"promotion", "equal_post"}, "equal": same}
            return levels.get(level, {"transfer"})
        return {purpose} | (same if purpose in ("equal_post", "further_use") else set())

    def blocked(self, blocks: Iterable[str], ladders: Iterable[str] = ()) -> bool:
        move = self.asked.purpose in ("promotion", "equal_post", "further_use")
        elsewhere = move and ladders and self.asked.ladder not in ladders
        return bool(self.wants() & set(blocks)) and not elsewhere

    def fallen(self) -> set[str]:
        """Return the findings and measures that a decision on appeal has undone."""
        decided = (r.fact for r in self.mine if isinstance(r.fact, AppealDecided))
        return {name for fact in decided for name in fact.undone}

    def by(self, name: str, *kinds: type[Any]) -> dict[str, Records]:
        """Return the person's facts of some kinds, by what they name."""
        found = defaultdict(list)
        for record in self.mine:
            if isinstance(record.fact, kinds) and hasattr(record.fact, name):
                found[getattr(record.fact, name)].append(record)
        return dict(found)


def recorded_on(record: Recorded[Any]) -> date:
    return record.recorded_at.date()
