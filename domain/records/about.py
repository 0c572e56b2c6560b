"""What is said of a report: sealed with the same key as what the report says."""

from domain.disclosure import Filing
from domain.errors import Invalid
from domain.record import Fact, Given
from domain.rulebook import cited

RESTRICTED = "restricted"


class AboutDisclosure(Fact):
    """What is said of a report: `about` a relative, if the report is, and as secret."""

    about: str | None = None
    confidentiality: str = "confidential"

    @property
    def relative_concerned(self) -> str | None:
        return self.about

    def class_of(self, field: str) -> str:  # noqa: ARG002  as secret as the report
        return self.confidentiality


def secrecy(filing: Filing) -> tuple[str | None, str]:
    """Return which relative a report is about, if any, and how secret it is."""
    strict = RESTRICTED in (filing.confidentiality, *filing.classes.values())
    return filing.relative_concerned, RESTRICTED if strict else "confidential"


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
