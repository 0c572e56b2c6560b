"""What is sent about rulebooks and campaigns."""

from marshmallow import fields, validate

from web.schemas.fields import Day, Remarks, coded, written

MOST_UNITS = 10_000
LONGEST_RULEBOOK = 250_000  # characters; the shipped ones have 20,000


class DraftRulebook(Remarks):
    text = written(
        LONGEST_RULEBOOK, required=True, says="The whole rulebook, a TOML document."
    )


class ActivatePeriod(Remarks):
    """A special period, in which a rule that is limited to such periods binds."""

    rule = written(required=True)
    period = coded(required=True, says="What names the period.")
    from_on = Day(required=True)
    to_on = Day(
        metadata={"description": "The first day after it; unknown if left out."}
    )


class EndPeriod(Remarks):
    on = Day(required=True, metadata={"description": "The first day after it."})


class ConfirmCoverage(Remarks):
    units = fields.List(coded(), required=True, validate=validate.Length(0, MOST_UNITS))


class LaunchCampaign(Remarks):
    campaign = coded(required=True, says="What names the campaign.")
    name = written(required=True)
    rulebook = coded(required=True)
    rule = written(required=True)
    launched_on = Day(required=True)
