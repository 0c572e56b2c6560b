"""The read models: each a schema of PostgreSQL that follows from the log alone."""

from psycopg import Connection

from projections.models.access_log_fold import AccessLog
from projections.models.calendar_fold import Calendar
from projections.models.docket_fold import Docket
from projections.models.eligibility_fold import Eligibility
from projections.models.file_fold import PersonnelFile
from projections.models.model import ReadModel
from projections.models.records_fold import Records
from projections.models.recourse_fold import Recourse
from projections.models.registry_fold import Registry
from projections.models.sanctions_fold import SanctionRegister
from projections.models.statistics_fold import Statistics
from projections.models.words import Opener
from projections.models.worklist_fold import Worklist
from projections.position import SQL as POSITION

__all__ = ["MODELS", "ReadModel", "create_models", "live_models", "outdated"]

# What takes longest to fold comes last: meanwhile the server works for the others.
MODELS: tuple[type[ReadModel], ...] = (
    Calendar,
    Worklist,
    Records,
    AccessLog,
    Statistics,
    Registry,
    SanctionRegister,
    Docket,
    Recourse,
    Eligibility,
    PersonnelFile,
)


def create_models(connection: Connection) -> None:
    """Make the read models that are missing, empty; harmless to run again.

    Run it as probity_projector, who owns the read models, in a transaction.
    """
    for statement in POSITION.creating():
        connection.execute(statement)
    for model in live_models(None):
        row = {"name": model.name, "layout": model.layout()}
        if connection.execute(POSITION["start_position"], row).rowcount:
            model.create(connection)


def outdated(connection: Connection) -> list[str]:
    """Return the read models with tables of another program: they must be rebuilt."""
    names = {"names": [model.name for model in MODELS]}
    rows = connection.execute(POSITION["read_positions"], names).fetchall()
    layouts = {name: layout for name, _, layout in rows}
    return [m.name for m in MODELS if not m.fits(layouts.get(m.name, ""))]


def live_models(vault: Opener | None) -> tuple[ReadModel, ...]:
    """Return the read models as they are in use.

    The *vault* opens names, to index them; whoever applies no events needs none.
    """
    return tuple(model(vault) for model in MODELS)
