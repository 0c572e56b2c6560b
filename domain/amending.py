"""What a declarant asks of a report already filed: to amend it, or to withdraw it."""

from collections.abc import Iterable, Iterator
from datetime import date

from domain.conflict import refuse_own_receipt, refuse_stranger
from domain.disclosure import (
    CertificationWithdrawn,
    DeficiencyCured,
    Disclosure,
    DisclosureAmended,
    DisclosureWithdrawn,
    Filing,
    filed,
    under_review,
)
from domain.duties import ReopenObligation
from domain.errors import Invalid, WrongStage
from domain.filing import FilingCommand
from domain.matter import (
    EVENTS,
    Item,
    anchor_names,
    deficiencies,
    events,
    gaps,
    local_day,
    opened,
    read_items,
    refuse_others,
    where,
)
from domain.record import Decision, Given
from domain.regime.form import anchors, flags
from domain.regime.types import Rule, Rulebook
from domain.rulebook import cited
from domain.sealing import sealed_in

DESTROYED = "what was destroyed after its retention is gone for good"


class AmendDisclosure(FilingCommand):
    """State all items as they should read. The original stays; certification lapses.

    An event that was left out and is added now is late or in time by the day on which
    the amendment is received. `received_on` is given for an amendment on paper.
    """

    items: tuple[Item, ...]
    received_on: date | None = None

    def decide(self, disclosure: Disclosure, given: Given) -> Decision:
        filing = self.amendable(disclosure, given)
        refuse_destroyed(disclosure)
        book, rule = cited(given, filing.cited)
        received_on = self.received(given, filing, local_day(book, given.at))
        items = read_items(rule, self.items, received_on)
        if items == disclosure.items:
            return
        if len(items) < len(disclosure.items):
            reason = "an event may be corrected, not left out"
            raise Invalid("items", reason, rule=str(filing.cited))
        refuse_others(rule, filing.obligation, items)
        if disclosure.stage == "certified":
            yield CertificationWithdrawn()
        warned = [flag for item in items for flag in flags(rule, item)]
        warned += moved(rule, disclosure.items, items)
        yield DisclosureAmended(
            items=items,
            received_on=received_on,
            flags=tuple(warned),
            subject=filing.subject,
            relative=filing.relative,
            confidentiality=filing.confidentiality,
            classes=filing.classes,
        )
        yield from self.cures(disclosure, book, rule, items, received_on)
        if rule.trigger in EVENTS and not filing.obligation:
            start = len(disclosure.items)
            yield from events(rule, filing, items, received_on, start=start)
        yield from opened(book, rule, filing, items, received_on)

    def amendable(self, disclosure: Disclosure, given: Given) -> Filing:
        filing = filed(disclosure, self.disclosure)
        refuse_stranger(given, filing.person)
        if disclosure.stage not in ("filed", "certified"):
            raise WrongStage(
                f"the disclosure is {disclosure.stage}", rule=str(filing.cited)
            )
        return filing

    def received(self, given: Given, filing: Filing, today: date) -> date:
        received_on = self.received_on or today
        if received_on != today:
            refuse_own_receipt(given, filing.person)
        if not filing.received_on <= received_on <= today:
            reason = f"it must lie between {filing.received_on} and {today}"
            raise Invalid("received_on", reason, rule=str(filing.cited))
        return received_on

    def cures(
        self,
        disclosure: Disclosure,
        book: Rulebook,
        rule: Rule,
        items: tuple[Item, ...],
        received_on: date,
    ) -> Decision:
        """Cure what is no longer missing, and note what is missing now and was not."""
        missing = numbered(gaps(rule, items))
        known = numbered(gaps(rule, disclosure.items))
        for deficiency in disclosure.deficiencies:
            noted = numbered(deficiency.fields)
            if known & noted and not missing & noted:
                yield DeficiencyCured(number=deficiency.number)
        if missing - known:
            yield from deficiencies(
                book, rule, items, received_on, after=disclosure.noted
            )


def refuse_destroyed(disclosure: Disclosure) -> None:
    """Raise if nobody can tell any more what was filed: its key was destroyed."""
    for item in disclosure.items:
        if any(sealed_in(value) for value in item.values()):
            raise WrongStage(
                "its contents were destroyed: file a new report", rule=DESTROYED
            )


def numbered(fields: Iterable[str]) -> set[str]:
    """Return the fields under the names that they have beside further items."""
    return {f if f.startswith("items[") else f"items[0].{f}" for f in fields}


def moved(
    rule: Rule, before: tuple[Item, ...], after: tuple[Item, ...]
) -> Iterator[str]:
    """Yield a warning for each date that was judged by and reads differently now.

    Whether the event was reported late is not judged anew by what its declarant says
    afterwards: a reviewer has to look.
    """
    for nth, (old, new) in enumerate(zip(before, after, strict=False)):
        then, now = anchors(rule, old), anchors(rule, new)
        for name in sorted(anchor_names(rule.due) & then.keys()):
            today = now.get(name, "left out")
            if today != then[name]:
                field = where(nth, len(after)) + name
                yield f"{field} was {then[name]}, by which it was judged; now {today}"


class WithdrawDisclosure(FilingCommand):
    """Take a report back, saying why: what it fulfilled is open again."""

    def decide(self, disclosure: Disclosure, given: Given) -> Decision:
        filing = filed(disclosure, self.disclosure)
        refuse_stranger(given, filing.person)
        under_review(disclosure, self.disclosure)
        if not self.reason:
            raise Invalid("reason", "say why", rule=str(filing.cited))
        yield DisclosureWithdrawn()
        for obligation in disclosure.obligations():
            yield ReopenObligation(obligation=obligation, disclosure=self.disclosure)
