"""Every role at every route: with one's own matter, one in reach, one beyond, and late.

The routes are those of the application itself: one that `routes.toml` does not list, or
that cannot be asked with the matters there are, fails here.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from werkzeug.test import TestResponse

from domain.access import ROLES
from projections.postgres.address import Address
from projections.tokens import Wanted
from tests import wall
from tests.postgres import Server, admin
from tests.wall import WALL, allowed
from tests.web.matters import names, path, sent, settle, spare_token
from tests.web.office import Caller, Office, at_work
from tests.web.routes import OPEN, ROWS, Row
from web import create_app
from web.wiring import Settings

APP = create_app(Settings(url="nowhere"))
# Shen of the college asks. Mei is below it, Gao outside, Zhang its head; Yu calls Shen
# a cousin; and what Mei has kept from Zhang is kept from those below Zhang.
OWN, INSIDE, OUTSIDE = "shen", "mei", "gao"
SUPERIOR, RELATIVE, KEPT = "zhang", "yu", "kept"
COLLEGE = "college"
# No version that anything has: whoever may do it is told that what they read is stale,
# and nothing is changed for whoever comes after them.
STALE = '"999999"'
DONE = {200, 201, 412}
# Where the path says whom it concerns that is looked at before what is sent.
UNREAD = DONE | {415, 422}
# Whoever may export at all is told that masked data is of nobody by name.
MASKED = "POST /v1/exports"
ASKED = [row for row in ROWS if row.scope not in ("none", "public")]
PUBLIC = [row for row in ROWS if row.scope == "public"]
CONCERNING = ("person", "sent", "glass")
OF_A_PERSON = [row for row in ASKED if row.scope in CONCERNING]
LISTS = [row for row in ASKED if row.scope == "list"]
ABOUT_REPORTS = (
    "/v1/disclosures/<",
    "/v1/history/disclosure/<",
    "/v1/releases/<",
    "/v1/corrections/<",
)
# What is asked of a right beside the one that the route takes.
BESIDES = {"export.unmask"}
JUDGES = [role for role in ROLES if role != "declarant"]
# Lists of what nobody here has.
EMPTY = ("/v1/overdue", "/v1/retention")


@dataclass
class Table:
    """An office in which everybody has matters of every kind, and who asks there."""

    office: Office
    database: Address
    spare: str

    def ask(self, caller: Caller, row: Row, person: str) -> TestResponse:
        """Ask for a person's matter, or of their unit where that is what counts."""
        unit = "department" if person == OUTSIDE else "training"
        query = {"person": person} if (row.method, row.scope) == ("GET", "sent") else {}
        return caller.client.open(
            path(row, names(person, unit, self.spare)),
            method=row.method,
            headers={"Authorization": f"Bearer {caller.token}", "If-Match": STALE},
            query_string=query,
            json=sent(row, person, unit) if row.method == "POST" else None,
        )

    def shen(self, role: str) -> Caller:
        return self.office.caller(role, OWN, unit=COLLEGE)

    def late(self, role: str) -> Caller:
        """Return somebody whose token was good until a moment ago."""
        soon = datetime.now(UTC) + timedelta(hours=1)
        wanted = Wanted(role=role, label="late", person=OWN, expires_at=soon)
        token = self.office.desk.tokens.issue(wanted, by="test")
        with admin(self.database) as connection:
            connection.execute(
                "UPDATE access.token SET expires_at = created_at WHERE id = %s",
                [token.split("_")[1]],
            )
        return Caller(self.office.app.test_client(), token)


@pytest.fixture(scope="module")
def table(servers: Callable[[int], Server], major: int) -> Iterator[Table]:
    """One office for the whole table, since nothing that is asked changes anything."""
    server = servers(major)
    database = server.database()
    with at_work(database) as office:
        settle(office)
        yield Table(office, database, spare_token(office))
    server.drop(database)


def unseen(role: str, row: Row) -> int:
    """Return the answer to a role without the right: is it to know of such a thing?"""
    kinds = {row.right.partition(".")[0], row.kind}
    reads = [right for kind in kinds if (right := f"{kind}.read") in WALL]
    known = row.kind is None or any(allowed(role, right) for right in reads)
    return 403 if known else 404


def done(row: Row) -> set[int]:
    told = row.scope in ("sent", "placed") and row.route != MASKED
    return DONE if told else UNREAD


def of_own(role: str, row: Row) -> set[int]:
    """Return the answers to who asks of their own matter: declarants, and no judge."""
    concerns = row.scope in CONCERNING
    return {403} if concerns and role != "declarant" else done(row)


def of_one_inside(role: str, row: Row) -> set[int]:
    """Return the answers to who asks of somebody within reach, or of their unit."""
    concerns = row.scope in CONCERNING
    return {404} if concerns and role == "declarant" else done(row)


def of_one_outside(role: str, row: Row) -> set[int]:
    """Return the answers to who asks of somebody beyond reach, or of their unit."""
    if row.scope in ("person", "sent"):
        return {404}
    return {403} if row.scope in ("unit", "placed") else of_one_inside(role, row)


def of_a_superior(role: str, row: Row) -> set[int]:
    spared = f"{wall.LETS_SUPERIORS} {wall.MACHINES}".split()
    return done(row) if role in spared else {404}


def of_a_relative(role: str, row: Row) -> set[int]:
    return done(row) if role in wall.MACHINES.split() else {404}


def of_what_is_kept(role: str, row: Row) -> set[int]:  # noqa: ARG001  whoever it is
    return {404}


def of_anybody(role: str, row: Row) -> set[int]:
    """Return the answers to an office without a file, whose grant names no scope."""
    aimless = role in wall.ASSIGNED.split() and row.scope in ("person", "sent")
    return {404} if aimless else done(row)


