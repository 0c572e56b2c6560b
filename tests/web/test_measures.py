"""Measures over HTTP: they answer a finding, and are shown as no sanction."""

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.regime.calendar import add_months
from tests.domain.case.proceeding import GOVERNMENT, Proceeding
from tests.domain.cast import PERSONAL
from tests.domain.sanction.cast import mistaken
from tests.web.casing import enact
from tests.web.office import Office
from tests.web.proceedings import han, today

TODAY = datetime.now(UTC).date()
MEASURE = {
    "person": "li",
    "rulebook": GOVERNMENT,
    "kind": "admonition",
    "findings": ["verification:V-1:1"],
    "text": "Report the room.",
    "verification": "V-1",
}


@pytest.fixture
def verified(office: Office) -> Office:
    """A verification of Li has found an honest mistake."""
    enact(office)
    mistaken(today(office))
    return office


def test_t18_an_omission_takes_a_measure_that_is_shown_as_no_sanction(
    verified: Office,
) -> None:
    asker = han(verified)
    made = asker.post("/v1/measures", MEASURE, key="k1")
    again = asker.post("/v1/measures", MEASURE, key="k1")
    verified.projector.catch_up()

    assert made.status_code == again.status_code == 201
    assert made.get_json()["id"] == again.get_json()["id"]
    shown = asker.read(made.headers["Location"])
    assert shown["not_a_sanction"] is True
    assert (shown["kind"], shown["text"]) == ("admonition", "Report the room.")
    assert shown["until_on"] == add_months(TODAY, 6).isoformat()
    (row,) = verified.caller("declarant", "li").read("/v1/measures")["rows"]
    assert row["measure"] == made.get_json()["id"]
    assert asker.read("/v1/sanctions", all=True)["rows"] == []


@pytest.mark.parametrize(
    ("more", "status", "said"),
    [
        ({"kind": "flogging"}, 422, "flogging is not one of"),
        ({"findings": []}, 422, "findings"),
        ({"findings": ["verification:V-1:2"]}, 422, "there is no verification:V-1:2"),
        ({"rulebook": "none"}, 404, "rulebook none"),
        ({"rulebook": PERSONAL}, 422, "no disciplinary track"),
        ({"verification": "V-2"}, 404, "V-2"),
        ({"person": "nobody"}, 404, "nobody"),
        ({"text": ""}, 422, "text"),
    ],
)
def test_a_measure_without_ground_is_refused_and_leaves_no_trace(
    verified: Office, more: dict[str, Any], status: int, said: str
) -> None:
    size = verified.size()
    refused = han(verified).post("/v1/measures", MEASURE | more)

    assert (refused.status_code, said in str(refused.get_json())) == (status, True)
    assert verified.size() == size


def test_one_finding_is_answered_once_by_what_bars_and_by_nobody_who_verified(
    verified: Office,
) -> None:
    verifier = verified.caller("deciding_authority", "vera", "department")
    refused = verifier.post("/v1/measures", MEASURE)
    assert refused.status_code == 403
    assert "vera has verified it" in refused.get_json()["detail"]

    made = han(verified).post("/v1/measures", MEASURE).get_json()
    again = han(verified).post("/v1/measures", MEASURE)
    assert again.status_code == 409
    assert f"{made['id']} answers verification:V-1:1" in again.get_json()["detail"]
    assert "one measure that bars something" in again.get_json()["rule"]


def test_after_a_case_who_investigated_takes_no_measure(office: Office) -> None:
    enact(office)
    case = Proceeding(today(office), on=TODAY).upto("finding").decision()
    over = {"case": case.case, "findings": ["case:C-1:1"]}
    body = {name: MEASURE[name] for name in MEASURE if name != "verification"} | over
    jia = office.caller("deciding_authority", "jia", "department")

    refused = jia.post("/v1/measures", body)
    assert refused.status_code == 403
    assert "jia has investigated" in refused.get_json()["detail"]
    assert han(office).post("/v1/measures", body).status_code == 201
