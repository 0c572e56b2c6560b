"""What the environment says of the ledger."""

import os
from collections.abc import Mapping
from pathlib import Path

from projections.ledger.errors import LedgerProblem
from projections.ledger.standard.policy import Policy, read_policy

POLICY = "PROBITY_LEDGER_POLICY"


def given_policy(environ: Mapping[str, str] = os.environ) -> Policy | None:
    """Return the trust policy in the file that `$PROBITY_LEDGER_POLICY` names, if any.

    Without one there are no witnesses: what the log alone has signed is published.

    Raises:
        LedgerProblem: the file cannot be read, or is no policy.
    """
    given = environ.get(POLICY)
    if not given:
        return None
    try:
        return read_policy(Path(given))
    except (OSError, ValueError) as error:
        raise LedgerProblem(f"{POLICY} names {given}: {error}") from error
