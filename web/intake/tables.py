"""Files as rows with line numbers: CSV, XLSX, and JSON, an array or one a line."""

import csv
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import zip_longest
from pathlib import Path
from typing import IO, Any, NamedTuple, NoReturn

from python_calamine import CalamineError, CalamineWorkbook

from domain.errors import Invalid
from web.intake.cells import texts
from web.intake.shape import Format, Source

DELIMITERS = ",;\t|"
LONGEST = 10_000_000  # characters in one cell; the library's own limit is far lower
FORMATS: dict[str, Format] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".xls": "xlsx",
    ".ods": "xlsx",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}


class Line(NamedTuple):
    """One row: the line it begins on, and what it holds, or why it cannot be read."""

    number: int
    row: dict[str, Any]
    fault: str | None = None


def read(path: Path, source: Source) -> Iterator[Line]:
    """Yield the rows of a file; raise `Invalid` where it cannot be read as a whole."""
    if not path.stat().st_size:
        raise Invalid(path.name, "the file is empty")
    for line in READERS[format_of(path, source)](path, source):
        yield line if line.fault else checked(line, source)


def format_of(path: Path, source: Source) -> Format:
    found = source.format or FORMATS.get(path.suffix.lower())
    if found is None:
        known = ", ".join(sorted(FORMATS))
        raise Invalid(path.name, f"its name ends in none of {known}")
    return found


def length(path: Path, source: Source) -> int:
    """Return about how many lines the file has, for a progress bar."""
    if format_of(path, source) == "xlsx":
        return sheet_length(path)
    with path.open("rb") as file:
        return sum(
            block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")
        )


def checked(line: Line, source: Source) -> Line:
    """Return the line, with a fault where it holds what no register can store."""
    for text in (*line.row, *texts(line.row)):
        if "\0" in text:
            return line._replace(fault="it holds a NUL character")
        if any("\ud800" <= sign <= "\udfff" for sign in text):
            what = f"it holds bytes or signs that are no text in {source.encoding}"
            return line._replace(
                fault=f"{what}; save it in UTF-8, or say source.encoding"
            )
    return line


def open_text(path: Path, source: Source) -> IO[str]:
    """Open the file; a byte that is no text shows as half a surrogate."""
    with path.open("rb") as file:
        start = file.read(2)
    encoding = source.encoding.lower().replace("_", "-")
    if start in (b"\xff\xfe", b"\xfe\xff") and not encoding.startswith("utf-16"):
        raise Invalid(path.name, 'it is in UTF-16: say encoding = "utf-16" in [source]')
    if encoding in ("utf-8", "utf8"):
        encoding = "utf-8-sig"
    return path.open(encoding=encoding, errors="surrogateescape", newline="")


def read_jsonl(path: Path, source: Source) -> Iterator[Line]:
    with open_text(path, source) as file:
        for number, text in enumerate(file, 1):
            if number == 1 and text.lstrip().startswith("["):
                raise Invalid(path.name, "it is one array: put each object on a line")
            if text.strip():
                yield json_line(number, text)


def json_line(number: int, text: str) -> Line:
    try:
        row = json.loads(text, parse_constant=refuse_constant)
    except (ValueError, RecursionError) as error:
        return Line(number, {}, f"it is not JSON: {error}")
    if not isinstance(row, dict):
        return Line(number, {}, "it is JSON, but not an object")
    return Line(number, row)


def read_json(path: Path, source: Source) -> Iterator[Line]:
    """Yield the objects of one array, by their place in it."""
    with open_text(path, source) as file:
        try:
            rows = json.loads(file.read(), parse_constant=refuse_constant)
        except (ValueError, RecursionError) as error:
            raise Invalid(path.name, f"it is not JSON: {error}") from None
    if not isinstance(rows, list):
        raise Invalid(path.name, "it is JSON, but no array of objects")
    for number, row in enumerate(rows, 1):
        if isinstance(row, dict):
            yield Line(number, row)
        else:
            yield Line(number, {}, "it is JSON, but not an object")


def refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no value of JSON")


def read_csv(path: Path, source: Source) -> Iterator[Line]:
    csv.field_size_limit(LONGEST)
    with open_text(path, source) as file:
        for _ in range(source.header - 1):
            file.readline()
        first = file.readline()
        delimiter = source.delimiter or max(DELIMITERS, key=first.count)
        header = named(next(csv.reader([first], delimiter=delimiter), []), path.name)
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        yield from csv_lines(reader, header, source.header)


def csv_lines(reader: Any, header: Sequence[str], before: int) -> Iterator[Line]:
    """Yield the records; one may take several lines, and begins on its first."""
    number = before + 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            last = before + reader.line_num
            yield Line(number, {}, f"lines {number} to {last} are no record: {error}")
        else:
            if any(cells):
                yield record(number, header, cells)
        number = before + reader.line_num + 1


def record(number: int, header: Sequence[str], cells: Sequence[Any]) -> Line:
    if len(cells) != len(header):
        return Line(number, {}, f"it has {len(cells)} cells, the header {len(header)}")
    return Line(
        number, {name: cell for name, cell in zip(header, cells, strict=True) if name}
    )


def read_sheet(path: Path, source: Source) -> Iterator[Line]:
    try:
        with CalamineWorkbook.from_path(path) as book:
            sheet = source.sheet or book.sheet_names[0]
            if sheet not in book.sheet_names:
                known = ", ".join(book.sheet_names)
                raise Invalid(path.name, f"it has no sheet {sheet}, but {known}")
            rows = list(book.get_sheet_by_name(sheet).iter_rows())
    except CalamineError as error:
        raise Invalid(path.name, f"it cannot be read as a sheet: {error}") from None
    below = rows[source.header - 1 :]
    if not below:
        raise Invalid(path.name, f"sheet {sheet} has no line {source.header}")
    header = named([str(cell) for cell in below[0]], path.name)
    for number, cells in enumerate(below[1:], source.header + 1):
        if any(cell != "" for cell in cells):
            row = dict(zip_longest(header, cells, fillvalue=""))
            yield Line(number, {name: cell for name, cell in row.items() if name})


def sheet_length(path: Path) -> int:
    with suppress(CalamineError), CalamineWorkbook.from_path(path) as book:
        end = book.get_sheet_by_index(0).end
        return end[0] + 1 if end else 0
    return 0


def named(cells: Sequence[str], file: str) -> list[str]:
    """Return the names of the columns; one without a name is not read."""
    header = [cell.strip() for cell in cells]
    names = [name for name in header if name]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise Invalid(file, f"two columns are called {', '.join(twice)}")
    if not names:
        raise Invalid(file, "its header names no column")
    return header


READERS = {
    "csv": read_csv,
    "xlsx": read_sheet,
    "json": read_json,
    "jsonl": read_jsonl,
}
