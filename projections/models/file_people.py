"""What the facts about a person change in the file: identity, service, posts, relatives."""

from datetime import date

from domain.person import (
    CoveredPersonRegistered,
    IdentityCorrected,
    PositionAssumed,
    PositionChanged,
    PositionVacated,
    RelatedPersonDeclared,
    RelatedPersonRemoved,
    Retired,
    RulesAcknowledged,
    RulesNotified,
    ServiceEnded,
)
from projections.models.file_steps import (
    Step,
    Steps,
    always,
    change,
    day,
    end,
    named,
    on,
    one,
    put,
    content,
    setting,
    taking,
)
from projections.models.model import Event
from projections.models.timeline import Content


def serving(_: Event) -> Content:
    return {"status": "serving"}


def left(_: Event, data: Content) -> Content:
    """Say that service has ended, but of those who retired: they are retired."""
    return {**data, "status": "left"} if data["status"] == "serving" else data


def rules(event: Event) -> str:
    fact = event.fact
    return f"{fact.rulebook} v{fact.version}"


def declared_on(event: Event) -> date | None:
    """A relative is one from before the declaration, unless a date is claimed."""
    return event.record.occurred_on


post = Step("post", named("post"), put(on("from_on"), content))

STEPS: Steps = {
    CoveredPersonRegistered: (
        Step("identity", one, put(always, content)),
        Step("service", one, put(always, serving)),
    ),
    IdentityCorrected: (
        Step("identity", one, change(always, taking("name", "email"))),
    ),
    PositionAssumed: (post,),
    PositionChanged: (post,),
    PositionVacated: (Step("post", named("post"), end(on("on"))),),
    Retired: (Step("service", one, change(on("on"), setting(status="retired"))),),
    ServiceEnded: (Step("service", one, change(on("on"), left)),),
    RelatedPersonDeclared: (
        Step("relative", named("relative"), put(declared_on, content)),
    ),
    RelatedPersonRemoved: (Step("relative", named("relative"), end(day)),),
    RulesNotified: (Step("rules_notified", rules, put(day, content)),),
    RulesAcknowledged: (Step("rules_acknowledged", rules, put(day, content)),),
}
