"""Why the ledger cannot go on; each message says what to do about it.

LedgerProblem
    LeafDiffers   an event is not what its stored leaf says, or is missing
    Behind        the database holds less than was signed
    Inconsistent  the database holds something else than was signed
    Forgotten     what was signed is not known here any more
    NotYet        what is asked for is not in a published checkpoint yet
    Stranded      what is asked for was left behind by a name that was closed
"""

from projections.postgres.errors import DatabaseProblem

RUNBOOK = "Nothing is signed. Follow docs/restore.md"


class LedgerProblem(DatabaseProblem):
    """The ledger cannot go on with the database as it is."""


class LeafDiffers(LedgerProblem):
    """An event is not what its stored leaf says, or is missing; see `position`."""

    def __init__(self, position: int, found: str) -> None:
        super().__init__(
            f"the event at position {position} {found}. Nothing after it is signed."
            " Somebody has changed the database: keep it as it is, have it compared"
            " with a backup and with the receipts, and run `probity verify`."
        )
        self.position = position


class Behind(LedgerProblem):
    """The database holds less than was signed: it is an older copy, or was cut."""

    def __init__(self, origin: str, held: int, signed: int) -> None:
        super().__init__(
            f"{origin} has {held} entries here, and a checkpoint over {signed} was"
            f" signed: this database is an older copy, or its end was cut. {RUNBOOK}."
        )


class Inconsistent(LedgerProblem):
    """The database holds something else than was signed."""

    def __init__(self, origin: str, signed: int, reason: str) -> None:
        super().__init__(
            f"{origin} is not what was signed over {signed} entries: {reason}. This is"
            f" another copy, or its past was edited. {RUNBOOK}."
        )


class Forgotten(LedgerProblem):
    """The database holds what was signed, and the file that remembers it is gone."""

    def __init__(self, origin: str, size: int) -> None:
        super().__init__(
            f"a checkpoint of {origin} over {size} entries was signed, and the file"
            " that remembers it is not here. Put it back (PROBITY_LOG_SIGNED_FILE says"
            f" where it is): without it two histories could be signed. {RUNBOOK}."
        )


class NotYet(LedgerProblem):
    """What is asked for is not in a published checkpoint yet; see `position`."""

    def __init__(self, position: int) -> None:
        super().__init__(
            f"the event at position {position} is not under a published checkpoint yet:"
            " ask again in a minute"
        )
        self.position = position


class Stranded(LedgerProblem):
    """An event came after the last checkpoint of a name that was closed since."""

    def __init__(self, position: int, origin: str) -> None:
        super().__init__(
            f"the event at position {position} was recorded when nothing of {origin}"
            " could be signed any more. The statement that closed that name has the"
            " root over it; of this event alone there is no proof. Keep its receipt."
        )
