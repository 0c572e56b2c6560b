"""Every way the domain can say no.

* Refused               the rules forbid it              (the caller can act on it)
  - OutOfTime           it came after its time
  - WrongStage          the matter is not at the stage for it
  - NotAllowed          whoever asks may not do it
  - Incomplete          something the rule demands is missing; `gaps` lists it
* Invalid               it cannot be read as what it claims to be: see `field`
* Unknown               there is no such thing in the register
* VersionClash          somebody else changed it since you read it
* KeyReused             the Idempotency-Key was used before for something else
* UnreadableEvent       the log holds something this program does not know
* Tampered              something sealed is not as, or not where, it was sealed
* VaultClosed           nothing can be sealed or opened: the wrapping key is not at hand
"""

from collections.abc import Sequence
from uuid import UUID


class Refused(Exception):
    """The rules forbid this act; `rule` is the citation."""

    def __init__(self, reason: str, *, rule: str) -> None:
        super().__init__(f"{reason} ({rule})")
        self.reason = reason
        self.rule = rule


class OutOfTime(Refused):
    """The act came after its deadline."""


class WrongStage(Refused):
    """The act does not belong to the stage the matter has reached."""


class NotAllowed(Refused):
    """Whoever asks is not allowed to do this."""


class Incomplete(Refused):
    """Something that the rule demands is missing."""

    def __init__(self, reason: str, *, rule: str, gaps: Sequence[str]) -> None:
        super().__init__(f"{reason}: {'; '.join(gaps)}", rule=rule)
        self.gaps = tuple(gaps)


class Invalid(Exception):
    """A value cannot be read as what it claims to be."""

    def __init__(self, field: str, reason: str, *, rule: str = "") -> None:
        super().__init__(f"{field}: {reason}" + (f" ({rule})" if rule else ""))
        self.field = field
        self.reason = reason
        self.rule = rule


class Unknown(Exception):
    """The register has no such thing."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(f"there is no {kind} {key}")
        self.kind = kind
        self.key = key


class VersionClash(Exception):
    """Somebody else changed the stream since the caller read it."""

    def __init__(
        self, stream: UUID, *, expected: int | None = None, actual: int | None = None
    ) -> None:
        now = "was changed" if actual is None else f"is at {actual}, not {expected}"
        super().__init__(f"stream {stream} {now}: read it again")
        self.stream = stream
        self.expected = expected
        self.actual = actual


class KeyReused(Exception):
    """The same Idempotency-Key came with another request."""


class UnreadableEvent(Exception):
    """An event in the log cannot be read by this version of the program."""

    def __init__(self, event: str, *, topic: str, position: str, reason: str) -> None:
        super().__init__(
            f"event {event} at position {position}, topic {topic}: {reason}"
        )
        self.topic = topic


class Tampered(Exception):
    """Something sealed is not as it was sealed, or not where."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what}: this is not as it was sealed, or was moved here from elsewhere."
            " Nothing was opened. Have the log verified and compared with a backup."
        )


class LedgerDiffers(Exception):
    """The database would have stored something else than what was sent to it."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            f"{detail}. Nothing was stored. The function log.append, or whatever lies"
            " between it and us, is not ours: have the installation checked."
        )


class VaultClosed(Exception):
    """The key-encryption key is missing, or is not the one that wrapped a data key."""
