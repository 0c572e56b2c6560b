"""A resource of the API: its routes, each with the right it takes, and their docs."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from flask import Response, request
from flask_smorest import (  # type: ignore[import-untyped]  # it has no types
    Blueprint,
)
from marshmallow import Schema
from werkzeug.exceptions import PreconditionRequired

from domain.access import CONFIDENTIAL
from domain.records.reading import KINDS
from web import strict
from web.auth import admit
from web.components import schema_of
from web.matters import Matter, matter, open_matter
from web.parser import Parser
from web.replies import Receipt, shown
from web.schemas.queries import Reading
from web.telling import reads, told
from web.waiting import View, caught_up

ALWAYS = (400, 401, 403, 404, 429, 500, 503)
OF_COMMANDS = (409, 413, 415, 422)
OF_CHANGES = (412, 428)
# What the lists show that have a name of their own.
LISTS = {
    "people": "directory",
    "obligations": "calendar",
    "overdue": "calendar",
    "late": "calendar",
    "disclosures": "search",
}
IF_MATCH, KEY, ETAG = "IF_MATCH_VERSION", "IDEMPOTENCY_KEY", "VERSION"
READ_FOR, READ_WHY = "PURPOSE", "REASON"
# What tells of people, besides what is confidential.
OF_PEOPLE = CONFIDENTIAL | {"worklist"}


class Resource(Blueprint):  # type: ignore[misc]  # flask-smorest has no types
    """Routes about one kind of thing, under one path.

    `kind` is that of the things which the paths name, as `web.matters` knows it;
    without it the view looks after whom a request concerns.
    """

    ARGUMENTS_PARSER = Parser()

    def __init__(self, name: str, *, about: str, kind: str | None = None) -> None:
        super().__init__(name, __name__, url_prefix="/v1", description=about)
        self.kind = kind
        self._prepare_doc_cbks.append(with_purpose)

    def command(
        self,
        rule: str,
        *,
        may: str,
        body: type[Schema],
        made: bool = False,
        unseen: bool = False,
    ) -> Callable[[View], View]:
        """Route a POST that records something, and is answered with a receipt.

        Args:
            rule: the path below /v1.
            may: the right that it takes, one of `domain.access.ACTIONS`.
            body: the schema of what is sent.
            made: it makes something new; else it changes what the path names.
            unseen: it may be asked by one who has not read the version it changes.
        """
        refusals = (*OF_COMMANDS, *OF_CHANGES) if unseen or not made else OF_COMMANDS
        headers = [KEY, IF_MATCH] if unseen or not made else [KEY]

        def register(view: View) -> View:
            view = self.returns(view, Receipt, 201 if made else 200, tagged=True)
            view = self.takes(view, body)
            view = self.documented(view, may, refusals, parameters=headers)
            view = self.guarded(view, may, rule, seen=not (made or unseen))
            self.route(rule, methods=["POST"])(view)
            return view

        return register

    def question(
        self,
        rule: str,
        *,
        may: str,
        asks: type[Schema],
        answer: Any,
        model: str | None = None,
        mimetype: str = strict.JSON,
    ) -> Callable[[View], View]:
        """Route a GET; `model` is the read model that answers, else it is the log.

        `asks` is the schema of the query, `answer` the type that is returned; a view
        of the log returns a `Response` with the version as its ETag.
        """

        def register(view: View) -> View:
            tagged = model is None
            view = self.returns(view, answer, 200, tagged=tagged, mimetype=mimetype)
            view = self.arguments(asks(), location="query")(caught_up(view, model))
            view = self.documented(view, may, (304, 422) if tagged else (422,))
            view = self.guarded(view, may, rule)
            self.route(rule)(view)
            return view

        return register

    def administers(
        self,
        rule: str,
        method: str,
        *,
        may: str,
        answer: Any,
        body: type[Schema] | None = None,
    ) -> Callable[[View], View]:
        """Route a request that changes something which is not in the log."""

        def register(view: View) -> View:
            view = self.returns(view, answer, 201 if body else 200, tagged=False)
            view = self.takes(view, body) if body else view
            view = self.documented(view, may, (413, 415, 422) if body else ())
            view = self.guarded(view, may, rule)
            self.route(rule, methods=[method])(view)
            return view

        return register

    def shows(
        self, rule: str, *, may: str, answer: Any, by: Callable[[Matter], Any]
    ) -> None:
        """Route a GET of what the path names, as the log has it now.

        `by` makes the *answer* of it; its first line says what the route does.
        """

        def show(query: dict[str, Any], **_: Any) -> Response:  # noqa: ARG001  it is documented
            return shown(by(matter()), matter().version)

        show.__name__, show.__doc__ = f"show_{by.__name__}", by.__doc__
        self.question(rule, may=may, asks=Reading, answer=answer)(show)

    def guarded(self, view: View, may: str, rule: str, *, seen: bool = False) -> View:
        """Wrap the view in the question who may ask it, which comes first."""
        kind, named = self.kind, "<" in rule
        what = shown_by(kind, rule)

        @wraps(view)
        def guard(**keys: Any) -> Any:
            key = str(next(iter(keys.values()))) if named else ""
            reads(what, key)
            admit(may, (kind, key) if kind and named else None)
            if seen and "If-Match" not in request.headers:
                raise PreconditionRequired(
                    "Send If-Match with the version you have read, its ETag."
                )
            if kind and named:
                open_matter(kind, key)
            return view(**keys)

        guard.may = may  # type: ignore[attr-defined]  # the test of all routes reads it
        return guard

    def takes(self, view: View, body: type[Schema]) -> View:
        schema = body()
        needed = any(field.required for field in schema.fields.values())
        described: View = self.arguments(schema, required=needed)(view)
        return described

    def returns(
        self,
        view: View,
        kind: Any,
        status: int,
        *,
        tagged: bool,
        mimetype: str = strict.JSON,
    ) -> View:
        headers = {"ETag": ETAG} if tagged else {}
        schema = schema_of(kind)

        @wraps(view)
        def encoded(*args: Any, **keys: Any) -> Response:
            value = view(*args, **keys)
            return value if isinstance(value, Response) else strict.answer(told(value))

        described: View = self.response(
            status, schema, headers=headers, content_type=mimetype
        )(encoded)
        return described

    def documented(
        self, view: View, may: str, refusals: tuple[int, ...], **more: Any
    ) -> View:
        responses = {s: HTTPStatus(s).name for s in sorted((*ALWAYS, *refusals))}
        described: View = self.doc(
            responses=responses, **more, **{"x-probity-right": may}
        )(view)
        return described


def with_purpose(
    doc: dict[str, Any], known: dict[str, Any], *, method: str, **_: Any
) -> dict[str, Any]:
    """Let whoever reads of people say what for, and why, in the document of a route."""
    right = known.get("manual_doc", {}).get("x-probity-right", "")
    if method.lower() == "get" and right.partition(".")[0] in OF_PEOPLE:
        doc.setdefault("parameters", []).extend([READ_FOR, READ_WHY])
    return doc


def shown_by(kind: str | None, rule: str) -> str:
    """Return what it is on record that somebody read, by the route's path."""
    last = rule.rpartition("/")[2]
    if kind == "disclosure" and "<" in rule:
        return kind  # its history shows as much, and is kept from the same readers
    if last in KINDS:
        return last
    return kind if kind in KINDS and "<" in rule else LISTS.get(last, "list")
