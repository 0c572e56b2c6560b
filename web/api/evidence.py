"""Evidence of cases: files that are kept sealed, and read on record only."""

from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from flask import Response, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import Gone

from domain.access import DECLARANT
from domain.case import evidencing, telling
from domain.case.case import Case, case_stream
from domain.case.evidence import EvidenceAdded
from domain.case.evidencing import evidence_named
from domain.errors import Invalid, Unknown
from domain.vault import KeyName
from projections.evidence.files import EvidenceFiles, Part, Place
from web.answers.evidence import CaseEvidence, EvidenceRecord, case_evidence, one
from web.auth import asked
from web.evidence.examining import ALLOWED, Examined, examine
from web.evidence.uploads import Uploads
from web.matters import matter
from web.reading import DESTROYED
from web.replies import carry_out, receipted, recorded, shown
from web.schemas import evidence as schemas
from web.telling import PURPOSE, reader, told
from web.wiring import desk

KEYLESS = "The key of this file was destroyed: nobody opens it any more."
STATED = "what is withheld from a role is opened for a purpose that it states"
ORIGINAL = "an original holds what it says of others too: say what you need it for"
evidence = Uploads(
    "evidence", about="The evidence of cases, with who has had it.", kind="case"
)
ALL = "/cases/<case>/evidence"
ONE = f"{ALL}/<int:number>"
BINARY = {"type": "string", "format": "binary"}
FILES = {
    200: {"content": {kind: {"schema": BINARY} for kind in sorted(ALLOWED)}},
    410: "GONE",
}
EXTENSIONS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/tiff": "tif",
    "image/webp": "webp",
    "text/csv": "csv",
    "text/plain": "txt",
}

evidence.shows(ALL, may="evidence.read", answer=CaseEvidence, by=case_evidence)


def files() -> EvidenceFiles:
    return EvidenceFiles(desk().readers, desk().vault)


@evidence.upload(ALL, may="evidence.add", body=schemas.AddEvidence)
def add_evidence(body: dict[str, Any], case: str) -> Response:
    """Add a file, kept as it came; photos without time or place are flagged.

    What is flagged too is the same file, or the same picture, in another case. Readers
    get a copy without hidden data. Biometric templates are of no type that is taken.
    """
    sent: FileStorage = body.pop("file")
    found = examine(sent.read(), kind=body["kind"], said=sent.mimetype)
    marks = kept(case, found)
    command = evidencing.AddEvidence(
        case=case,
        sha256=found.sha256,
        size=len(found.content),
        media_type=found.media_type,
        stripped_sha256=found.copy_sha256,
        captured_at=found.stamp.captured_at,
        place=found.stamp.place,
        device=found.stamp.device,
        flags=found.flags,
        mark=marks[0],
        picture_mark=marks[1] if len(marks) > 1 else None,
        alike=files().note(case, marks),
        **body,
    )
    receipt = recorded(command)
    name = named(case, command.mark).rpartition(":")[2]
    return receipted(receipt, name, made_in=f"/v1/cases/{quote(case)}/evidence")


def kept(case: str, found: Examined) -> list[str]:
    """Keep a file before it is recorded, and return its marks.

    It is harmless where it is then refused: nothing leads to what is not recorded.
    """
    history, store = matter().history, files()
    name = KeyName(matter().state.subject, "", history[0].recorded_at.year)
    store.keep(Place(case, "original", found.sha256), found.content, name)
    if found.copy is not None and found.copy_sha256 is not None:
        store.keep(Place(case, "copy", found.copy_sha256), found.copy, name)
    marks = [store.mark("file", found.sha256)]
    if found.picture_sha256:
        marks.append(store.mark("picture", found.picture_sha256))
    return marks


def named(case: str, mark: str) -> str:
    """Return which piece of evidence a file is, now that it is recorded."""
    known = desk().casework.look(Case(), case_stream(case)).evidence
    return next(e.evidence for e in known if e.mark == mark)


@evidence.question(
    ONE, may="evidence.read", asks=schemas.ReadingFile, answer=EvidenceRecord
)
def show_evidence(query: dict[str, Any], case: str, number: int) -> Response:  # noqa: ARG001  nothing is asked
    """Show one piece of evidence: its hash, its origin and who has had it."""
    known = evidence_named(matter().state, f"{case}:{number}")
    return shown(one(matter(), known), matter().version)


