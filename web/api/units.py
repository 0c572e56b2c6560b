"""Units and their hierarchy."""

from typing import Any

from flask import Response

from domain import unit as unit_
from web import answers
from web.auth import concerning_unit
from web.replies import carry_out
from web.resource import Resource
from web.schemas import people as schemas

units = Resource("units", about="Units, each below one other.", kind="unit")
HERE = "/v1/units"
ONE = "/units/<code>"

units.shows(ONE, may="unit.read", answer=answers.UnitRecord, by=answers.unit)
units.shows(
    f"{ONE}/history", may="unit.read", answer=answers.History, by=answers.history
)


@units.command("/units", may="unit.establish", body=schemas.EstablishUnit, made=True)
def establish(body: dict[str, Any]) -> Response:
    """Enter a unit."""
    concerning_unit(body.get("parent"))
    command = unit_.EstablishUnit(**body)
    return carry_out(command, command.code, made_in=HERE)


@units.command(f"{ONE}/parent", may="unit.move", body=schemas.MoveUnit, unseen=True)
def move(body: dict[str, Any], code: str) -> Response:
    """Put a unit below another one, or at the top."""
    concerning_unit(body["parent"])
    return carry_out(unit_.MoveUnit(code=code, **body), code)


@units.command(f"{ONE}/head", may="unit.name_head", body=schemas.NameHead, unseen=True)
def name_head(body: dict[str, Any], code: str) -> Response:
    """Name who leads a unit, or that nobody does."""
    return carry_out(unit_.NameHead(code=code, **body), code)
