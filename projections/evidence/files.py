"""The files of evidence in PostgreSQL: kept sealed, found by keyed digests."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple
from uuid import UUID

from domain.errors import Tampered
from domain.vault import DataKey, KeyName
from projections.statements import Statements
from projections.vault.index import digest
from projections.vault.keyring import Keyring, Lender

SQL = Statements(Path(__file__).with_name("files_queries.sql"))
FORMAT = "1"
Part = Literal["original", "copy"]
Mark = Literal["file", "picture"]


class Place(NamedTuple):
    """Where a file stands: in which case, as what, and the SHA-256 of its bytes.

    No case has the same file twice, so that it is one piece of evidence.
    """

    case: str
    part: Part
    sha256: str

    @property
    def written(self) -> str:
        return f"{FORMAT}:{self.part}:{self.sha256}:{self.case}"

    def bound_to(self, key: UUID) -> bytes:
        """Return what the box is bound to, so that it can be no other file's."""
        return f"evidence:{key.hex}:{self.written}".encode()


class EvidenceFiles:
    """Keeps and opens files; safe to share between threads.

    Args:
        lender: lends connections as probity_web, on which each statement stands alone.
        vault: the keys.
    """

    def __init__(self, lender: Lender, vault: Keyring) -> None:
        self.lender, self.vault = lender, vault

    def mark(self, kind: Mark, content_sha256: str) -> str:
        """Return what stands for a file or a picture wherever it is in the register."""
        return digest(self.vault.index_key(), f"evidence {kind}:{content_sha256}")

    def address(self, place: Place) -> str:
        return digest(self.vault.index_key(), f"evidence at {place.written}")

    def keep(self, place: Place, content: bytes, name: KeyName) -> None:
        """Keep a file, sealed with the key of this name; harmless to do again.

        A key that was destroyed meanwhile is not used: then it is sealed anew.
        """
        while True:
            key = self.vault.provide([name])[name]
            box = key.lock(content, place.bound_to(key.id))
            if self._kept(place, key, box):
                return
            self.vault.forget()

    def _kept(self, place: Place, key: DataKey, box: bytes) -> bool:
        values = {"address": self.address(place), "key": key.id, "box": box}
        with self.lender.connection() as connection, connection.transaction():
            (held,) = connection.execute(SQL["hold_key"], values).fetchone() or (0,)
            if held:
                connection.execute(SQL["keep_file"], values)
        return bool(held)

    def fetch(self, place: Place) -> bytes | None:
        """Return the file; None where its key was destroyed.

        Raises:
            Tampered: it is not there, or not as it was kept.
        """
        asked = {"address": self.address(place)}
        with self.lender.connection() as connection:
            found = [id_ for (id_,) in connection.execute(SQL["list_keys"], asked)]
            if not found:
                raise Tampered(f"the file of {place.case} is not there")
            keys = self.vault.fetch(found)
            used = next((keys[id_] for id_ in found if id_ in keys), None)
            if used is None:
                return None
            values = {**asked, "key": used.id}
            (box,) = connection.execute(SQL["fetch_file"], values).fetchone() or (b"",)
        return opened(place, used, box)

    def note(self, case: str, marks: Sequence[str]) -> tuple[str, ...]:
        """Note in which case a file is, and return the others in which it may be."""
        values = {"case": case, "marks": list(marks)}
        with self.lender.connection() as connection:
            connection.execute(SQL["keep_marks"], values)
            rows = connection.execute(SQL["find_marked"], values).fetchall()
        return tuple(of_case for (of_case,) in rows)


def opened(place: Place, key: DataKey, box: bytes) -> bytes:
    """Return what is in the box, if it is the file that belongs there."""
    try:
        content = key.unlock(box, place.bound_to(key.id))
    except ValueError as error:
        raise Tampered(f"the file of {place.case}") from error
    if sha256(content).hexdigest() != place.sha256:
        raise Tampered(f"the file of {place.case}")
    return content
