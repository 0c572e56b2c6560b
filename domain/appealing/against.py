"""What an appeal is against: a decision of a case, a sanction, an appeal before it."""

from collections.abc import Iterator
from datetime import date

from domain.appeal import Appeal, appeal_stream
from domain.case.case import Case, case_stream
from domain.case.facts import DecisionMade
from domain.errors import Incomplete, Unknown, WrongStage
from domain.proceedings import proceedings_of
from domain.record import Citation, Given
from domain.regime.discipline import AppealStage
from domain.regime.types import Rulebook
from domain.rulebook import Regime, regime_stream, title
from domain.sanction.law import track_of
from domain.sanction.sanctions import (
    Sanctions,
    sanctions_stream,
    stream_of_sanction,
)

AFTER_SERVICE = "time to appeal runs from the service of what is appealed against"
ONE_WAY = "one stage after another: what is pending or decided is not begun again"


def decided_case(given: Given, name: str, person: str) -> tuple[Case, DecisionMade]:
    """Return a case about the person, and its decision.

    Raises `Unknown` where there is none that they were told of, `WrongStage` if it is
    not decided.
    """
    case = given.look(Case(), case_stream(name))
    if case.opened is None or case.subject != person or not case.told:
        raise Unknown("case", name)
    if case.decision is None:
        reason = f"the case {name} is not decided"
        raise WrongStage(reason, rule=str(case.opened.cited))
    return case, case.decision


def decided_under(given: Given, decision: DecisionMade) -> Rulebook:
    """Return the edition that the decision cites: by it, it is appealed against too."""
    regime = given.look(Regime(), regime_stream(decision.cited.rulebook))
    return regime.version(decision.cited.version)


def only_sanction(given: Given, book: Rulebook, person: str, case: str) -> str | None:
    """Return the sanction of a case, where it need not be named; None: it has none."""
    stream = sanctions_stream(person, track_of(book).id)
    imposed = [
        sanction.id
        for sanction in given.look(Sanctions(), stream).sanctions
        if sanction.imposed.case == case and sanction.status != "quashed"
    ]
    if len(imposed) > 1:
        gaps = [f"sanction: name one of {', '.join(imposed)}"]
        raise Incomplete("the case imposed several", rule=title(book), gaps=gaps)
    return imposed[0] if imposed else None


def refuse_unknown(given: Given, case: str, sanction: str, book: Rulebook) -> None:
    """Raise unless the case imposed this sanction, and it stands."""
    stream = stream_of_sanction(sanction)
    known = given.look(Sanctions(), stream).find(sanction)
    if known is None or known.imposed.case != case:
        raise Unknown("sanction", sanction)
    if known.status == "quashed":
        raise WrongStage(f"{sanction} is quashed", rule=title(book))


def appeals_of(given: Given, person: str, case: str) -> Iterator[tuple[str, Appeal]]:
    """Yield all appeals that there ever were in a case, in the order of lodging."""
    for name in proceedings_of(given, person).of("appeal"):
        found = given.look(Appeal(), appeal_stream(name))
        if found.lodged and found.lodged.case == case:
            yield name, found


def appeals_against(
    given: Given, person: str, case: str, decision: int, sanction: str | None
) -> Iterator[tuple[str, Appeal]]:
    """Yield the appeals against one decision; not those that came out of time."""
    for name, appeal in appeals_of(given, person, case):
        lodged, same = appeal.lodged, (decision, sanction)
        if (
            lodged
            and not appeal.rejected
            and (lodged.decision, lodged.sanction) == same
        ):
            yield name, appeal


def counted_from(
    case: Case,
    chain: tuple[tuple[str, Appeal], ...],
    stage: AppealStage,
    citation: Citation,
) -> tuple[date, dict[str, date], str | None]:
    """Return from when time ran, the last days the person was told, the appeal before.

    Raises `WrongStage` where the stage is not open: what it is against was not served,
    or another stage is.
    """
    if chain:
        return counted_after(*chain[-1], stage)
    if stage.after:
        wanted = " or ".join(stage.after)
        raise WrongStage(f"{stage.id} comes after {wanted}", rule=str(citation))
    if case.served is None:
        raise WrongStage("the decision was not served yet", rule=AFTER_SERVICE)
    return case.served.served_on, dict(case.served.appeal_by), None


def counted_after(
    name: str, appeal: Appeal, stage: AppealStage
) -> tuple[date, dict[str, date], str]:
    """Return the same of a stage that comes after the appeal with this name."""
    if appeal.decided is None or appeal.lodged is None:
        raise WrongStage(f"the appeal {name} is pending", rule=ONE_WAY)
    if appeal.lodged.stage not in stage.after:
        reason = f"{stage.id} does not come after {appeal.lodged.stage}"
        raise WrongStage(reason, rule=ONE_WAY)
    if appeal.served_on is None:
        raise WrongStage(f"the decision on {name} was not served", rule=AFTER_SERVICE)
    return appeal.served_on, dict(appeal.appeal_by), name
