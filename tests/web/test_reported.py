"""Figures reported on record, by who may, and counted again by an auditor."""

from typing import Any

from tests.web.office import Office

REPORTS = "/v1/statistics/reports"
ASKED: dict[str, Any] = {"definition": ["filed", "overdue"], "to": "the public"}


def test_s5_03_an_office_reports_figures_and_an_auditor_counts_them_again(
    office: Office,
) -> None:
    office.shen.file()
    office.projector.catch_up()
    oversight, auditor = office.caller("oversight"), office.caller("auditor")

    made = oversight.post(REPORTS, ASKED).get_json()
    shown = auditor.read(f"{REPORTS}/{made['id']}")
    replayed = auditor.read(f"/v1/replay/{made['stream']}")

    filed, overdue = shown["figures"]
    assert (filed["definition"], filed["total"], filed["to"]) == (
        "filed",
        1,
        "the public",
    )
    assert (overdue["total"], overdue["cells"]) == (0, [])
    assert filed["cells"][0]["count"] == 1
    assert filed["position"] < made["position"]
    assert (replayed["replayed"], replayed["identical"]) == (2, 2)


def test_s5_02_figures_are_reported_as_known_at_a_position_and_by_unit(
    office: Office,
) -> None:
    office.projector.catch_up()
    before = office.size()
    office.shen.file()
    office.projector.catch_up()
    narrowed = {"definition": ["filed"], "to": "us", "by_unit": True}
    oversight = office.caller("oversight")

    then = oversight.post(REPORTS, narrowed | {"at": before}).get_json()
    now = oversight.post(REPORTS, narrowed | {"unit": "college"}).get_json()

    (old,) = oversight.read(f"{REPORTS}/{then['id']}")["figures"]
    (new,) = oversight.read(f"{REPORTS}/{now['id']}")["figures"]
    assert (old["total"], old["position"]) == (0, before)
    assert [cell["unit"] for cell in new["cells"]] == ["college"]
    assert (new["unit"], new["by_unit"]) == ("college", True)


def test_figures_are_reported_by_who_may_of_what_they_reach(office: Office) -> None:
    office.projector.catch_up()

    for role, status in (("oversight", 201), ("certifier", 201), ("auditor", 403)):
        assert office.caller(role).post(REPORTS, ASKED).status_code == status, role
    part = office.caller("certifier", "wang", "college")
    assert part.post(REPORTS, ASKED).status_code == 403
    assert part.post(REPORTS, ASKED | {"unit": "department"}).status_code == 403
    assert part.post(REPORTS, ASKED | {"unit": "training"}).status_code == 201


def test_what_cannot_be_reported_is_refused_and_records_nothing(
    office: Office,
) -> None:
    office.projector.catch_up()
    oversight, size = office.caller("oversight"), office.size()

    wrong: tuple[dict[str, Any], ...] = (
        {"definition": ["guilt"]},
        {"definition": []},
        {"to": ""},
        {"at": 10**6},
        {"person": "shen"},
        {"year": "2016"},
    )
    for more in wrong:
        assert oversight.post(REPORTS, ASKED | more).status_code == 422, more
    assert oversight.post(REPORTS, {"to": "us"}).status_code == 422
    assert oversight.get(f"{REPORTS}/none").status_code == 404
    assert office.size() == size


def test_the_same_report_is_made_once(office: Office) -> None:
    office.projector.catch_up()
    oversight = office.caller("oversight")

    first = oversight.post(REPORTS, ASKED, key="k-1").get_json()
    again = oversight.post(REPORTS, ASKED, key="k-1").get_json()

    assert first == again
