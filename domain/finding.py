"""A finding: what somebody concludes, with class, mental element and reasons."""

from collections.abc import Iterator
from datetime import date
from typing import Literal, get_args

from domain.errors import Invalid, NotAllowed
from domain.proceedings import Said
from domain.record import Citation, Given, Text
from domain.records.words import demand, one_of
from domain.regime.scrutiny import Consequence, FindingClass, Mental, Presumption
from domain.regime.types import Rulebook

FOUNDED = "a finding says its class, its mental element, its reasons and the excuse"
INTENT = "concealment is found only with reasons on intent"
NEGLIGENT = "what was left out with intent is concealed, not omitted"
HUMAN = "what somebody is found to have done, somebody finds: no machine does"
# What is said in every finding, and in one that puts it in a class of non-compliance.
SAID = ("finding", "conduct", "standard", "reasons")
Most = Literal["none", "measure", "sanction"]


class Finding(Said):
    """What somebody found, in a verification or in a case; never a machine.

    Attributes:
        finding: which one: "verification:ID:1" or "case:ID:1".
        conduct: the conduct that it is about; one conduct may be looked at in several
            cases and is sanctioned once a track.
        class_: the class of non-compliance; None for a violation of another kind.
        mental: negligence, intent, or none that was needed.
        standard: the standard of proof that was met, as the office calls it.
        reasons: why it is found.
        on_intent: what speaks for intent, or against it: demanded for concealment, and
            where a presumption is rebutted.
        presumed: the rulebook's presumption that was applied or rebutted.
        justification: the excuse that was considered, or that there was none.
        disclosures, discrepancies: what it rests on.
        supervises: the findings on subordinates, of a finding on who led them.
        conduct_from, conduct_to: the first and the last day of the conduct.
    """

    finding: str
    conduct: str
    class_: FindingClass | None
    mental: Mental
    standard: Text
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
    on_intent: Text | None = None


def refuse_unfounded(book: Rulebook | None, finding: Finding) -> None:
    """Raise `Invalid` naming the field, unless the finding says all that it must.

    *book* is the rulebook whose classes and presumptions count (its section on
    verification); None, or one without that section, where none has any.
    """
    for field in SAID:
        demand(field, getattr(finding, field), what="say it", rule=FOUNDED)
    one_of("mental", finding.mental, get_args(Mental), rule=FOUNDED)
    if finding.class_ is None:
        what = "say what was violated, or which class of non-compliance it is"
        demand("violation", finding.violation, what=what, rule=FOUNDED)
    else:
        refuse_unclassed(book, finding)
    refuse_presumption(book, finding)
    start, end = finding.conduct_from, finding.conduct_to
    if end and (start is None or end < start):
        raise Invalid("conduct_to", "it comes before the first day", rule=FOUNDED)


def refuse_unclassed(book: Rulebook | None, finding: Finding) -> None:
    """Raise unless class and mental element go together, and an excuse was weighed."""
    one_of("class", str(finding.class_), get_args(FindingClass), rule=FOUNDED)
    weighed = "say which excuse was considered, or that there was none"
    demand("justification", finding.justification, what=weighed, rule=FOUNDED)
    if finding.class_ == "concealment":
        if finding.mental != "intent":
            raise Invalid("mental", "concealment is intended", rule=INTENT)
        what = "say what speaks for intent"
        demand("on_intent", finding.on_intent, what=what, rule=INTENT)
    if finding.class_ == "omission" and finding.mental == "intent":
        raise Invalid("mental", "an omission is not intended", rule=NEGLIGENT)
    listed = consequences_of(book, finding.class_)
    takes = [each.mental for each in listed]
    if listed and None not in takes and finding.mental not in takes:
        wanted = " or ".join(str(mental) for mental in takes)
        reason = f"{finding.class_} takes {wanted}, not {finding.mental}"
        raise Invalid("mental", reason, rule=bases(listed[0]) or FOUNDED)


def refuse_presumption(book: Rulebook | None, finding: Finding) -> None:
    """Raise unless the presumption is known, and rebutted with reasons if it is."""
    if finding.presumed is None:
        return
    known = {each.id: each for each in presumptions(book)}
    one_of("presumed", finding.presumed, known, rule=FOUNDED)
    deemed = known[finding.presumed]
    if deemed.class_ != finding.class_:
        what = f"it is generally deemed {deemed.class_}: say why it is not, here"
        rule = bases(deemed) or FOUNDED
        demand("on_intent", finding.on_intent, what=what, rule=rule)


def refuse_machine(given: Given) -> None:
    """Raise `NotAllowed` where a program, and no person, would find something."""
    if given.by.role in ("scheduler", "import"):
        raise NotAllowed(f"{given.by.id} is no person", rule=HUMAN)


def consequences_of(
    book: Rulebook | None, class_: FindingClass | None
) -> tuple[Consequence, ...]:
    """Return what the rulebook says can follow from a class, by mental element."""
    known = book.verification.consequences if book and book.verification else ()
    return tuple(each for each in known if each.class_ == class_)


def consequence_of(
    book: Rulebook | None, class_: FindingClass | None, mental: Mental
) -> Consequence | None:
    """Return what can follow from a finding: what names its mental element first."""
    listed = consequences_of(book, class_)
    exact = [each for each in listed if each.mental == mental]
    whatever = [each for each in listed if each.mental is None]
    return next(iter((*exact, *whatever)), None)


def most_allowed(
    book: Rulebook | None,
    class_: FindingClass | None,
    mental: Mental | None = None,
) -> Most:
    """Return the most that a finding of this class can lead to (I6).

    It is what the rulebook says, and never a sanction for an omission. Of what it says
    nothing about, and of violations that are in no class, nothing is kept from anybody
    who decides. Where no mental element is given, the most of all of them.
    """
    listed = consequences_of(book, class_)
    if mental and (known := consequence_of(book, class_, mental)):
        listed = (known,)
    order = get_args(Most)
    most: Most = max(
        (each.at_most for each in listed), key=order.index, default="sanction"
    )
    return "measure" if class_ == "omission" and most == "sanction" else most


def presumptions(book: Rulebook | None) -> Iterator[Presumption]:
    """Yield what the rulebook generally deems to be what."""
    yield from book.verification.presumptions if book and book.verification else ()


def bases(part: Consequence | Presumption) -> str:
    return "; ".join(basis.cite for basis in part.legal_basis)
