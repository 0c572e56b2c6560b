"""Wrapping keys in a hardware module: tried against a token of SoftHSM."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from domain.errors import VaultClosed
from projections.vault.source import find_wrapping
from projections.vault.wrapping import Wrapping

pkcs11 = pytest.importorskip(
    "pkcs11", reason="python-pkcs11 is missing: no hardware module is tried"
)
LIBRARIES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/softhsm/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)
LIBRARY = next((path for path in LIBRARIES if Path(path).exists()), None)
pytestmark = pytest.mark.skipif(
    LIBRARY is None,
    reason="SoftHSM is missing (apt install softhsm2): no hardware module is tried",
)
PIN = "482913"
SECRET, BOUND = bytes(range(32)), b"whose it is"
FORKED = """
import os, sys
from projections.vault.source import find_wrapping
wrapping = find_wrapping()
version = wrapping.versions()[-1]
box = wrapping.wrap(version, bytes(32), b"")
if child := os.fork():
    _, status = os.waitpid(child, 0)
    same = wrapping.unwrap(version, box, b"") == bytes(32)
    sys.exit(0 if same and status == 0 else 1)
os._exit(0 if wrapping.unwrap(version, box, b"") == bytes(32) else 1)
"""


@pytest.fixture(scope="module", autouse=True)
def tokens(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Make a place for tokens: the module reads where it is once in a process."""
    directory = tmp_path_factory.mktemp("tokens")
    settings = directory / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {directory}\nlog.level = ERROR\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(settings))
        yield directory
        if LIBRARY:
            pkcs11.unload(LIBRARY)


@pytest.fixture
def environ(tokens: Path, tmp_path: Path) -> Mapping[str, str]:
    """What an operator sets who has a token of this test's own, and a key in it."""
    label = tmp_path.name
    officer = ("--so-pin", "12345678", "--pin", PIN)
    make = ("softhsm2-util", "--init-token", "--free", "--label", label, *officer)
    subprocess.run(make, check=True, capture_output=True)
    pin = tmp_path / "pin"
    pin.write_text(f"{PIN}\n")
    pin.chmod(0o600)
    if LIBRARY:
        pkcs11.lib(LIBRARY).reinitialize()  # it looks for tokens when it starts
    place = f"module-path={LIBRARY}&pin-source=file:{pin}"
    return {
        "PROBITY_KEK": f"pkcs11:token={label};object=kek?{place}",
        "SOFTHSM2_CONF": str(tokens / "softhsm2.conf"),
    }


@pytest.fixture
def wrapping(environ: Mapping[str, str]) -> Wrapping:
    made = find_wrapping(environ)
    made.add()
    return made


def test_what_the_module_wraps_it_unwraps_for_the_same_owner(
    wrapping: Wrapping,
) -> None:
    (version,) = wrapping.versions()

    box = wrapping.wrap(version, SECRET, BOUND)

    assert SECRET not in box
    assert wrapping.unwrap(version, box, BOUND) == SECRET
    for other, bound in ((box, b"another's"), (box[:-1] + b"x", BOUND), (b"", BOUND)):
        with pytest.raises(ValueError, match="does not authenticate"):
            wrapping.unwrap(version, other, bound)
    assert wrapping.unwrap(version, box, BOUND) == SECRET


def test_the_key_cannot_leave_the_module(
    wrapping: Wrapping, environ: Mapping[str, str]
) -> None:
    label = environ["PROBITY_KEK"].split(";")[0].partition("=")[2]
    wrapping.versions()
    with pkcs11.lib(LIBRARY).get_token(token_label=label).open() as session:
        (key,) = session.get_objects({pkcs11.Attribute.LABEL: "kek"})

        assert key[pkcs11.Attribute.NEVER_EXTRACTABLE]
        with pytest.raises(pkcs11.AttributeSensitive):
            key[pkcs11.Attribute.VALUE]


