"""`probity serve` and its programs: together on one machine, or each alone."""

import os
import socket
from collections.abc import Sequence
from contextlib import closing

import click
import psycopg

from projections.ledger.leading import catch_up as take_all
from projections.ledger.signing import open_signing
from projections.models import create_models
from projections.postgres.address import connect_as, locate
from projections.postgres.errors import NotInitialised
from projections.postgres.setup import initialise
from projections.vault.keyring import open_vault
from web.cli.database import give_keys
from web.cli.freshness import Lender, catch_up
from web.cli.output import note
from web.cli.register import ROLE, checked_url
from web.cli.supervisor import Program, keep, python
from web.login.settings import LoginSettings
from web.server import Server
from web.wiring import Settings

LEDGER = "probity_ledger"
BIND = "127.0.0.1:8000"
bind_option = click.option(
    "--bind",
    default=BIND,
    show_default=True,
    help="Where to listen: host:port, or unix:path.",
)
workers_option = click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes; one serves until a processor is busy with it.",
)
threads_option = click.option(
    "--threads",
    type=click.IntRange(1, 256),
    default=8,
    show_default=True,
    help="Requests at once in each process.",
)


@click.command()
@bind_option
@workers_option
@threads_option
def serve(bind: str, workers: int, threads: int) -> None:
    """Run web, projector, scheduler and sequencer together on this machine.

    The register is initialised if it is not. A program that ends is started again.
    """
    prepare()
    run_together(bind, ("--workers", str(workers), "--threads", str(threads)))


def prepare() -> None:
    """Check the database; create what is missing in a new one."""
    try:
        checked_url()
    except NotInitialised:
        address = locate()
        initialise(address, models=create_models)
        give_keys(address.admin_url)
        note("The register is new: it has been initialised.")
        checked_url()


def check_wrapping() -> None:
    """Raise `VaultClosed` where nothing could be sealed or opened."""
    where = connect_as(checked_url(), ROLE, name="probity serve")
    open_vault(Lender(where)).check()


def run_together(bind: str, arguments: Sequence[str] = ()) -> None:
    """Run all programs until told to stop; the embedded server runs with them."""
    refuse_taken(bind)
    # What is wrong in these is told now, and not by each restart.
    LoginSettings.of()
    check_wrapping()
    open_signing()
    held = locate()
    programs = [
        Program("web", python("web.cli", "web", "--bind", bind, *arguments)),
        Program("projector", python("projections")),
        Program("scheduler", python("scheduler")),
        Program("sequencer", python("projections.ledger")),
    ]
    note(f"Serving at {shown(bind)}, documented at {shown(bind)}/docs. Ctrl-C stops.")
    keep(programs)
    note("Stopped.")
    del held


def shown(bind: str) -> str:
    return bind if bind.startswith("unix:") else f"http://{bind}"


def refuse_taken(bind: str) -> None:
    """Raise where nobody could listen: better now than again and again later."""
    host, _, port = bind.rpartition(":")
    if bind.startswith("unix:"):
        return
    try:
        known = socket.getaddrinfo(host.strip("[]"), int(port), type=socket.SOCK_STREAM)
        with closing(socket.socket(known[0][0], socket.SOCK_STREAM)) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(known[0][4])
    except ValueError:
        raise click.BadParameter(
            f"{bind} is not host:port", param_hint="bind"
        ) from None
    except OSError as error:
        reason = f"nobody can listen at {bind}: {error.strerror}"
        raise click.ClickException(f"{reason}; choose another --bind") from error


@click.command()
@bind_option
@workers_option
@threads_option
def web(bind: str, workers: int, threads: int) -> None:
    """Serve HTTP alone."""
    url = checked_url()
    settings = Settings(url=url, login=LoginSettings.of())
    Server(settings, bind=bind, workers=workers, threads=threads).run()


@click.command()
@click.option("--once", is_flag=True, help="Catch up with the log, and end.")
def project(*, once: bool) -> None:
    """Bring the read models forward, as events come."""
    url = checked_url()
    if once:
        catch_up(url)
    else:
        become("projections")


@click.command()
def schedule() -> None:
    """Do what is due when nobody asks: raise, remind, mark overdue, send mail."""
    checked_url()
    become("scheduler")


@click.command()
@click.option("--once", is_flag=True, help="Catch up with the log, sign, and end.")
def sequence(*, once: bool) -> None:
    """Bring events into the ledger's tree, sign its checkpoints and publish them."""
    url = checked_url()
    if once:
        sequence_once(url)
    else:
        become("projections.ledger")


def sequence_once(url: str) -> None:
    where = connect_as(url, LEDGER, name="probity sequence")
    with psycopg.connect(where, autocommit=True) as connection:
        taken = take_all(connection, open_signing())
    note(f"{taken} events were taken into the ledger's tree.")


def become(module: str) -> None:
    """Go on as another program of ours, with this process's number and signals."""
    command = python(module)
    os.execv(command[0], list(command))  # noqa: S606  a program of ours
