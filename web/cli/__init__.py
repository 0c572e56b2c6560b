"""The `probity` command: its list of subcommands, each read when it is asked for."""

import pkgutil
import sys
from typing import Any

import click
import structlog

from web.cli.failures import told

COMMANDS = {
    "access-log": "web.cli.records:access_log",
    "accounts": "web.cli.accounts:accounts",
    "bundle": "web.cli.bundle:bundle",
    "database": "web.cli.database:database",
    "demo": "web.cli.demo:demo",
    "draw": "web.cli.draws:draw",
    "eligibility": "web.cli.eligibility:eligibility",
    "file": "web.cli.asking:file",
    "glass": "web.cli.records:glass",
    "history": "web.cli.history:history",
    "holds": "web.cli.records:holds",
    "import": "web.cli.importing:import_",
    "init": "web.cli.database:init",
    "keys": "web.cli.keys:keys",
    "lag": "web.cli.models:lag",
    "late": "web.cli.asking:late",
    "ledger": "web.cli.ledger:ledger",
    "overdue": "web.cli.asking:overdue",
    "parked": "web.cli.models:parked",
    "project": "web.cli.running:project",
    "proof": "web.cli.proof:proof",
    "rebuild": "web.cli.models:rebuild",
    "replay": "web.cli.replay:replay",
    "requests": "web.cli.records:requests_",
    "retention": "web.cli.records:retention",
    "rulebook": "web.cli.rulebooks:rulebook",
    "schedule": "web.cli.running:schedule",
    "sequence": "web.cli.running:sequence",
    "serve": "web.cli.running:serve",
    "token": "web.cli.tokens:token",
    "verification": "web.cli.verifications:verification",
    "verify": "web.cli.verify:verify",
    "web": "web.cli.running:web",
    "witness": "web.cli.witness:witness",
}


class Commands(click.Group):
    """Imports a subcommand on its first use, and tells people what went wrong."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        command: click.Command = pkgutil.resolve_name(place)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        with told():
            return super().invoke(ctx)


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="probity", prog_name="probity")
def main() -> None:
    """Probity: an event-sourced case register for public-integrity offices.

    Data goes to standard output, one JSON document with --json; messages and progress
    go to standard error. Exit codes: 0 done, 1 refused or impossible, 2 wrong usage.
    """
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
