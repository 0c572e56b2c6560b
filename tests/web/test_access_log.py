"""S1-21, S2-14: every read of personal data is in a log, which the person sees too."""

from datetime import UTC, datetime, timedelta
from typing import Any

from domain.record import Actor
from domain.records.reading import RecordRead
from tests.web.office import Caller, Office

OWN = "/v1/people/shen/access-log"
ALL = "/v1/access-log"


def shown(office: Office, caller: Caller, path: str = ALL, **query: Any) -> Any:
    office.projector.catch_up()
    return caller.read(path, **query)["rows"]


def record(office: Office, role: str, at: datetime, *persons: str, **more: Any) -> None:
    """Put on record that somebody in this role, called by it, read of these persons."""
    command = RecordRead(
        read=f"{role} {at} {persons}",
        persons=persons,
        **{"what": "file", "purpose": "review", "authority": "a test"} | more,
    )
    office.desk.casework.handle(command, by=Actor(id=role, role=role), at=at)


def days_ago(days: int) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


def test_s1_21_who_read_a_report_is_in_the_log_that_its_declarant_sees(
    office: Office,
) -> None:
    name = office.shen.file()
    office.wang.read(f"/v1/disclosures/{name}")

    (row,) = shown(office, office.shen, OWN)

    assert (row["reader"], row["role"], row["what"], row["key"]) == (
        "wang",
        "certifier",
        "disclosure",
        name,
    )
    assert (row["purpose"], row["masked"]) == ("decision", False)
    assert row["authority"]


def test_s1_21_to_look_into_ones_own_log_is_no_entry_in_it(office: Office) -> None:
    office.shen.read(f"/v1/disclosures/{office.shen.file()}")

    assert shown(office, office.shen, OWN) == []
    assert shown(office, office.shen, OWN) == []


def test_s1_21_what_the_rulebook_delays_comes_later_and_is_never_left_out(
    office: Office,
) -> None:
    record(office, "investigator", days_ago(3), "shen", purpose="investigation")
    record(office, "investigator", days_ago(300), "shen", purpose="investigation")
    record(office, "reviewer", days_ago(2), "shen")

    own = shown(office, office.shen, OWN)
    auditor = shown(office, office.caller("auditor"), OWN)

    assert [row["role"] for row in own] == ["reviewer", "investigator"]
    assert [row["role"] for row in auditor][-3:] == [
        "reviewer",
        "investigator",
        "investigator",
    ]


def test_s1_21_who_is_looked_into_does_not_learn_of_it_from_ones_own_log(
    office: Office,
) -> None:
    for role in ("deciding_authority", "certifier", "auditor"):
        record(office, role, days_ago(3), "shen", what="case", key="C-1")
    record(office, "certifier", days_ago(2), "shen", what="hold", key="shen:1")
    record(office, "certifier", days_ago(300), "shen", what="case", key="C-0")
    office.projector.catch_up()

    own = shown(office, office.shen, OWN)
    export = office.shen.read("/v1/people/shen/export")["access_log"]
    auditor = shown(office, office.caller("auditor"), OWN)

    assert {row["key"] for row in own} == {row["key"] for row in export} == {"C-0"}
    assert {row["key"] for row in auditor} >= {"C-0", "C-1", "shen:1"}


def test_s2_14_the_auditor_sees_all_reads_and_is_read_themselves(
    office: Office,
) -> None:
    name = office.shen.file()
    auditor = office.caller("auditor", "zhang")
    office.wang.read(f"/v1/disclosures/{name}")
    auditor.read(f"/v1/disclosures/{name}")

    rows = shown(office, office.caller("records_officer", "wang"), person="shen")

    assert [(row["reader"], row["masked"]) for row in rows] == [
        ("zhang", True),
        ("wang", False),
    ]


def test_s2_14_unusual_access_is_listed_and_says_why(office: Office) -> None:
    auditor = office.caller("auditor")
    office.wang.read(f"/v1/disclosures/{office.shen.file()}")
    wanted = {"reviewer": "wang"}
    name = office.caller("declarant", "li").file()
    office.wang.do(f"/v1/disclosures/{name}/reviewer", wanted)
    assigned = office.caller("reviewer", "wang")
    assigned.read(f"/v1/disclosures/{name}")
    office.caller("reviewer", "zhang").read(f"/v1/disclosures/{name}")

    rows = shown(office, auditor, unusual="true")

    assert all(row["unassigned"] or row["relative"] for row in rows)
    assert "zhang" in {row["reader"] for row in rows}


