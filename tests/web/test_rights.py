"""Every route takes a right, and asks for it before anything else."""

import pytest
from flask import Flask
from werkzeug.routing import Rule

from domain.access import ACTIONS, CONFIDENTIAL, RIGHTS, ROLES
from tests.web.office import Office
from web import create_app
from web.wiring import Settings

OPEN = {"/health", "/ready", "/metrics", "/openapi.json", "/docs"}
APP = create_app(Settings(url="nowhere"))
NAMED = {
    "obligation": "00000000-0000-0000-0000-000000000000",
    "version": "1",
    "number": "7",
}


def routes(app: Flask) -> list[tuple[Rule, str]]:
    """Return each route of the API with its method."""
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/v1/")
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


ROUTES = routes(APP)


def right(rule: Rule) -> str:
    return str(getattr(APP.view_functions[rule.endpoint], "may", ""))


def path(rule: Rule) -> str:
    keys = {name: NAMED.get(name, "nobody") for name in rule.arguments}
    adapter = APP.url_map.bind("localhost")
    return adapter.build(
        rule.endpoint, keys, method="GET" if "GET" in (rule.methods or ()) else None
    )


@pytest.mark.parametrize(("rule", "method"), ROUTES, ids=str)
def test_every_route_takes_a_right_that_the_policy_knows(
    rule: Rule, method: str
) -> None:
    assert right(rule) in ACTIONS, f"{method} {rule.rule} takes no right"


def test_every_right_is_taken_by_some_route() -> None:
    assert {right(rule) for rule, _ in ROUTES} == ACTIONS


def test_only_operations_and_documents_are_open() -> None:
    outside = {rule.rule for rule in APP.url_map.iter_rules()} - {
        rule.rule for rule, _ in ROUTES
    }

    assert outside == OPEN | {"/static/<path:filename>"}


def test_s5_17_nothing_can_be_deleted_but_the_right_to_come_in() -> None:
    deleting = [rule.rule for rule, method in ROUTES if method == "DELETE"]
    changing = {method for _, method in ROUTES}

    assert deleting == ["/v1/tokens/<token>"]
    assert changing == {"GET", "POST", "DELETE"}


def test_without_a_token_every_route_asks_for_one(office: Office) -> None:
    client = office.app.test_client()

    for rule, method in ROUTES:
        response = client.open(path(rule), method=method)
        assert response.status_code == 401, rule.rule
        assert response.headers["WWW-Authenticate"].startswith("Bearer"), rule.rule


def test_s1_21_a_role_without_the_right_is_refused_before_all_else(
    office: Office,
) -> None:
    """Where the path names something confidential, it is not even said to exist."""
    for role in ROLES:
        caller = office.caller(role, "shen" if role == "declarant" else None)
        sent = {"Authorization": f"Bearer {caller.token}"}
        for rule, method in ROUTES:
            action = right(rule)
            if action in RIGHTS[role]:
                continue
            response = caller.client.open(path(rule), method=method, headers=sent)
            kind = action.partition(".")[0]
            unseen = f"{kind}.read" not in RIGHTS[role] and kind in CONFIDENTIAL
            expected = 404 if unseen and rule.arguments else 403
            assert response.status_code == expected, (role, rule.rule)
