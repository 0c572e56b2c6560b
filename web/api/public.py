"""The public register: what was released to everybody; it takes no token."""

from collections.abc import Iterator
from typing import Any

from domain.access import Reach
from domain.records.release import PUBLIC
from projections.models import requests as model
from projections.models.paging import MOST, Page, page
from projections.models.reach import within
from projections.models.requests import Release
from web import strict
from web.api.sight import one_page, today
from web.public import PublicDisclosure, published
from web.resource import Resource
from web.schemas.queries import Listing
from web.waiting import View
from web.wiring import desk

READ = "public.read"


class Open(Resource):
    """A resource that anybody may ask, without a token."""

    def guarded(self, view: View, may: str, rule: str, *, seen: bool = False) -> View:  # noqa: ARG002  nobody is asked who they are
        view.may = may  # type: ignore[attr-defined]  # the test of all routes reads it
        return view

    def documented(
        self, view: View, may: str, refusals: tuple[int, ...], **more: Any
    ) -> View:
        return super().documented(view, may, refusals, **more, security=[])


public = Open("public", about="What was released to everybody, by reasoned decision.")


@public.question(
    "/public/disclosures",
    may=READ,
    asks=Listing,
    answer=Page[PublicDisclosure],
    model="records",
)
def list_public_disclosures(query: dict[str, Any]) -> Any:
    """List what was released to the public of reports, decided last first.

    Nothing is, unless somebody decided it and said why. What was withdrawn, or has been
    destroyed, is not there any more from that moment on.
    """
    found = one_page(decided, query)
    shown = tuple(published(desk().casework, found.rows))
    return strict.answer(Page(shown, found.next))


def decided(_: dict[str, Any], *, limit: int, after: str | None) -> Page[Release]:
    """Return a page of the decisions to release to the public that stand."""
    rows: list[Release] = []
    for row in standing(after):
        if row.to == PUBLIC:
            rows.append(row)
        if len(rows) > limit:
            break
    return page(rows, limit, model.BY_DECISION, lambda r: (r.decided_on, r.stream))


def standing(after: str | None) -> Iterator[Release]:
    """Yield the decisions that stand, whoever they are to."""
    # Everybody's: what is shown of them is what each of them says.
    with desk().reading() as connection, within(connection, Reach()):
        while True:
            found = model.releases(connection, today(), limit=MOST, after=after)
            yield from found.rows
            after = found.next
            if after is None:
                return
