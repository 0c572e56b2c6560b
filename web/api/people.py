"""People: their posts, relatives and service, as offices record them."""

from typing import Any

from flask import Response

from domain import personnel
from web import answers
from web.auth import concerning_unit
from web.replies import carry_out
from web.resource import Resource
from web.schemas import people as schemas

people = Resource(
    "people",
    about="Everyone with a duty under some rulebook, each with one file.",
    kind="person",
)
HERE = "/v1/people"
ONE = "/people/<number>"

people.shows(
    f"{ONE}/history", may="person.read", answer=answers.History, by=answers.history
)


@people.command(
    "/people", may="person.register", body=schemas.RegisterPerson, made=True
)
def register(body: dict[str, Any]) -> Response:
    """Open the file of a person."""
    command = personnel.RegisterPerson(**body)
    return carry_out(command, command.number, made_in=HERE)


@people.command(
    f"{ONE}/identity",
    may="person.correct",
    body=schemas.CorrectIdentity,
    unseen=True,
)
def correct(body: dict[str, Any], number: str) -> Response:
    """Correct the name or the address."""
    return carry_out(personnel.CorrectIdentity(number=number, **body), number)


@people.command(
    f"{ONE}/positions",
    may="person.record_service",
    body=schemas.AssumePosition,
    unseen=True,
)
def assume_position(body: dict[str, Any], number: str) -> Response:
    """Record that the person took up a post."""
    concerning_unit(body["unit"])
    return carry_out(personnel.AssumePosition(number=number, **body), number)


@people.command(
    f"{ONE}/positions/<post>/change",
    may="person.record_service",
    body=schemas.ChangePosition,
    unseen=True,
)
def change_position(body: dict[str, Any], number: str, post: str) -> Response:
    """Record that the post goes on with another rank, unit or title."""
    concerning_unit(body["unit"])
    command = personnel.ChangePosition(number=number, post=post, **body)
    return carry_out(command, number)


@people.command(
    f"{ONE}/positions/<post>/vacation",
    may="person.record_service",
    body=schemas.On,
    unseen=True,
)
def vacate_position(body: dict[str, Any], number: str, post: str) -> Response:
    """Record that the person left a post."""
    command = personnel.VacatePosition(number=number, post=post, **body)
    return carry_out(command, number)


@people.command(
    f"{ONE}/retirement", may="person.record_service", body=schemas.On, unseen=True
)
def retire(body: dict[str, Any], number: str) -> Response:
    """Record that the person retired; all posts end with it."""
    return carry_out(personnel.Retire(number=number, **body), number)


@people.command(
    f"{ONE}/departure", may="person.record_service", body=schemas.On, unseen=True
)
def end_service(body: dict[str, Any], number: str) -> Response:
    """Record that the person left the service; all posts end with it."""
    return carry_out(personnel.EndEmployment(number=number, **body), number)
