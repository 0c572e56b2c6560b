"""The notice of what is alleged, and what the person says to it, or does not."""

from datetime import date

from domain.case.case import Case
from domain.case.facts import (
    NoticeOfAllegationsServed,
    ResponseReceived,
    ResponseWaived,
)
from domain.case.investigating import refuse_few, team
from domain.case.names import plain
from domain.case.news import anything_new
from domain.case.procedure import (
    APART,
    ORDER,
    CaseCommand,
    Law,
    last_day,
)
from domain.case.sides import deciders, investigated
from domain.errors import (
    Incomplete,
    Invalid,
    NotAllowed,
    OutOfTime,
    Unknown,
    WrongStage,
)
from domain.record import Decision, Given
from domain.records.words import demand, one_of

TOLD = "nobody is judged who was not told what is alleged, on what evidence"
UNLAWFUL = "evidence that was excluded is held against nobody"
ANSWER = "whoever is told what is alleged has time to answer"
DEFENCE = "the person answers, or a clerk or representative for them, and nobody else"
AHEAD = "a decision comes no sooner than the notice says"
SERVED_BY = "who tells what is alleged investigates it"
NO_HEAVIER = "what the person answers never makes it heavier"


class ServeNotice(CaseCommand):
    """Tell the person what is alleged, on what evidence; today, and by the office.

    Args:
        allegations: which conducts; what is left out is pursued no further.
        evidence: the pieces and interviews it rests on; none that was excluded.
        text: the notice itself, with how to answer it.
        at_most: the heaviest sanction of the track that it may lead to; a second
            notice names a heavier one only for a conduct, a violation or evidence
            that it tells of for the first time.
        answer_by: the last day for an answer; not before the rulebook's time is over,
            which it is where nothing is said.
    """

    allegations: tuple[str, ...]
    evidence: tuple[str, ...]
    text: str
    at_most: str | None = None
    answer_by: date | None = None

    def decide(self, state: Case, given: Given) -> Decision:
        law = self.acting(state, given, "investigation", "notice")
        self.check_team(state, given, law)
        demand("text", self.text, what="tell it", rule=law.rule(TOLD))
        self.check_allegations(state, law)
        self.check_evidence(state, law)
        self.check_weight(given, law)
        yield NoticeOfAllegationsServed(
            allegations=self.allegations,
            evidence=self.evidence,
            served_on=law.today,
            answer_by=self.last_day(law),
            text=self.text,
            cited=law.cite(),
            at_most=self.at_most,
        )

    def check_team(self, state: Case, given: Given, law: Law) -> None:
        """Raise unless enough investigate, and who serves it is one of them."""
        known, who = team(state), given.by.id
        refuse_few(len(known), law)
        if plain(who) not in known:
            reason = f"{who} does not investigate in {self.case}"
            raise NotAllowed(reason, rule=law.rule(SERVED_BY))

    def check_allegations(self, state: Case, law: Law) -> None:
        if not self.allegations:
            gaps = ["allegations: say which"]
            raise Incomplete("it tells of nothing", rule=law.rule(TOLD), gaps=gaps)
        known = [allegation.conduct for allegation in state.allegations]
        for conduct in self.allegations:
            one_of("allegations", conduct, known, rule=law.rule(TOLD))

    def check_evidence(self, state: Case, law: Law) -> None:
        for piece in self.evidence:
            if piece in state.excluded:
                raise Invalid(
                    "evidence", f"{piece} was excluded", rule=law.rule(UNLAWFUL)
                )
            one_of("evidence", piece, state.usable(), rule=law.rule(TOLD))

    def check_weight(self, given: Given, law: Law) -> None:
        """Raise where nothing new can make it heavier than the person was told."""
        if self.at_most is None:
            return
        kinds = [kind.id for kind in law.track.kinds]
        one_of("at_most", self.at_most, kinds, rule=law.rule(NO_HEAVIER))
        history = given.history(self.stream)
        facts = [record.fact for record in history]
        told = [f.at_most for f in facts if isinstance(f, NoticeOfAllegationsServed)]
        if not told or not heavier(law, self.at_most, told[-1]):
            return
        if not anything_new(history, self.allegations, self.evidence):
            reason = f"the person was told of {told[-1]}, and nothing is new"
            raise NotAllowed(reason, rule=law.rule(NO_HEAVIER))

    def last_day(self, law: Law) -> date:
        first = last_day(law.book, law.today, law.process.answer_within)
        if self.answer_by and self.answer_by < first:
            reason = f"an answer is in time until {first} at least"
            raise Invalid("answer_by", reason, rule=law.rule(ANSWER))
        return self.answer_by or first


