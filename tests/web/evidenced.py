"""A piece of evidence in a case that is there already."""

from datetime import UTC, date, datetime
from hashlib import sha256

from domain.case.evidencing import AddEvidence
from domain.record import Actor
from domain.vault import KeyName
from projections.evidence.files import EvidenceFiles, Place
from tests.web.office import Office


def evidenced(office: Office, person: str, case: str) -> None:
    """Add what somebody wrote down, as evidence against the person."""
    content = f"{person} was there.\n".encode()
    digest, now = sha256(content).hexdigest(), datetime.now(UTC)
    store = EvidenceFiles(office.desk.readers, office.desk.vault)
    for place in (Place(case, "original", digest), Place(case, "copy", digest)):
        store.keep(place, content, KeyName(person, "", now.year))
    command = AddEvidence(
        case=case,
        kind="document",
        sha256=digest,
        stripped_sha256=digest,
        size=len(content),
        media_type="text/plain",
        mark=store.mark("file", digest),
        found_on=date(2020, 1, 1),
        text="found in a drawer",
    )
    by = Actor(id="jia", role="investigator")
    office.desk.casework.handle(command, by=by, at=now)
