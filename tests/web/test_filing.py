"""Filing over HTTP: in one call, with a receipt, by whoever the token says."""

from tests.domain.cast import INSTANT
from tests.domain.papers import wedding
from tests.web.office import Office

WEDDING = {"rulebook": INSTANT, "rule": "wedding", "items": [wedding()]}


def test_s3_22_a_notification_is_complete_in_one_call_and_returns_a_receipt(
    office: Office,
) -> None:
    before = office.size()

    response = office.shen.post("/v1/disclosures", WEDDING)

    assert response.status_code == 201
    receipt = response.json
    assert receipt["position"] == office.size() > before
    assert len(receipt["digest"]) == 64
    assert response.headers["ETag"] == f'"{receipt["version"]}"'
    assert response.headers["Location"] == f"/v1/disclosures/{receipt['id']}"
    shown = office.shen.get(response.headers["Location"])
    assert (shown.status_code, shown.json["stage"]) == (200, "filed")
    print(shown.json)
