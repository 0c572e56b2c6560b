"""What should come of reports and duties in plain dicts: the law, told once more."""

from datetime import date, timedelta
from typing import Any

Items = tuple[dict[str, Any], ...]
NOTICE = timedelta(days=7)


def gaps(items: Items) -> set[int]:
    """Return the events whose cost is not said."""
    return {nth for nth, item in enumerate(items) if item["cost"] is None}


class Model:
    """Reports by number, with what they lack; duties by key, with when they are due."""

    def __init__(self) -> None:
        self.reports: dict[str, dict[str, Any]] = {}
        self.duties: dict[str, dict[str, Any]] = {}

    def owe(self, key: str, event: date) -> None:
        due = event - NOTICE
        self.duties[key] = {"stage": "open", "due": due, "by": None, "late": 0}

    def file(self, number: str, items: Items) -> None:
        report = {"stage": "filed", "items": items, "open": {}, "noted": 0}
        self.reports[number] = report
        self.look_for_gaps(number, set(), gaps(items))

    def amend(self, number: str, items: Items) -> None:
        report = self.reports[number]
        before = gaps(report["items"])
        report |= {"stage": "filed", "items": items}
        self.look_for_gaps(number, before, gaps(items))

    def look_for_gaps(self, number: str, old: set[int], new: set[int]) -> None:
        """Cure what was missing and is so no more; note what has gone missing."""
        open_ones = self.reports[number]["open"]
        for nth, noted in list(open_ones.items()):
            if noted & old and not noted & new:
                del open_ones[nth]
        if new - old:
            self.note(number, new)

    def note(self, number: str, missing: set[int]) -> None:
        report = self.reports[number]
        report["noted"] += 1
        report["open"][report["noted"]] = missing

    def report(self, number: str, items: Items, received: date, *, start: int) -> None:
        """Count each event from *start* on as a duty that this report fulfils."""
        for nth, item in list(enumerate(items))[start:]:
            self.owe(f"{number}:{nth}", date.fromisoformat(item["event_date"]))
            self.fulfil(f"{number}:{nth}", number, received)

    def fulfil(self, key: str, number: str, received: date) -> None:
        duty = self.duties[key]
        if duty["stage"] == "open":
            late = max((received - duty["due"]).days, 0)
            duty |= {"stage": "fulfilled", "by": number, "late": late}

    def withdraw(self, number: str) -> None:
        self.reports[number]["stage"] = "withdrawn"
        for duty in self.duties.values():
            if duty["by"] == number:
                duty |= {"stage": "open", "by": None, "late": 0}
