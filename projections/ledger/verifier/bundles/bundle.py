"""The check of a bundle, offline: everything in it against what the reader trusts."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from projections.ledger.standard.checkpoint import parse_checkpoint
from projections.ledger.standard.cosignature import timestamp_of
from projections.ledger.standard.note import BadNote, Note
from projections.ledger.standard.note import parse as parse_note
from projections.ledger.standard.policy import Policy, Witness, parse_policy
from projections.ledger.verifier.bundles.archive import Unreadable, read
from projections.ledger.verifier.bundles.contents import (
    check_rulebooks,
    check_timestamp,
)
from projections.ledger.verifier.bundles.events import Files, Head, check_events
from projections.ledger.verifier.bundles.finding import Finding, note, unchecked
from projections.ledger.verifier.bundles.manifest import (
    GROWN,
    MANIFEST,
    POLICY,
    README,
    STAMPED,
    TOKEN,
    BadManifest,
    Manifest,
    digest,
)
from projections.ledger.verifier.bundles.manifest import parse as parse_manifest
from projections.ledger.verifier.bundles.opened import check_opened
from projections.ledger.verifier.judging.trust import Edited, Foreign, Kept, weigh
from projections.ledger.verifier.verdict import Difference, Verdict

OWN_POLICY = (
    "NO POLICY OF YOURS WAS GIVEN. The one in the bundle was used: so this says only"
    " that the bundle agrees with itself. Whoever makes a false bundle makes a policy"
    " to go with it. Get the log's and the witnesses' keys from elsewhere, and check"
    " again with --policy."
)
PARTS = ("entry", "state", "tlog-proof")
NO_WITNESS = (
    "The policy asks for no witness: nobody but the office stands for the checkpoint."
)


def check(path: Path, policy: Policy | None = None) -> Verdict:
    """Return the outcome of checking a bundle; it names the files that differ, and how.

    Args:
        path: the zip, as `probity bundle` writes it; nothing in it is believed.
        policy: whose checkpoints the reader trusts. Without it, that in the bundle is
            used, and a remark says what that is worth.
    """
    verdict = Verdict()
    for finding in findings(path, policy):
        if finding.kind == "tampered":
            verdict.differences.append(Difference("bundle", str(finding)))
        elif finding.kind == "unchecked":
            verdict.obstacles.append(str(finding))
        else:
            verdict.remarks.append(str(finding))
    return verdict


def findings(path: Path, policy: Policy | None) -> list[Finding]:
    """Return all there is to say of a bundle."""
    try:
        files = read(path)
        manifest = parse_manifest(files.get(MANIFEST, b""))
    except Unreadable as error:
        return [unchecked(error.where or path.name, str(error))]
    except BadManifest as error:
        return [Finding(MANIFEST, str(error))]
    return [
        *check_listed(files, manifest),
        *check_trust(files, manifest, policy),
        *check_contents(files, manifest),
    ]


def check_listed(files: Files, manifest: Manifest) -> Iterator[Finding]:
    """Demand that the files are those that are listed, and as they are listed."""
    here = files.keys() - {MANIFEST}
    for name in sorted(manifest.files.keys() - here):
        yield Finding(name, f"it is missing: {MANIFEST} lists it")
    for name in sorted(here - manifest.files.keys()):
        yield Finding(name, f"it was added: {MANIFEST} does not list it")
    for name in sorted(here & manifest.files.keys()):
        if digest(files[name]) != manifest.files[name]:
            yield Finding(name, f"its SHA-256 is not the one in {MANIFEST}")
    for name in sorted(here - set(expected(manifest))):
        yield Finding(name, f"nothing in {MANIFEST} says what it is")


def expected(manifest: Manifest) -> Iterator[str]:
    """Yield what files there may be, by what a bundle says is in it."""
    yield from (README, POLICY, *manifest.checkpoints.values(), *manifest.rulebooks)
    for position in manifest.events:
        yield from (f"events/{position}.{kind}" for kind in PARTS)
        yield f"opened/{position}.json"
    if TOKEN in manifest.files:
        yield from (TOKEN, STAMPED, GROWN)
    yield from (name for name in manifest.files if name.startswith("keys/"))


def check_trust(
    files: Files, manifest: Manifest, policy: Policy | None
) -> Iterator[Finding]:
    """Check that the reader trusts whoever signed the checkpoints."""
    if policy is None:
        try:
            policy = parse_policy(files.get(POLICY, b"").decode())
        except ValueError as error:
            yield unchecked(POLICY, f"no policy was given, nor is one in it: {error}")
            return
        yield note(POLICY, OWN_POLICY)
    if not policy.needs_witnesses:
        yield note("", NO_WITNESS)
    for file in manifest.checkpoints.values():
        yield from check_signed(file, files, policy)


def check_signed(file: str, files: Files, policy: Policy) -> Iterator[Finding]:
    try:
        signed = read_note(files, file)
    except BadNote as error:
        yield Finding(file, str(error))
        return
    worth = weigh(Kept(file, str(signed)), policy)
    if isinstance(worth, Edited):
        yield Finding(file, worth.why)
    elif isinstance(worth, Foreign):
        yield unchecked(file, worth.why)
    elif not worth.accepted:
        yield unchecked(file, worth.why_not)
    else:
        yield note(file, f"of {worth.checkpoint.origin}, size {worth.size}: trusted")
        for witness in policy.witnesses.values():
            yield from said_by(file, witness, signed)


def said_by(file: str, witness: Witness, signed: Note) -> Iterator[Finding]:
    """Tell when a witness cosigned, whose cosignatures have been verified."""
    key = witness.verifier.name, witness.verifier.key_id
    for signature in signed.signatures:
        if (signature.name, signature.key_id) == key:
            at = moment(timestamp_of(signature))
            yield note(file, f"the witness {witness.name} cosigned it at {at}")


def moment(posix: int) -> str:
    """Return a POSIX time in words; a witness may say any."""
    try:
        return datetime.fromtimestamp(posix, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return f"{posix} seconds after 1970"


def check_contents(files: Files, manifest: Manifest) -> Iterator[Finding]:
    """Check all that hangs on the checkpoints, trusted or not."""
    heads: dict[str, Head] = {}
    for origin, file in manifest.checkpoints.items():
        try:
            signed = read_note(files, file)
            head = Head(file, str(signed), parse_checkpoint(signed.text))
        except BadNote as error:
            yield Finding(file, str(error))
            continue
        heads[origin] = head
        if head.checkpoint.origin != origin:
            yield Finding(file, f"it is of {head.checkpoint.origin}, not of {origin}")
    checked = check_events(files, manifest, heads)
    yield from checked.findings
    yield from check_rulebooks(files, manifest, checked.entries)
    yield from check_timestamp(files, heads)
    yield from check_opened(files, checked.entries)
    if manifest.redacted:
        says = f"the states of {len(manifest.redacted)} events were left out on purpose"
        yield note(MANIFEST, says)


def read_note(files: Files, file: str) -> Note:
    try:
        return parse_note(files.get(file, b"").decode())
    except UnicodeDecodeError as error:
        raise BadNote("it is no text") from error
