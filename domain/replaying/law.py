"""What follows from rulebooks at once: leave, campaigns, and their own succession."""

from collections.abc import Iterator, Mapping

from domain.approval import ApprovalRequested, DeviationReported
from domain.campaign import CampaignLaunched
from domain.conflict import deciding_unit
from domain.matter import classes, in_force
from domain.person import person_named
from domain.record import Fact
from domain.regime.calendar import shift
from domain.regime.deadline import due_on
from domain.replaying.moment import SEALED, Hidden, Moment, Part, Recompute, each
from domain.rulebook import (
    Regime,
    RulebookPublished,
    RulebookSuperseded,
    cite,
    rule_of,
)


def asked(moment: Moment) -> Iterator[Part]:
    """Compute who decides on leave, and by when."""
    fact: ApprovalRequested = moment.fact
    today = moment.at.date()
    regime = moment.regime(fact.cited.rulebook)
    book = in_force(regime, fact.cited.rulebook, today)
    rule = rule_of(book, fact.cited.rule)
    within = rule.approval and rule.approval.decide_within
    yield from each(
        fact,
        str(cite(book, rule)),
        cited=cite(book, rule),
        category=rule.category,
        confidentiality=rule.classes.default if rule.classes else "confidential",
        classes=classes(rule),
        addressed_to=deciding_unit(moment, person_named(moment, fact.person)),
        decide_by=shift(today, within, book.calendar) if within else None,
    )


def deviated(moment: Moment) -> Iterator[Part]:  # noqa: ARG001  nothing of it is open
    """Say that what was done is sealed, and so is what was approved."""
    yield Hidden("fields", SEALED)


def launched(moment: Moment) -> Iterator[Part]:
    """Compute until when a campaign's duty can be fulfilled."""
    fact: CampaignLaunched = moment.fact
    regime = moment.regime(fact.cited.rulebook)
    book = in_force(regime, fact.cited.rulebook, fact.launched_on)
    rule = rule_of(book, fact.cited.rule)
    due = due_on(rule, book, {"launched_on": fact.launched_on})
    citation = cite(book, rule)
    yield from each(fact, str(citation), cited=citation, due_on=due)


def published(moment: Moment) -> Iterator[Part]:
    """Read again from when on a version is in force."""
    fact: RulebookPublished = moment.fact
    book = moment.own(Regime()).version(fact.version)
    rule = f"{book.id} v{book.version}"
    yield from each(fact, rule, effective_from=book.effective_from)


def superseded(moment: Moment) -> Iterator[Part]:
    """Compute which version gave way, and when."""
    fact: RulebookSuperseded = moment.fact
    regime = moment.own(Regime())
    earlier = [n for n in regime.published if n < fact.by_version]
    book = regime.version(fact.by_version)
    yield from each(
        fact,
        f"{book.id} v{book.version}",
        version=max(earlier, default=0),
        from_on=book.effective_from,
    )


RECOMPUTE: Mapping[type[Fact], Recompute] = {
    ApprovalRequested: asked,
    DeviationReported: deviated,
    CampaignLaunched: launched,
    RulebookPublished: published,
    RulebookSuperseded: superseded,
}
