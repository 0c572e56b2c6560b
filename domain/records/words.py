"""What must be said, and what may be: reasons, and codes from a closed list."""

from collections.abc import Collection

from domain.errors import Invalid


def demand(field: str, said: str | None, *, what: str, rule: str) -> str:
    """Return what was said, or raise `Invalid` that asks for *what*."""
    if not (said and said.strip()):
        raise Invalid(field, what, rule=rule)
    return said


def one_of(field: str, said: str, allowed: Collection[str], *, rule: str) -> None:
    """Raise `Invalid` unless what was said is one of those allowed."""
    if said not in allowed:
        known = ", ".join(sorted(allowed))
        raise Invalid(field, f"{said} is not one of {known}", rule=rule)
