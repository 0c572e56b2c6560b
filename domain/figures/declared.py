"""Reports and duties, as they are counted."""

from collections.abc import Iterator

from domain.disclosure import (
    CertificationWithdrawn,
    DisclosureCertified,
    DisclosureClosedUncertified,
    DisclosureFiled,
    DisclosureWithdrawn,
    PaperDisclosureRecorded,
)
from domain.figures.matters import Changes, Live, Matter, Told, moved, to
from domain.obligation import (
    ExtensionGranted,
    FulfilmentWithdrawn,
    ObligationBecameOverdue,
    ObligationCancelled,
    ObligationFulfilled,
    ObligationFulfilledLate,
    ObligationRaised,
    ObligationWaived,
)

OPEN, OVERDUE = "obligation.open", "obligation.overdue"


def filed(told: Told, live: Live) -> Iterator[Matter]:  # noqa: ARG001  it is the first
    fact = told.fact
    yield Matter(
        part="",
        standing="disclosure.filed",
        person=fact.person,
        day=fact.received_on,
        category=fact.category,
    )


def raised(told: Told, live: Live) -> Iterator[Matter]:  # noqa: ARG001  it is the first
    fact = told.fact
    yield Matter(
        part="",
        standing=OPEN,
        person=fact.person,
        day=fact.due_on,
        category=fact.category,
    )


def overdue(_: Told, live: Live) -> Iterator[Matter]:
    return moved(live, "", standing=OVERDUE, marked=True)


def extended(told: Told, live: Live) -> Iterator[Matter]:
    return moved(live, "", standing=OPEN, marked=False, day=told.fact.until)


def reopened(_: Told, live: Live) -> Iterator[Matter]:
    """Open it again; one that was found overdue is so again."""
    marked = "" in live and live[""].marked
    return moved(live, "", standing=OVERDUE if marked else OPEN)


PLACING: Changes = {
    DisclosureFiled: filed,
    PaperDisclosureRecorded: filed,
    ObligationRaised: raised,
    ExtensionGranted: extended,
}
CHANGES: Changes = {
    **PLACING,
    DisclosureCertified: to("disclosure.certified"),
    CertificationWithdrawn: to("disclosure.filed"),
    DisclosureClosedUncertified: to("disclosure.closed"),
    DisclosureWithdrawn: to("disclosure.withdrawn"),
    ObligationBecameOverdue: overdue,
    ObligationFulfilled: to("obligation.fulfilled"),
    ObligationFulfilledLate: to("obligation.fulfilled_late"),
    FulfilmentWithdrawn: reopened,
    ObligationWaived: to("obligation.waived"),
    ObligationCancelled: to("obligation.cancelled"),
}
