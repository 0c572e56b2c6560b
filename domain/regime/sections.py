"""The sections that a rulebook may have beside its rules, and how to walk them."""

from collections.abc import Iterator
from typing import NamedTuple

from domain.record import Value
from domain.regime.basis import Bases
from domain.regime.duration import Duration
from domain.regime.types import Rulebook

SECTIONS = ("verification", "track", "due_process", "eligibility")
LISTS = {"appeals": "appeal", "holds": "hold"}


class Part(NamedTuple):
    """A section, or a part of one, and where it stands in the text."""

    place: str
    value: Value

    @property
    def legal_basis(self) -> Bases:
        """Return what it cites itself; not every part has its own."""
        basis: Bases = getattr(self.value, "legal_basis", ())
        return basis


def sections(book: Rulebook) -> Iterator[Part]:
    """Yield the sections there are; each appeal and each hold is one."""
    for name in SECTIONS:
        if (section := getattr(book, name)) is not None:
            yield Part(name, section)
    for name, called in LISTS.items():
        for each in getattr(book, name):
            yield Part(f"{called} {each.id}", each)


def walk(part: Part) -> Iterator[Part]:
    """Yield the part, and then every part of it that is more than a text or number."""
    yield part
    for name in part.value.__struct_fields__:
        held = getattr(part.value, name)
        if name == "legal_basis":
            continue
        if isinstance(held, Value):
            yield from walk(Part(place_in(part, name), held))
        elif isinstance(held, tuple):
            yield from _entries(place_in(part, name), held)


def durations(part: Part) -> Iterator[tuple[str, Duration]]:
    """Yield every length of time in the part, with where it stands."""
    for each in walk(part):
        for name in each.value.__struct_fields__:
            held = getattr(each.value, name)
            if isinstance(held, Duration):
                yield place_in(each, name), held


def place_in(part: Part, name: str) -> str:
    """Return where a field of the part stands: "track, kinds warning.period"."""
    joint = "." if "," in part.place else ", "
    return f"{part.place}{joint}{name}"


def name_of(entry: Value) -> str:
    """Return what an entry of a list is called: its id, its class, what it asks."""
    for name in ("id", "class_", "what"):
        if name in entry.__struct_fields__:
            return str(getattr(entry, name))
    return "entry"


def _entries(place: str, held: tuple[object, ...]) -> Iterator[Part]:
    for entry in held:
        if isinstance(entry, Value):
            yield from walk(Part(f"{place} {name_of(entry)}", entry))
