"""The panel that decides an appeal, and who may say so."""

from domain.appeal import (
    Appeal,
    AppealLodged,
    AppealRejectedOutOfTime,
    LatenessExcused,
    PanelConstituted,
)
from domain.appealing.lodging import AppealCommand
from domain.appealing.stages import law_of, rule_text
from domain.appealing.touched import (
    acted_earlier,
    acted_in_case,
    alike,
    arranged,
    deciding_units,
    earlier,
    judged_earlier,
    mark_of,
    refuse_near,
    refuse_touched,
    units_of,
)
from domain.conflict import asking, refuse_conflict
from domain.errors import (
    Incomplete,
    Invalid,
    NotAllowed,
    OutOfTime,
    Unknown,
    WrongStage,
)
from domain.record import Decision, Given
from domain.records.words import demand
from domain.sanction.law import track_of
from domain.sanction.staying import EndStay

ANOTHER = "an appeal goes to another authority than the one that decided (S2-09)"
PENDING = "an appeal is dealt with until it is decided or rejected"


def pending(appeal: Appeal, name: str) -> AppealLodged:
    """Return how the appeal was lodged, or raise unless it waits to be decided."""
    if appeal.lodged is None:
        raise Unknown("appeal", name)
    if not appeal.pending:
        how = "rejected" if appeal.rejected else "decided"
        raise WrongStage(f"{name} is {how}", rule=PENDING)
    return appeal.lodged


def before_panel(given: Given, appeal: Appeal, name: str) -> AppealLodged:
    """Return how it was lodged, or raise unless a member of its panel asks.

    Whoever has come to act in the case since, or near to the person, is one no more.
    """
    lodged = pending(appeal, name)
    refuse_conflict(given, lodged.person)
    if given.by.id not in appeal.members:
        reason = f"{given.by.id} is not on the panel of {name}"
        raise NotAllowed(reason, rule=rule_text(lodged.cited))
    refuse_touched(asking(given), acted_in_case(given, lodged), "judge it", lodged)
    return lodged


def admitted(given: Given, appeal: Appeal, name: str) -> AppealLodged:
    """Return the same, or raise where it came late and nobody has excused that."""
    lodged = before_panel(given, appeal, name)
    if appeal.late and not appeal.excused:
        reason = f"the last day was {lodged.due_on}: excuse that first, or reject it"
        raise OutOfTime(reason, rule=rule_text(lodged.cited))
    return lodged


class ConstitutePanel(AppealCommand):
    """Say who decides an appeal; a panel can be replaced until it has decided.

    Attributes:
        members: who sits on it.
        authority: the authority that it sits for: its name, or the code of its unit.
    """

    members: tuple[str, ...]
    authority: str

    def decide(self, appeal: Appeal, given: Given) -> Decision:
        lodged = pending(appeal, self.appeal)
        refuse_conflict(given, lodged.person)
        self.refuse_incomplete(lodged)
        judged = acted_in_case(given, lodged) | judged_earlier(given, lodged)
        refuse_touched(asking(given), judged, "say who decides", lodged)
        kept_away = judged | acted_earlier(given, lodged) | arranged(given, lodged)
        kept_away |= asking(given)
        refuse_touched(self.members, kept_away, "sit on the panel", lodged)
        refuse_near(given, self.members, lodged)
        if lodged.to != "same":
            self.refuse_same_authority(given, lodged)
        if (appeal.members, appeal.authority) != (self.members, self.authority):
            yield PanelConstituted(
                members=self.members,
                authority=self.authority,
                mark=mark_of(lodged.case, self.authority),
            )

    def refuse_incomplete(self, lodged: AppealLodged) -> None:
        rule = str(lodged.cited)
        demand("authority", self.authority, what="say for whom it sits", rule=rule)
        if not all(member.strip() for member in self.members) or not self.members:
            gaps = ["members: name them"]
            raise Incomplete("a panel has members", rule=rule, gaps=gaps)
        if len(set(map(alike, self.members))) < len(self.members):
            raise Invalid("members", "name each once", rule=rule)

    def refuse_same_authority(self, given: Given, lodged: AppealLodged) -> None:
        """Raise if who decided before would do so again, or somebody of their unit."""
        book, _ = law_of(given, lodged.cited)
        theirs = deciding_units(given, lodged)
        names = {track_of(book).authority, *theirs}
        before = {each.mark for each in earlier(given, lodged).values()}
        before |= {mark_of(lodged.case, name) for name in names}
        if mark_of(lodged.case, self.authority) in before:
            raise NotAllowed(f"{self.authority} decided before", rule=ANOTHER)
        for member in self.members:
            for unit in sorted(theirs & units_of(given, member)):
                reason = f"{member} is of the unit {unit}, which decided before"
                raise NotAllowed(reason, rule=ANOTHER)


class ExcuseLateness(AppealCommand):
    """Hear an appeal that came late, since something nobody could help hindered it."""

    text: str

    def decide(self, appeal: Appeal, given: Given) -> Decision:
        lodged = before_panel(given, appeal, self.appeal)
        rule = rule_text(lodged.cited)
        demand("text", self.text, what="say what excuses it", rule=rule)
        if lodged.obstacle_until is None:
            raise WrongStage("it was not late", rule=rule)
        if not appeal.excused:
            obstacle = lodged.obstacle_until
            yield LatenessExcused(obstacle_until=obstacle, text=self.text)


class RejectOutOfTime(AppealCommand):
    """Do not hear an appeal that came late: what hindered it does not excuse it."""

    text: str

    def decide(self, appeal: Appeal, given: Given) -> Decision:
        lodged = before_panel(given, appeal, self.appeal)
        rule = rule_text(lodged.cited)
        demand("text", self.text, what="say why it is not excused", rule=rule)
        if not appeal.late or appeal.excused:
            raise WrongStage("it came in time, or that was excused", rule=rule)
        yield AppealRejectedOutOfTime(text=self.text)
        if appeal.stayed and lodged.sanction:
            yield EndStay(sanction=lodged.sanction, appeal=self.appeal)
