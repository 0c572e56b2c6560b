"""Every route asks who comes before anything else, and none of them deletes."""

from tests.web.matters import names, path
from tests.web.office import Office
from tests.web.routes import ROWS

# Coming in, and going where nobody is let in by their rights.
ENTRANCES = {"POST /login/password", "POST /logout"}
NOBODY = names("nobody", "nowhere", "0" * 12)


def test_s5_17_nothing_can_be_deleted_but_the_right_to_come_in() -> None:
    deleting = [row.rule for row in ROWS if row.method == "DELETE"]

    assert deleting == ["/v1/tokens/<token>"]
    assert {row.method for row in ROWS} == {"GET", "POST", "DELETE"}


def test_without_a_token_every_route_asks_for_one_and_says_nothing_else(
    office: Office,
) -> None:
    client = office.app.test_client()

    for row in ROWS:
        if row.scope == "public" or row.route in ENTRANCES:
            continue
        # Where there is no right to ask for, what was sent is read before who asks.
        body = {"mandate": None} if row.route == "POST /v1/session/grant" else None
        response = client.open(path(row, NOBODY), method=row.method, json=body)
        assert response.status_code == 401, row.rule
        assert response.headers["WWW-Authenticate"].startswith("Bearer"), row.rule
