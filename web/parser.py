"""How requests are read: bodies strictly, and one thing at a time."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import UnsupportedMediaType

from web import strict


class Parser(FlaskParser):
    """Reads bodies strictly, and lets the one table of errors answer what is wrong."""

    DEFAULT_UNKNOWN_BY_LOCATION: Mapping[str, str | None] = {  # type: ignore[assignment]
        "json": None,
        "query": "raise",
    }

    def load_json(self, req: Any, schema: Schema) -> Any:  # noqa: ARG002  webargs gives it
        raw = req.get_data()
        if raw and not req.is_json:
            raise UnsupportedMediaType("Send the body as application/json.")
        return strict.read(raw) if raw else {}

    def handle_error(self, error: Any, *_: Any, **__: Any) -> Any:
        # It sorts messages by location, of which each request has one.
        raise ValidationError(next(iter(error.messages.values())))
