"""What is recorded with the people themselves: relatives, and being told of rules."""

from typing import Any

from flask import Response

from domain import personnel
from web.api.people import ONE
from web.replies import carry_out
from web.resource import Resource
from web.schemas import people as schemas
from web.schemas.fields import Remarks

declarations = Resource(
    "declarations",
    about="Relatives, and which rules somebody was told of and has acknowledged.",
    kind="person",
)


@declarations.command(
    f"{ONE}/relatives",
    may="person.declare_relative",
    body=schemas.DeclareRelative,
    unseen=True,
)
def declare_relative(body: dict[str, Any], number: str) -> Response:
    """Declare a relative, with no more about them than the duty needs."""
    return carry_out(personnel.DeclareRelative(number=number, **body), number)


@declarations.command(
    f"{ONE}/relatives/<relative>/removal",
    may="person.declare_relative",
    body=Remarks,
    unseen=True,
)
def remove_relative(body: dict[str, Any], number: str, relative: str) -> Response:
    """State that somebody is a relative no longer; the history keeps them."""
    command = personnel.RemoveRelative(number=number, relative=relative, **body)
    return carry_out(command, number)


@declarations.command(
    f"{ONE}/notices", may="person.notify", body=schemas.Notice, unseen=True
)
def notify(body: dict[str, Any], number: str) -> Response:
    """Record that the person was told of the rules that bind them."""
    return carry_out(personnel.NotifyRules(number=number, **body), number)


@declarations.command(
    f"{ONE}/acknowledgements",
    may="person.acknowledge",
    body=schemas.Notice,
    unseen=True,
)
def acknowledge(body: dict[str, Any], number: str) -> Response:
    """Record that the person has taken note of the rules."""
    return carry_out(personnel.AcknowledgeRules(number=number, **body), number)