def faults(
    table: Table,
    role: str,
    person: str,
    answers: Callable[[str, Row], set[int]],
    rows: Iterable[Row] = ASKED,
    caller: Caller | None = None,
) -> list[str]:
    """Return where Shen in this role is answered otherwise than the table says.

    So is whoever else asks as *caller*.
    """
    part = caller is None  # Shen was given the college alone
    caller, found = caller or table.shen(role), []
    for row in rows:
        fits = answers(role, row) if allowed(role, row.right) else {unseen(role, row)}
        if part and row.scope == "whole" and allowed(role, row.right):
            fits = {403}
        response = table.ask(caller, row, person)
        if response.status_code not in fits:
            told = response.get_json(silent=True)
            found.append(f"{row.route}: {response.status_code}, not {fits}: {told}")
    return found


def routes() -> Iterator[tuple[str, str | None]]:
    """Yield each route of the application, with the right that it says it takes."""
    for rule in APP.url_map.iter_rules():
        view = APP.view_functions[rule.endpoint]
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield f"{method} {rule.rule}", getattr(view, "may", None)


def test_every_route_is_in_the_table_with_the_right_that_it_takes() -> None:
    listed = {row.route: row.right for row in ROWS}

    assert dict(routes()) == {**listed, **dict.fromkeys(OPEN)}


def test_every_right_is_on_the_wall_and_taken_by_some_route() -> None:
    assert {row.right for row in ASKED} | BESIDES == set(WALL)


def test_s1_23_what_is_public_is_shown_to_whoever_asks(table: Table) -> None:
    client = table.office.app.test_client()

    asked = {row.rule: client.get(row.rule).status_code for row in PUBLIC}
    # Nothing has been put under a checkpoint here.
    assert asked.pop("/v1/ledger/checkpoint") == 404
    assert asked.pop("/v1/receipts/<digest>/proof") == 404
    assert set(asked.values()) == {200}


@pytest.mark.parametrize("role", ROLES)
def test_i2_what_one_may_do_about_ones_own_matter(table: Table, role: str) -> None:
    assert faults(table, role, OWN, of_own) == []


@pytest.mark.parametrize("role", ROLES)
def test_what_one_may_do_about_somebody_within_reach(table: Table, role: str) -> None:
    assert faults(table, role, INSIDE, of_one_inside) == []


@pytest.mark.parametrize("role", ROLES)
def test_s1_21_what_lies_beyond_reach_does_not_exist(table: Table, role: str) -> None:
    assert faults(table, role, OUTSIDE, of_one_outside) == []


@pytest.mark.parametrize("role", JUDGES)
def test_an_office_reaches_everybody_but_for_what_has_to_be_assigned(
    table: Table, role: str
) -> None:
    office = table.office.caller(role)

    assert faults(table, role, OUTSIDE, of_anybody, caller=office) == []


@pytest.mark.parametrize("role", JUDGES)
@pytest.mark.parametrize(
    ("person", "answers"),
    [(SUPERIOR, of_a_superior), (RELATIVE, of_a_relative)],
    ids=["superior", "relative"],
)
def test_i2_s1_21_of_somebody_near_one_does_not_even_learn(
    table: Table, role: str, person: str, answers: Callable[[str, Row], set[int]]
) -> None:
    assert faults(table, role, person, answers, OF_A_PERSON) == []


@pytest.mark.parametrize("role", JUDGES)
def test_s1_18_what_is_kept_from_a_superior_is_kept_from_those_below(
    table: Table, role: str
) -> None:
    about = [row for row in ASKED if row.kind and row.rule.startswith(ABOUT_REPORTS)]

    assert faults(table, role, KEPT, of_what_is_kept, about) == []


@pytest.mark.parametrize("role", ROLES)
def test_s5_05_who_comes_late_is_nobody_at_every_route(table: Table, role: str) -> None:
    late = table.late(role)

    for row in ASKED:
        response = table.ask(late, row, INSIDE)
        assert response.status_code == 401, row.route
        assert "expired" in response.get_json()["detail"], row.route


@pytest.mark.parametrize("role", ROLES)
def test_s1_20_s1_21_no_list_shows_anybody_who_is_not_to_be_seen(
    table: Table, role: str
) -> None:
    shen, seen = table.shen(role), visible(role)
    for row in LISTS:
        if allowed(role, row.right):
            rows = table.ask(shen, row, OWN).get_json()["rows"]
            found = {entry.get("person") or entry["number"] for entry in rows}
            matters = found - {"li"}  # who has none, and stands in the directory alone
            assert matters == seen or (not rows and row.rule in EMPTY), row.route


@pytest.mark.parametrize("person", [INSIDE, OUTSIDE, SUPERIOR, RELATIVE])
@pytest.mark.parametrize("role", ROLES)
def test_s1_21_nobody_finds_in_a_list_by_name_who_is_not_to_be_seen(
    table: Table, role: str, person: str
) -> None:
    for row in LISTS:
        if allowed(role, row.right) and row.rule != "/v1/people":
            asked = table.shen(role).get(row.rule, person=person)
            fits = 200 if person in visible(role) else 404
            assert asked.status_code == fits, row.route


def visible(role: str) -> set[str]:
    """Return whose matters Shen sees in lists."""
    if role == "declarant":
        return {OWN}
    spares = role in (f"{wall.LETS_SUPERIORS} {wall.MACHINES}".split())
    kin = role in wall.MACHINES.split()
    return {INSIDE} | ({SUPERIOR} if spares else set()) | ({RELATIVE} if kin else set())
