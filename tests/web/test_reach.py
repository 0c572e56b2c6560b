"""S1-21: need to know. Who may not know of a thing is told that there is none."""

from domain.person import person_stream
from domain.unit import unit_stream
from tests.web.office import Office


def test_s1_21_to_others_a_report_does_not_exist(office: Office) -> None:
    one = f"/v1/disclosures/{office.shen.file()}"
    missing = office.caller("hr").get("/v1/disclosures/no-such-report")

    for stranger in (
        office.caller("declarant", "li"),
        office.caller("hr"),
        office.caller("rulebook_steward"),
        office.caller("admin"),
        office.caller("reviewer", unit="training"),
    ):
        for path in (one, f"{one}/history"):
            response = stranger.get(path)
            assert response.status_code == 404
            assert response.get_json().keys() == missing.get_json().keys()
        assert stranger.post(f"{one}/certification", seen=1).status_code in (403, 404)


def test_s1_21_what_is_hidden_and_what_is_missing_read_the_same(office: Office) -> None:
    name = office.shen.file()
    li = office.caller("declarant", "li")

    hidden = li.get(f"/v1/disclosures/{name}").get_json()
    missing = li.get("/v1/disclosures/none").get_json()

    assert hidden["detail"].replace(name, "none") == missing["detail"]
    assert {**hidden, "detail": ""} == {**missing, "detail": ""}


def test_a_unit_reaches_its_people_and_those_of_units_below(office: Office) -> None:
    one = f"/v1/disclosures/{office.shen.file()}"

    for unit, status in (("department", 200), ("college", 200), ("training", 404)):
        auditor = office.caller("auditor", unit=unit)
        assert auditor.get(one).status_code == status, unit


def test_who_moves_to_another_unit_is_out_of_reach_of_the_first(office: Office) -> None:
    one = f"/v1/disclosures/{office.shen.file()}"
    post = {"unit": "training", "title": "Officer", "from_on": "2020-01-01"}
    college = office.caller("auditor", unit="college")
    training = office.caller("auditor", unit="training")
    assert training.get(one).status_code == 404

    moved = office.caller("hr").post("/v1/people/shen/positions/post/change", post)

    assert moved.status_code == 200
    assert (training.get(one).status_code, college.get(one).status_code) == (200, 200)


def test_the_stream_of_another_kind_of_thing_is_no_obligation(office: Office) -> None:
    auditor = office.caller("auditor")

    for stream in (person_stream("shen"), unit_stream("college")):
        assert office.desk.casework.history(stream)
        for tail in ("", "/history"):
            assert auditor.get(f"/v1/obligations/{stream}{tail}").status_code == 404
