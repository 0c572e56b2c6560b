"""What a track sanctioned before: never once more; what is done again weighs more."""

from collections.abc import Collection, Sequence

from domain.errors import Invalid, WrongStage
from domain.finding import Finding
from domain.regime.types import Rulebook
from domain.sanction.conduct import same_conduct
from domain.sanction.facts import Determined
from domain.sanction.founding import Findings
from domain.sanction.law import rule_on, track_of
from domain.sanction.sanctions import Sanctions

ONCE = "one conduct is sanctioned once on a track"


def refuse_again(
    book: Rulebook, state: Sanctions, determined: Sequence[Determined]
) -> None:
    """Raise where this track has sanctioned the conduct before (I4)."""
    names = [same_conduct(one.conduct) for one in determined]
    rule = f"{rule_on(book)}: {ONCE}"
    for one, name in zip(determined, names, strict=True):
        if names.count(name) > 1:
            reason = f"{one.conduct} stands there twice"
            raise Invalid("determined", reason, rule=rule)
        if name in state.conducts():
            reason = f"{one.conduct} was sanctioned on this track before"
            raise WrongStage(reason, rule=rule)


def refuse_no_period(
    book: Rulebook, state: Sanctions, said: Collection[str], findings: Findings
) -> None:
    """Raise where it is said to aggravate that a sanction ran, and none did."""
    for ground in track_of(book).aggravating:
        if ground.within_period and ground.id in said:
            if any(within_period(state, each) for each in findings.values()):
                continue
            reason = f"{ground.id}: no sanction ran when it was done, with intent"
            rule = rule_on(book, ground.legal_basis)
            raise Invalid("aggravating", reason, rule=rule)


def within_period(state: Sanctions, finding: Finding) -> bool:
    """Return whether what was found was intended, and done while a sanction ran."""
    day = finding.conduct_to or finding.conduct_from
    if finding.mental != "intent" or day is None:
        return False
    return any(
        known.terms.from_on <= day
        and (known.terms.until_on is None or day < known.terms.until_on)
        for known in state.sanctions
        if known.status != "quashed"
    )
