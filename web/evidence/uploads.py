"""Requests that bring a file: forms in parts (RFC 7578), larger than other bodies."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

import msgspec
from flask import g, request
from marshmallow import Schema
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from web.evidence.examining import MOST_BYTES
from web.parser import Parser
from web.replies import Receipt
from web.resource import KEY, OF_COMMANDS, Resource
from web.strict import unstorable
from web.waiting import View

FORM = "multipart/form-data"
# What a form needs besides its file: its other parts, and the lines between them.
BESIDES = 64 * 1024


class FormParser(Parser):
    """Reads a form with its file; each field stands in it once."""

    def load_form(self, req: Any, schema: Schema) -> Any:  # noqa: ARG002  webargs gives it
        if req.mimetype != FORM:
            raise UnsupportedMediaType(f"Send the file in a form: {FORM}.")
        parts = [*req.form.items(multi=True), *req.files.items(multi=True)]
        found = dict(parts)
        if len(found) < len(parts):
            raise BadRequest("a field stands twice in the form")
        texts = dict(req.form)
        if fault := unstorable(texts):
            raise BadRequest(f"the form is refused: {fault}")
        # Of two requests that say the same, the lines between the parts may differ.
        files = {name: digest_of(file) for name, file in req.files.items()}
        g.sent = msgspec.json.encode([sorted(texts.items()), sorted(files.items())])
        return found


def digest_of(file: FileStorage) -> str:
    content = file.read()
    file.seek(0)
    return sha256(content).hexdigest()


class Uploads(Resource):
    """A resource to which files are sent."""

    ARGUMENTS_PARSER = FormParser()

    def upload(
        self, rule: str, *, may: str, body: type[Schema]
    ) -> Callable[[View], View]:
        """Route a POST that records a file, and is answered with a receipt."""

        def register(view: View) -> View:
            view = self.returns(view, Receipt, 201, tagged=True)
            form = self.arguments(body(), location="form", content_type=FORM)
            view = self.documented(form(view), may, OF_COMMANDS, parameters=[KEY])
            view = self.guarded(larger(view), may, rule)
            self.route(rule, methods=["POST"])(view)
            return view

        return register


def larger(view: View) -> View:
    """Let a body through that is as large as a file may be."""

    @wraps(view)
    def let_through(**keys: Any) -> Any:
        request.max_content_length = MOST_BYTES + BESIDES
        return view(**keys)

    return let_through
