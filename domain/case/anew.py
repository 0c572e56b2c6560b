"""What was decided without a sanction and is decided anew: it leads to none (I3)."""

from collections.abc import Iterator

from domain.appeal import Appeal, AppealLodged, appeal_stream
from domain.case.case import Case
from domain.case.facts import CaseFinding
from domain.case.procedure import CaseCommand, Law
from domain.errors import NotAllowed
from domain.proceedings import proceedings_of
from domain.record import Given
from domain.rulebook import Regime, regime_stream
from domain.sanction.conduct import findings_in, same_act
from domain.sanction.imposing import Sanctioning

ANEW = "what is decided anew after an appeal is never heavier than what was undone"


def refuse_heavier_anew(
    command: CaseCommand, given: Given, person: str, law: Law, asked: Sanctioning
) -> None:
    """Raise if conduct is sanctioned of which an appeal undid that it was not (I3).

    So nobody who asks for more than no sanction comes away with one, in this case or in
    another. How heavy a sanction may be that takes the place of one is for its record:
    see `domain.sanction.undone`.
    """
    spared = list(unsanctioned(given, person, law))
    case = given.look(Case(), command.stream)
    found = {each.finding: each for each in case.findings}
    for one in asked.determined:
        known = found.get(one.finding)
        for before in spared:
            if known and same_act(known, before.conduct, before):
                reason = f"{before.conduct} was decided without a sanction, and that"
                reason += " was undone on appeal: it leads to none now"
                raise NotAllowed(reason, rule=law.rule(ANEW))


def unsanctioned(given: Given, person: str, law: Law) -> Iterator[CaseFinding]:
    """Yield what fell, on this track, with a decision that imposed no sanction."""
    for name in proceedings_of(given, person).of("appeal"):
        appeal = given.look(Appeal(), appeal_stream(name))
        if appeal.lodged and appeal.decided and on_track(given, appeal.lodged, law):
            known = findings_in(given, appeal.lodged.case)
            undone = appeal.decided.undone
            yield from (known[name] for name in undone if name in known)


def on_track(given: Given, lodged: AppealLodged, law: Law) -> bool:
    regime = given.look(Regime(), regime_stream(lodged.cited.rulebook))
    track = regime.version(lodged.cited.version).track
    return track is not None and track.id == law.track.id
