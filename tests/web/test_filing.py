"""Filing over HTTP: in one call, with a receipt, by whoever the token says."""

import pytest

from domain.leaf import leaf_of
from projections.ledger.standard.note import parse, parse_vkey, verified
from tests.domain.cast import INSTANT, V1, V2, rule
from tests.domain.papers import answers, wedding
from tests.web.office import Office

CATEGORIES = (
    "wedding",
    "funeral",
    "overseas_trip",
    "real_estate",
    "part_time_post",
    "social_organisation",
)


def report(
    rule_id: str = "wedding", *items: object, **more: object
) -> dict[str, object]:
    return {"rulebook": INSTANT, "rule": rule_id, "items": items or [wedding()]} | more


def test_s3_22_a_notification_is_complete_in_one_call_and_returns_a_receipt(
    office: Office,
) -> None:
    before = office.size()

    response = office.shen.post("/v1/disclosures", report())

    receipt = response.get_json()
    assert (response.status_code, receipt["version"]) == (201, 1)
    assert receipt["position"] == office.size() > before
    assert receipt["digest"] == leaf_of(parse(receipt["receipt"]).text).hex()
    assert response.headers["ETag"] == '"1"'
    shown = office.shen.read(response.headers["Location"])
    assert (shown["id"], shown["stage"]) == (receipt["id"], "filed")


def test_a_receipt_is_signed_and_says_what_the_ledger_will_hold(office: Office) -> None:
    receipt = office.shen.post("/v1/disclosures", report()).get_json()

    note = parse(receipt["receipt"])
    origin = office.desk.log.origin
    signer = office.desk.receipts.of(origin)
    (signature,) = verified(note, [parse_vkey(signer.vkey)])
    assert signature.name == f"{origin}/receipts"
    assert note.text.splitlines()[1:4] == [receipt["stream"], "1", "disclosure.filed"]


def test_the_same_request_again_gets_the_same_receipt_to_the_letter(
    office: Office,
) -> None:
    first = office.shen.post("/v1/disclosures", report(), key="k")
    office.shen.file()

    again = office.shen.post("/v1/disclosures", report(), key="k")

    assert again.data == first.data


def test_a_declarant_files_for_themself_whatever_is_sent(office: Office) -> None:
    mine = office.shen.read(f"/v1/disclosures/{office.shen.file()}")
    other = office.shen.post("/v1/disclosures", report(person="li"))

    assert (mine["person"], mine["subject"]) == ("shen", "self")
    assert other.status_code == 404
    assert other.get_json()["detail"] == "there is no person li"


def test_a_clerk_files_on_behalf_of_the_person_and_the_history_says_so(
    office: Office,
) -> None:
    clerk = office.caller("clerk")
    name = clerk.file(person="shen")

    (event,) = clerk.read(f"/v1/disclosures/{name}/history")["events"]
    assert event["topic"] == "disclosure.filed"
    assert event["actor"] == {
        "id": "the clerk",
        "role": "clerk",
        "on_behalf_of": "shen",
    }


def test_a_clerk_has_to_say_whose_report_it_is(office: Office) -> None:
    response = office.caller("clerk").post("/v1/disclosures", report())

    assert (response.status_code, response.get_json()["field"]) == (422, "person")


def test_s1_03_a_paper_report_was_filed_when_received_and_both_days_are_on_record(
    office: Office,
) -> None:
    clerk = office.caller("clerk")
    paper = report(person="shen", received_on="2016-12-10", scan_sha256="ab" * 32)

    name = clerk.post("/v1/disclosures/paper", paper).get_json()["id"]

    shown = clerk.read(f"/v1/disclosures/{name}")
    assert (shown["channel"], shown["received_on"]) == ("paper", "2016-12-10")
    assert shown["scan_sha256"] == "ab" * 32
    duty = clerk.read(f"/v1/obligations/{shown['obligations'][0]}")
    assert (duty["due_on"], duty["days_late"]) == ("2016-12-13", 0)
    (event,) = clerk.read(f"/v1/disclosures/{name}/history")["events"]
    assert event["fact"]["received_on"] == "2016-12-10" < event["recorded_at"][:10]


