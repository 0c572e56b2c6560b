"""A bundle is made of one thing and of what belongs to it, and is proven outside."""

import json
from pathlib import Path

import pytest

from domain.leaf import leaf_of
from domain.records.export import ExportMade
from domain.records.reading import PersonalDataRead
from projections.ledger.verifier.bundles.archive import read
from tests.domain.cast import INSTANT, LEAVING, joins
from tests.ledger.bundles.court import (
    Court,
    Files,
    alone,
    files_in,
    manifest_of,
    positions,
    state,
    told,
)

FOR_AUDIT = ("--purpose", "audit", "--reason", "case 7")


def test_a_bundle_is_checked_by_a_program_that_has_nothing_of_the_register(
    court: Court, bundled: Path
) -> None:
    done = alone(bundled, court.policy.text)

    assert (done.returncode, done.stderr) == (0, "")
    assert "Fine" in done.stdout


def test_it_holds_the_report_its_duties_and_the_law(files: Files) -> None:
    manifest = manifest_of(files)

    topics = [event["topic"] for _, event in sorted(manifest.events.items(), key=at)]
    assert topics == [
        "rulebook.drafted",
        "rulebook.published",
        "disclosure.filed",
        "obligation.raised",
        "obligation.fulfilled-late",
        "disclosure.amended",
        "disclosure.amended",
    ]
    (law,) = manifest.rulebooks
    (drafted,) = positions(files, "rulebook.drafted")
    assert files[law].decode() == state(files, drafted)["fact"]["text"]
    assert INSTANT in law


def at(item: tuple[str, object]) -> int:
    return int(item[0])


def test_each_event_has_entry_state_and_proof_and_the_zip_nothing_that_is_not_listed(
    files: Files,
) -> None:
    manifest = manifest_of(files)

    for position in manifest.events:
        for kind in ("entry", "state", "tlog-proof"):
            assert f"events/{position}.{kind}" in files
    assert files.keys() - manifest.files.keys() == {"manifest.json"}


def test_what_is_personal_stays_sealed_but_the_page_on_top_is_for_anybody(
    files: Files,
) -> None:
    (filed,) = positions(files, "disclosure.filed")
    item = state(files, filed)["fact"]["items"][0]

    assert all(set(value) <= {"sealed", "class"} for value in item.values())
    page = files["README.txt"].decode()
    assert "probity-verify bundle" in page
    assert "NO WITNESS" in page
    assert not any(name.startswith(("opened/", "keys/")) for name in files)


def test_the_same_bundle_is_made_of_the_same_log_to_the_byte(court: Court) -> None:
    report = court.file()

    first, second = court.bundle(report), court.bundle("disclosure", report)

    # That the first left is in the log by now, and not in the tree.
    assert first.read_bytes() == second.read_bytes()


def test_that_it_leaves_the_register_is_on_record_first(court: Court) -> None:
    report = court.file()
    path = court.bundle(report, *FOR_AUDIT)

    *_, made, seen = court.facts()

    assert isinstance(made, ExportMade)
    assert isinstance(seen, PersonalDataRead)
    assert (made.kind, made.masked, made.persons) == ("bundle", True, ("shen",))
    assert made.sha256 == court.digest(path)
    assert (seen.purpose, seen.what, seen.persons) == ("audit", "export", ("shen",))


def test_any_thing_of_the_register_can_be_bundled_by_kind_and_name(
    court: Court,
) -> None:
    court.sign()
    for named, topic in (
        (("person", "shen"), "person.registered"),
        (("unit", "college"), "unit.established"),
        (("rulebook", LEAVING), "rulebook.published"),
    ):
        files = files_in(path := court.bundle(*named))
        stream = manifest_of(files).about["stream"]
        same = files_in(court.bundle("stream", stream))

        assert positions(files, topic)
        assert same.keys() >= {name for name in files if name.startswith("events/")}
        assert court.check(path).code == 0, told(court.check(path))


def test_what_led_to_a_duty_comes_with_it_where_it_tells_of_nobody_else(
    court: Court,
) -> None:
    court.office.act(*joins("qian", rank="provincial"))
    own, others = court.caused_duty("2019", "qian"), court.caused_duty("2018", "li")

    for duty, parts in (
        (own, {"the thing itself", "what led to it", "a rulebook that is cited"}),
        (others, {"the thing itself", "a rulebook that is cited"}),
    ):
        files = files_in(court.bundle("stream", str(duty)))
        assert set(manifest_of(files).streams.values()) == parts


