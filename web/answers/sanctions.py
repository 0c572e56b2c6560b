"""What is shown of sanctions, of what became of them, and of measures."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from domain.access import DECLARANT
from domain.case.case import Case, case_stream
from domain.errors import Unknown
from domain.record import Text
from domain.sanction.facts import ReleaseWithheld, Status
from domain.sanction.sanctions import Sanction, Sanctions
from web.answers.answer import Answer, Citation, cited, taken
from web.answers.events import History, history
from web.auth import asked
from web.matters import Matter
from web.wiring import desk


class DeterminedShown(Answer):
    """What one conduct deserves by itself."""

    finding: str
    conduct: str
    violation: str
    tier: str
    kind: str


class ReparationShown(Answer):
    """What is to be made good, and by when."""

    task: str
    due_on: date
    cited: Citation


class ChangeShown(Answer):
    """What HR is to carry out by `due_on`, and by `at_most` at the latest."""

    due_on: date
    at_most: date | None
    cited: Citation


class WithheldShown(Answer):
    """Its release is withheld while this case is open; null: not told yet."""

    on: date
    case: str | None
    cited: Citation


class SanctionRecord(Answer):
    """A sanction as it stands: how long it runs, what it blocks, and by which rule.

    It blocks from `from_on` up to, not including, `until_on`; null there is a dismissal
    or the like, or a probation, which ends at `term_until` at the earliest. `basis` is
    how it was worked out, `remainder_of` the sanction whose remainder was added.
    """

    id: str
    version: int
    person: str
    track: str
    case: str
    status: Status
    kind: str
    decided_on: date
    from_on: date
    until_on: date | None
    period: str | None
    term_until: date | None
    restored_on: date | None
    for_ever: bool
    blocks: Sequence[str]
    ladders: Sequence[str]
    basis: str
    remainder_of: str | None
    capped: bool
    cited: Citation
    determined: Sequence[DeterminedShown]
    mitigating: Sequence[str]
    aggravating: Sequence[str]
    conduct_from: date | None
    text: Text
    withheld: WithheldShown | None
    reparations: Sequence[ReparationShown]
    change: ChangeShown | None


class MeasureRecord(Answer):
    """A measure: not a sanction. It blocks what it says, if anything, until its end."""

    id: str
    version: int
    person: str
    track: str
    not_a_sanction: Literal[True]
    kind: str
    decided_on: date
    until_on: date | None
    blocks: Sequence[str]
    findings: Sequence[str]
    case: str | None
    cited: Citation
    text: Text


def sanction(matter: Matter) -> SanctionRecord:
    """Show a sanction as it stands."""
    state: Sanctions = matter.state
    found = state.find(matter.id)
    if found is None:
        raise Unknown("sanction", matter.id)
    shown: SanctionRecord = taken(
        SanctionRecord,
        matter,
        found.terms,
        found.imposed,
        status=found.status,
        cited=cited(found.terms.cited),
        determined=[taken(DeterminedShown, each) for each in found.imposed.determined],
        withheld=withheld(found),
        reparations=[owed(ReparationShown, each) for each in found.tasks],
        change=owed(ChangeShown, found.change) if found.change else None,
    )
    return shown


def owed(kind: type[Any], task: Any) -> Any:
    return taken(kind, task, cited=cited(task.cited))


def withheld(found: Sanction) -> WithheldShown | None:
    if found.withheld is None:
        return None
    case = found.withheld.case if told_of(found.withheld) else None
    shown: WithheldShown = taken(
        WithheldShown, found.withheld, case=case, cited=cited(found.withheld.cited)
    )
    return shown


def told_of(fact: ReleaseWithheld) -> bool:
    """Return whether who asks may know of the case for which it is withheld."""
    if asked().grant.role != DECLARANT:
        return True
    return desk().casework.look(Case(), case_stream(fact.case)).told


def sanction_history(matter: Matter) -> History:
    """Show all that happened to one sanction: who did what, when, and why."""
    sanction(matter)
    ours = [
        record
        for record in matter.history
        if getattr(record.fact, "sanction", None) == matter.id
        and (not isinstance(record.fact, ReleaseWithheld) or told_of(record.fact))
    ]
    return history(Matter(matter.id, matter.version, matter.state, ours))


def measure(matter: Matter) -> MeasureRecord:
    """Show a measure, which is not a sanction."""
    state: Sanctions = matter.state
    found = [known for known in state.measures if known.measure == matter.id]
    if not found:
        raise Unknown("measure", matter.id)
    shown: MeasureRecord = taken(
        MeasureRecord,
        matter,
        found[0],
        not_a_sanction=True,
        cited=cited(found[0].cited),
    )
    return shown
