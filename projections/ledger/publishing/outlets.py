"""Where the environment says that the ledger is published, and by whose leave."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from projections.ledger.errors import LedgerProblem
from projections.ledger.publishing.export import Export
from projections.ledger.publishing.stamping import Stamper, given_stamper
from projections.ledger.settings import given_policy
from projections.ledger.standard.policy import Policy

EXPORT, ENTRIES = "PROBITY_LEDGER_EXPORT", "PROBITY_LEDGER_EXPORT_ENTRIES"
WORDS = {"": False, "no": False, "yes": True}


@dataclass(frozen=True)
class Outlets:
    """Who cosigns, where tiles are written, and who stamps; each of them or nobody."""

    policy: Policy | None = None
    export: Export | None = None
    stamper: Stamper | None = None


def given_outlets(environ: Mapping[str, str] = os.environ) -> Outlets:
    """Return what the environment names.

    Raises:
        LedgerProblem: a file that it names cannot be read, or a word is not known.
    """
    return Outlets(given_policy(environ), given_export(environ), given_stamper(environ))


def given_export(environ: Mapping[str, str] = os.environ) -> Export | None:
    """Return the directory that `$PROBITY_LEDGER_EXPORT` names, if any."""
    directory, entries = environ.get(EXPORT), environ.get(ENTRIES, "")
    if entries not in WORDS:
        raise LedgerProblem(f"{ENTRIES} is yes or no, and not {entries!r}")
    return Export(Path(directory), entries=WORDS[entries]) if directory else None
