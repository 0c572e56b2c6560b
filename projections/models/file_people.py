"""What facts about a person change in the file: identity, posts, relatives, rules."""

from datetime import date

from domain.person import (
    CoveredPersonRegistered,
    IdentityCorrected,
    PositionAssumed,
    PositionChanged,
    PositionVacated,
    RelatedPersonDeclared,
    RelatedPersonRemoved,
    RulesAcknowledged,
    RulesNotified,
)
from projections.models.file_steps import (
    Step,
    Steps,
    always,
    change,
    content,
    day,
    end,
    named,
    on,
    one,
    put,
    taking,
)
from projections.models.model import Event


def rules(event: Event) -> str:
    fact = event.fact
    return f"{fact.rulebook} v{fact.version}"


def declared_on(event: Event) -> date | None:
    """A relative is one from before the declaration, unless a date is claimed."""
    return event.record.occurred_on


post = Step("post", named("post"), put(on("from_on"), content))

STEPS: Steps = {
    CoveredPersonRegistered: (Step("identity", one, put(always, content)),),
    IdentityCorrected: (
        Step("identity", one, change(always, taking("name", "email"))),
    ),
    PositionAssumed: (post,),
    PositionChanged: (post,),
    PositionVacated: (Step("post", named("post"), end(on("on"))),),
    RelatedPersonDeclared: (
        Step("relative", named("relative"), put(declared_on, content)),
    ),
    RelatedPersonRemoved: (Step("relative", named("relative"), end(day)),),
    RulesNotified: (Step("rules_notified", rules, put(day, content)),),
    RulesAcknowledged: (Step("rules_acknowledged", rules, put(day, content)),),
}