def test_s2_14_who_was_shown_many_people_on_a_day_is_listed(office: Office) -> None:
    record(office, "oversight", days_ago(1), "shen", "li", "wang", what="list")
    record(office, "board", days_ago(1), "shen")
    auditor = office.caller("auditor")

    many = shown(office, auditor, volume_above=2, reader="oversight")
    none = shown(office, auditor, volume_above=3, reader="oversight")
    days = shown(office, auditor, f"{ALL}/volumes", volume_from=2)

    assert {row["person"] for row in many} == {"shen", "li", "wang"}
    assert {row["volume"] for row in many} == {3}
    assert none == []
    assert ("oversight", 3) in [(row["reader"], row["persons"]) for row in days]
    assert "board" not in [row["reader"] for row in days]


def test_the_log_is_narrowed_by_what_is_asked(office: Office) -> None:
    record(office, "board", days_ago(10), "shen", what="search")
    record(office, "appeal_panel", days_ago(1), "li", key="k-1")
    auditor = office.caller("auditor")
    half = days_ago(5).isoformat()

    for query, expected in (
        ({"reader": "board"}, ["shen"]),
        ({"role": "appeal_panel"}, ["li"]),
        ({"what": "search", "role": "board"}, ["shen"]),
        ({"key": "k-1"}, ["li"]),
        ({"until": half}, ["shen"]),
        ({"since": half, "role": "board"}, []),
        ({"person": "wang", "others": "true"}, []),
        ({"unit": "training", "role": "appeal_panel"}, ["li"]),
    ):
        assert [row["person"] for row in shown(office, auditor, **query)] == expected


def test_the_log_comes_in_pages(office: Office) -> None:
    for days in range(5):
        record(office, "board", days_ago(days), "shen")
    office.projector.catch_up()
    auditor = office.caller("auditor")

    for path, query in ((ALL, {"role": "board"}), (OWN, {})):
        pages = [auditor.read(path, limit=2, **query)]
        while pages[-1]["next"]:
            cursor = pages[-1]["next"]
            pages.append(auditor.read(path, limit=2, cursor=cursor, **query))
        positions = [row["position"] for page in pages for row in page["rows"]]
        assert sorted(set(positions), reverse=True) == positions
        assert len(positions) >= 5


def test_the_log_is_within_reach_too(office: Office) -> None:
    record(office, "board", days_ago(1), "shen")
    record(office, "board", days_ago(1), "li")
    training = office.caller("auditor", unit="training")

    rows = shown(office, training, reader="board")
    beyond = training.get(ALL, person="shen")
    above = training.get(ALL, unit="department")

    assert [row["person"] for row in rows] == ["li"]
    assert above.status_code == 403
    assert (beyond.status_code, training.get(OWN).status_code) == (404, 404)


def test_who_is_no_auditor_sees_no_log_but_their_own(office: Office) -> None:
    for caller, own, everybodys in (
        (office.shen, 200, 403),
        (office.caller("declarant", "li"), 404, 403),
        (office.caller("hr"), 404, 403),
        (office.wang, 404, 403),
        (office.caller("records_officer", "wang"), 200, 200),
    ):
        assert caller.get(OWN).status_code in {own, 403 if own == 404 else own}
        assert caller.get(ALL).status_code == everybodys
        assert caller.get(f"{ALL}/volumes").status_code == everybodys


def test_names_in_the_log_are_masked_for_the_auditor_unless_with_a_purpose(
    office: Office,
) -> None:
    record(office, "board", days_ago(1), "shen")
    auditor = office.caller("auditor")

    (masked,) = shown(office, auditor, reader="board")
    sent = {"Authorization": f"Bearer {auditor.token}", "Probity-Purpose": "audit"}
    told = auditor.client.get(f"{ALL}?reader=board", headers=sent).get_json()
    (named,) = told["rows"]

    assert masked["name"] == {"sealed": "withheld", "class": "identity"}
    assert named["name"] == "Shen"


def test_bad_input_is_refused(office: Office) -> None:
    auditor = office.caller("auditor")
    for query in (
        {"since": "2020-01-01"},
        {"since": "2020-01-01T00:00:00"},
        {"what": "everything"},
        {"volume_above": "-1"},
        {"limit": "501"},
        {"cursor": "made-up"},
        {"person": "a b"},
    ):
        assert auditor.get(ALL, **query).status_code == 422, query
    assert auditor.get(f"{ALL}/volumes", first="yesterday").status_code == 422