class ReceiveResponse(CaseCommand):
    """Take in what the person says to the notice; until it is decided, none is late.

    Args:
        text: what they say.
        received_on: when it came in on paper, as a clerk says; left out, it is today.
        representative: who speaks for them, if anybody.
        hearing_wanted: whether they want to be heard.
    """

    text: str
    received_on: date | None = None
    representative: str | None = None
    hearing_wanted: bool = False

    def decide(self, state: Case, given: Given) -> Decision:
        law = self.at_stage(state, given, "notice")
        refuse_other(given, self.opened(state).person, law)
        refuse_both_sides(given, self.case, law)
        demand("text", self.text, what="say it", rule=law.rule(DEFENCE))
        if self.representative and not law.process.representation:
            raise NotAllowed("the person answers alone", rule=law.rule(DEFENCE))
        yield ResponseReceived(
            received_on=self.day(state, given, law),
            text=self.text,
            representative=self.representative,
            hearing_wanted=self.hearing_wanted,
        )

    def day(self, state: Case, given: Given, law: Law) -> date:
        day = self.received_on
        if day is None or day == law.today:
            return law.today
        if given.by.role != "clerk":
            raise Invalid("received_on", "it comes in today", rule=law.rule(DEFENCE))
        if not served(state).served_on <= day <= law.today:
            reason = "it came in between the notice and today"
            raise Invalid("received_on", reason, rule=law.rule(DEFENCE))
        return day


class WaiveResponse(CaseCommand):
    """Say, as the person or a clerk for them, that there will be no answer."""

    text: str | None = None

    def decide(self, state: Case, given: Given) -> Decision:
        law = self.at_stage(state, given, "notice")
        refuse_other(given, self.opened(state).person, law)
        refuse_both_sides(given, self.case, law)
        if not state.answered:
            yield ResponseWaived(how="said", text=self.text)


class NoteSilence(CaseCommand):
    """Put on record that the time for an answer is over and none came."""

    def decide(self, state: Case, given: Given) -> Decision:
        law = self.acting(state, given, "notice")
        last = served(state).answer_by
        if law.today <= last:
            reason = f"an answer is in time until {last}"
            raise OutOfTime(reason, rule=law.rule(ANSWER))
        if not state.answered:
            yield ResponseWaived(how="silent")


def served(state: Case) -> NoticeOfAllegationsServed:
    """Return the notice that was served last; there must be one."""
    if state.notice is None:
        raise Unknown("notice", "of allegations")
    return state.notice


def refuse_other(given: Given, person: str, law: Law) -> None:
    """Raise unless the person answers themselves, or a clerk on their behalf."""
    by = given.by
    own = by.role == "declarant" and by.id == person
    clerk = by.role == "clerk" and by.on_behalf_of == person
    if not (own or clerk) or (clerk and by.id == person):
        reason = f"{by.id} may not answer for {person}"
        raise NotAllowed(reason, rule=law.rule(DEFENCE))


def refuse_both_sides(given: Given, case: str, law: Law) -> None:
    """Raise if who answers for the person has investigated, or judged, the case."""
    who = given.by.id
    if plain(who) in investigated(given, case) | deciders(given, case):
        reason = f"{who} has investigated or judged in {case}"
        raise NotAllowed(reason, rule=law.rule(APART))


def heavier(law: Law, kind: str, than: str | None) -> bool:
    """Return whether a kind comes after another in the track's list; or after none."""
    kinds = [known.id for known in law.track.kinds]
    if than is None or than not in kinds:
        return True
    return kind in kinds and kinds.index(kind) > kinds.index(than)


def refuse_unanswered(state: Case, law: Law) -> None:
    """Raise unless the person was told of everything, and has had their say (I1)."""
    tainted = sorted(set(served(state).evidence) & set(state.excluded))
    if tainted:
        reason = f"{tainted[0]} was excluded since the notice: serve one without it"
        raise WrongStage(reason, rule=law.rule(UNLAWFUL))
    if state.unnoticed:
        reason = f"{state.unnoticed[0]} is alleged since the notice: serve a new one"
        raise WrongStage(reason, rule=law.rule(TOLD))
    if not state.answered:
        reason = "the notice was not answered, nor the answer waived"
        raise WrongStage(reason, rule=law.rule(ORDER))


def refuse_before_notice_ran(state: Case, law: Law) -> None:
    """Raise where a decision comes before the notice's time is over (5 U.S.C. 7513)."""
    if law.process.notice is None:
        return
    first = last_day(law.book, served(state).served_on, law.process.notice)
    if law.today < first:
        reason = f"the notice was served on {served(state).served_on}: from {first} on"
        raise WrongStage(reason, rule=law.rule(AHEAD))
