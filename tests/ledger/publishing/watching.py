"""Witnesses as their offices run them: `probity witness serve`, each a process."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.web.witness.running import Running, running
from web.witness.state import cosigners, settle


def found(parent: Path, count: int) -> list[Path]:
    """Make the keys of so many witnesses."""
    directories = [parent / f"w{nth}" for nth in range(1, count + 1)]
    for directory in directories:
        settle(directory, f"witness.example/{directory.name}")
    return directories


@contextmanager
def watching(
    directories: Sequence[Path], vkeys: Sequence[str]
) -> Iterator[list[Running]]:
    """Run witnesses that know these keys of logs."""
    words = [word for vkey in vkeys for word in ("--log", vkey)]
    with ExitStack() as stack:
        yield [
            stack.enter_context(running(directory, (), more=words))
            for directory in directories
        ]


def policy_text(witnesses: Sequence[Running], needed: int) -> str:
    """Return the policy that needs so many of these witnesses."""
    lines = [
        f"witness {one.directory.name} {cosigners(one.directory)[-1].vkey}"
        f" http://127.0.0.1:{one.port}"
        for one in witnesses
    ]
    names = " ".join(one.directory.name for one in witnesses)
    return "\n".join([*lines, f"group ours {needed} {names}", "quorum ours", ""])
