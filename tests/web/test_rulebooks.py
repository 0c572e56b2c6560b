"""Rulebooks and campaigns over HTTP: two people make a law."""

from tests.domain.cast import CARDS, INSTANT, SHIPPED
from tests.web.office import Office

TEXT = SHIPPED["us-oge-278t.toml"]
NAME = "us-oge-278t"
ONE = f"/v1/rulebooks/{NAME}"


def test_a_rulebook_is_drafted_by_one_steward_and_published_by_another(
    office: Office,
) -> None:
    author = office.caller("rulebook_steward", "li")
    second = office.caller("rulebook_steward", "wang")
    made = author.post("/v1/rulebooks", {"text": TEXT})

    own = author.post(f"{ONE}/versions/1/publication", seen=1)
    law = second.post(f"{ONE}/versions/1/publication", seen=1)

    assert (made.status_code, made.headers["Location"]) == (201, ONE)
    assert (own.status_code, law.status_code) == (403, 200)
    assert "author may not publish" in own.get_json()["detail"]
    (version,) = office.shen.read(ONE)["versions"]
    assert version == {
        "version": 1,
        "drafted_by": "li",
        "in_force_from": "2012-04-04",
    }


def test_the_text_of_a_version_is_shown_as_it_was_handed_in(office: Office) -> None:
    response = office.shen.get(f"/v1/rulebooks/{INSTANT}/versions/2")
    again = office.shen.get(
        f"/v1/rulebooks/{INSTANT}/versions/2",
        has=response.headers["ETag"],
    )

    assert response.get_data(as_text=True) == SHIPPED[f"{INSTANT}-v2.toml"]
    assert response.mimetype == "application/toml"
    assert again.status_code == 304
    missing = office.shen.get(f"/v1/rulebooks/{INSTANT}/versions/9")
    assert missing.status_code == 404


def test_a_text_with_faults_is_refused_naming_them(office: Office) -> None:
    steward = office.caller("rulebook_steward")

    for text, said in (
        ("id = ", "not TOML"),
        (TEXT.replace("offset", "offzet"), "offzet"),
        ("x" * 250_001, "text"),
    ):
        response = steward.post("/v1/rulebooks", {"text": text})
        assert response.status_code == 422
        assert said in response.get_json()["detail"]


def test_an_incomplete_draft_is_kept_but_not_published(office: Office) -> None:
    draft = TEXT.replace('recipient = "designated agency ethics official"\n', "")
    office.caller("rulebook_steward", "li").post("/v1/rulebooks", {"text": draft})

    refused = office.caller("rulebook_steward", "wang").post(
        f"{ONE}/versions/1/publication", seen=1
    )

    problem = refused.get_json()
    assert (refused.status_code, problem["rule"]) == (409, f"{NAME} v1")
    assert any("recipient" in gap for gap in problem["gaps"])


def test_who_drafts_anew_has_to_have_read_what_there_is(office: Office) -> None:
    steward = office.caller("rulebook_steward")
    steward.post("/v1/rulebooks", {"text": TEXT})
    changed = {"text": TEXT + "\n# another thought\n"}

    unread = steward.post("/v1/rulebooks", changed)
    stale = steward.post("/v1/rulebooks", changed, seen=9)
    read = steward.post("/v1/rulebooks", changed, seen=1)

    assert [unread.status_code, stale.status_code, read.status_code] == [428, 412, 201]


def test_a_special_period_runs_from_a_day_to_a_day(office: Office) -> None:
    steward = office.caller("rulebook_steward")
    one = "/v1/rulebooks/cn-leaving-city"
    spring = {"rule": "leave_city", "period": "spring", "from_on": "2020-01-23"}

    steward.do(f"{one}/periods", spring)
    steward.do(f"{one}/periods/spring/end", {"on": "2020-04-08"})
    steward.do(f"{one}/versions/1/coverage", {"units": ["college", "training"]})

    shown = office.shen.read(one)
    assert shown["periods"] == [spring | {"to_on": "2020-04-08"}]
    assert shown["covered_units"] == ["college", "training"]
    assert len(office.shen.read(f"{one}/history")["events"]) == 5


def test_a_campaign_is_launched_once_for_all_whom_the_rule_covers(
    office: Office,
) -> None:
    cards = {
        "campaign": "cards-2013",
        "name": "Membership cards",
        "rulebook": CARDS,
        "rule": "membership_cards",
        "launched_on": "2013-05-27",
    }

    made = office.wang.post("/v1/campaigns", cards)
    again = office.wang.post("/v1/campaigns", cards | {"name": "Other cards"})

    assert (made.status_code, again.status_code) == (201, 409)
    shown = office.shen.read(made.headers["Location"])
    assert (shown["due_on"], shown["cited"]["rule"]) == (
        "2013-06-20",
        "membership_cards",
    )
    (event,) = office.shen.read(made.headers["Location"] + "/history")["events"]
    assert event["topic"] == "campaign.launched"
