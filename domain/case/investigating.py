"""Who investigates, and whom they interview: always several of them together."""

from datetime import date

from domain.case.case import Case
from domain.case.facts import (
    InterviewRecorded,
    InvestigatorAssigned,
    InvestigatorRelieved,
)
from domain.case.names import plain
from domain.case.procedure import (
    APART,
    CaseCommand,
    Law,
    refuse_recused,
)
from domain.case.sides import deciders
from domain.conflict import refuse_one
from domain.errors import Incomplete, Invalid, NotAllowed
from domain.person import person_named
from domain.record import Decision, Given
from domain.records.words import demand

TOGETHER = "no fewer investigate, or interview, than the rulebook says"
MINUTES = "minutes of an interview say who was there, when, and what was said"


class AssignInvestigator(CaseCommand):
    """Name one who investigates: nobody in conflict, recused, or who decided here."""

    investigator: str

    def decide(self, state: Case, given: Given) -> Decision:
        law = self.acting(state, given, "inquiry", "investigation", "notice")
        demand("investigator", self.investigator, what="say who", rule=law.rule(APART))
        person = person_named(given, self.opened(state).person)
        refuse_one(given, self.investigator, person)
        refuse_recused(state, given, self.investigator, law)
        if plain(self.investigator) in deciders(given, self.case):
            reason = f"{self.investigator} has decided in {self.case}"
            raise NotAllowed(reason, rule=law.rule(APART))
        if plain(self.investigator) not in team(state):
            yield InvestigatorAssigned(investigator=self.investigator)


class RelieveInvestigator(CaseCommand):
    """Take somebody off the case; what they did in it stays theirs."""

    investigator: str

    def decide(self, state: Case, given: Given) -> Decision:
        law = self.acting(state, given, "inquiry", "investigation", "notice")
        demand("reason", self.reason, what="say why", rule=law.rule(TOGETHER))
        if known := team(state).get(plain(self.investigator)):
            yield InvestigatorRelieved(investigator=known)


class RecordInterview(CaseCommand):
    """Put on record what somebody said, to investigators of the case, enough of them.

    Args:
        who: who was interviewed.
        interviewers: who was there for the office.
        held_on: the day; not before the inquiry, nor to come.
        text: the minutes.
    """

    who: str
    interviewers: tuple[str, ...]
    held_on: date
    text: str

    def decide(self, state: Case, given: Given) -> Decision:
        law = self.acting(state, given, "inquiry", "investigation", "notice")
        demand("who", self.who, what="say who", rule=law.rule(MINUTES))
        demand("text", self.text, what="say what was said", rule=law.rule(MINUTES))
        present = self.present(state, law)
        refuse_few(len(present), law)
        if self.held_on > law.today:
            reason = f"{self.held_on} is still to come"
            raise Invalid("held_on", reason, rule=law.rule(MINUTES))
        yield InterviewRecorded(
            interview=f"{self.case}:i{len(state.interviews) + 1}",
            who=self.who,
            interviewers=present,
            held_on=self.held_on,
            text=self.text,
        )

    def present(self, state: Case, law: Law) -> tuple[str, ...]:
        """Return who was there, each once; raise if one does not investigate here."""
        known = team(state)
        there = {plain(name): name for name in self.interviewers}
        strangers = sorted(there[each] for each in there.keys() - known.keys())
        if strangers:
            reason = f"{strangers[0]} does not investigate in {self.case}"
            raise Invalid("interviewers", reason, rule=law.rule(TOGETHER))
        return tuple(known[each] for each in there)


def team(state: Case) -> dict[str, str]:
    """Return those who investigate, by their plain names: each counts once."""
    return {plain(name): name for name in state.investigators}


def refuse_few(there: int, law: Law) -> None:
    """Raise unless as many investigate as the rulebook demands (Art. 42)."""
    wanted = law.process.investigators
    if there < wanted:
        gaps = [f"investigators: {wanted} at least, and there are {there}"]
        raise Incomplete("too few investigate", rule=law.rule(TOGETHER), gaps=gaps)
