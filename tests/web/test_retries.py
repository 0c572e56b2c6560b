"""Idempotency-Key: a request may be sent again without being carried out twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.domain.cast import INSTANT
from tests.domain.papers import wedding
from tests.web.office import Office

WEDDING = {"rulebook": INSTANT, "rule": "wedding", "items": [wedding()]}
OTHER = WEDDING | {"justification": "another"}


def test_the_same_request_again_gets_the_same_answer_byte_for_byte(
    office: Office,
) -> None:
    first = office.shen.post("/v1/disclosures", WEDDING, key="k-1")
    size = office.size()
    again = office.shen.post("/v1/disclosures", WEDDING, key="k-1")

    assert again.data == first.data
    assert (again.status_code, again.headers["ETag"]) == (201, first.headers["ETag"])
    assert office.size() == size


def test_the_same_key_with_another_request_is_refused(office: Office) -> None:
    office.shen.post("/v1/disclosures", WEDDING, key="k-1")

    for path, body in (("/v1/disclosures", OTHER), ("/v1/disclosures?x=1", WEDDING)):
        response = office.shen.post(path, body, key="k-1")
        assert response.status_code == 422
        assert response.get_json()["type"] == "urn:probity:problem:key-reused"


def test_a_key_is_its_owners_alone(office: Office) -> None:
    mine = office.shen.post("/v1/disclosures", WEDDING, key="k-1").get_json()
    li = office.caller("declarant", "li")
    theirs = li.post("/v1/disclosures", WEDDING, key="k-1").get_json()

    assert mine["id"] != theirs["id"]


def test_without_a_key_the_same_report_twice_is_two_reports(office: Office) -> None:
    assert office.shen.file() != office.shen.file()


def test_requests_with_one_key_at_one_time_become_one_report(office: Office) -> None:
    office.shen.get("/v1/disclosures/none")
    size = office.size()

    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(
            lambda _: (
                office.caller("declarant", "shen")
                .post("/v1/disclosures", WEDDING, key="k-1")
                .data
            ),
            range(8),
        )

    assert len(set(answers)) == 1
    topics = [
        event.topic
        for event in office.desk.log.select_notifications(size + 1, 100)
        if event.topic == "disclosure.filed"
    ]
    assert len(topics) == 1


def test_a_retried_change_is_answered_though_its_version_has_passed(
    office: Office,
) -> None:
    path = f"/v1/disclosures/{office.shen.file()}/annotations"
    note = {"text": "a modest affair"}

    first = office.wang.post(path, note, seen=1, key="k-2")
    again = office.wang.post(path, note, seen=1, key="k-2")
    without = office.wang.post(path, note, seen=1)

    assert (first.status_code, again.data) == (200, first.data)
    assert without.status_code == 412


def test_a_refused_request_may_be_sent_again_under_its_key(office: Office) -> None:
    early = {**WEDDING, "rule": "yacht"}

    assert office.shen.post("/v1/disclosures", early, key="k-3").status_code == 422
    assert office.shen.post("/v1/disclosures", WEDDING, key="k-3").status_code == 201


@pytest.mark.parametrize("key", ["", "with a space", "x" * 256, "käse"])
def test_a_key_is_visible_ascii_of_some_length(office: Office, key: str) -> None:
    response = office.shen.post("/v1/disclosures", WEDDING, key=key)

    assert response.status_code == 400
    assert "Idempotency-Key" in response.get_json()["detail"]
