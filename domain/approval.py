"""Leave that is asked before acting: one matter, one approval."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Literal, Self
from uuid import UUID

from msgspec.structs import replace

from domain.conflict import deciding_unit, refuse_conflict, refuse_stranger
from domain.disclosure import Declared
from domain.duties import RaiseObligation
from domain.errors import Incomplete, Invalid, Unknown, WrongStage
from domain.matter import classes
from domain.person import CoveredPerson, person_named
from domain.record import (
    Citation,
    Command,
    Contents,
    Decision,
    Fact,
    Given,
    Text,
    Value,
    stream_of,
)
from domain.regime.calendar import shift
from domain.regime.form import anchors, check, clean
from domain.regime.types import Rule, Rulebook
from domain.rulebook import Regime, cite, cited, regime_stream, rule_of

ONE_APPROVAL = "one matter, one approval"
Stage = Literal["none", "requested", "granted", "denied", "revoked", "completed"]


# Facts: what happened.


class ApprovalRequested(Declared):
    """`addressed_to` is the unit that decides: for a head, the unit above."""

    TOPIC: ClassVar = "approval.requested"
    approval: str
    person: str
    category: str
    cited: Citation
    contents: Contents
    addressed_to: str | None = None
    decide_by: date | None = None


class ApprovalEndorsed(Fact):
    TOPIC: ClassVar = "approval.endorsed"


class ApprovalGranted(Fact):
    TOPIC: ClassVar = "approval.granted"
    conditions: Text | None = None


class ApprovalDenied(Fact):
    TOPIC: ClassVar = "approval.denied"


class ApprovalRevoked(Fact):
    TOPIC: ClassVar = "approval.revoked"


class DeviationReported(Fact):
    """What was done differs from what was approved, in these fields."""

    TOPIC: ClassVar = "approval.deviation-reported"
    fields: tuple[str, ...]


class ActivityCompleted(Fact):
    """The approval is used up: this disclosure reports what was done under it."""

    TOPIC: ClassVar = "approval.activity-completed"
    disclosure: str


# State: what the facts add up to.


class Approval(Value):
    stage: Stage = "none"
    request: ApprovalRequested | None = None
    used_by: str | None = None

    @property
    def subject(self) -> str | None:
        return self.request.person if self.request else None

    def evolve(self, fact: Fact) -> Self:
        match fact:
            case ApprovalRequested():
                return replace(self, stage="requested", request=fact)
            case ApprovalGranted():
                return replace(self, stage="granted")
            case ApprovalDenied():
                return replace(self, stage="denied")
            case ApprovalRevoked():
                return replace(self, stage="revoked")
            case ActivityCompleted():
                return replace(self, stage="completed", used_by=fact.disclosure)
        return self


def approval_stream(approval: str) -> UUID:
    return stream_of("approval", approval)


def requested(approval: Approval, number: str) -> ApprovalRequested:
    if approval.request is None:
        raise Unknown("approval", number)
    return approval.request


# Commands: what someone asks for, and when the rules allow it.


class ApprovalCommand(Command[Approval]):
    approval: str

    @property
    def stream(self) -> UUID:
        return approval_stream(self.approval)

    def blank(self) -> Approval:
        return Approval()

    def at_stage(self, approval: Approval, stage: Stage) -> ApprovalRequested:
        request = requested(approval, self.approval)
        if approval.stage != stage:
            raise WrongStage(
                f"the request is {approval.stage}, not {stage}", rule=str(request.cited)
            )
        return request


class RequestApproval(ApprovalCommand):
    """Ask leave for one matter, in the fields of the rule's form."""

    person: str
    rulebook: str
    rule: str
    contents: Mapping[str, Any]

    def decide(self, approval: Approval, given: Given) -> Decision:
        refuse_stranger(given, self.person)
        person = person_named(given, self.person)
        if approval.request is not None:
            raise WrongStage(f"{self.approval} was asked before", rule=ONE_APPROVAL)
        regime = given.look(Regime(), regime_stream(self.rulebook))
        book, rule, contents = self.governing(regime, given)
        yield self.fact(given, person, book, rule, contents)

    def governing(
        self, regime: Regime, given: Given
    ) -> tuple[Rulebook, Rule, dict[str, Any]]:
        today = given.at.date()
        book = regime.in_force(today)
        if book is None:
            raise Unknown("rulebook in force", f"{self.rulebook} on {today}")
        rule = rule_of(book, self.rule)
        cited_as = str(cite(book, rule))
        if rule.mode not in ("prior_approval", "approval_then_filing"):
            raise Invalid("rule", "no leave has to be asked", rule=cited_as)
        contents = clean(rule, self.contents)
        gaps = [f"{gap.field}: {gap.what}" for gap in check(rule, contents)]
        if gaps:
            raise Incomplete("the request is incomplete", rule=cited_as, gaps=gaps)
        day = min(anchors(rule, contents).values(), default=today)
        if rule.in_period and not regime.period_on(rule.id, day):
            raise WrongStage(f"no special period runs on {day}", rule=cited_as)
        return book, rule, contents

    def fact(
        self,
        given: Given,
        person: CoveredPerson,
        book: Rulebook,
        rule: Rule,
        contents: dict[str, Any],
    ) -> ApprovalRequested:
        within = rule.approval and rule.approval.decide_within
        today = given.at.date()
        return ApprovalRequested(
            approval=self.approval,
            person=self.person,
            category=rule.category,
            cited=cite(book, rule),
            contents=contents,
            confidentiality=rule.classes.default if rule.classes else "confidential",
            classes=classes(rule),
            addressed_to=deciding_unit(given, person),
            decide_by=shift(today, within, book.calendar) if within else None,
        )


