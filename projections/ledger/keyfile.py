"""Files of the keys that sign: a seed in each line, readable to their owner alone."""

import os
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from domain.errors import VaultClosed
from projections.ledger.standard.signature import BadNote, decoded
from projections.postgres import files
from projections.postgres.address import home
from projections.vault.keyfile import lock_of, read_private, refuse_data_directory

ED25519 = "ed25519"
ML_DSA = "ml-dsa-44"
BOTH = (ED25519, ML_DSA)
SEED_BYTES = 32
LOG_KEY = "PROBITY_LOG_KEY_FILE"
RECEIPT_KEY = "PROBITY_RECEIPT_KEY_FILE"
HEAD = """\
# Secret keys that sign for this name alone. Whoever has them can sign in our name:
# keep a copy elsewhere, and never with a copy of the database.
"""


@dataclass(frozen=True)
class Seeds:
    """What the keys are made from, 32 bytes each; never shown."""

    ed25519: bytes = field(repr=False)
    ml_dsa: bytes | None = field(default=None, repr=False)


def create(path: Path, kinds: Iterable[str] = BOTH) -> bool:
    """Make a file with new keys unless it is there; return whether we made it.

    Args:
        path: the file; directories above it are made, for their owner alone.
        kinds: `ED25519`, and `ML_DSA` beside it or not.

    Raises:
        VaultClosed: it would lie in a data directory of PostgreSQL, or cannot be made.
    """
    refuse_data_directory(path)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with files.alone(lock_of(path)):
            if path.exists():
                return False
            write(path, {kind: os.urandom(SEED_BYTES) for kind in kinds})
    except OSError as error:
        raise VaultClosed(f"no signing key could be made: {error}") from error
    return True


def read(path: Path) -> Seeds:
    """Read the keys of a file.

    Raises:
        VaultClosed: it is missing, open to others, or not what `create` writes.
    """
    refuse_data_directory(path)
    seeds: dict[str, bytes] = {}
    for number, line in enumerate(read_private(path).splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            kind, seed = seed_in(line, f"{path}, line {number}")
            seeds[kind] = seed
    if ED25519 not in seeds:
        raise VaultClosed(f"{path} has no {ED25519} key in it: is it another file?")
    return Seeds(seeds[ED25519], seeds.get(ML_DSA))


def log_key_file(environ: Mapping[str, str] = os.environ) -> Path:
    """Return where the log's keys are: `$PROBITY_LOG_KEY_FILE`, else in our home."""
    given = environ.get(LOG_KEY)
    return Path(given) if given else home() / "ledger.key"


def receipt_key_file(environ: Mapping[str, str] = os.environ) -> Path:
    """Return where the key of receipts is: `$PROBITY_RECEIPT_KEY_FILE`, or our home."""
    given = environ.get(RECEIPT_KEY)
    return Path(given) if given else home() / "receipt.key"


def seed_in(line: str, place: str) -> tuple[str, bytes]:
    """Return the kind of a key and its seed; the line itself is never repeated."""
    kind, _, written = line.strip().partition(" ")
    try:
        seed = decoded(written, "the seed")
    except BadNote:
        seed = b""
    if kind not in BOTH or len(seed) != SEED_BYTES:
        raise VaultClosed(
            f"{place}: this is not a signing key. The file is damaged, or is another"
            " one: put it back from where you keep a copy."
        )
    return kind, seed


def write(path: Path, seeds: Mapping[str, bytes]) -> None:
    """Write the file; it appears whole or not at all."""
    draft = path.with_name(f".{path.name}.new")
    with files.open_private(draft) as file:
        file.write(HEAD)
        for kind, seed in seeds.items():
            file.write(f"{kind} {b64encode(seed).decode()}\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    files.sync(path.parent)
