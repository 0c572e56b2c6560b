"""The shape of an error: a problem as in RFC 9457."""

from collections.abc import Mapping, Sequence

import msgspec
from flask import Response

from web.strict import answer

PROBLEM = "application/problem+json"
KINDS = "urn:probity:problem:"


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One field of the request, by its path, and what is wrong with it."""

    field: str
    reason: str


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why a request was not carried out: `type` tells programs, `detail` people.

    `rule` is the rule that forbids it; `field` or `errors` say where the request is
    wrong, `gaps` what is missing, `error_id` under which name the server's log has it.
    """

    type: str
    title: str
    status: int
    detail: str
    rule: str | None = None
    field: str | None = None
    errors: Sequence[Fault] = ()
    gaps: Sequence[str] = ()
    error_id: str | None = None


def respond(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    response = answer(problem, problem.status, PROBLEM)
    response.headers.update(headers or {})
    return response
