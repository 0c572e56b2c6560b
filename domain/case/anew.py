"""What a case that was remitted on appeal may lead to: nothing heavier than before."""

from domain.case.facts import CaseReopened
from domain.case.notice import heavier
from domain.case.procedure import CaseCommand, Law
from domain.errors import NotAllowed
from domain.record import Given
from domain.regime.calendar import shift
from domain.regime.duration import Duration
from domain.sanction.imposing import Sanctioning
from domain.sanction.sanctions import Sanction, Sanctions, sanctions_stream

ANEW = "what is decided anew after an appeal is never heavier than what was undone"


def refuse_heavier_anew(
    command: CaseCommand, given: Given, person: str, law: Law, asked: Sanctioning
) -> None:
    """Raise if a sanction outweighs the one that was undone for the same conduct (I3).

    Only after a remittal: what is alleged for the first time was never appealed.
    """
    if not remitted(command, given):
        return
    before = undone(given, command.case, person, law)
    for one in asked.determined:
        known = before.get(one.conduct)
        if known and outweighs(law, one.kind, asked.period, known):
            reason = f"{one.kind}: {known.terms.kind} was undone, and nothing heavier"
            raise NotAllowed(reason, rule=law.rule(ANEW))


def remitted(command: CaseCommand, given: Given) -> bool:
    """Return whether an appeal has had the case reopened."""
    facts = (record.fact for record in given.history(command.stream))
    return any(isinstance(fact, CaseReopened) and fact.appeal for fact in facts)


def undone(given: Given, case: str, person: str, law: Law) -> dict[str, Sanction]:
    """Return what was quashed in the case, by the conduct that it was for."""
    stream = sanctions_stream(person, law.track.id)
    return {
        one.conduct: known
        for known in given.look(Sanctions(), stream).sanctions
        if known.imposed.case == case and known.status == "quashed"
        for one in known.imposed.determined
    }


def outweighs(law: Law, kind: str, period: str | None, known: Sanction) -> bool:
    if heavier(law, kind, known.terms.kind):
        return True
    if kind != known.terms.kind or period is None or known.terms.period is None:
        return False
    days = [
        shift(law.today, Duration(each), law.book.calendar)
        for each in (period, known.terms.period)
    ]
    return days[0] > days[1]
