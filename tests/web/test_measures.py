"""Measures over HTTP: they answer a finding, and are shown as no sanction."""

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.regime.calendar import add_months
from tests.domain.case.proceeding import GOVERNMENT
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
