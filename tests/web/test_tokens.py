"""Tokens: shown once, kept as a digest, limited, expiring, revoked within seconds."""

from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

import pytest
from msgspec.structs import replace

from domain.access import ROLES
from domain.errors import Invalid, Unknown
from projections import tokens as kept
from projections.postgres.address import Address
from projections.tokens import Wanted
from tests.postgres import admin
from tests.web.office import Office

SOON = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
CLERK = {"role": "clerk", "label": "front desk", "expires_at": SOON}


def client(office: Office, token: str) -> int:
    """Return what somebody with this token is answered."""
    sent = {"Authorization": f"Bearer {token}"}
    return office.app.test_client().get("/v1/units/college", headers=sent).status_code


def test_a_token_is_shown_once_and_works_at_once(
    office: Office, database: Address
) -> None:
    response = office.caller("admin").post("/v1/tokens", CLERK)
    issued = response.get_json()

    assert response.status_code == 201
    assert issued["token"].startswith(f"prb_{issued['id']}_")
    assert client(office, issued["token"]) == 200
    secret = issued["token"].split("_", 2)[2]
    with admin(database) as connection:
        stored = connection.execute("SELECT t::text FROM access.token AS t")
        assert not any(secret in row for (row,) in stored)


def test_a_list_of_tokens_shows_who_holds_what_and_no_secret(office: Office) -> None:
    auditor = office.caller("auditor")
    office.caller("admin").post("/v1/tokens", CLERK | {"unit": "college"})

    page = auditor.read("/v1/tokens", limit=1)
    rows = page["rows"] + auditor.read("/v1/tokens", cursor=page["next"])["rows"]

    (mine,) = [row for row in rows if row["label"] == "front desk"]
    assert (mine["role"], mine["unit"], mine["created_by"]) == (
        "clerk",
        "college",
        "the admin",
    )
    assert not any("secret" in name for row in rows for name in row)


def test_a_revoked_token_ends_here_at_once_and_stays_on_the_list(
    office: Office,
) -> None:
    chief = office.caller("admin")
    issued = chief.post("/v1/tokens", CLERK).get_json()
    assert client(office, issued["token"]) == 200
    sent = {"Authorization": f"Bearer {chief.token}"}

    ended = chief.client.delete(f"/v1/tokens/{issued['id']}", headers=sent)
    missing = chief.client.delete("/v1/tokens/none", headers=sent)

    assert (ended.status_code, missing.status_code) == (200, 404)
    assert ended.get_json()["revoked_by"] == "the admin"
    assert client(office, issued["token"]) == 401


def test_another_process_learns_of_it_when_what_it_knows_is_too_old(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = office.desk.tokens.issue(wanted(), by="test")
    elsewhere = kept.Tokens(office.desk.readers)
    assert elsewhere.find(token)

    office.desk.tokens.revoke(token.split("_")[1], by="test")

    assert elsewhere.find(token)
    later = monotonic() + kept.TRUSTED_FOR + 1
    monkeypatch.setattr(kept, "monotonic", lambda: later)
    assert elsewhere.find(token) is None


def test_an_expired_token_is_none_though_it_was_found_a_moment_ago(
    office: Office,
) -> None:
    tokens = office.desk.tokens
    token = tokens.issue(wanted(), by="test")
    grant = tokens.find(token)
    assert grant is not None

    name = token.split("_")[1]
    past = replace(grant, expires_at=datetime(2020, 1, 1, tzinfo=UTC))
    tokens.known[name] = tokens.known[name]._replace(grant=past)

    assert tokens.find(token) is None


def test_a_wrong_secret_is_no_token_though_its_id_is_known(office: Office) -> None:
    token = office.desk.tokens.issue(wanted(), by="test")
    assert office.desk.tokens.find(token)

    assert office.desk.tokens.find(token[:-1] + "!") is None
    assert office.desk.tokens.find(token.replace("prb", "xyz")) is None
    assert office.desk.tokens.find("prb_000000000000_" + token.split("_", 2)[2]) is None


def test_memory_of_tokens_is_bounded(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST_KNOWN", 2)
    tokens = [office.desk.tokens.issue(wanted(), by="test") for _ in range(5)]

    assert all(office.desk.tokens.find(token) for token in tokens)
    assert len(office.desk.tokens.known) <= 2


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"role": "king"}, "role"),
        ({"role": "declarant"}, "person"),
        ({"label": "  "}, "label"),
        ({"expires_at": datetime(2020, 1, 1, tzinfo=UTC)}, "expires_at"),
    ],
)
def test_a_token_that_makes_no_sense_is_not_issued(
    office: Office, change: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        office.desk.tokens.issue(wanted(**change), by="test")

    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"role": "king"}, "role"),
        ({"expires_at": "2030-01-01T00:00:00"}, "expires_at"),
        ({"expires_at": "never"}, "expires_at"),
        ({"secret": "mine"}, "secret"),
    ],
)
def test_a_request_for_such_a_token_names_the_field(
    office: Office, change: dict[str, str], field: str
) -> None:
    response = office.caller("admin").post("/v1/tokens", CLERK | change)

    assert response.status_code == 422
    assert [fault["field"] for fault in response.get_json()["errors"]] == [field]


