"""The wrapping key is found where it should be, and nowhere that others can read."""

import stat
import sys
from base64 import b64encode
from pathlib import Path

import pytest

from domain.errors import VaultClosed
from projections.vault.keyfile import KeyFile, create
from projections.vault.source import find_wrapping
from projections.vault.uri import EXAMPLE, named_in
from projections.vault.wrapping import Given, Wrapping, name_of
from tests.processes import mode

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
BOUND = b"whose it is"


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let the machine have no wrapping key, and our home be empty."""
    monkeypatch.setenv("PROBITY_HOME", str(tmp_path / "home"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "keys" / "wrapping-keys"
    create(path)
    return path


def written(*secrets: bytes) -> str:
    return ",".join(b64encode(secret).decode() for secret in secrets)


def opens_its_own(wrapping: Wrapping) -> bool:
    version = wrapping.versions()[-1]
    return wrapping.unwrap(version, wrapping.wrap(version, NEW, BOUND), BOUND) == NEW


# Where it is looked for


def test_the_environment_holds_versions_and_the_last_is_the_newest() -> None:
    found = find_wrapping({"PROBITY_KEK": written(OLD, NEW)})

    assert found.versions() == [name_of(OLD), name_of(NEW)]
    assert found.place == "PROBITY_KEK"
    assert opens_its_own(found)


def test_a_file_that_is_named_holds_it(path: Path) -> None:
    found = find_wrapping({"PROBITY_KEK_FILE": str(path)})

    assert isinstance(found, KeyFile)
    assert opens_its_own(found)


def test_else_our_home_holds_it(tmp_path: Path) -> None:
    with pytest.raises(VaultClosed, match=r"no wrapping key is given.*Set PROBITY_KEK"):
        find_wrapping({})

    create(tmp_path / "home" / "keys" / "wrapping-keys")

    assert opens_its_own(find_wrapping({}))


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"PROBITY_KEK": "a", "PROBITY_KEK_FILE": "b"}, "unset one of them"),
        ({"PROBITY_KEK": "not base64"}, "PROBITY_KEK is not a key of 32 bytes"),
        ({"PROBITY_KEK": written(b"too short")}, "PROBITY_KEK is not a key of 32"),
        ({"PROBITY_KEK": f"{written(OLD)},"}, "PROBITY_KEK is not a key of 32 bytes"),
        ({"PROBITY_KEK_FILE": "/nowhere"}, "/nowhere cannot be read: No such file"),
        ({"PROBITY_KEK": "pkcs11:token=a?pin-value=1234"}, "pin-source=file:"),
        ({"PROBITY_KEK": "pkcs11:token=a"}, "has token, and should have token, object"),
    ],
)
def test_what_is_no_wrapping_key_is_refused_with_what_to_do(
    environ: dict[str, str], said: str
) -> None:
    with pytest.raises(VaultClosed, match=said) as refused:
        find_wrapping(environ)

    assert "1234" not in str(refused.value)
    assert written(b"too short") not in str(refused.value)


def test_a_uri_names_token_label_module_and_the_file_of_the_pin() -> None:
    assert named_in(EXAMPLE) == (
        "probity",
        "kek",
        "/usr/lib/softhsm/libsofthsm2.so",
        Path("/etc/probity/pin"),
    )
    escaped = EXAMPLE.replace("token=probity", "token=our%20office")
    assert named_in(escaped).token == "our office"  # noqa: S105  a label


def test_without_the_extra_a_hardware_module_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "projections.vault.hsm", None)

    with pytest.raises(VaultClosed, match=r"install probity\[hsm\]"):
        find_wrapping({"PROBITY_KEK": EXAMPLE})


# The file


def test_a_new_file_is_for_its_owner_alone(path: Path) -> None:
    assert mode(path) == 0o600
    assert mode(path.parent) == 0o700
    assert len(KeyFile(path).versions()) == 1
    assert not create(path)


@pytest.mark.parametrize("open_to", [stat.S_IRGRP, stat.S_IWGRP, stat.S_IROTH])
def test_a_file_that_is_open_to_others_is_refused(path: Path, open_to: int) -> None:
    path.chmod(0o600 | open_to)

    with pytest.raises(VaultClosed, match=f"open to others.*chmod 600 {path}"):
        KeyFile(path)


def test_a_file_among_the_databases_own_is_refused(tmp_path: Path) -> None:
    (tmp_path / "PG_VERSION").touch()
    path = tmp_path / "mine" / "wrapping-keys"

    with pytest.raises(VaultClosed, match="lies in a data directory of PostgreSQL"):
        create(path)
    assert not path.parent.exists()


def test_a_file_that_cannot_be_made_or_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(VaultClosed, match=r"no wrapping key could be made: .*file"):
        create(tmp_path / "file" / "wrapping-keys")
    with pytest.raises(VaultClosed, match="cannot be read: Is a directory"):
        KeyFile(tmp_path)


def test_a_damaged_file_is_refused_without_showing_it(path: Path) -> None:
    good = path.read_text()
    secret = good.split()[-1]
    for bad in (secret, good[:-3], good + "kek-1 AAAA\n", "\xff\n"):
        path.write_text(bad)
        with pytest.raises(VaultClosed, match=r"line \d: this is not") as refused:
            KeyFile(path)
        assert secret[:20] not in str(refused.value)


def test_a_file_that_changes_is_read_again(path: Path) -> None:
    here, elsewhere = KeyFile(path), KeyFile(path)
    (old,) = here.versions()
    box = here.wrap(old, NEW, BOUND)

    new = elsewhere.add()
    assert here.versions() == [old, new]
    assert here.unwrap(new, elsewhere.wrap(new, OLD, BOUND), BOUND) == OLD

    assert elsewhere.drop(old)
    with pytest.raises(KeyError):
        here.unwrap(old, box, BOUND)
    assert elsewhere.drop(old)
    assert here.versions() == [new]
    assert mode(path) == 0o600

    path.unlink()
    with pytest.raises(VaultClosed, match="cannot be read: No such file"):
        here.versions()


# The keys


def test_a_box_opens_only_for_what_it_was_bound_to_and_as_it_was() -> None:
    given = Given([OLD], "the test")
    (version,) = given.versions()
    box = given.wrap(version, NEW, BOUND)

    assert NEW not in box
    assert given.wrap(version, NEW, BOUND) != box
    for other, bound in ((box, b"another's"), (box[:-1], BOUND), (b"", BOUND)):
        with pytest.raises(ValueError, match=r"authenticate|bytes"):
            given.unwrap(version, other, bound)


def test_a_name_tells_keys_apart_and_no_more() -> None:
    assert name_of(OLD) != name_of(NEW)
    assert len(name_of(OLD)) == len("kek-") + 16
    assert OLD.hex()[:8] not in name_of(OLD)


def test_what_the_operator_gave_only_the_operator_can_change() -> None:
    given = Given([OLD], "PROBITY_KEK")

    with pytest.raises(VaultClosed, match="Put a new key behind the others"):
        given.add()
    assert not given.drop(name_of(OLD))
    assert given.drop(name_of(NEW))
