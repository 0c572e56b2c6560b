"""From the text of a mapping file to a mapping, or to what is wrong with the text."""

import codecs
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from domain.errors import Invalid
from domain.regime.explain import explain
from web.intake import mappings
from web.intake.shape import Column, Kind, Mapping

NEEDED: dict[Kind, tuple[str, ...]] = {
    "people": ("person", "person.number"),
    "disclosures": ("report", "events"),
    "extracts": ("extract", "extract.fields"),
}
# What is said of a row of an extract, beside the fields of the form.
OF_ROWS = ("as_of", "person")
POST = ("person.post", "person.unit", "person.title", "person.from_on")


def load(name: str, kind: Kind) -> Mapping:
    """Return the mapping of that name, shipped or in a file, or raise `Invalid`.

    *kind* is what it must be for.
    """
    text, source = _text(name)
    mapping = parse(text, source=source)
    if mapping.kind != kind:
        raise Invalid(f"{source}, kind", f"it maps {mapping.kind}, not {kind}")
    return mapping


def shipped() -> tuple[str, ...]:
    """Return the names of the mappings that come with the program."""
    names = (Path(entry.name) for entry in files(mappings).iterdir())
    return tuple(sorted(name.stem for name in names if name.suffix == ".toml"))


def parse(text: str, *, source: str = "mapping") -> Mapping:
    """Return the mapping that *text*, a TOML document, holds.

    *source* names the document in messages. `Invalid` names the key that is unknown,
    missing or not of its kind.
    """
    raw = _spread(_toml(text, source))
    try:
        mapping = msgspec.convert(raw, Mapping)
    except msgspec.ValidationError as error:
        raise Invalid(source, explain(str(error), raw, Mapping)) from None
    faults = tuple(_faults(mapping))
    if faults:
        raise Invalid(source, "; ".join(faults))
    return mapping


def _text(name: str) -> tuple[str, str]:
    path = Path(name)
    try:
        if name in shipped():
            entry = files(mappings) / f"{name}.toml"
            return entry.read_text(encoding="utf-8"), f"mapping {name}"
        return path.read_text(encoding="utf-8-sig"), str(path)
    except UnicodeDecodeError:
        raise Invalid(name, "it is not a text in UTF-8") from None
    except OSError as error:
        known = ", ".join(shipped())
        reason = f"{error.strerror}: give a file, or one of {known}"
        raise Invalid(f"mapping {name}", reason) from None


def _toml(text: str, source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise Invalid(source, f"it is not TOML: {error}") from None


def _spread(raw: dict[str, Any]) -> dict[str, Any]:
    """Write out the short form of a column: "a" and ["a", "b"] are paths."""
    for table in _tables(raw):
        for name, short in table.items() if isinstance(table, dict) else ():
            if name == "key" and isinstance(short, list):
                table[name] = [_column(part) for part in short]
            else:
                table[name] = _column(short)
    if isinstance(extract := raw.get("extract"), dict):
        said = {name: _column(extract[name]) for name in OF_ROWS if name in extract}
        extract.update(said)
    return raw


def _tables(raw: dict[str, Any]) -> Iterator[Any]:
    """Yield the tables in which every value is a column."""
    units, events, extract = raw.get("units"), raw.get("events"), raw.get("extract")
    yield from units if isinstance(units, list) else ()
    yield raw.get("person")
    yield raw.get("report")
    yield events.get("fields") if isinstance(events, dict) else None
    yield extract.get("fields") if isinstance(extract, dict) else None


def _column(short: object) -> object:
    """Return the long form of a column; what is no column stays as it is."""
    if isinstance(short, str | list):
        return {"path": [short] if isinstance(short, str) else short}
    if isinstance(short, dict) and isinstance(short.get("path"), str):
        return {**short, "path": [short["path"]]}
    return short


def _faults(mapping: Mapping) -> Iterator[str]:
    needed = NEEDED[mapping.kind]
    if any(_part(mapping, name) for name in POST):
        needed = (*needed, *POST)
    yield from (f"{name} is missing" for name in needed if not _part(mapping, name))
    for name, column in columns(mapping):
        if bool(column.path) == (column.value is not None):
            yield f"{name}: give a path or a value, one of the two"
    yield from _spellings(mapping)


def _part(mapping: Mapping, name: str) -> object:
    """Return what stands at the dotted *name*, or None."""
    part: object = mapping
    for step in name.split("."):
        part = getattr(part, step, None)
    return part


def _spellings(mapping: Mapping) -> Iterator[str]:
    try:
        codecs.lookup(mapping.source.encoding)
    except LookupError as error:
        yield f"source.encoding: {error}"
    patterns = {name: column.dates for name, column in columns(mapping)}
    for name, dates in {"source": mapping.source.dates, **patterns}.items():
        for pattern in dates:
            if not _is_pattern(pattern):
                yield f'{name}.dates: {pattern} is none; "%d.%m.%Y" would be one'


def _is_pattern(pattern: str) -> bool:
    """Return whether a date that is written so can be read again."""
    day = datetime(2001, 12, 30, tzinfo=UTC)
    try:
        return datetime.strptime(day.strftime(pattern), pattern).date() == day.date()  # noqa: DTZ007  a day has no zone
    except ValueError:
        return False


def columns(mapping: Mapping) -> Iterator[tuple[str, Column]]:
    """Yield every column of the mapping with the place where it stands."""
    for number, unit in enumerate(mapping.units):
        yield from _within(f"units[{number}]", unit)
    yield from _within("person", mapping.person)
    yield from _within("report", mapping.report)
    if mapping.report:
        for number, part in enumerate(mapping.report.key):
            yield f"report.key[{number}]", part
    if mapping.events:
        for name, column in mapping.events.fields.items():
            yield f"events.fields.{name}", column
    yield from _of_extract(mapping)


def _of_extract(mapping: Mapping) -> Iterator[tuple[str, Column]]:
    yield from _within("extract", mapping.extract)
    for name, column in mapping.extract.fields.items() if mapping.extract else ():
        yield f"extract.fields.{name}", column


def _within(place: str, part: object) -> Iterator[tuple[str, Column]]:
    for name in getattr(part, "__struct_fields__", ()):
        column = getattr(part, name)
        if isinstance(column, Column):
            yield f"{place}.{name}", column


def paths(mapping: Mapping) -> set[str]:
    """Return every column that the mapping reads."""
    found = {path for _, column in columns(mapping) for path in column.path}
    return (
        found | {mapping.events.list}
        if mapping.events and mapping.events.list
        else found
    )
