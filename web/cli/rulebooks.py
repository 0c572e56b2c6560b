"""`probity rulebook`: texts are checked, compared, and made the law."""

from datetime import UTC, datetime
from pathlib import Path

import click

from domain.casework import Casework
from domain.errors import Invalid, Unknown
from domain.record import Actor
from domain.regime.complete import gaps, remarks
from domain.regime.parse import parse
from domain.regime.sections import sections
from domain.regime.types import Rulebook
from domain.rulebook import (
    DraftRulebook,
    PublishRulebook,
    Regime,
    regime_stream,
    title,
)
from domain.rulebooks import shipped
from web.cli.difference import changes
from web.cli.output import json_option, note, print_json, print_table
from web.cli.register import opened, user

STEWARD = "rulebook_steward"


@click.group()
def rulebook() -> None:
    """Rules as data: FILE is a TOML file, or the name of a shipped rulebook."""


def text_of(name: str) -> str:
    """Return the text of a file or of a shipped rulebook, or raise `Invalid`."""
    ours = shipped()
    try:
        if not Path(name).exists():
            return ours[name.removesuffix(".toml") + ".toml"]
        return Path(name).read_text(encoding="utf-8-sig")
    except KeyError:
        known = ", ".join(file.removesuffix(".toml") for file in ours)
        raise Invalid(name, f"there is no such file; shipped are {known}") from None
    except UnicodeDecodeError:
        raise Invalid(name, "it is not a text in UTF-8") from None


def book_of(name: str) -> Rulebook:
    return parse(text_of(name), source=name)


@rulebook.command()
@click.argument("file")
@json_option
def check(file: str, *, as_json: bool) -> None:
    """Say what is wrong with a rulebook, or missing: all of it at once.

    What nobody has checked against its source, or deserves a look, is said as well.
    """
    book = book_of(file)
    missing, doubtful = gaps(book), remarks(book)
    if as_json:
        print_json(
            {
                "rulebook": book.id,
                "version": book.version,
                "effective_from": book.effective_from,
                "rules": [rule.id for rule in book.rules],
                "sections": [part.place for part in sections(book)],
                "missing": missing,
                "remarks": doubtful,
            }
        )
    for remark in doubtful:
        note(f"Remark: {remark}")
    for gap in missing:
        note(gap)
    if missing:
        raise click.ClickException(f"{title(book)} is incomplete")
    note(f"{title(book)} is complete: {contents(book)}.")


def contents(book: Rulebook) -> str:
    """Return how many rules it has, and which sections."""
    rules = f"{len(book.rules)} rules"
    return ", ".join((rules, *(part.place for part in sections(book))))


@rulebook.command()
@click.argument("old")
@click.argument("new")
@json_option
def diff(old: str, new: str, *, as_json: bool) -> None:
    """Say rule by rule what changes from the OLD rulebook to the NEW."""
    found = list(changes(book_of(old), book_of(new)))
    if as_json:
        print_json([{**change._asdict(), "words": str(change)} for change in found])
        return
    for change in found:
        click.echo(str(change))
    if not found:
        note("They say the same.")


@rulebook.command()
@click.argument("file")
@click.option("--by", default=user, help="Who drafts it; without it, who runs this.")
@click.option("--approved-by", default=user, help="Who publishes it: somebody else.")
@json_option
def publish(file: str, by: str, approved_by: str, *, as_json: bool) -> None:
    """Draft a rulebook, and make it the law from its date.

    Two persons do this. Whoever runs it again, with the same text, publishes what the
    first has drafted.
    """
    text = text_of(file)
    book = parse(text, source=file)
    now = datetime.now(UTC)
    draft = DraftRulebook(rulebook=book.id, text=text)
    publication = PublishRulebook(rulebook=book.id, version=book.version)
    with opened("rulebook") as casework:
        regime = casework.look(Regime(), regime_stream(book.id))
        if book.version not in regime.published or regime.texts[book.version] != text:
            casework.handle(draft, by=Actor(id=by, role=STEWARD), at=now)
        done = casework.handle(
            publication, by=Actor(id=approved_by, role=STEWARD), at=now
        )
    if as_json:
        print_json(
            {"rulebook": book.id, "version": book.version, "position": done.position}
        )
    said = "is published" if done.position else "was published before"
    note(f"{title(book)} {said}; in force from {book.effective_from}.")


@rulebook.command(name="list")
@json_option
def list_(*, as_json: bool) -> None:
    """List the shipped rulebooks, and what the register has of each."""
    with opened("rulebook") as casework:
        rows = [state_of(casework, text) for text in shipped().values()]
    if as_json:
        print_json(rows)
    else:
        columns = ("rulebook", "version", "state", "effective_from", "label")
        print_table(rows, columns, empty="There are none.")


def state_of(casework: Casework, text: str) -> dict[str, object]:
    book = parse(text)
    regime = casework.look(Regime(), regime_stream(book.id))
    drafted = "drafted" if book.version in regime.texts else "not in the register"
    return {
        "rulebook": book.id,
        "version": book.version,
        "state": "published" if book.version in regime.published else drafted,
        "effective_from": book.effective_from,
        "label": book.labels.get("en", ""),
    }


@rulebook.command()
@click.argument("name")
@click.option("--version", type=int, help="Which one; without it, the latest.")
def show(name: str, version: int | None) -> None:
    """Print the text of a rulebook as the register has it."""
    with opened("rulebook") as casework:
        regime = casework.look(Regime(), regime_stream(name))
    number = version or max(regime.texts, default=0)
    if number not in regime.texts:
        raise Unknown("rulebook", f"{name} v{number}" if number else name)
    click.echo(regime.texts[number], nl=False)
