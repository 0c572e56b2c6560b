"""The first wrapping key of a register that is new."""

import os
from collections.abc import Mapping
from pathlib import Path

from projections.vault.keyfile import create
from projections.vault.rotation import operating, versions
from projections.vault.source import FILE, KEYS, home_file


def first_wrapping(
    admin_url: str, environ: Mapping[str, str] = os.environ
) -> Path | None:
    """Make the file of the wrapping key, and return it; None where that is not for us.

    It is made where `$PROBITY_KEK_FILE` says, or for the embedded server in our home;
    and never for a register that has used another: that one must be put back.
    """
    named = environ.get(FILE)
    elsewhere = environ.get(KEYS) or (environ.get("DATABASE_URL") and not named)
    path = Path(named) if named else home_file()
    if elsewhere or path.exists():
        return None
    with operating(admin_url) as connection:
        if versions(connection):
            return None
    return path if create(path) else None
