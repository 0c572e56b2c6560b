"""Packs the offline verifier into one file that runs wherever `cryptography` is."""

import pkgutil
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from projections.ledger import verifier

OURS = ("domain", "projections")
SHEBANG = b"#!/usr/bin/env python3\n"
MAIN = b'''"""Runs the verifier, or says what it lacks."""

import sys

NEEDED = "probity-verify needs Python 3.11, its package cryptography 46, or"

if __name__ == "__main__":
    try:
        from projections.ledger.verifier.main import main
    except ImportError as error:
        sys.stderr.write(f"{NEEDED} later: {error}\\n")
        sys.exit(2)
    sys.exit(main())
'''


def modules() -> Iterator[Path]:
    """Yield the file of every module of ours that the verifier imports.

    It is to be asked in a process that has imported nothing else of ours.
    """
    for module in pkgutil.walk_packages(verifier.__path__, f"{verifier.__name__}."):
        if module.name != __name__:
            import_module(module.name)
    for name, found in sorted(sys.modules.items()):
        if name.partition(".")[0] in OURS and found.__file__ not in {None, __file__}:
            yield Path(found.__file__ or "")


def pack(target: Path) -> None:
    """Write the verifier as one executable file (as PEP 441 describes them).

    It is the same to the byte wherever and whenever it is made: so whoever got it can
    make it again from the sources, and compare.
    """
    root = Path(verifier.__file__).parents[3]
    files = {found.relative_to(root).as_posix(): found for found in modules()}
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        file.write(SHEBANG)
        with ZipFile(file, "w") as archive:
            archive.writestr(ZipInfo("__main__.py"), MAIN)
            for name, path in sorted(files.items()):
                archive.writestr(ZipInfo(name), path.read_bytes())
    target.chmod(0o755)


if __name__ == "__main__":
    pack(Path(sys.argv[1]))
