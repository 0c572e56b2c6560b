"""ETag and If-Match: nobody overwrites what they have not seen."""

import pytest

from tests.web.office import Caller, Office


@pytest.fixture
def one(office: Office) -> str:
    return f"/v1/disclosures/{office.shen.file()}"


def annotate(caller: Caller, one: str, match: str | None) -> int:
    headers = {} if match is None else {"If-Match": match}
    note = {"text": "a modest affair"}
    return caller.post(f"{one}/annotations", note, headers=headers).status_code


def test_a_change_without_the_version_that_was_read_is_not_taken(
    office: Office, one: str
) -> None:
    response = office.wang.post(f"{one}/annotations", {"text": "a modest affair"})

    assert response.status_code == 428
    assert "If-Match" in response.get_json()["detail"]


def test_of_two_who_read_the_same_version_the_second_is_told(
    office: Office, one: str
) -> None:
    tag = office.wang.get(one).headers["ETag"]

    assert annotate(office.wang, one, tag) == 200
    late = office.caller("reviewer", "li").post(
        f"{one}/annotations", {"text": "I differ"}, headers={"If-Match": tag}
    )
    assert late.status_code == 412
    assert late.get_json()["type"] == "urn:probity:problem:version-clash"


@pytest.mark.parametrize(
    ("match", "status"),
    [
        ('"1"', 200),
        ("*", 200),
        ('W/"1"', 412),
        ('"one"', 412),
        ('"1", "2"', 412),
        ('"99"', 412),
        ('"-1"', 412),
        ('"' + "9" * 40 + '"', 412),
        ("", 412),
        ('"٣"', 412),
        ('W/"x", ""', 412),
    ],
)
def test_only_the_very_version_matches(
    office: Office, one: str, match: str, status: int
) -> None:
    assert annotate(office.wang, one, match) == status


def test_what_was_read_and_has_not_changed_is_not_sent_again(
    office: Office, one: str
) -> None:
    for path in (one, f"{one}/history"):
        first = office.shen.get(path)
        again = office.shen.get(path, has=first.headers["ETag"])

        assert (again.status_code, again.data) == (304, b"")


def test_an_answer_to_a_change_carries_the_new_version(
    office: Office, one: str
) -> None:
    response = office.wang.post(f"{one}/annotations", {"text": "a"}, seen=1)

    assert response.headers["ETag"] == '"2"'
    assert office.wang.get(one).headers["ETag"] == '"2"'


def test_changes_to_people_take_a_version_where_one_is_given(office: Office) -> None:
    hr = office.caller("hr")
    path, name = "/v1/people/shen/identity", {"name": "Shen Huimin"}

    assert hr.post(path, name, seen=99).status_code == 412
    assert hr.post(path, name).status_code == 200