def test_the_text_of_a_rulebook_is_that_of_the_version_as_it_was_published(
    court: Court,
) -> None:
    """A later version may be drafted before, and a draft be drafted again."""
    court.draft_and_publish("court-law")

    path = court.bundle("rulebook", "court-law")

    assert court.check(path).code == 0, told(court.check(path))
    assert b"# Drafted again." in files_in(path)["rulebooks/court-law-v1.toml"]


def test_states_that_are_left_out_leave_their_digest_behind(court: Court) -> None:
    report = court.file()
    whole = files_in(court.bundle(report))
    (filed,) = positions(whole, "disclosure.filed")

    one = court.bundle(report, "--redact", str(filed))
    everything = court.bundle(report, "--redacted")

    assert whole.keys() - files_in(one).keys() == {f"events/{filed}.state"}
    left = [name for name in files_in(everything) if name.endswith(".state")]
    assert len(left) == 2  # of the law
    for path in (one, everything):
        verdict = court.check(path)
        assert verdict.code == 0, told(verdict)
        assert "left out on purpose" in "".join(verdict.remarks)
        assert "WHAT WAS LEFT OUT" in files_in(path)["README.txt"].decode()


@pytest.mark.parametrize("redact", ["1", "999999"])
def test_neither_the_law_nor_what_is_not_there_can_be_left_out(
    court: Court, redact: str
) -> None:
    report = court.file()

    said = court.refused(report, "--redact", redact)

    assert f"position {redact}" in said


def test_a_bundle_that_cannot_be_proven_yet_is_not_made(court: Court) -> None:
    report = court.office.shen.file()

    said = court.refused(report)

    assert "not under a published checkpoint yet" in said


def test_what_is_not_there_is_told_and_leaves_nothing(court: Court) -> None:
    assert "there is no disclosure nix" in court.refused("nix")
    assert "Say [KIND] ID" in court.refused("yacht", "7", code=2)
    assert "7 is no UUID" in court.refused("stream", "7")


def test_no_file_is_overwritten_and_none_is_half_written(court: Court) -> None:
    report = court.file()
    path = court.bundle(report)
    before = path.read_bytes()
    events = court.office.size()

    said = court.terminal.refused("bundle", report, "-o", str(path))
    nowhere = court.terminal.refused("bundle", report, "-o", "/nowhere/at/all.zip")

    assert "is there already" in said
    assert "No such file or directory" in nowhere
    assert path.read_bytes() == before
    assert court.office.size() == events
    assert court.hidden() == []


def test_only_its_owner_may_read_it(bundled: Path) -> None:
    assert bundled.stat().st_mode & 0o777 == 0o600


def test_without_a_name_it_is_named_after_what_is_in_it(
    court: Court, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    report = court.file()

    said = court.terminal.json("bundle", report)

    assert said["file"] == f"disclosure-{report}.zip"
    assert said["sha256"] == court.digest(tmp_path / said["file"])
    assert said["origin"] == court.origin


def test_each_entry_is_what_the_filer_has_a_receipt_for(court: Court) -> None:
    answer = court.office.shen.post("/v1/disclosures", court.report()).get_json()
    court.sign()

    files = files_in(court.bundle(answer["id"]))

    leaves = {leaf_of(files[n].decode()).hex() for n in files if n.endswith(".entry")}
    assert answer["digest"] in leaves


def test_whoever_gives_no_policy_is_told_what_that_is_worth(bundled: Path) -> None:
    done = alone(bundled)

    assert done.returncode == 0
    assert "NO POLICY OF YOURS WAS GIVEN" in done.stdout


def test_it_may_be_packed_again_by_another_program(
    court: Court, bundled: Path, files: Files
) -> None:
    packed = court.packed_again(bundled, files)

    assert read(packed) == files
    assert court.check(packed).code == 0


def test_the_table_of_contents_is_plain_json(files: Files) -> None:
    said = json.loads(files["manifest.json"])

    assert said["format"] == "probity-bundle@v1"
    assert said["about"]["kind"] == "disclosure"
