"""The personnel file and the statistics, now and as they were."""

from tests.domain.cast import V2, rule
from tests.domain.papers import answers
from tests.web.office import Office


def test_the_file_of_a_person_is_shown_now_and_as_it_was(office: Office) -> None:
    before = office.size()
    name = office.shen.file()
    office.projector.catch_up()
    path = "/v1/people/shen/file"

    now = office.shen.read(path)["file"]
    then = office.shen.read(path, known_at=before)["file"]
    young = office.shen.read(path, as_of="2009-12-31")["file"]

    def kinds(file: dict[str, list[dict[str, str]]]) -> set[str]:
        return {entry["kind"] for entry in file["entries"]}

    assert {"disclosure", "obligation", "post"} <= kinds(now)
    assert "disclosure" not in kinds(then)
    assert "post" not in kinds(young)
    assert name in str(now)


def test_the_file_links_what_was_late_and_gives_no_score(office: Office) -> None:
    name = office.shen.file()
    office.projector.catch_up()

    found = office.shen.read("/v1/people/shen/file")["reliability"]

    (duty,) = office.shen.read(f"/v1/disclosures/{name}")["obligations"]
    assert found["late"] == [duty]
    assert found.keys() == {"reports", "late", "overdue", "deficient", "corrected"}


def test_a_moment_is_a_position_or_a_time_with_its_zone(office: Office) -> None:
    office.projector.catch_up()
    path = "/v1/people/shen/file"

    for known_at, status in (
        ("2030-01-01T00:00:00+00:00", 200),
        ("2030-01-01T00:00:00Z", 200),
        ("7", 200),
        ("2030-01-01T00:00:00", 422),
        ("yesterday", 422),
        ("9" * 40, 422),
    ):
        assert office.shen.get(path, known_at=known_at).status_code == status, known_at


def test_s1_21_only_the_office_and_they_themselves_read_a_file(office: Office) -> None:
    office.projector.catch_up()

    for caller, status in (
        (office.shen, 200),
        (office.caller("auditor"), 200),
        (office.caller("declarant", "li"), 404),
        (office.caller("hr"), 404),
        (office.caller("auditor", unit="training"), 404),
    ):
        assert caller.get("/v1/people/shen/file").status_code == status
    assert office.caller("auditor").get("/v1/people/nobody/file").status_code == 404


def test_a_figure_names_its_definition_and_place_and_stays_the_same(
    office: Office,
) -> None:
    office.shen.file()
    office.projector.catch_up()
    auditor = office.caller("auditor")
    first = auditor.read("/v1/statistics", definition="filed")
    office.shen.file()
    office.projector.catch_up()

    later = auditor.read("/v1/statistics", definition="filed")
    again = auditor.read("/v1/statistics", definition="filed", at=first["position"])

    (figure,) = first["figures"]
    assert figure["definition"]["sentence"].startswith("Reports received in the year")
    assert (figure["total"], later["figures"][0]["total"]) == (1, 2)
    assert again == first


def test_s1_10_five_reports_of_one_person_in_one_year_are_five(office: Office) -> None:
    car = answers(rule(V2, "vehicle"), "2020-03-02")
    for _ in range(5):
        office.shen.file(car, rule="vehicle")
    office.caller("declarant", "li").file()
    office.projector.catch_up()

    found = office.caller("auditor").read(
        "/v1/statistics", definition="filed", person="shen"
    )

    assert found["figures"][0]["total"] == 5


def test_figures_are_counted_up_to_where_the_read_model_has_come(
    office: Office,
) -> None:
    auditor = office.caller("auditor")

    response = auditor.get("/v1/statistics", at=10**6)
    unknown = auditor.get("/v1/statistics", definition="guilt")

    assert (response.status_code, response.get_json()["field"]) == (422, "at")
    assert unknown.status_code == 422
    assert len(auditor.read("/v1/statistics")["figures"]) > 4
