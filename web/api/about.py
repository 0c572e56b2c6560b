"""Things that are about a report: who may not know of it may not know of them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from domain.errors import Unknown
from web.auth import concerning
from web.matters import READERS, Matter, matter, read
from web.resource import Resource
from web.waiting import View


def about_report(disclosure: str) -> Matter:
    """Return the report; raise as if there were none to one who may not know of it."""
    found = read("disclosure", disclosure, *READERS["disclosure"](disclosure))
    concerning(found.state.subject, ("disclosure", disclosure))
    return found


class OfReports(Resource):
    """A resource whose paths name things that are each about one report.

    `report` returns which, from the state of the thing.
    """

    def __init__(
        self, name: str, *, about: str, kind: str, report: Callable[[Any], str]
    ) -> None:
        super().__init__(name, about=about, kind=kind)
        self.report = report

    def guarded(self, view: View, may: str, rule: str, *, seen: bool = False) -> View:
        """Wrap the view in a second question: may whoever asks know of the report?"""

        @wraps(view)
        def guard(**keys: Any) -> Any:
            if "<" in rule:
                try:
                    about_report(self.report(matter().state))
                except Unknown:
                    raise Unknown(str(self.kind), matter().id) from None
            return view(**keys)

        return super().guarded(guard, may, rule, seen=seen)
