"""The shape of a mapping: which column or path of a row gives which field."""

from typing import Annotated, Literal

from msgspec import Meta

from domain.record import Value

Text = Annotated[str, Meta(min_length=1)]
Kind = Literal["people", "disclosures", "extracts"]
Format = Literal["csv", "xlsx", "json", "jsonl"]


class Column(Value):
    """Where one value is found, and how it is read.

    path       a column, or a dotted path into nested JSON ("filer.name"); the values
               of several are joined
    join       what stands between those
    value      a constant; instead of a path
    default    what a blank stands for
    map        what the file's words mean; a word that is not listed stands for itself
    dates      how this column writes its dates, before those of `source.dates`
    currency   of an amount that names none ("90000")
    separator  between the entries of a list
    """

    path: tuple[Text, ...] = ()
    join: str = " "
    value: str | int | bool | None = None
    default: str | int | bool | None = None
    map: dict[str, str | int | bool] = {}  # noqa: RUF012  msgspec copies it
    dates: tuple[Text, ...] = ()
    currency: Text | None = None
    separator: Text = ";"


class Source(Value):
    """How the file is written.

    `dates` are tried in turn, after year-month-day. `blank` lists what stands for
    nothing, besides an empty cell. `header` is the line with the names of the columns;
    a column that is not among them is blank where they are `optional`.
    """

    format: Format | None = None
    encoding: Text = "utf-8"
    delimiter: Annotated[str, Meta(min_length=1, max_length=1)] | None = None
    sheet: Text | None = None
    header: Annotated[int, Meta(ge=1)] = 1
    optional: bool = False
    dates: tuple[Text, ...] = ()
    blank: tuple[str, ...] = ()
    strip_html: bool = False


class UnitColumns(Value):
    """A unit that is established where it is missing; those above come first."""

    code: Column
    name: Column | None = None
    parent: Column | None = None


class PersonColumns(Value):
    """A person and the post that makes rules cover them.

    Without `post` and `unit` a file is opened, and no post recorded.
    """

    name: Column
    number: Column | None = None
    email: Column | None = None
    born_on: Column | None = None
    post: Column | None = None
    unit: Column | None = None
    title: Column | None = None
    from_on: Column | None = None
    rank: Column | None = None
    category: Column | None = None
    employer_type: Column | None = None


class ReportColumns(Value):
    """A report. `key` is what makes it this one and no other, in every run.

    `channel` is "electronic" (the default) or "paper". `received_on` is the day on
    which it reached the office, whenever it is imported.
    """

    key: tuple[Column, ...]
    person: Column
    rule: Column
    received_on: Column
    rulebook: Column | None = None
    channel: Column | None = None
    subject: Column | None = None
    relative: Column | None = None
    period: Column | None = None
    approval: Column | None = None
    obligation: Column | None = None
    justification: Column | None = None
    unforeseen: Column | None = None
    source: Column | None = None
    scan_sha256: Column | None = None


class EventColumns(Value):
    """The reportable events of a row: the row itself, or each entry of a `list`.

    `fields` gives the fields of the rule's form; with `all_columns`, each column that
    the mapping does not use gives the field of its own name. An entry that holds a text
    of `ignore` (a notice in place of an event), or answers no field, is none. `none`
    says what a row without any event is: a report on paper whose content is unknown, or
    nothing that can be taken.
    """

    fields: dict[str, Column] = {}  # noqa: RUF012  msgspec copies it
    all_columns: bool = False
    list: Text | None = None
    ignore: tuple[Text, ...] = ()
    none: Literal["paper", "refuse"] = "refuse"


class ExtractColumns(Value):
    """What a register answers of one person: rows in the fields of a rule's form.

    `key` are the fields by which a row finds the item that was declared of it; with
    `mentions` it is enough that a report mentions the row. `as_of` is the day on which
    the register says that it was so, the same in every row. `person` is the number of
    whom a row is about, where the file says it.
    """

    rulebook: Text
    rule: Text
    fields: dict[str, Column]
    key: tuple[Text, ...] = ()
    mentions: bool = False
    as_of: Column | None = None
    person: Column | None = None


class Mapping(Value):
    """How the rows of one kind of file are read.

    `person` in a mapping of disclosures says how a filer is registered who is not yet;
    without it their reports are refused.
    """

    kind: Kind
    about: str = ""
    source: Source = Source()
    units: tuple[UnitColumns, ...] = ()
    person: PersonColumns | None = None
    report: ReportColumns | None = None
    events: EventColumns | None = None
    extract: ExtractColumns | None = None
