"""`probity draw`: draws that anybody can repeat, with the register or without."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import click

from domain.casework import Casework
from domain.person import CoveredPersonRegistered
from domain.record import Actor
from domain.verification.draw import DrawSample
from domain.verification.drawing import METHOD, METHODS, digest_of, drawn
from domain.verification.facts import SampleDrawn
from projections.population import Advance, found, repeat
from web.answers.verifications import repetition
from web.cli.asking import DAY
from web.cli.output import json_option, note, print_json
from web.cli.register import opened, user
from web.drawing import open_all, sample_of

FILE = click.File(encoding="utf-8-sig")


@click.group()
def draw() -> None:
    """Draw who is verified, and repeat what was drawn."""


@draw.command(name="run")
@click.argument("numbers", type=FILE)
@click.option("--seed", required=True, help="What the draw is seeded with.")
@click.option("--size", required=True, type=click.IntRange(1), help="How many.")
@click.option("--method", type=click.Choice(sorted(METHODS)), default=METHOD)
@json_option
def run(numbers: Any, seed: str, size: int, method: str, *, as_json: bool) -> None:
    """Draw from a list, one number a line ("-": standard input); needs no register.

    The digest is that of the sorted list: as recorded with a draw, it is the same list.
    """
    people = [line.strip() for line in numbers if line.strip()]
    result: dict[str, Any] = {
        "method": method,
        "seed": seed,
        "population_sha256": digest_of(people),
        "population_size": len(people),
        "drawn": drawn(method, seed, people, size),
    }
    if as_json:
        print_json(result)
        return
    note(f"{len(people)} people, SHA-256 {result['population_sha256']}")
    click.echo("\n".join(result["drawn"]))


@draw.command(name="make")
@click.option("--rulebook", required=True, help="Whose population and share count.")
@click.option("--seed", required=True, help="What the draw is seeded with.")
@click.option("--seed-from", required=True, help="Where the seed was published.")
@click.option("--population", help="Else the one that the rulebook names.")
@click.option("--unit", help="Only those who stand in this unit, or below it.")
@click.option("--as-of", type=DAY, help="The day; else today.")
@click.option("--size", type=click.IntRange(1), help="Else the rulebook's share.")
@click.option("--by", default=user, help="Who draws; else who runs this.")
@json_option
def make(*, by: str, as_json: bool, **asked: Any) -> None:
    """Draw from all whom a population covers, and open their verifications."""
    asked["as_of"] = asked["as_of"] and asked["as_of"].date()
    with opened("draw") as casework:
        at = datetime.now(UTC)
        name = str(uuid4())
        command = found(casework, DrawSample(draw=name, persons=(), **asked), at)
        actor = Actor(id=by, role="verifier")
        casework.handle(command, by=actor, at=at)
        sample = sample_of(casework, name)
        opening(casework, sample, actor)
    if as_json:
        print_json(sample)
        return
    note(f"Draw {name}: {len(sample.drawn)} of {sample.population_size} people.")
    click.echo("\n".join(sample.drawn))


@draw.command(name="open")
@click.argument("name", metavar="DRAW")
@click.option("--by", default=user, help="Who opens them; else who runs this.")
def open_(name: str, by: str) -> None:
    """Open what is missing of a draw's verifications, where that was cut short."""
    with opened("draw") as casework:
        actor = Actor(id=by, role="verifier")
        new = opening(casework, sample_of(casework, name), actor)
    click.echo(f"{new} opened")


@draw.command(name="verify")
@click.argument("name", metavar="DRAW")
@json_option
@click.pass_context
def verify(context: click.Context, name: str, *, as_json: bool) -> None:
    """Draw again, from the population as the log had it then, and compare.

    Exit codes: 0 identical, 1 something differs.
    """
    with opened("draw") as casework, counting(casework) as advance:
        pair = repeat(casework, name, advance)
    result = repetition(*pair)
    if as_json:
        print_json(result)
    else:
        word = "identical" if result.identical else "DIFFERENT"
        click.echo(f"{name}: {word}")
        differences(*pair)
    context.exit(0 if result.identical else 1)


def differences(recorded: SampleDrawn, again: SampleDrawn) -> None:
    """Print both values of whatever is not the same."""
    for field in ("population_size", "population_sha256", "drawn"):
        before, now = getattr(recorded, field), getattr(again, field)
        if before != now:
            click.echo(f"  {field}: recorded {before}, repeated {now}")


def opening(casework: Casework, sample: SampleDrawn, actor: Actor) -> int:
    """Open the verifications that are missing; return how many there were."""
    bar = click.progressbar(
        length=len(sample.drawn), label="verifications", file=sys.stderr
    )
    with bar as progress:
        return open_all(casework, sample, actor, progress.update)


@contextmanager
def counting(casework: Casework) -> Iterator[Advance]:
    """Show how many of all people were looked at."""
    page = casework.recorder.select_notifications
    topics = [CoveredPersonRegistered.TOPIC]
    people = len(page(1, sys.maxsize // 2, None, topics))
    bar = click.progressbar(length=people, label="people", file=sys.stderr)
    with bar as progress:
        yield progress.update
