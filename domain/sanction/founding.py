"""What must have come before: a finding, a notice of it, an answer, and a decision."""

from collections.abc import Mapping
from datetime import date

from domain.case.case import Case, case_stream
from domain.case.facts import CaseFinding
from domain.errors import Incomplete, Invalid, NotAllowed, Unknown, WrongStage
from domain.finding import most_allowed
from domain.record import Given
from domain.records.words import demand
from domain.sanction.conduct import findings_in, same_conduct
from domain.sanction.facts import Determined
from domain.sanction.law import law_cited

FAIR = "nobody is sanctioned but after a finding, a notice and an answer or its waiver"
MEASURES = "what was left out by negligence leads to measures, never to a sanction"

Findings = Mapping[str, CaseFinding]
"""What a decision rests on: findings, by the conduct that they are about."""


def decided_case(given: Given, name: str, person: str) -> Case:
    """Return the case in which it was decided to sanction the person (I1).

    Raises:
        Unknown: there is no such case about them.
        WrongStage: nobody told them, they had not answered, or it is not decided so.
    """
    case = given.look(Case(), case_stream(name))
    if case.opened is None or case.opened.person != person:
        raise Unknown("case", name)
    if case.notice is None or not case.answered:
        reason = f"in case {name} no notice of the allegations was answered"
        raise WrongStage(reason, rule=FAIR)
    if case.decision is None or case.decision.closing != "sanction":
        raise WrongStage(f"case {name} was not decided with a sanction", rule=FAIR)
    return case


def founded(case: Case, determined: tuple[Determined, ...], text: str) -> Findings:
    """Return the findings by conduct; raise unless each is found, told and decided."""
    if not determined:
        gaps = ["determined: what each violation deserves by itself"]
        raise Incomplete("nothing is determined", rule=FAIR, gaps=gaps)
    demand("text", text, what="say why", rule=FAIR)
    decided = case.decision.findings if case.decision else ()
    told = case.notice.allegations if case.notice else ()
    known = {f.finding: f for f in case.findings if f.finding in decided}
    for one in determined:
        found = known.get(one.finding)
        if found is None or found.conduct != one.conduct:
            reason = f"{one.finding} is no finding of the decision on {one.conduct}"
            raise Invalid("finding", reason, rule=FAIR)
        if one.conduct not in told:
            raise WrongStage(f"{one.conduct} stood in no notice", rule=FAIR)
    return {one.conduct: known[one.finding] for one in determined}


def refuse_measures_only(given: Given, case: str, findings: Findings) -> None:
    """Raise where what was found leads to no sanction at all (I6).

    What was found on the same conduct before counts as well: no finding that is in no
    class takes out of its class what was put into one.
    """
    ever = findings_in(given, case).values()
    for found in findings.values():
        classed = [each for each in ever if each.class_ and of_one(each, found)]
        for each in (found, *(() if found.class_ else classed[-1:])):
            book = law_cited(given, each.cited)
            if most_allowed(book, each.class_) != "sanction":
                reason = f"{each.finding}: {each.class_} takes a measure, no sanction"
                raise NotAllowed(reason, rule=MEASURES)


def of_one(one: CaseFinding, other: CaseFinding) -> bool:
    return same_conduct(one.conduct) == same_conduct(other.conduct)


def first_day(case: Case, findings: Findings) -> date | None:
    """Return the first day of the conduct, as it was found, else as it was alleged."""
    alleged = {each.conduct: each.from_on for each in case.allegations}
    days = [each.conduct_from or alleged.get(name) for name, each in findings.items()]
    return min((day for day in days if day), default=None)
