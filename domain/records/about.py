"""The fields of a report that others speak of."""

from domain.disclosure import Filing
from domain.errors import Invalid
from domain.record import Given
from domain.rulebook import cited


def check_fields(given: Given, filing: Filing, fields: tuple[str, ...]) -> None:
    """Raise `Invalid` unless the report's form asks each of these fields."""
    _, rule = cited(given, filing.cited)
    form = [field.name for field in rule.form or ()]
    for field in fields:
        if plain(field) not in form:
            known = f"{field} is not one of {', '.join(form)}"
            raise Invalid("fields", known, rule=str(filing.cited))


def plain(field: str) -> str:
    """Return the field's own name: "venue" for "items[2].venue"."""
    return field.rpartition("].")[2]
