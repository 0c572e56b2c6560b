"""`probity-verify`: checks what a register shows, on a machine that has nothing of it.

Exit codes: 0 fine, 1 tampered, 2 could not check.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from projections.ledger.standard.policy import BadPolicy, Policy, read_policy
from projections.ledger.verifier.bundles.bundle import check as check_bundle
from projections.ledger.verifier.growth import check_growth
from projections.ledger.verifier.logs import Trust, check_log
from projections.ledger.verifier.progress import Progress
from projections.ledger.verifier.proofs import check_proof
from projections.ledger.verifier.verdict import CannotCheck, Verdict

Check = Callable[[argparse.Namespace], Verdict]
POLICY = "trust policy (C2SP tlog-policy): the log's keys, the witnesses, the quorum"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one check, print its outcome, and return the exit code."""
    asked = parser().parse_args(argv)
    try:
        verdict = asked.check(asked)
    except (CannotCheck, OSError) as error:
        verdict = Verdict(obstacles=[str(error)])
    except Exception as error:  # noqa: BLE001  a fault of ours must not pass for a finding
        verdict = Verdict(obstacles=[f"a fault of this program's own: {error!r}"])
    told = verdict.written() if asked.json else "\n".join(verdict.lines())
    sys.stdout.write(f"{told}\n")
    return int(verdict.code)


def parser() -> argparse.ArgumentParser:
    """Return what reads the command line."""
    found = argparse.ArgumentParser(
        prog="probity-verify",
        description="Check what a register shows, without the register.",
        epilog="Exit codes: 0 fine, 1 tampered, 2 could not check.",
    )
    commands = found.add_subparsers(required=True, metavar="COMMAND")
    _proof(_command(commands, "proof", "an entry is in the log", proof))
    _growth(
        _command(commands, "consistency", "one checkpoint grew into another", growth)
    )
    _log(_command(commands, "log", "a dump or static files, leaf by leaf", log))
    _bundle(_command(commands, "bundle", "the zip that goes with a decision", bundle))
    return found


def proof(asked: argparse.Namespace) -> Verdict:
    """Check one proof."""
    entry = asked.entry or asked.receipt
    return check_proof(asked.file, entry, policy_in(asked.policy))


def growth(asked: argparse.Namespace) -> Verdict:
    """Check that one checkpoint grew out of another."""
    policy = policy_in(asked.policy) if asked.policy else None
    return check_growth(asked.old, asked.new, policy, asked.tiles, asked.proof)


def log(asked: argparse.Namespace) -> Verdict:
    """Check a whole log."""
    trust = Trust(policy_in(asked.policy), asked.checkpoint, asked.against)
    progress = Progress("hashing events")
    try:
        return check_log(asked.path, trust, jobs=asked.jobs, watch=progress)
    finally:
        progress.end()


def bundle(asked: argparse.Namespace) -> Verdict:
    """Check a bundle."""
    return check_bundle(asked.zip, policy_in(asked.policy) if asked.policy else None)


def policy_in(path: Path) -> Policy:
    """Return the policy in a file.

    Raises:
        CannotCheck: there is none.
    """
    try:
        return read_policy(path)
    except (BadPolicy, OSError) as error:
        raise CannotCheck(f"{path}: {error}") from error


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    told: str,
    check: Check,
) -> argparse.ArgumentParser:
    words = (
        f"Check that {told}." if name in {"proof", "consistency"} else f"Check {told}."
    )
    found = commands.add_parser(name, help=words, description=words)
    found.add_argument("--json", action="store_true", help="print one JSON document")
    found.set_defaults(check=check)
    return found


def _proof(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="FILE", help="the proof")
    which = command.add_mutually_exclusive_group()
    which.add_argument("--entry", type=Path, metavar="FILE", help="the entry itself")
    which.add_argument("--receipt", type=Path, metavar="FILE", help="its receipt")
    command.add_argument("--policy", type=Path, required=True, help=POLICY)


def _growth(command: argparse.ArgumentParser) -> None:
    command.add_argument("old", type=Path, metavar="OLD", help="the older checkpoint")
    command.add_argument("new", type=Path, metavar="NEW", help="the newer checkpoint")
    command.add_argument("--policy", type=Path, help=POLICY)
    how = command.add_mutually_exclusive_group()
    how.add_argument("--tiles", type=Path, metavar="DIR", help="the tree, as files")
    how.add_argument("--proof", type=Path, metavar="FILE", help="hashes, one a line")


def _log(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "path", type=Path, metavar="DUMP|TILES", help="a dump, or the tree as files"
    )
    command.add_argument("--policy", type=Path, required=True, help=POLICY)
    command.add_argument(
        "--checkpoint",
        type=Path,
        metavar="NOTE",
        action="append",
        default=[],
        help="a checkpoint from outside of the register; may be given again",
    )
    command.add_argument(
        "--against",
        type=Path,
        metavar="DIR",
        help="your own copy of the tree, as files",
    )
    command.add_argument(
        "--jobs", type=int, metavar="N", help="processes to hash with; else what pays"
    )


def _bundle(command: argparse.ArgumentParser) -> None:
    command.add_argument("zip", type=Path, metavar="ZIP", help="the bundle")
    command.add_argument("--policy", type=Path, help=POLICY)


if __name__ == "__main__":
    sys.exit(main())
