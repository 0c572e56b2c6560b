"""The people and units that several read models keep, each for itself."""

from projections.models.model import Part, ReadModel
from projections.models.people import People
from projections.models.row_security import Guard, Guards
from projections.models.units import units

ROSTER = (
    "units.sql",
    "people.sql",
    "roster.py",
    "people.py",
    "careers.py",
    "units.py",
    "rows.py",
    "model.py",
)

GUARDS: Guards = {
    "person": Guard("number"),
    "standing": Guard(),
    "unit": None,
}


def roster(model: ReadModel) -> tuple[People, Part]:
    """Return the parts that keep a model's own people and units."""
    people = People(model.statements("people.sql"))
    return people, units(model.statements("units.sql"))
