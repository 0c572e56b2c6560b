"""What a witness can say of itself: its keys, and the last it cosigned of each log."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from projections.ledger.seen import Head
from projections.ledger.standard.signature import encoded
from web.witness.observer import cosigned_at
from web.witness.state import cosigners, record


def standing(directory: Path) -> dict[str, Any]:
    """Return the name, the public keys and the logs of the witness in a directory.

    Returns:
        `name`, `vkeys`, and of each of `logs` the `origin`, `size`, `root` in base64,
        and `cosigned_at` in UTC.
    """
    keys = cosigners(directory)
    ours = {(key.name, key.key_id) for key in keys}
    seen = record(directory)
    heads = [(origin, seen.latest(origin)) for origin in seen.origins()]
    return {
        "name": keys[0].name,
        "vkeys": [key.vkey for key in keys],
        "logs": [described(origin, head, ours) for origin, head in heads if head],
    }


def described(
    origin: str, head: Head, keys: set[tuple[str, bytes]]
) -> dict[str, str | int | None]:
    times = cosigned_at(head.note, keys)
    at = datetime.fromtimestamp(max(times), UTC).isoformat() if times else None
    return {
        "origin": origin,
        "size": head.size,
        "root": encoded(head.root),
        "cosigned_at": at,
    }
