"""What the tests of bundles change in them."""

from tests.ledger.bundles.court import (
    Files,
    positions,
)


def amended(files: Files) -> list[int]:
    return positions(files, "disclosure.amended")


def swapped(entry: str) -> str:
    """Give the second version of an amendment the number of the third, and back."""
    lines = entry.split("\n")
    if lines[3] == "disclosure.amended":
        lines[2] = {"2": "3", "3": "2"}[lines[2]]
    return "\n".join(lines)
