"""What the log says of the reports that were just taken."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from domain.casework import Casework
from domain.disclosure import Disclosure, PaperDisclosureRecorded
from domain.obligation import ObligationFulfilledLate, ObligationRaised
from domain.view import View
from web.intake.outcome import Sums


def add_up(sums: Sums, casework: Casework, reports: Sequence[UUID]) -> None:
    """Add to *sums* the reports of these streams, their events, and the late ones."""
    view = View(casework.read)
    view.fetch(reports)
    filed = [view.state(Disclosure(), stream) for stream in reports]
    duties = [duty for disclosure in filed for duty in disclosure.obligations()]
    view.fetch(duties)
    sums.taken += len(filed)
    sums.events += sum(len(disclosure.items) for disclosure in filed)
    for disclosure in filed:
        paper = isinstance(disclosure.filing, PaperDisclosureRecorded)
        sums.on_paper_unknown += paper and not disclosure.items
        sums.left_without_events += not (paper or disclosure.items)
    for duty in duties:
        facts = [record.fact for record in view.history(duty)]
        sums.without_duty += not holds(facts, ObligationRaised)
        sums.late += holds(facts, ObligationFulfilledLate)


def holds(facts: Iterable[object], kind: type) -> bool:
    return any(isinstance(fact, kind) for fact in facts)
