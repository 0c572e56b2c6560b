"""Review over HTTP: beside the report, never in it, and by nobody in conflict."""

from tests.domain.papers import wedding
from tests.web.office import Office


def test_s1_15_a_deficient_report_is_certified_only_once_it_is_cured(
    office: Office,
) -> None:
    name = office.shen.file(wedding(location=None))
    certification = f"/v1/disclosures/{name}/certification"
    version = office.wang.read(f"/v1/disclosures/{name}")["version"]

    early = office.wang.post(certification, seen=version)
    office.shen.do(f"/v1/disclosures/{name}/amendments", {"items": [wedding()]})
    office.wang.do(certification)

    problem = early.get_json()
    assert (early.status_code, problem["type"]) == (
        409,
        "urn:probity:problem:incomplete",
    )
    assert problem["gaps"] == ["deficiency 1: location"]
    assert problem["rule"].endswith("rule wedding")
    assert office.wang.read(f"/v1/disclosures/{name}")["stage"] == "certified"


def test_an_amendment_never_changes_the_original(office: Office) -> None:
    name = office.shen.file()
    office.shen.do(
        f"/v1/disclosures/{name}/amendments", {"items": [wedding(tables=99)]}
    )

    filed, amended = office.shen.read(f"/v1/disclosures/{name}/history")["events"]

    assert filed["fact"]["items"][0]["tables"] == 12
    assert amended["fact"]["items"][0]["tables"] == 99


def test_a_report_goes_through_review_step_by_step(office: Office) -> None:
    one = f"/v1/disclosures/{office.shen.file()}"
    said = {"reason": "the venue was checked"}

    office.wang.do(f"{one}/reviewer", {"reviewer": "wang"})
    office.wang.do(f"{one}/deficiencies", {"fields": ["venue"], "text": "Which hall?"})
    office.wang.do(f"{one}/deficiencies/1/cure", said)
    office.wang.do(f"{one}/annotations", {"text": "a modest affair", "field": "tables"})
    office.wang.do(f"{one}/certification")
    office.wang.do(f"{one}/certification/withdrawal", {"reason": "certified too soon"})
    office.wang.do(f"{one}/closure", {"reason": "the wedding was called off"})

    shown = office.shen.read(one)
    assert (shown["stage"], shown["reviewer"], shown["version"]) == (
        "closed",
        "wang",
        8,
    )
    events = office.shen.read(f"{one}/history")["events"]
    assert [event["version"] for event in events] == list(range(1, 9))
    assert events[3]["reason"] == "the venue was checked"


def test_a_withdrawn_report_leaves_its_duty_open_again(office: Office) -> None:
    one = f"/v1/disclosures/{office.shen.file()}"
    silent = office.shen.post(f"{one}/withdrawal", seen=1)
    office.shen.do(f"{one}/withdrawal", {"reason": "filed twice"})

    shown = office.shen.read(one)
    assert (silent.status_code, silent.get_json()["field"]) == (422, "reason")
    assert shown["stage"] == "withdrawn"
    assert (
        office.shen.read(f"/v1/obligations/{shown['obligations'][0]}")["stage"]
        == "open"
    )


def test_nobody_certifies_the_report_of_a_superior_or_their_own(office: Office) -> None:
    chief = office.caller("declarant", "chief")
    above = office.wang.post(f"/v1/disclosures/{chief.file()}/certification", seen=1)
    wang = office.caller("declarant", "wang")
    own = office.wang.post(f"/v1/disclosures/{wang.file()}/certification", seen=1)

    assert above.status_code == 404, "of a superior's report there is nothing to know"
    assert own.status_code == 403
    assert "own matter" in own.get_json()["rule"]


def test_a_reviewer_may_look_and_note_but_not_certify(office: Office) -> None:
    one = f"/v1/disclosures/{office.shen.file()}"
    reviewer = office.caller("reviewer", "li")

    assert reviewer.get(one).status_code == 200
    refused = reviewer.post(f"{one}/certification", seen=1)
    assert refused.status_code == 403
    assert refused.get_json()["rule"] == "access policy"
