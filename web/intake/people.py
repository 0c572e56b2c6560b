"""Rows as people: who they are, the units they belong to, the post they hold."""

from domain.errors import Invalid
from domain.personnel import AssumePosition, RegisterPerson
from domain.unit import EstablishUnit
from web.intake.cells import Cells, Row
from web.intake.entry import EnterPerson
from web.intake.shape import Mapping, PersonColumns, UnitColumns


class People:
    """Reads people as the `person` and `units` parts of a mapping say."""

    def __init__(self, mapping: Mapping, columns: PersonColumns) -> None:
        self.units, self.columns = mapping.units, columns
        self.cells = Cells(mapping.source)

    def entry(self, row: Row, origin: str, number: str | None = None) -> EnterPerson:
        """Return the command that enters the row's person, or raise `Invalid`.

        *origin* says where the row comes from; *number* is the personnel number, where
        the mapping finds it elsewhere.
        """
        columns, cells = self.columns, self.cells
        if columns.number:
            number = cells.needed(columns.number, row)
        if number is None:
            raise Invalid("person.number", "the mapping does not say where it stands")
        person = RegisterPerson(
            number=number,
            name=cells.needed(columns.name, row),
            email=cells.text(columns.email, row),
            born_on=cells.day(columns.born_on, row),
            reason=origin,
        )
        units = tuple(
            unit
            for columns_of in self.units
            if (unit := self.unit(columns_of, row, origin))
        )
        post = self.post(number, row, origin)
        return EnterPerson(number=number, person=person, units=units, post=post)

    def unit(self, columns: UnitColumns, row: Row, origin: str) -> EstablishUnit | None:
        code = self.cells.text(columns.code, row)
        if code is None:
            return None
        return EstablishUnit(
            code=code,
            name=self.cells.text(columns.name, row) or code,
            parent=self.cells.text(columns.parent, row),
            reason=origin,
        )

    def post(self, number: str, row: Row, origin: str) -> AssumePosition | None:
        """Return the post that the row says is held; None where it names none.

        Whoever has a title in a unit holds a post there, though the table call it
        nothing: it is the main one.
        """
        columns, cells = self.columns, self.cells
        seated = cells.text(columns.unit, row) and cells.text(columns.title, row)
        post = cells.text(columns.post, row) or ("main" if seated else None)
        if post is None:
            return None
        return AssumePosition(
            number=number,
            post=post,
            unit=cells.needed(columns.unit, row),
            title=cells.needed(columns.title, row),
            from_on=cells.needed_day(columns.from_on, row),
            rank=cells.text(columns.rank, row),
            category=cells.text(columns.category, row),
            employer_type=cells.text(columns.employer_type, row) or "agency",
            reason=origin,
        )
