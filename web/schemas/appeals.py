"""What is sent to and about appeals: from the lodging to the implementation."""

from marshmallow import fields, validate

from domain.appealing.deciding import OUTCOMES
from web.schemas.cases import several
from web.schemas.fields import LONG, Day, Remarks, YesNo, coded, written
from web.schemas.queries import Listing

MOST_MEMBERS = 20


class LodgeAppeal(Remarks):
    """An appeal against a decision on one; a clerk says when paper was received."""

    person = coded(required=True)
    case = coded(required=True)
    stage = coded(required=True, says="Which way, by the rulebook's name for it.")
    text = written(LONG, required=True, says="What is asked for, and why.")
    sanction = written(says="Which sanction, where the case imposed several.")
    received_on = Day(metadata={"description": "When paper came; a clerk says so."})
    representative = written(says="Who lodges it in the person's stead.")
    obstacle_until = Day(
        metadata={"description": "Of one that comes late: until when it was hindered."}
    )
    excuse = written(LONG, says="What hindered it, that nobody could help.")


class NamePanel(Remarks):
    members = several(coded(), "Who decides it.", most=MOST_MEMBERS, least=1)
    authority = written(
        required=True, says="For whom they sit: a name, or a unit's code."
    )


class AppealReasons(Remarks):
    text = written(LONG, required=True, says="Why.")


class DecideStay(AppealReasons):
    stayed = YesNo(required=True)


class AppealHearing(Remarks):
    held_on = Day(required=True)
    text = written(LONG, required=True, says="What was said.")


class ExtendAppeal(AppealReasons):
    decide_by = Day(required=True)


class DecideAppeal(Remarks):
    """The decision; nothing that it leads to is heavier than what it is against."""

    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    text = written(LONG, required=True, says="The reasons.")
    grounds = several(coded(), "By the rulebook's names; to uphold takes none.")
    kind = coded(says="Which sanction it is varied to.")
    period = coded(says='For how long, such as "12M", where there is a choice.')
    term = coded(says="The term of a probation, where there is a choice.")
    pronounced = YesNo(
        load_default=False,
        metadata={"description": "Whether the person was there, and so it is served."},
    )


class ServeAppeal(Remarks):
    served_on = Day(metadata={"description": "Today, and no other day."})
    how = written(required=True)


class ImplementAppeal(Remarks):
    on = Day(required=True)
    text = written(LONG, required=True, says="What was done.")


class AppealsAsked(Listing):
    person = coded(says="Only this person's.")
    unit = coded(says="Only of people who are in this unit, or in one below it.")
    stage = coded()
    member = coded(says="Only those that this member of a panel is to decide.")
    overdue = fields.Boolean(
        metadata={"description": "Only what was not decided in time."}
    )
    all = fields.Boolean(metadata={"description": "What is decided already as well."})
