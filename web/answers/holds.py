"""What is shown of a hold: what, why, until what, and when it is looked at again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from domain.access import DECLARANT
from domain.errors import Unknown
from domain.hold import Hold, Holds
from domain.record import Text
from web.answers.answer import Answer, Citation, cited, taken
from web.answers.events import History, history
from web.auth import asked
from web.matters import Matter


class OverrideShown(Answer):
    """An override for one action, and who proposed it."""

    override: str
    target: str
    text: Text | None
    proposed_by: str


class HoldRecord(Answer):
    """A hold. Where it is `overdue` nobody has reviewed it in time; it stands.

    `proposed` are the overrides that wait for a second person, `overridden` those that
    were agreed to and not used up yet.
    """

    id: str
    version: int
    person: str
    type: str
    basis: str
    target: str | None
    blocks: Sequence[str]
    cited: Citation
    text: Text
    release: Text
    from_on: date
    notified_on: date | None
    review_on: date
    overdue: bool
    lifted_on: date | None
    proposed: Sequence[OverrideShown]
    overridden: Sequence[OverrideShown]


def hold(matter: Matter) -> HoldRecord:
    """Show a hold: what, on what ground, until what, and when it is reviewed."""
    state: Holds = matter.state
    found = named(matter)
    today = datetime.now(UTC).date()
    shown: HoldRecord = taken(
        HoldRecord,
        matter,
        found,
        found.placed,
        cited=cited(found.placed.cited),
        overdue=found.lifted_on is None and found.review_on < today,
        proposed=overrides(matter, state.proposed),
        overridden=overrides(matter, state.overridden),
    )
    return shown


def hold_history(matter: Matter) -> History:
    """Show all that happened to one hold; what else the person has is left out."""
    named(matter)
    own = [r for r in matter.history if getattr(r.fact, "hold", None) == matter.id]
    return history(replace(matter, history=own))


def named(matter: Matter) -> Hold:
    """Return the hold; raise as if there were none to whom it was not told yet."""
    found: Hold = matter.state.named(matter.id)
    concerned = asked().grant.role == DECLARANT or asked().actor.on_behalf_of
    if concerned and not found.told:
        raise Unknown("hold", matter.id)
    return found


def overrides(matter: Matter, known: Sequence[object]) -> list[OverrideShown]:
    mine = [each for each in known if getattr(each, "hold", None) == matter.id]
    return [taken(OverrideShown, each) for each in mine]
