"""S1-18 over HTTP: a superior whom a report names is kept out, with their chain."""

from typing import Any

from tests.domain.cast import INSTANT
from tests.domain.papers import wedding
from tests.web.office import Caller, Office

WHY = {"reason": "the report says that he intervened"}


def exclude(office: Office, superior: str = "zhang", person: str = "li") -> str:
    """Return the report of somebody, from which their superior is kept away."""
    name = office.caller("declarant", person).file()
    body = {"superior": superior, **WHY}
    office.wang.do(f"/v1/disclosures/{name}/exclusions", body)
    office.projector.catch_up()
    return name


def routes(caller: Caller, name: str) -> dict[str, int]:
    one = f"/v1/disclosures/{name}"
    posts: dict[str, dict[str, Any]] = {
        "annotations": {"text": "-"},
        "certification": {},
        "exclusions": {"superior": "chief", "reason": "-"},
        "exclusions/zhang/lift": {"reason": "-"},
        "reviewer": {"reviewer": "wang"},
    }
    gets = {"": caller.get(one), "history": caller.get(f"{one}/history")}
    sent = {path: caller.post(f"{one}/{path}", posts[path], seen=2) for path in posts}
    return {path: response.status_code for path, response in (gets | sent).items()}


def test_s1_18_the_named_superior_finds_no_trace_of_the_report(office: Office) -> None:
    name = exclude(office)

    statuses = routes(office.caller("certifier", "zhang"), name)

    assert set(statuses.values()) == {404}


def test_s1_18_nor_does_the_chain_above_and_below_the_superior(office: Office) -> None:
    name = exclude(office)

    for person in ("chief", "shen"):
        statuses = routes(office.caller("certifier", person), name)
        assert set(statuses.values()) == {404}, person


def test_s1_18_what_is_kept_from_one_reads_like_what_there_is_not(
    office: Office,
) -> None:
    name = exclude(office)
    zhang = office.caller("reviewer", "zhang")

    hidden = zhang.get(f"/v1/disclosures/{name}").get_json()
    missing = zhang.get("/v1/disclosures/none").get_json()

    assert hidden["detail"].replace(name, "none") == missing["detail"]


def test_s1_18_lists_and_search_do_not_show_it_either(office: Office) -> None:
    name = exclude(office)

    for path in ("/v1/disclosures", "/v1/worklist", "/v1/people/li/file"):
        seen = office.wang.read(path)
        hidden = office.caller("reviewer", "zhang").read(path)
        assert name in str(seen), path
        assert name not in str(hidden), path


def test_s1_18_the_declarant_and_the_others_go_on_reading(office: Office) -> None:
    name = exclude(office)

    for caller in (office.caller("declarant", "li"), office.wang):
        assert caller.read(f"/v1/disclosures/{name}")["id"] == name


def test_s1_18_the_exclusion_is_lifted_with_a_reason_by_the_office(
    office: Office,
) -> None:
    name = exclude(office)
    one, zhang = f"/v1/disclosures/{name}", office.caller("reviewer", "zhang")
    silent = office.wang.post(f"{one}/exclusions/zhang/lift", seen=2)

    office.wang.do(f"{one}/exclusions/zhang/lift", {"reason": "it was another Zhang"})
    office.projector.catch_up()

    assert (silent.status_code, silent.get_json()["field"]) == (422, "reason")
    assert zhang.get(one).status_code == 200
    assert name in str(zhang.read("/v1/disclosures"))
    topics = [event["topic"] for event in office.wang.read(f"{one}/history")["events"]]
    assert topics[1:] == ["disclosure.reader-excluded", "disclosure.exclusion-lifted"]


def test_s1_18_releases_and_corrections_of_it_are_hidden_too(office: Office) -> None:
    name = exclude(office)
    zhang = office.caller("records_officer", "zhang")
    wang = office.caller("records_officer", "wang")
    asked = office.caller("declarant", "li").post(
        "/v1/people/li/corrections", {"disclosure": name, "text": "It was in May."}
    )
    released = wang.post(
        f"/v1/disclosures/{name}/releases",
        {"fields": ["tables"], "to": "public", "reasons": "It shows how rules work."},
    )

    for response, path in ((asked, "corrections"), (released, "releases")):
        one = f"/v1/{path}/{response.get_json()['id']}"
        assert wang.get(one).status_code == 200
        assert zhang.get(one).status_code == 404
        assert zhang.get(f"{one}/history").status_code == 404


