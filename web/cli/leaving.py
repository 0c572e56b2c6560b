"""A file that leaves the register: it is there whole, or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """Give a file beside the target, which becomes it once all has gone well.

    Nobody but its owner reads it. Whatever goes wrong, nothing is left of it.

    Raises:
        click.ClickException: the target is there already.
    """
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    os.close(descriptor)
    draft = Path(name)
    try:
        refuse_existing(target)
        yield draft
        # Unlike a renaming, a link does not replace what has come there meanwhile.
        os.link(draft, target)
    except FileExistsError:
        refuse_existing(target)
        raise
    finally:
        draft.unlink()


def refuse_existing(target: Path) -> None:
    if target.exists():
        raise click.ClickException(
            f"{target} is there already: name another file with -o, or remove it"
        )


def write(draft: Path, content: bytes) -> None:
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
