"""The lists of what is nobody's in particular: units, rulebooks, campaigns."""

from typing import Any

from projections.models import registry as found
from projections.models.registry import Campaign, Rulebook, Unit
from web.resource import Resource
from web.schemas.queries import Reading
from web.wiring import desk

registry = Resource("registry", about="Units, rulebooks and campaigns, in lists.")


@registry.question(
    "/units", may="unit.read", asks=Reading, answer=tuple[Unit, ...], model="registry"
)
def list_units(query: dict[str, Any]) -> tuple[Unit, ...]:  # noqa: ARG001  nothing is asked
    """List all units, each with the one above it."""
    with desk().reading() as connection:
        return found.units(connection)


@registry.question(
    "/rulebooks",
    may="rulebook.read",
    asks=Reading,
    answer=tuple[Rulebook, ...],
    model="registry",
)
def list_rulebooks(query: dict[str, Any]) -> tuple[Rulebook, ...]:  # noqa: ARG001  nothing is asked
    """List all rulebooks, with their versions and special periods."""
    with desk().reading() as connection:
        return found.rulebooks(connection)


@registry.question(
    "/campaigns",
    may="campaign.read",
    asks=Reading,
    answer=tuple[Campaign, ...],
    model="registry",
)
def list_campaigns(query: dict[str, Any]) -> tuple[Campaign, ...]:  # noqa: ARG001  nothing is asked
    """List all campaigns, by the day of their launch."""
    with desk().reading() as connection:
        return found.campaigns(connection)
