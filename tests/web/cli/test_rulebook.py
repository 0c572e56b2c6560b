"""Rulebooks from the command line: checked, compared, published by two persons."""

import pytest

from tests.web.cli.terminal import INSTANT, TWO, Terminal

V1, V2 = f"{INSTANT}-v1", f"{INSTANT}-v2"


def test_a_complete_rulebook_is_said_to_be(terminal: Terminal) -> None:
    assert (
        "is complete: 1 rules"
        in terminal.type("rulebook", "check", "us-oge-278t").stderr
    )
    found = terminal.json("rulebook", "check", V2)
    assert (found["version"], found["missing"]) == (2, [])
    assert "wedding" in found["rules"]
    assert found["sections"] == []


def test_what_nobody_has_checked_is_remarked_upon(terminal: Terminal) -> None:
    doubt = "track, legal_basis: not verified: Provisions on organisational handling"
    handling = "cn-organisational-handling"
    assert f"Remark: {doubt}" in terminal.type("rulebook", "check", handling).stderr
    remarks = terminal.json("rulebook", "check", handling)["remarks"]
    assert any(remark.startswith(doubt) for remark in remarks)


def test_a_rulebook_without_rules_is_told_by_its_sections(terminal: Terminal) -> None:
    said = terminal.type("rulebook", "check", "cn-selection").stderr
    assert "is complete: 0 rules, eligibility, hold promotion, hold document" in said
    found = terminal.json("rulebook", "check", "us-adverse-action")
    assert (found["rules"], found["missing"]) == ([], [])
    assert found["sections"][:3] == ["track", "due_process", "eligibility"]


def test_s3_05_all_that_is_missing_is_named_at_once(terminal: Terminal) -> None:
    text = terminal.rulebook("us-oge-278t")
    text = text.replace("covers_sub_units = true\n", "").replace(
        'mode = "notification"', ""
    )
    path = terminal.file("mine.toml", text)

    said = terminal.refused("rulebook", "check", path)

    assert "mode" in said
    assert "sub" in said
    assert "us-oge-278t v1 is incomplete" in said
    assert terminal.type("rulebook", "check", path, "--json").exit_code == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"id = 3", "mine.toml: id: expected a text"),
        (b"id = ", "it is not TOML"),
        (b"\xff\xfe", "it is not a text in UTF-8"),
    ],
)
def test_a_text_that_is_no_rulebook_is_refused(
    terminal: Terminal, text: bytes, said: str
) -> None:
    (terminal.directory / "mine.toml").write_bytes(text)

    assert said in terminal.refused("rulebook", "check", "mine.toml")


def test_a_name_that_is_no_file_lists_what_is_shipped(terminal: Terminal) -> None:
    said = terminal.refused("rulebook", "check", "mine")

    assert "there is no such file; shipped are ca-conflict-of-interest" in said


def test_a_difference_is_said_rule_by_rule(terminal: Terminal) -> None:
    lines = terminal.run("rulebook", "diff", V1, V2).splitlines()

    assert "rulebook, version: 1 -> 2" in lines
    assert "population all_staff added: everyone" in lines
    assert "rule wedding, population: senior -> all_staff" in lines
    added = '"Floor area in square metres", number, required'
    assert f"rule real_estate, form field size added: {added}" in lines


def test_a_difference_is_data_too(terminal: Terminal) -> None:
    found = terminal.json("rulebook", "diff", V1, V2)

    assert {
        "place": "rule wedding",
        "field": "population",
        "kind": "changed",
        "before": "senior",
        "after": "all_staff",
        "words": "rule wedding, population: senior -> all_staff",
    } in found


def test_the_same_text_has_no_difference(terminal: Terminal) -> None:
    assert terminal.type("rulebook", "diff", V1, V1).stderr == "They say the same.\n"
    assert terminal.json("rulebook", "diff", V1, V1) == []


def test_a_rulebook_is_published_by_a_second_person(terminal: Terminal) -> None:
    said = terminal.refused(
        "rulebook", "publish", V1, "--by", "a", "--approved-by", "a"
    )
    assert "the author may not publish the draft" in said

    found = terminal.json("rulebook", "publish", V1, *TWO)

    assert (found["rulebook"], found["version"]) == (INSTANT, 1)
    assert found["position"]


def test_the_second_person_may_come_later(terminal: Terminal) -> None:
    assert terminal.type("rulebook", "publish", V1).exit_code == 1

    published = terminal.type("rulebook", "publish", V1, "--approved-by", "ben")

    assert "is published; in force from 2016-01-01" in published.stderr


def test_publishing_again_records_nothing(terminal: Terminal) -> None:
    terminal.publish(V1)

    again = terminal.type("rulebook", "publish", V1, *TWO)

    assert "was published before" in again.stderr
    changed = terminal.file("v1.toml", terminal.rulebook(V1) + "\n# changed\n")
    said = terminal.refused("rulebook", "publish", changed, *TWO)
    assert "is already published" in said


def test_an_incomplete_draft_is_kept_and_not_published(terminal: Terminal) -> None:
    text = terminal.rulebook(V1).replace("covers_sub_units = true\n", "", 1)
    path = terminal.file("v1.toml", text)

    assert "the draft is incomplete" in terminal.refused(
        "rulebook", "publish", path, *TWO
    )
    states = {
        (row["rulebook"], row["version"]): row["state"]
        for row in terminal.json("rulebook", "list")
    }
    assert states[INSTANT, 1] == "drafted"
    assert states[INSTANT, 2] == "not in the register"


def test_what_the_register_holds_is_listed_and_shown(terminal: Terminal) -> None:
    terminal.publish(V1, V2)

    lines = map(str.split, terminal.run("rulebook", "list").splitlines())
    assert [INSTANT, "2", "published", "2017-07-01"] in [line[:4] for line in lines]
    assert terminal.run("rulebook", "show", INSTANT) == terminal.rulebook(V2)
    first = terminal.run("rulebook", "show", INSTANT, "--version", "1")
    assert first == terminal.rulebook(V1)
    assert "there is no rulebook nix" in terminal.refused("rulebook", "show", "nix")
