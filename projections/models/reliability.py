"""How reliably somebody has reported: facts with their links, and never a score."""

from dataclasses import dataclass

from projections.models.personnel_file import File


@dataclass(frozen=True, slots=True)
class Reliability:
    """The streams of what came late, was deficient, was corrected: to be looked up.

    Attributes:
        reports: the disclosures in the file, those withdrawn left out.
        late: obligations that were fulfilled late.
        overdue: obligations that are open and were found overdue.
        deficient: disclosures in which a deficiency was noted.
        corrected: disclosures that were amended.
    """

    reports: tuple[str, ...]
    late: tuple[str, ...]
    overdue: tuple[str, ...]
    deficient: tuple[str, ...]
    corrected: tuple[str, ...]


def reliability(file: File) -> Reliability:
    """Return the history that a file tells; as of a day, or as known, like the file."""
    duties = list(file.of("obligation"))
    filings = [e for e in file.of("disclosure") if e.data["stage"] != "withdrawn"]
    return Reliability(
        reports=tuple(e.key for e in filings),
        late=tuple(e.key for e in duties if e.data["days_late"] > 0),
        overdue=tuple(
            e.key for e in duties if e.data["stage"] == "open" and e.data["overdue"]
        ),
        deficient=tuple(e.key for e in filings if e.data["deficiencies"]),
        corrected=tuple(e.key for e in filings if e.data["amended"]),
    )
