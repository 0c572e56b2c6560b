"""A finding: what somebody concludes, with class, mental element and reasons."""

from datetime import date

from domain.proceedings import Said
from domain.record import Citation, Text
from domain.regime.scrutiny import FindingClass, Mental


class Finding(Said):
    """What somebody found, in a verification or in a case; never a machine.

    Attributes:
        finding: which one: "verification:ID:1" or "case:ID:1".
        conduct: the conduct that it is about; one conduct may be looked at in several
            cases and is sanctioned once a track.
        class_: the class of non-compliance; None for a violation of another kind.
        mental: negligence, intent, or none that was needed.
        standard: the standard of proof that was met, as the office calls it.
        reasons: why; on intent as well, where it was found.
        presumed: the rulebook's presumption that was applied or rebutted.
        justification: the excuse that was considered.
        disclosures, discrepancies: what it rests on.
        supervises: the findings on subordinates, of a finding on who led them.
        conduct_from, conduct_to: the first and the last day of the conduct.
    """

    finding: str
    conduct: str
    class_: FindingClass | None
    mental: Mental
    standard: str
    reasons: Text
    cited: Citation
    violation: str | None = None
    presumed: str | None = None
    justification: Text | None = None
    disclosures: tuple[str, ...] = ()
    discrepancies: tuple[int, ...] = ()
    supervises: tuple[str, ...] = ()
    conduct_from: date | None = None
    conduct_to: date | None = None
