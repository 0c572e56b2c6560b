"""How often one may ask: each caller by themself, and who logs in by address."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.web.login.lobby import HERE, PASSWORD, opened
from tests.web.office import Caller, Office
from web.login import counting
from web.login.counting import Tally


def test_who_asks_too_often_waits_and_nobody_else_does(office: Office) -> None:
    lobby = opened(office, api_limit="3 per hour")
    shen, li = (
        Caller(lobby.app.test_client(), office.caller("declarant", who).token)
        for who in ("shen", "li")
    )
    guest = lobby.inside("wang", "wang")

    statuses = [shen.get("/v1/units/college").status_code for _ in range(4)]
    refused = shen.get("/v1/units/college")

    assert statuses == [200, 200, 200, 429]
    assert refused.mimetype == "application/problem+json"
    assert refused.get_json()["type"] == "urn:probity:problem:too-often"
    assert 3590 < int(refused.headers["Retry-After"]) <= 3600
    assert "3 per 1 hour" in refused.get_json()["detail"]
    assert li.get("/v1/units/college").status_code == 200
    assert guest.get("/v1/units/college").status_code == 200
    assert refused.headers["X-Content-Type-Options"] == "nosniff"


def test_who_is_nobody_is_counted_by_address(office: Office) -> None:
    lobby = opened(office, api_limit="3 per hour")

    statuses = [
        lobby.guest()
        .get(path, headers={"Authorization": f"Bearer prb_{n:012}_x"} if n else {})
        .status_code
        for n, path in enumerate(["/health", *["/v1/units/college"] * 3])
    ]

    assert statuses == [200, 401, 401, 429]


def test_logins_from_one_address_are_limited_more_strictly(office: Office) -> None:
    lobby = opened(office, login_limit="2 per hour")
    lobby.account("shen", "shen")
    body = {"name": "shen", "password": PASSWORD}

    def log_in(address: str) -> int:
        response = lobby.app.test_client().post(
            "/login/password",
            json=body,
            base_url=HERE,
            environ_base={"REMOTE_ADDR": address},
        )
        if response.status_code == 429:
            assert 3590 < int(response.headers["Retry-After"]) <= 3600
            assert response.mimetype == "application/problem+json"
            assert "2 per 1 hour" in response.get_json()["detail"]
        return response.status_code

    assert [log_in("192.0.2.1") for _ in "123"] == [200, 200, 429]
    assert log_in("192.0.2.2") == 200
    guest = lobby.guest()
    assert [guest.get("/login").status_code for _ in "123"] == [404, 404, 429]
    assert guest.get("/health").status_code == 200


def test_the_ways_proxies_name_an_address_are_believed_only_if_set(
    office: Office,
) -> None:
    body = {"name": "nobody", "password": PASSWORD}
    for proxies, last in ((0, 429), (1, 401)):
        lobby = opened(office, login_limit="1 per hour", proxies=proxies)
        statuses = [
            lobby.app.test_client()
            .post(
                "/login/password",
                json=body,
                base_url=HERE if not proxies else "http://localhost",
                headers={
                    "X-Forwarded-For": f"192.0.2.{n}",
                    "X-Forwarded-Proto": "https",
                },
            )
            .status_code
            for n in (1, 2)
        ]
        assert statuses == [401, last]


def test_counters_are_exact_when_many_count_at_once() -> None:
    tally = Tally()
    with ThreadPoolExecutor(8) as pool:
        counted = list(pool.map(lambda _: tally.incr("a", 60), range(500)))

    assert sorted(counted) == list(range(1, 501))
    assert (tally.get("a"), tally.check()) == (500, True)
    tally.clear("a")
    assert tally.get("a") == 0
    tally.incr("b", 60)
    assert (tally.reset(), tally.get("b")) == (1, 0)


def test_counters_start_again_and_do_not_pile_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tally, now = Tally(), [1000.0]
    monkeypatch.setattr(time, "time", lambda: now[0])
    monkeypatch.setattr(counting, "MOST", 3)
    assert [tally.incr("a", 10) for _ in "12"] == [1, 2]
    now[0] += 10
    assert (tally.get("a"), tally.incr("a", 10), tally.get_expiry("a")) == (0, 1, 1020)
    now[0] += 10
    for name in "bcd":
        tally.incr(name, 10)
    assert set(tally.counts) == {"b", "c", "d"}
    tally.incr("e", 10)
    assert set(tally.counts) == {"e"}
