"""Histories for reviewers: of a person, a report, a case, a sanction, in one page."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from flask import Response, request
from werkzeug.exceptions import NotAcceptable

from domain.errors import Invalid, Unknown
from projections.models import personnel_file
from web.api.sight import sight
from web.auth import asked
from web.chronicle.entries import entries
from web.chronicle.gathering import BELONG, GATHERED, Gatherer
from web.chronicle.kinds import Thread
from web.chronicle.paper import as_pdf
from web.chronicle.sight import Visible
from web.chronicle.text import as_text
from web.chronicle.told import Chronicle, Heading, Told, as_json, told
from web.chronicle.wanted import Wanted
from web.resource import Resource
from web.schemas.chronicle import Chronicling
from web.strict import JSON
from web.telling import reader
from web.wiring import desk

TYPES = {"json": JSON, "text": "text/plain", "pdf": "application/pdf"}
MOST = 20_000  # events in one answer
RIGHT = "history.read"
TEXT, BINARY = {"type": "string"}, {"type": "string", "format": "binary"}
FORMS = {
    200: {
        "content": {TYPES["text"]: {"schema": TEXT}, TYPES["pdf"]: {"schema": BINARY}}
    },
    406: "NOT_ACCEPTABLE",
}


def of_person(number: str) -> list[Thread]:
    """Show all that happened to a person: who, when, by what rule, and what changed."""
    with sight({}) as (connection, _):
        file = personnel_file.file(connection, number)
    return Gatherer(desk().casework).person(number, file)


def of_disclosure(key: str) -> list[Thread]:
    """Show all that happened to a report, and to the duties that it meets."""
    return GATHERED["disclosure"](Gatherer(desk().casework), key)


def of_case(key: str) -> list[Thread]:
    """Show all that happened to a case: what it came from, and what came of it."""
    return GATHERED["case"](Gatherer(desk().casework), key)


def of_sanction(key: str) -> list[Thread]:
    """Show all that happened to a sanction, in its case, and to appeals from it."""
    return GATHERED["sanction"](Gatherer(desk().casework), key)


def resource(kind: str, may: str, find: Callable[[str], list[Thread]]) -> Resource:
    """Return the history of one kind of thing as a resource of its own."""
    found = Resource(
        f"{kind}-history",
        about=f"What happened to a {kind} and what belongs to it, event by event.",
        kind=kind,
    )
    name = "number" if kind == "person" else kind

    def show(query: dict[str, Any], **keys: str) -> Response:
        key = keys[name]
        return history(kind, key, find(key), query)

    show.__name__, show.__doc__ = f"show_{kind}_history", find.__doc__
    described = found.doc(responses=FORMS)(show)
    found.question(
        f"/history/{kind}/<{name}>",
        may=may,
        asks=Chronicling,
        answer=Chronicle,
        model="personnel_file",
    )(described)
    return found


def history(
    kind: str, key: str, threads: Sequence[Thread], query: dict[str, Any]
) -> Response:
    """Answer with what whoever asks may see of it, once that is on record."""
    form = query.pop("format", None) or accepted()
    number = asked().person or ""
    visible = Visible(number)
    seen = visible.threads(threads)
    if kind != "person" and not (seen and seen[0].events is threads[0].events):
        raise Unknown(kind, key)
    found = entries(seen, Wanted(**query))
    if len(found) > MOST:
        raise Invalid("from", f"narrow it down: it has more than {MOST} events")
    heading = Heading(
        kind=kind,
        key=key,
        person=number or None,
        left_out=visible.left_out(BELONG[kind]),
    )
    return written(form, heading, told(found, reader()))


def accepted() -> str:
    """Return the form that the request would have, JSON if it says nothing."""
    if not request.accept_mimetypes:
        return "json"
    best = request.accept_mimetypes.best_match(TYPES.values())
    if best is None:
        raise NotAcceptable(f"There is it as {', '.join(TYPES.values())}.")
    return next(form for form, mimetype in TYPES.items() if mimetype == best)


def written(form: str, heading: Heading, entries_: Iterator[Told]) -> Response:
    """Return a history in this form; but for paper it is sent as it is opened."""
    if form == "pdf":
        content: Any = as_pdf(heading, entries_)
    else:
        write = as_json if form == "json" else as_text
        content = write(heading, entries_)
    response = Response(content, mimetype=TYPES[form])
    response.vary.add("Accept")
    if form == "pdf":
        name = f"{heading.kind}-{quote(heading.key, safe='')}.pdf"
        response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


chronicles = (
    resource("person", RIGHT, of_person),
    resource("disclosure", RIGHT, of_disclosure),
    resource("case", "case.read", of_case),
    resource("sanction", "sanction.read", of_sanction),
)