def test_who_is_no_covered_person_is_excluded_from_nothing(office: Office) -> None:
    one = f"/v1/disclosures/{office.shen.file()}"

    unknown = office.wang.post(
        f"{one}/exclusions", {"superior": "nobody", **WHY}, seen=1
    )
    own = office.wang.post(f"{one}/exclusions", {"superior": "shen", **WHY}, seen=1)

    assert (unknown.status_code, own.status_code) == (404, 422)


def test_s1_18_a_report_can_be_kept_from_a_superior_from_the_first_moment(
    office: Office,
) -> None:
    name = office.caller("declarant", "li").file(keep_from=["zhang"])

    statuses = routes(office.caller("certifier", "zhang"), name)

    assert set(statuses.values()) == {404}
    assert office.wang.read(f"/v1/disclosures/{name}")["person"] == "li"


def test_a_report_kept_from_somebody_there_is_not_is_refused_whole(
    office: Office,
) -> None:
    body = {"rulebook": INSTANT, "rule": "wedding", "items": [wedding()]}
    answer = office.shen.post("/v1/disclosures", body | {"keep_from": ["nobody"]})

    assert answer.status_code == 404
    assert office.shen.read("/v1/disclosures", person="shen")["rows"] == []


def test_s1_18_the_declarant_may_keep_a_superior_away_and_a_clerk_for_them(
    office: Office,
) -> None:
    li = office.caller("declarant", "li")
    mine, clerks = (f"/v1/disclosures/{li.file()}" for _ in range(2))

    for caller, one in ((li, mine), (office.caller("clerk"), clerks)):
        kept = caller.post(f"{one}/exclusions", {"superior": "zhang"}, seen=1)
        assert kept.status_code == 200
        assert office.caller("reviewer", "zhang").get(one).status_code == 404
    own = li.post(f"{mine}/exclusions/zhang/lift", {"reason": "-"}, seen=2)
    assert own.status_code == 403, "only the office lifts it"


def test_s1_18_nor_do_they_find_the_duty_that_it_met(office: Office) -> None:
    name = office.shen.file(keep_from=["zhang"])
    (duty,) = office.shen.read(f"/v1/disclosures/{name}")["obligations"]
    zhang = office.caller("certifier", "zhang")

    assert zhang.get(f"/v1/obligations/{duty}").status_code == 404
    assert zhang.get(f"/v1/obligations/{duty}/history").status_code == 404
    assert office.wang.read(f"/v1/obligations/{duty}")["fulfilled_by"] == name


def test_s1_18_nor_in_any_list_or_file_what_the_report_met(office: Office) -> None:
    name = office.shen.file(wedding(event_date="2017-12-20"), keep_from=["zhang"])
    office.projector.catch_up()

    for path in ("/v1/obligations", "/v1/late", "/v1/people/shen/file"):
        assert name in str(office.wang.read(path)), path
        assert name not in str(office.caller("certifier", "zhang").read(path)), path
    exported = office.caller("auditor", "zhang").post(
        "/v1/exports", {"kind": "obligations"}
    )
    assert exported.get_json()["rows"] == []


def test_s1_18_nor_does_a_duty_name_it_that_is_open_again(office: Office) -> None:
    name = office.shen.file(keep_from=["zhang"])
    (duty,) = office.shen.read(f"/v1/disclosures/{name}")["obligations"]
    office.shen.do(f"/v1/disclosures/{name}/withdrawal", {"reason": "a slip"})
    office.projector.catch_up()
    zhang = office.caller("certifier", "zhang")

    assert zhang.get(f"/v1/obligations/{duty}").status_code == 404
    assert name not in str(zhang.read("/v1/obligations"))


def test_s1_18_nor_that_somebody_else_has_read_its_history(office: Office) -> None:
    name = office.shen.file(keep_from=["zhang"])
    office.wang.read(f"/v1/disclosures/{name}/history")
    office.projector.catch_up()

    for person, found in (("wang", True), ("zhang", False)):
        log = office.caller("auditor", person).read("/v1/access-log")
        assert (name in str(log)) == found, person
