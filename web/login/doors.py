"""Routes that take no right, since by them one comes in, looks around, and goes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response
from marshmallow import Schema

from web import strict
from web.components import schema_of
from web.resource import Resource
from web.waiting import View

NONE = "none"


class Door(Resource):
    """A resource whose routes stand at the top, and ask for no right of a role."""

    def __init__(self, name: str, *, about: str) -> None:
        super().__init__(name, about=about)
        self.url_prefix = None

    def opens(
        self,
        rule: str,
        method: str,
        *,
        answer: Any = None,
        body: type[Schema] | None = None,
        **more: Any,
    ) -> Callable[[View], View]:
        """Route a request that is answered with a value, or with nothing (204).

        Args:
            rule: the path.
            method: GET or POST.
            answer: the type of what the view returns, unless that is a response.
            body: the schema of what is sent.
            more: what else the document says of it.
        """

        def register(view: View) -> View:
            view = self.answered(view, answer)
            view = self.takes(view, body) if body else view
            refusals = (409, 413, 415, 422) if body else ()
            view = self.documented(view, NONE, refusals, **more)
            view.may = NONE  # type: ignore[attr-defined]  # the test of all routes reads it
            self.route(rule, methods=[method])(view)
            return view

        return register

    def answered(self, view: View, kind: Any) -> View:
        @wraps(view)
        def encoded(*args: Any, **keys: Any) -> Response:
            value = view(*args, **keys)
            return value if isinstance(value, Response) else strict.answer(value)

        if kind is None:
            described: View = self.response(204)(encoded)
        else:
            described = self.response(200, schema_of(kind), content_type=strict.JSON)(
                encoded
            )
        return described
