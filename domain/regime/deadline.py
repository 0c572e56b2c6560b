"""When something is due, opens, is reminded of, and how far it may be put off."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.errors import Invalid, Refused
from domain.regime.calendar import add_months, roll, shift
from domain.regime.types import Due, Rule, Rulebook, WorkCalendar

# 29 February exists in it, and so every day that a yearly due date may name.
LEAP_YEAR = 2000


class MissingAnchor(Invalid):
    """The due date counts from a date that is not known yet; `anchors` names them."""

    def __init__(self, anchors: tuple[str, ...], *, rule: str = "") -> None:
        super().__init__(
            anchors[0], f"needed to count from: {', '.join(anchors)}", rule=rule
        )
        self.anchors = anchors


@dataclass(frozen=True)
class Reckoning:
    """One due date being worked out from the dates that are known."""

    calendar: WorkCalendar
    anchors: Mapping[str, date]
    year: int | None

    def missing(self, due: Due) -> tuple[str, ...]:
        """Return the anchors that would have to be known first."""
        lacking = [self.missing(branch) for branch in (*due.earliest, *due.latest)]
        if due.earliest and not all(lacking):
            return ()
        if due.yearly and self.year is None:
            return ("year",)
        if due.anchor and due.anchor not in self.anchors:
            return (due.anchor,)
        return tuple(name for names in lacking for name in names)

    def day(self, due: Due) -> date:
        """Return the day, before it is rolled; nothing may be missing."""
        if due.earliest:
            return min(self.day(b) for b in due.earliest if not self.missing(b))
        if due.latest:
            return max(self.day(branch) for branch in due.latest)
        return self.single(due)

    def single(self, due: Due) -> date:
        if due.anchor is not None:
            anchor = self.anchors[due.anchor]
            return shift(anchor, due.offset, self.calendar) if due.offset else anchor
        if due.yearly is not None and self.year is not None:
            return in_year(due.yearly, self.year)
        if due.on is None:
            raise Invalid("due", "it names no day")
        return due.on


def due_on(
    rule: Rule | Due,
    rulebook: Rulebook,
    anchors: Mapping[str, date],
    *,
    year: int | None = None,
) -> date:
    """Return the last day on which a filing is in time.

    *anchors* are the dates known of the matter by name; *year* is the calendar year in
    which a yearly duty falls due. `MissingAnchor` names what is not known and needed.
    """
    due = rule.due if isinstance(rule, Rule) else rule
    cited = _cite(rule, rulebook) if isinstance(rule, Rule) else ""
    if due is None:
        raise Invalid("due", "the rule sets no due date", rule=cited)
    reckoning = Reckoning(rulebook.calendar, anchors, year)
    missing = reckoning.missing(due)
    if missing:
        raise MissingAnchor(missing, rule=cited)
    return roll(reckoning.day(due), rulebook)


def in_year(month_and_day: str, year: int) -> date:
    """Return the "MM-DD" of the year; 29 February is the 28th in a common year.

    Raise ValueError where no year has such a day.
    """
    every = date.fromisoformat(f"{LEAP_YEAR}-{month_and_day}")
    return add_months(every, (year - LEAP_YEAR) * 12)


def opens_on(rule: Rule, rulebook: Rulebook, due: date) -> date | None:
    """Return from when on the duty stands open; None where it opens as it arises."""
    return shift(due, rule.opens, rulebook.calendar) if rule.opens else None


def remind_on(rule: Rule, rulebook: Rulebook, due: date) -> tuple[date, ...]:
    """Return the days of the reminders for this due date, the earliest first."""
    days = {shift(due, reminder, rulebook.calendar) for reminder in rule.reminders}
    return tuple(sorted(days))


def extended(
    rule: Rule,
    rulebook: Rulebook,
    *,
    first_due: date,
    until: date,
    in_writing: bool = False,
) -> date:
    """Return *until* as the new due date, or raise `Refused` where the rule forbids it.

    One extension after another shares one cap: it counts from *first_due*, the due date
    before any of them.
    """
    cited = _cite(rule, rulebook)
    if rule.extension is None:
        raise Refused("there is no extension under this rule", rule=cited)
    if until <= first_due:
        raise Refused(f"an extension must go beyond {first_due}", rule=cited)
    last = shift(first_due, rule.extension.cap, rulebook.calendar)
    if until > last:
        total = f"extensions end {rule.extension.cap} after {first_due} in all"
        raise Refused(f"{total}, on {last}", rule=cited)
    spoken = rule.extension.written_above or rule.extension.cap
    free = shift(first_due, spoken, rulebook.calendar)
    if until > free and not in_writing:
        raise Refused(f"beyond {free} it must be asked in writing", rule=cited)
    return until


def _cite(rule: Rule, rulebook: Rulebook) -> str:
    return f"{rulebook.id} v{rulebook.version}, rule {rule.id}"
