"""Imposing a sanction: after a finding, a notice and an answer, once for a conduct."""

from functools import partial
from uuid import UUID

from domain.case.case import Case, case_stream
from domain.conflict import refuse_conflict
from domain.person import person_named
from domain.proceedings import EnterProceeding
from domain.record import Command, Decision, Given, Value
from domain.regime.types import Rulebook
from domain.sanction.again import refuse_again, refuse_no_period
from domain.sanction.carrying_out import personnel_change
from domain.sanction.computing import Weighed, imposed
from domain.sanction.facts import (
    Chosen,
    Determined,
    SanctionImposed,
    Terms,
)
from domain.sanction.founding import (
    Findings,
    decided_case,
    first_day,
    founded,
    refuse_measures_only,
)
from domain.sanction.law import (
    law_cited,
    law_today,
    refuse_other_track,
    track_of,
)
from domain.sanction.matrix import (
    Grounds,
    ladders,
    refuse_after_service,
    refuse_grounds,
    refuse_outside,
    refuse_personnel,
)
from domain.sanction.merging import executed
from domain.sanction.sanctions import Sanctions, sanctions_stream
from domain.sanction.undone import refuse_heavier


class Sanctioning(Value):
    """What a decision asks for on one track.

    Attributes:
        rulebook: whose track it is.
        determined: what each violation deserves by itself.
        kind: what is executed; None: what the rules make of all of them.
        period, term: chosen where the rules leave a choice, such as "14M".
        mitigating, aggravating: the grounds found, by the rulebook's names.
        text: the reasons.
    """

    rulebook: str
    determined: tuple[Determined, ...]
    kind: str | None = None
    period: str | None = None
    term: str | None = None
    mitigating: tuple[str, ...] = ()
    aggravating: tuple[str, ...] = ()
    text: str = ""

    @property
    def chosen(self) -> Chosen:
        return Chosen(kind=self.kind, period=self.period, term=self.term)

    @property
    def grounds(self) -> Grounds:
        return Grounds(mitigating=self.mitigating, aggravating=self.aggravating)


class ImposeSanction(Command[Case]):
    """Sanction the person of a case, on the track of a rulebook."""

    person: str
    case: str
    asked: Sanctioning

    @property
    def stream(self) -> UUID:
        return case_stream(self.case)

    def blank(self) -> Case:
        return Case()

    def decide(self, state: Case, given: Given) -> Decision:  # noqa: ARG002
        _, book, _ = law_today(given, self.asked.rulebook)
        yield EnterSanction(
            person=self.person,
            track=track_of(book).id,
            case=self.case,
            asked=self.asked,
            reason=self.reason,
            occurred_on=self.occurred_on,
        )


class EnterSanction(Command[Sanctions]):
    """What `ImposeSanction` becomes on the record of the track, which decides it."""

    person: str
    track: str
    case: str
    asked: Sanctioning

    @property
    def stream(self) -> UUID:
        return sanctions_stream(self.person, self.track)

    def blank(self) -> Sanctions:
        return Sanctions()

    def decide(self, state: Sanctions, given: Given) -> Decision:
        refuse_conflict(given, self.person)
        regime, book, today = law_today(given, self.asked.rulebook)
        refuse_other_track(book, self.track)
        case = decided_case(given, self.case, self.person)
        findings = founded(case, self.asked.determined, self.asked.text)
        refuse_measures_only(given, self.case, findings)
        refuse_again(book, state, self.asked.determined)
        person = person_named(given, self.person)
        refuse_after_service(book, person, today)
        self.refuse_unlawful(book, findings)
        refuse_no_period(book, state, self.asked.aggravating, findings)
        refuse_personnel(book, person, executed(book, self.kinds).kind.id, today)
        what = Weighed(
            kinds=self.kinds,
            decided_on=today,
            chosen=self.asked.chosen,
            conduct_from=first_day(case, findings),
            ladders=ladders(book, person, today),
        )
        law = partial(law_cited, given)
        terms = imposed(regime, book, law, what, state.sanctions)
        fact = self.fact(state, what, terms)
        refuse_heavier(given, book, state, findings, fact)
        yield fact
        yield EnterProceeding(person=self.person, kind="track", key=self.track)
        yield from personnel_change(book, fact.sanction, terms)

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(one.kind for one in self.asked.determined)

    def refuse_unlawful(self, book: Rulebook, findings: Findings) -> None:
        """Raise where the grounds or the matrix do not allow what is determined."""
        grounds = self.asked.grounds
        refuse_grounds(book, grounds)
        for one in self.asked.determined:
            refuse_outside(book, one, findings[one.conduct], grounds)

    def fact(self, state: Sanctions, what: Weighed, terms: Terms) -> SanctionImposed:
        number = len(state.sanctions) + 1
        return SanctionImposed(
            sanction=f"{self.person}:{self.track}:{number}",
            person=self.person,
            track=self.track,
            case=self.case,
            decided_on=what.decided_on,
            determined=self.asked.determined,
            terms=terms,
            text=self.asked.text,
            mitigating=self.asked.mitigating,
            aggravating=self.asked.aggravating,
            conduct_from=what.conduct_from,
            chosen=what.chosen,
        )
