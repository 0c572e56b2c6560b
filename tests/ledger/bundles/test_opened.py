"""What is sealed is handed over with its keys where that is asked, and proven then."""

import json
from base64 import b64decode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.records.export import ExportMade
from projections.vault.destruction import destroy
from tests.domain.papers import wedding
from tests.ledger.bundles.court import (
    Court,
    Files,
    listed,
    positions,
    saved,
    state,
    told,
)
from tests.postgres import as_role


@pytest.fixture(scope="module")
def opened(court: Court) -> Files:
    return court.opened(court.file())


def told_of(files: Files, topic: str = "disclosure.filed") -> Files:
    (at,) = positions(files, topic)
    return json.loads(files[f"opened/{at}.json"])  # type: ignore[no-any-return]  # JSON


def test_what_was_filed_can_be_read_in_it(opened: Files) -> None:
    (item,) = told_of(opened)["fact"]["items"]  # type: ignore[call-overload]  # JSON

    assert item["tables"] == wedding()["tables"]
    page = opened["README.txt"].decode()
    assert "HANDLE THE KEYS WITH CARE" in page


def test_a_court_opens_a_value_by_itself_as_the_page_says(opened: Files) -> None:
    (at,) = positions(opened, "disclosure.filed")
    sealed = state(opened, at)["fact"]["items"][0]["tables"]
    place, _, box = sealed["sealed"].rpartition(":")
    _, key, *_ = place.split(":")
    secret = b64decode(json.loads(opened[f"keys/{key}.json"])["secret"])
    content = b64decode(box, altchars=b"-_")
    bound = f"{place}:{sealed.get('class', 'confidential')}".encode()

    value = AESGCM(secret).decrypt(content[:12], content[12:], bound)

    assert json.loads(value) == wedding()["tables"]


def test_keys_come_for_a_purpose_that_takes_them_and_it_is_on_record(
    court: Court,
) -> None:
    report = court.file()

    for purpose in ((), ("--purpose", "review")):
        said = court.refused(report, "--open", *purpose, code=2)
        assert "--open needs a --purpose that takes it: appeal, audit" in said
    court.bundle(report, "--open", "--purpose", "appeal")
    *_, made, _ = court.facts()
    assert isinstance(made, ExportMade)
    assert (made.masked, made.purpose) == (False, "appeal")


def test_who_is_handed_keys_is_told(court: Court) -> None:
    path = str(court.terminal.directory / "keys.zip")
    words = (court.file(), "-o", path, "--open", "--purpose", "audit")

    said = court.terminal.type("bundle", *words)

    assert said.exit_code == 0
    assert "Data keys are in it" in said.stderr
    assert "keep it as secret" in "".join(court.check(Path(path)).remarks)


def test_only_the_keys_of_what_is_in_it_are_in_it(court: Court) -> None:
    report = court.file()
    whole = court.opened(report)
    path = court.bundle(report, "--open", "--purpose", "audit", "--redacted")

    assert [name for name in whole if name.startswith("keys/")]
    assert court.check(path).code == 0
    assert "keys/" not in "".join(court.check(path).remarks)


def test_contents_that_are_told_otherwise_are_found(
    court: Court, bundled: Path, opened: Files
) -> None:
    (at,) = positions(opened, "disclosure.filed")
    name = f"opened/{at}.json"
    tables = f'"tables": {wedding()["tables"]}'.encode()
    assert tables in opened[name]
    changes = {
        "edited": {name: opened[name].replace(tables, b'"tables": 3')},
        "no JSON": {name: b"{"},
        "of nothing": {"opened/999.json": opened[name]},
    }

    for change in changes.values():
        verdict = court.check(saved(bundled, listed(opened | change)))
        assert verdict.code == 1
        assert f"{next(iter(change))}: " in told(verdict)


def test_a_key_that_is_another_opens_nothing(
    court: Court, bundled: Path, opened: Files
) -> None:
    (name,) = (name for name in opened if name.startswith("keys/"))
    plain = json.loads(opened[name])
    other = {
        "another": plain | {"secret": "A" * 43 + "="},
        "short": plain | {"secret": "AAAA"},
        "misnamed": plain | {"id": "0" * 32},
        "of another kind": plain | {"algorithm": "ROT13"},
        "empty": {},
    }

    for said in other.values():
        forged = opened | {name: json.dumps(said).encode()}
        verdict = court.check(saved(bundled, listed(forged)))
        assert verdict.code == 1
        assert "opened/" in told(verdict)


def test_a_value_that_was_sealed_elsewhere_is_not_opened_here(
    court: Court, bundled: Path
) -> None:
    """One's own value of another report: the key fits, the place does not."""
    one, other = court.opened(court.file()), court.opened(court.file())
    (here,), (there,) = (positions(f, "disclosure.filed") for f in (one, other))
    sealed = state(other, there)["fact"]["items"][0]["tables"]["sealed"]
    own = state(one, here)["fact"]["items"][0]["tables"]["sealed"]
    name = f"events/{here}.state"
    moved = {name: one[name].replace(own.encode(), sealed.encode())}

    verdict = court.check(saved(bundled, listed(one | moved)))

    assert verdict.code == 1
    assert f"opened/{here}.json: its items.0.tables was sealed for another" in told(
        verdict
    )


def test_a_report_whose_keys_were_destroyed_is_proven_all_the_same(
    court: Court,
) -> None:
    li = court.office.caller("declarant", "li")
    report = li.file()
    court.sign()
    before = court.bundle(report)
    with as_role(court.database, "probity_scheduler") as connection:
        assert destroy(connection, "li")

    after = court.opened(report)

    assert court.check(before).code == 0
    (item,) = told_of(after)["fact"]["items"]  # type: ignore[call-overload]  # JSON
    assert item["tables"] == {"sealed": "destroyed", "class": "confidential"}
    assert not [name for name in after if name.startswith("keys/")]
