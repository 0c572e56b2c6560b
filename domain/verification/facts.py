"""What happens in a verification of what somebody declared."""

from datetime import date
from typing import ClassVar, Literal

from domain.finding import Finding
from domain.record import Citation, Contents, Fact, Text, Value


class Verifying(Fact):
    """What is said in a verification of a person, or of a `relative` of theirs."""

    relative: str | None = None

    @property
    def relative_concerned(self) -> str | None:
        return self.relative

    def class_of(self, field: str) -> str:  # noqa: ARG002  it is said of somebody
        return "restricted"


class VerificationOpened(Verifying):
    """What the person, or the relative, has declared is to be checked."""

    TOPIC: ClassVar = "verification.opened"
    verification: str
    person: str
    basis: str
    draw: str | None = None
    board: str | None = None
    source: str | None = None
    cited: Citation | None = None


class RegisterQueried(Verifying):
    TOPIC: ClassVar = "verification.register-queried"
    source: str


class VerificationConcluded(Verifying):
    """It is over; the text says what it came to. Findings are made elsewhere."""

    TOPIC: ClassVar = "verification.concluded"
    text: Text


class VerifierAssigned(Fact):
    """Who verifies: drawn at random from those who may (`pool`), by a seed.

    `excluded` are those who were proposed and may not: the person themselves,
    relatives, those below them, and integrity staff of the same unit. `seed_from` says
    where the seed was published.
    """

    TOPIC: ClassVar = "verification.verifier-assigned"
    verifier: str
    method: str
    seed: str
    pool: tuple[str, ...]
    excluded: tuple[str, ...] = ()
    seed_from: str | None = None


class RegisterAnswered(Verifying):
    """What a source said: an extract, whose rows were mapped to a report's fields.

    `query` numbers the query that it answers, `sha256` is of the file as it came, and
    `as_of` the day on which the source says that it was so.
    """

    TOPIC: ClassVar = "verification.register-answered"
    query: int
    source: str
    sha256: str
    rows: tuple[Contents, ...]
    as_of: date


class ComparedReport(Value):
    """A report as it was compared: `version` events of it were in the log."""

    disclosure: str
    version: int


class ReportsCompared(Verifying):
    """Reports were compared, and so many differences found, none perhaps.

    Attributes:
        reports: which, as they were; of a check, the report and the one before it.
        cited: the rule in whose fields they were compared.
        source, query, sha256: the extract they were held against; all None where a
            report was checked against itself and the one before it.
        key: the fields by which a row of the extract finds its item.
        mentions: it was asked only whether a report mentions each row.
        detected: how many differences there were.
    """

    TOPIC: ClassVar = "verification.reports-compared"
    reports: tuple[ComparedReport, ...]
    cited: Citation
    detected: int
    source: str | None = None
    query: int | None = None
    sha256: str | None = None
    key: tuple[str, ...] = ()
    mentions: bool = False


class DiscrepancyDetected(Verifying):
    """A machine's fact: what was declared and what a source says differ.

    Attributes:
        discrepancy: its number in this verification.
        kind: "differs", "not_declared", "not_in_source", or "check" where a report does
            not agree with itself or with the one before.
        disclosure, item, field: where in the declared.
        declared, found: both values; None where there is none.
        source: which source said so, or which check.
        source_as_of: the day on which the source says that it was so; when it said so
            is when this was recorded.
        sha256: the extract that says so.
    """

    TOPIC: ClassVar = "verification.discrepancy-detected"
    discrepancy: int
    kind: Literal["differs", "not_declared", "not_in_source", "check"]
    field: str
    source: str
    declared: Text | None = None
    found: Text | None = None
    disclosure: str | None = None
    item: int | None = None
    source_as_of: date | None = None
    cited: Citation | None = None
    sha256: str | None = None


class ExplanationRequested(Verifying):
    """`conducts` are the names of what it asks about beside discrepancies."""

    TOPIC: ClassVar = "verification.explanation-requested"
    discrepancies: tuple[int, ...]
    answer_by: date
    text: Text
    cited: Citation
    conducts: tuple[str, ...] = ()


class ExplanationReceived(Verifying):
    TOPIC: ClassVar = "verification.explanation-received"
    received_on: date
    text: Text


class DiscrepancyResolved(Verifying):
    """`how`: it was explained, cured by an amendment, or is a matter for a finding."""

    TOPIC: ClassVar = "verification.discrepancy-resolved"
    discrepancy: int
    how: Literal["explained", "amended", "source_wrong", "finding"]
    text: Text


class VerificationFinding(Finding):
    TOPIC: ClassVar = "verification.finding-made"


class SampleDrawn(Fact):
    """Who was drawn, in a way that anybody can repeat.

    Attributes:
        draw: which draw.
        method: the name of the method, as `domain.verification.drawing` has it.
        seed: what it was seeded with.
        seed_from: where the seed was published.
        population: the rulebook's name for whom it was drawn from, on `as_of`.
        unit: only those who stand in this unit or below it; None: all.
        population_sha256, population_size: a digest of the list, and its length.
        drawn: the numbers of those drawn, in the order of the draw.
    """

    TOPIC: ClassVar = "draw.sample-drawn"
    draw: str
    method: str
    seed: str
    population: str
    as_of: date
    population_sha256: str
    population_size: int
    size: int
    drawn: tuple[str, ...]
    cited: Citation
    seed_from: str | None = None
    unit: str | None = None
