"""Has the log say each night what the rows of the read models are."""

from collections.abc import Iterator
from datetime import date, datetime

from domain.attestation import (
    Attested,
    AttestProjection,
    ProjectionAttested,
    projection_stream,
)
from projections.digest import Digest, Unattestable, digest
from projections.models import ReadModel, live_models
from projections.runs import Cursor
from scheduler.office import Asked, Office

ATTESTING = "attest"


def attest(
    office: Office, now: datetime, cursor: Cursor | None = None
) -> Iterator[Cursor]:
    """Attest each read model where it stands now; none twice on a day (UTC).

    Of a model that has seen nothing there is nothing to say. What cannot be attested is
    set aside, and the others go on.
    """
    del cursor  # what was attested today is not attested again
    for model in live_models(None):
        try:
            attest_one(office, model, now)
        except Exception as error:  # noqa: BLE001  the other models are attested
            office.set_aside(ATTESTING, model.name, error, now=now)
        yield {"model": model.name}


def attest_one(office: Office, model: ReadModel, now: datetime) -> None:
    stream = projection_stream(model.name)
    if office.casework.look(Attested(), stream).said_on(now.date()):
        return
    with office.connection() as connection:
        found = digest(connection, model)
    refuse_foreign(model, found)
    if found.position:
        office.carry_out([Asked(command(found, now.date()))], job=ATTESTING, now=now)


def refuse_foreign(model: ReadModel, found: Digest) -> None:
    """Raise where another program made rows: nobody could make them again."""
    if found.layout != model.layout():
        raise Unattestable(
            f"{model.name}: another version of the program made its rows;"
            f" run `probity rebuild {model.name}`"
        )


def command(found: Digest, day: date) -> AttestProjection:
    return AttestProjection(
        attested=ProjectionAttested(
            model=found.model,
            layout=found.layout,
            position=found.position,
            on=day,
            form=found.form,
            digest=found.digest,
            tables=found.tables,
            rows=found.rows,
            parked=found.parked,
        )
    )
