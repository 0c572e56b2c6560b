"""Destroying the keys of a person: what they sealed opens for nobody any more."""

from typing import Any

import psycopg

from projections.vault.keyring import SQL


def destroy(
    connection: psycopg.Connection[Any],
    subject: str,
    relative: str | None = None,
    year: int | None = None,
) -> int:
    """Destroy keys and return how many; none where they were gone before.

    Waits until whoever is just sealing something with one of them has stored it.

    Args:
        connection: as probity_scheduler.
        subject: the person's number.
        relative: of those about this relative; "" for those about the person alone,
            None for all.
        year: of those for streams that began in it; None for all.
    """
    asked = {"subject": subject, "relative": relative, "year": year}
    (gone,) = connection.execute(SQL["destroy_keys"], asked).fetchone() or (0,)
    return int(gone)