@evidence.command(
    f"{ONE}/exclusion", may="evidence.exclude", body=schemas.ExcludeEvidence
)
def exclude_evidence(body: dict[str, Any], case: str, number: int) -> Response:
    """Rule a piece of evidence out: from now on no notice may rest on it."""
    name = f"{case}:{number}"
    command = evidencing.ExcludeEvidence(case=case, evidence=name, **body)
    return carry_out(command, str(number))


@evidence.command(
    f"{ONE}/transfers", may="evidence.transfer", body=schemas.TransferEvidence
)
def transfer_evidence(body: dict[str, Any], case: str, number: int) -> Response:
    """Put on record that a piece of evidence was handed over, to whom and why."""
    name = f"{case}:{number}"
    command = evidencing.TransferEvidence(case=case, evidence=name, **body)
    return carry_out(command, str(number))


@evidence.question(
    f"{ONE}/copy",
    may="evidence.inspect",
    asks=schemas.ReadingFile,
    answer=bytes,
    mimetype="application/octet-stream",
)
@evidence.doc(responses=FILES)  # type: ignore[untyped-decorator]  # flask-smorest has no types
def read_copy(query: dict[str, Any], case: str, number: int) -> Response:  # noqa: ARG001  nothing is asked
    """Read a file without what is hidden in it; that it is read is on record first.

    Whoever is accused reads what a notice cites against them.
    """
    known = evidence_named(matter().state, f"{case}:{number}")
    if asked().grant.role == DECLARANT and not cited(known):
        raise Unknown("evidence", known.evidence)
    return file_of(known, "copy")


def cited(known: EvidenceAdded) -> bool:
    """Return whether the person was told of a piece of evidence."""
    facts = [record.fact for record in matter().history]
    return telling.told(facts)[facts.index(known)]


@evidence.question(
    f"{ONE}/original",
    may="evidence.read",
    asks=schemas.ReadingFile,
    answer=bytes,
    mimetype="application/octet-stream",
)
@evidence.doc(responses=FILES)  # type: ignore[untyped-decorator]  # flask-smorest has no types
def read_original(query: dict[str, Any], case: str, number: int) -> Response:  # noqa: ARG001  nothing is asked
    """Read a file just as it came in, for a purpose that is said in the header."""
    if PURPOSE not in request.headers:
        raise Invalid(PURPOSE, "say what the original is needed for", rule=ORIGINAL)
    return file_of(evidence_named(matter().state, f"{case}:{number}"), "original")


def file_of(known: EvidenceAdded, part: Part) -> Response:
    """Return the file, once it is on record that whoever asks has it."""
    sealed = known.sha256 if part == "original" else known.stripped_sha256
    if sealed is None:
        raise Unknown("copy without hidden data of", known.evidence)
    digest = readable(told({"sha256": sealed})["sha256"])
    content = files().fetch(Place(matter().id, part, digest))
    if content is None:
        raise Gone(KEYLESS)
    command = evidencing.AccessEvidence(
        case=matter().id,
        evidence=known.evidence,
        original=part == "original",
        purpose=reader().purpose,
    )
    desk().casework.handle(command, by=asked().actor, at=datetime.now(UTC))
    return leaving(known, part, content)


def readable(digest: Any) -> str:
    """Return the digest, if whoever asks may read the file and its key is there."""
    if isinstance(digest, dict) and digest["sealed"] == DESTROYED:
        raise Gone(KEYLESS)
    if not isinstance(digest, str):
        raise Invalid(PURPOSE, "say what the file is needed for", rule=STATED)
    return digest


def leaving(known: EvidenceAdded, part: Part, content: bytes) -> Response:
    """Return a file as an answer that no browser opens by itself."""
    response = Response(content, mimetype=known.media_type)
    name = f"{known.evidence.replace(':', '-')}-{part}.{EXTENSIONS[known.media_type]}"
    digest = b64encode(sha256(content).digest()).decode()
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Repr-Digest"] = f"sha-256=:{digest}:"
    response.set_etag(str(matter().version))
    return response