def test_a_scan_is_recorded_with_its_contents_unknown(office: Office) -> None:
    clerk = office.caller("clerk")
    scan = {"rulebook": INSTANT, "rule": "wedding", "person": "shen"}
    scan |= {"received_on": "2016-12-10"}

    unread = clerk.post("/v1/disclosures/paper", scan | {"content_known": False})
    empty = clerk.post("/v1/disclosures/paper", scan)

    assert (unread.status_code, empty.status_code) == (201, 422)
    assert empty.get_json()["field"] == "items"


@pytest.mark.parametrize("category", CATEGORIES)
def test_s1_04_each_of_the_six_categories_has_a_form_and_a_deadline(
    office: Office, category: str
) -> None:
    name = office.shen.file(answers(rule(V2, category), "2020-03-02"), rule=category)

    shown = office.shen.read(f"/v1/disclosures/{name}")
    duty = office.shen.read(f"/v1/obligations/{shown['obligations'][0]}")
    assert shown["category"] == duty["category"] == category
    assert duty["due_on"] < "2020-04-30"


def test_s1_04_an_unknown_category_is_rejected_naming_those_there_are(
    office: Office,
) -> None:
    before = office.size()

    response = office.shen.post("/v1/disclosures", report("yacht"))

    problem = response.get_json()
    assert (response.status_code, problem["field"]) == (422, "rule")
    assert "wedding" in problem["detail"]
    assert problem["rule"] == f"{INSTANT} v2"
    assert office.size() == before


def test_s1_06_every_filing_has_a_day_by_which_it_is_reviewed(office: Office) -> None:
    shown = office.shen.read(f"/v1/disclosures/{office.shen.file()}")

    assert shown["review_due_on"] > shown["received_on"]


def test_s1_08_what_happens_on_the_20th_is_due_on_the_13th(office: Office) -> None:
    shown = office.shen.read(f"/v1/disclosures/{office.shen.file()}")
    duty = office.shen.read(f"/v1/obligations/{shown['obligations'][0]}")

    assert duty["due_on"] == "2016-12-13"


def test_s1_08_a_filing_without_tables_or_cost_is_taken_and_deficient(
    office: Office,
) -> None:
    name = office.shen.file(wedding(tables=None, cost=None))

    (gap,) = office.shen.read(f"/v1/disclosures/{name}")["deficiencies"]
    assert gap["fields"] == ["tables", "cost"]
    assert gap["cure_by"]


def test_s1_10_an_amount_keeps_its_digits_and_its_currency(office: Office) -> None:
    price = {"amount": "90000", "currency": "CNY"}
    car = answers(rule(V1, "vehicle"), "2016-05-02", price=price)

    name = office.shen.file(car, rule="vehicle", subject="spouse")

    assert office.shen.read(f"/v1/disclosures/{name}")["items"][0]["price"] == price


def test_s1_17_a_new_report_on_housing_says_where_the_money_came_from(
    office: Office,
) -> None:
    house = answers(rule(V2, "real_estate"), "2020-03-02")
    old = answers(rule(V1, "real_estate"), "2016-03-02")
    without = {**house, "source_of_funds": None, "loan": None}

    new = office.shen.file(without, rule="real_estate")
    voluntary = office.shen.file(old, rule="real_estate")

    (gap,) = office.shen.read(f"/v1/disclosures/{new}")["deficiencies"]
    assert gap["fields"] == ["source_of_funds", "loan"]
    assert office.shen.read(f"/v1/disclosures/{voluntary}")["deficiencies"] == []


def test_s3_04_every_duty_and_report_shows_its_rule_version_and_legal_basis(
    office: Office,
) -> None:
    shown = office.shen.read(f"/v1/disclosures/{office.shen.file()}")
    duty = office.shen.read(f"/v1/obligations/{shown['obligations'][0]}")

    for cited in (shown["cited"], duty["cited"]):
        assert (cited["rulebook"], cited["version"]) == (INSTANT, 1)
        assert cited["rule"] == "wedding"
        assert "Local rule: weddings reported 7 days before" in cited["legal_basis"]