class EndorseApproval(ApprovalCommand):
    """An intermediate superior supports the request; this decides nothing."""

    def decide(self, approval: Approval, given: Given) -> Decision:
        request = self.at_stage(approval, "requested")
        refuse_conflict(given, request.person)
        yield ApprovalEndorsed()


class DecideApproval(ApprovalCommand):
    """Grant or deny; a denial says why. Granted leave may oblige to report after."""

    granted: bool
    conditions: str | None = None

    def decide(self, approval: Approval, given: Given) -> Decision:
        request = self.at_stage(approval, "requested")
        refuse_conflict(given, request.person)
        if not self.granted:
            if not self.reason:
                raise Invalid("reason", "say why", rule=str(request.cited))
            yield ApprovalDenied()
            return
        yield ApprovalGranted(conditions=self.conditions)
        _, rule = cited(given, request.cited)
        if rule.mode == "approval_then_filing":
            dates = anchors(rule, request.contents)
            yield RaiseObligation(
                person=request.person,
                rulebook=request.cited.rulebook,
                rule=rule.id,
                key=self.approval,
                triggered_on=min(dates.values(), default=given.at.date()),
                anchors=dates,
            )


class RevokeApproval(ApprovalCommand):
    def decide(self, approval: Approval, given: Given) -> Decision:
        request = self.at_stage(approval, "granted")
        refuse_conflict(given, request.person)
        if not self.reason:
            raise Invalid("reason", "say why", rule=str(request.cited))
        yield ApprovalRevoked()


class CompleteActivity(ApprovalCommand):
    """Use the approval up with the report of what was done under it."""

    person: str
    rulebook: str
    rule: str
    disclosure: str
    items: tuple[Mapping[str, Any], ...]

    def decide(self, approval: Approval, given: Given) -> Decision:  # noqa: ARG002
        request = requested(approval, self.approval)
        if request.person != self.person:
            raise Unknown("approval", self.approval)
        citation = request.cited
        if (citation.rulebook, citation.rule) != (self.rulebook, self.rule):
            raise Invalid("approval", "it is for something else", rule=str(citation))
        if approval.stage == "completed":
            raise WrongStage(
                f"approval {self.approval} was used by disclosure {approval.used_by}",
                rule=ONE_APPROVAL,
            )
        self.at_stage(approval, "granted")
        done = self.items[0] if self.items else request.contents
        differing = tuple(
            name for name, value in request.contents.items() if done.get(name) != value
        )
        if differing:
            yield DeviationReported(fields=differing)
        yield ActivityCompleted(disclosure=self.disclosure)