def test_a_new_version_is_the_last_and_an_old_one_can_be_dropped(
    wrapping: Wrapping, environ: Mapping[str, str]
) -> None:
    (old,) = wrapping.versions()
    elsewhere = find_wrapping(environ)
    box = elsewhere.wrap(old, SECRET, BOUND)

    new = wrapping.add()
    assert elsewhere.versions() == [old, new]
    assert elsewhere.unwrap(new, wrapping.wrap(new, SECRET, BOUND), BOUND) == SECRET

    assert wrapping.drop(old)
    assert wrapping.drop(old)
    assert wrapping.versions() == [new]
    with pytest.raises(KeyError):
        wrapping.unwrap(old, box, BOUND)


def test_a_version_that_never_was_is_not_there(wrapping: Wrapping) -> None:
    for use in (wrapping.wrap, wrapping.unwrap):
        with pytest.raises(KeyError):
            use("pkcs11:kek:00:", bytes(60), BOUND)


def test_threads_share_a_session(wrapping: Wrapping) -> None:
    (version,) = wrapping.versions()
    start = threading.Barrier(4)

    def there_and_back(nth: int) -> bool:
        start.wait()
        secrets = [bytes([nth, n]) * 16 for n in range(50)]
        boxes = [wrapping.wrap(version, secret, BOUND) for secret in secrets]
        return [wrapping.unwrap(version, box, BOUND) for box in boxes] == secrets

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(there_and_back, range(4)))


def test_a_session_that_was_lost_is_opened_again(wrapping: Wrapping) -> None:
    (version,) = wrapping.versions()
    box = wrapping.wrap(version, SECRET, BOUND)

    pkcs11.lib(LIBRARY).reinitialize()  # as the module does that was restarted

    assert wrapping.unwrap(version, box, BOUND) == SECRET


def test_a_forked_process_opens_a_session_of_its_own(
    wrapping: Wrapping, environ: Mapping[str, str]
) -> None:
    assert wrapping.versions()

    program = [sys.executable, "-c", FORKED]
    done = subprocess.run(
        program, env={**os.environ, **environ}, capture_output=True, check=False
    )

    assert done.returncode == 0, done.stderr


def test_a_wrong_pin_is_told_and_not_tried_again(
    environ: Mapping[str, str], tmp_path: Path
) -> None:
    pin = tmp_path / "pin"
    pin.write_text("000000")
    wrapping = find_wrapping(environ)

    for _ in range(20):  # a token that was asked as often would be locked
        with pytest.raises(VaultClosed, match="refuses the PIN in") as refused:
            wrapping.versions()
        assert "000000" not in str(refused.value)

    pin.write_text(PIN)
    assert wrapping.versions() == []


def test_a_pin_that_others_can_read_is_refused(
    environ: Mapping[str, str], tmp_path: Path
) -> None:
    (tmp_path / "pin").chmod(0o644)

    with pytest.raises(VaultClosed, match="pin is open to others"):
        find_wrapping(environ).versions()


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("token=", "token=not-", "NoSuchToken"),
        ("module-path=/", "module-path=/nowhere/", "cannot open shared object"),
        ("pin-source=file:/", "pin-source=file:/nowhere/", "pin cannot be read"),
    ],
)
def test_what_is_missing_is_named(
    environ: Mapping[str, str], right: str, wrong: str, said: str
) -> None:
    uri = environ["PROBITY_KEK"].replace(right, wrong)

    with pytest.raises(VaultClosed, match=said):
        find_wrapping({"PROBITY_KEK": uri}).versions()


def test_a_token_that_is_gone_closes_the_vault_until_it_is_back(
    wrapping: Wrapping, tokens: Path, tmp_path: Path
) -> None:
    # A module may say of it what it says of a box that was tampered with.
    (version,) = wrapping.versions()
    box = wrapping.wrap(version, SECRET, BOUND)
    away = shutil.move(tokens, tmp_path / "away")

    for attempt in (
        lambda: wrapping.unwrap(version, box, BOUND),
        lambda: wrapping.wrap(version, SECRET, BOUND),
        wrapping.versions,
        wrapping.add,
        lambda: wrapping.drop(version),
    ):
        with pytest.raises(VaultClosed, match="does not do what it is asked"):
            attempt()

    shutil.move(away, tokens)
    pkcs11.lib(LIBRARY).reinitialize()
    assert wrapping.unwrap(version, box, BOUND) == SECRET