def test_a_token_takes_no_idempotency_key_since_it_is_shown_once(
    office: Office,
) -> None:
    response = office.caller("admin").post("/v1/tokens", CLERK, key="k-1")

    assert response.status_code == 400


def test_an_admin_of_a_unit_lets_nobody_in_above_it(office: Office) -> None:
    below = office.caller("admin", unit="college")

    for unit, status in (("training", 201), ("department", 403), (None, 403)):
        body = CLERK | ({"unit": unit} if unit else {})
        assert below.post("/v1/tokens", body).status_code == status


def test_every_role_can_be_given(office: Office) -> None:
    for role in ROLES:
        token = office.desk.tokens.issue(wanted(role=role, person="shen"), by="test")
        grant = office.desk.tokens.find(token)
        assert grant is not None
        assert (grant.role, grant.actor) == (role, "shen")


def test_an_unknown_token_cannot_be_revoked(office: Office) -> None:
    with pytest.raises(Unknown):
        office.desk.tokens.revoke("none", by="test")


def wanted(**change: Any) -> Wanted:
    expires_at = datetime.now(UTC) + timedelta(hours=1)
    usual: dict[str, Any] = {"role": "clerk", "label": "front desk"}
    usual["expires_at"] = expires_at
    return Wanted(**(usual | change))


def test_nobody_issues_a_token_to_themself(office: Office) -> None:
    wanted = {**CLERK, "role": "certifier", "person": "wang"}
    itself = office.caller("admin", "wang").post("/v1/tokens", wanted)
    another = office.caller("admin", "li").post("/v1/tokens", wanted)

    assert (itself.status_code, another.status_code) == (403, 201)
    assert "to themself" in itself.get_json()["rule"]


def test_an_admin_of_a_unit_makes_nobody_a_declarant_beyond_it(office: Office) -> None:
    """Such a token opens the whole file of its person, whatever its unit."""
    below = office.caller("admin", unit="training")
    wanted = {**CLERK, "role": "declarant", "unit": "training"}

    within = below.post("/v1/tokens", wanted | {"person": "li"})
    beyond = below.post("/v1/tokens", wanted | {"person": "shen"})

    assert (within.status_code, beyond.status_code) == (201, 404)


@pytest.mark.parametrize("label", ["wang", " wang", "account:bo", "cli:root"])
def test_nobody_acts_under_the_name_of_another(office: Office, label: str) -> None:
    refused = office.caller("admin").post("/v1/tokens", CLERK | {"label": label})

    assert (refused.status_code, refused.get_json()["field"]) == (422, "label")


def test_s2_14_whoever_watches_others_says_who_they_are(office: Office) -> None:
    """Else one person would be their own second person, under two labels."""
    wanted = CLERK | {"role": "records_officer"}
    refused = office.caller("admin").post("/v1/tokens", wanted)

    assert (refused.status_code, refused.get_json()["field"]) == (422, "person")


def test_an_admin_of_a_unit_neither_sees_nor_ends_the_tokens_of_others(
    office: Office,
) -> None:
    chief, below = office.caller("admin"), office.caller("admin", unit="training")
    ids = {
        unit: chief.post("/v1/tokens", CLERK | {"unit": unit}).get_json()["id"]
        for unit in ("training", "department")
    }
    sent = {"Authorization": f"Bearer {below.token}"}

    ended = {
        unit: below.client.delete(f"/v1/tokens/{name}", headers=sent).status_code
        for unit, name in ids.items()
    }
    listed = office.caller("auditor", unit="training").read("/v1/tokens")["rows"]

    assert ended == {"training": 200, "department": 404}
    assert {row["unit"] for row in listed} == {"training"}
