"""The public keys of this register: of its log, and of its receipts."""

import os
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress

from domain.errors import VaultClosed
from projections.ledger.keyfile import log_key_file, read, receipt_key_file
from projections.ledger.standard.cosignature import ml_dsa_cosigner
from projections.ledger.standard.note import Note, Verifier, ed25519_signer, parse_vkey
from projections.ledger.standard.policy import Policy

RECEIPTS = "receipts"  # behind the origin, in the name of the key that signs receipts


def log_vkeys(origin: str, environ: Mapping[str, str] = os.environ) -> list[str]:
    """Return the verifier keys of the log under an origin's name.

    None where its file is not here, or not for us to read: the log's secrets may well
    be on another machine.
    """
    with suppress(VaultClosed):
        seeds = read(log_key_file(environ))
        found = [ed25519_signer(origin, seeds.ed25519).vkey]
        more = [ml_dsa_cosigner(origin, seeds.ml_dsa).vkey] if seeds.ml_dsa else []
        return found + more
    return []


def receipt_vkeys(origin: str, environ: Mapping[str, str] = os.environ) -> list[str]:
    """Return the verifier key of the receipts for an origin; none as in `log_vkeys`."""
    with suppress(VaultClosed):
        seeds = read(receipt_key_file(environ))
        return [ed25519_signer(f"{origin}/{RECEIPTS}", seeds.ed25519).vkey]
    return []


def trust_text(
    policy: Policy | None, origins: Iterable[str], notes: Collection[Note] = ()
) -> str:
    """Return a policy for whoever checks what we prove: ours, with our keys in it.

    Each key is in it once, for the first origin: no policy may have one for two logs.

    Args:
        policy: of the register; None where it has no witnesses.
        origins: the names of the log; first those that matter most.
        notes: checkpoints to be checked by it: what has signed none of them is left
            out. With none, nothing is.
    """
    text = policy.text.rstrip("\n") if policy else "quorum none"
    known = {log.public for log in policy.logs} if policy else set()
    lines: list[str] = []
    for origin in origins:
        lines += [f"# receipts {vkey}" for vkey in receipt_vkeys(origin)]
        for log in map(parse_vkey, log_vkeys(origin)):
            if log.public not in known and (not notes or has_signed(log, notes)):
                known.add(log.public)
                lines.append(f"log {log.vkey}")
    return "\n".join([*lines, text]) + "\n"


def has_signed(log: Verifier, notes: Iterable[Note]) -> bool:
    """Return whether a key has signed one of these notes."""
    return any(
        log.verify(note.text, one.value)
        for note in notes
        for one in note.signatures
        if (one.name, one.key_id) == (log.name, log.key_id)
    )
