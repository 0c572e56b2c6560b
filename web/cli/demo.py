"""`probity demo`: a regime, two hundred people and a year of filings, to look at."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import click

from domain.access import DECLARANT, ROLES, TABLE
from domain.casework import Casework
from projections.log import open_log
from projections.models import calendar
from projections.postgres.address import connect_as
from projections.tokens import Tokens, Wanted
from web.chronicle.entries import entries
from web.chronicle.told import told
from web.cli.asking import OPEN, file_of
from web.cli.freshness import catch_up
from web.cli.history import print_events, threads_of
from web.cli.output import json_option, note, print_json, print_table
from web.cli.papers import print_file
from web.cli.register import ROLE, checked_url, opened, reading
from web.cli.running import prepare, refuse_taken, run_together
from web.cli.telling import at_terminal
from web.cli.tokens import everything
from web.demo.calendar import Year
from web.demo.canaries import canaries
from web.demo.cast import TOP, UNITS
from web.demo.play import play
from web.demo.proceedings import certificates, certify
from web.demo.stage import Story, find

ISSUER = "demo"
GOOD_FOR = timedelta(days=30)
# The others are for machines.
ROLES_OF_PEOPLE = [role for role in ROLES if role not in ("import", "scheduler")]
SHOWING = "administration"
TOLD = ("person", "result", "until", "review_on", "because")  # by a certificate
SHOWN = 15  # overdue duties in the list; all of them are in the register


@click.command()
@click.option(
    "--check", is_flag=True, help="Do all of it, and exit instead of serving."
)
@click.option(
    "--canaries",
    "listing",
    is_flag=True,
    help="Only list the texts that its people declare, to look for in the database.",
)
@json_option
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="Where to serve.",
)
def demo(port: int, *, check: bool, listing: bool, as_json: bool) -> None:
    """Load an invented department and its year, show what came of it, and serve it.

    It needs a register of its own. What is there already is not loaded again.
    """
    if as_json and not listing:
        raise click.UsageError("--json goes with --canaries")
    if listing:
        list_canaries(as_json=as_json)
        return
    bind = f"127.0.0.1:{port}"
    if not check:
        refuse_taken(bind)
    prepare()
    with opened("demo") as casework:
        story = find(casework, Year.before(datetime.now(UTC).date()))
        if not story.played:
            perform(casework, story)
        url = checked_url()
        catch_up(url)
        tell(story)
        show(casework, story)
    hand_out_tokens(url, story)
    if not check:
        run_together(bind)


def list_canaries(*, as_json: bool) -> None:
    """Print what the demonstration declares, of the year that the register holds."""
    now = Year.before(datetime.now(UTC).date())
    with opened("demo") as casework:
        found = canaries(find(casework, now).script)
    if as_json:
        print_json(found)
        return
    for text in found:
        click.echo(text)


def perform(casework: Casework, story: Story) -> None:
    steps = story.script.steps
    bar = click.progressbar(length=len(steps), label="One year", file=sys.stderr)
    with bar as progress:
        play(casework, steps, progress.update)
    certify(casework, story.script)


def tell(story: Story) -> None:
    year = story.script.year
    found = "is here already, and was not loaded again" if story.played else "is loaded"
    note(
        f"The demonstration {found}: {len(story.script.cast)} people in"
        f" {len(UNITS)} units, and their reports from {year.first} to {year.today}."
        " All names are invented, and the rulebooks' dates moved into that year."
    )


def show(casework: Casework, story: Story) -> None:
    """Print the overdue list, a personnel file, and a late amendment's history."""
    with reading("demo") as connection:
        heading("Overdue", f"probity overdue --purpose {SHOWING}")
        page = calendar.overdue(connection, datetime.now(UTC).date(), limit=SHOWN)
        reader = at_terminal(casework, "calendar", purpose=SHOWING)
        print_table(reader.told(page.rows), OPEN, empty="Nothing is.")
        if page.next:
            note(f"... the {SHOWN} longest overdue; there are more.")
        person = story.amender
        command = f"probity file {person} --purpose {SHOWING}"
        heading(f"The file of {person}", command)
        reader = at_terminal(casework, "file", person=person, purpose=SHOWING)
        print_file(reader.told(file_of(connection, person)))
    command = f"probity history {story.amended} --purpose {SHOWING}"
    heading("A report amended late", command)
    events = entries(threads_of(casework, story.amended))
    reader = at_terminal(casework, "history", person=person, purpose=SHOWING)
    print_events(told(events, reader), as_json=False)
    heading("What the promotion board is told", "GET /v1/certificates/ID")
    rows = certificates(casework, story.script)
    reader = at_terminal(casework, "certificate", purpose=SHOWING)
    print_table(reader.told(rows), TOLD, empty="Nothing.")


def heading(title: str, command: str) -> None:
    click.echo(f"\n== {title} ==  ({command})\n")


def hand_out_tokens(url: str, story: Story) -> None:
    """Issue a token for every role; those of an earlier demonstration end."""
    known = Tokens(open_log(connect_as(url, ROLE, name="probity demo"), size=1).pool)
    with known.pool:
        for old in everything(known):
            if old.created_by == ISSUER and old.revoked_at is None:
                known.revoke(old.id, by=ISSUER)
        heading("Tokens", "Authorization: Bearer TOKEN")
        for wanted in tokens_of(story):
            secret = known.issue(wanted, by=ISSUER)
            click.echo(f"{wanted.role:<18} {wanted.label:<24} {secret}")


def tokens_of(story: Story) -> Iterator[Wanted]:
    """Yield a token for each role that people have; judges are people with files."""
    script = story.script
    judge = script.reviewers[0]
    persons = {
        DECLARANT: next(m for m in script.cast if m.number == story.amender),
        "reviewer": judge,
        "certifier": judge,
        "board": script.cast[1],
    }
    expires_at = datetime.now(UTC) + GOOD_FOR
    for role in ROLES_OF_PEOPLE:
        person = persons.get(role)
        yield Wanted(
            role=role,
            label=person.number if person else f"demo {role}",
            expires_at=expires_at,
            person=person.number if person else None,
            unit=TOP if TABLE[role].assigned else None,
        )
