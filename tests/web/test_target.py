"""Whom a request concerns: found in the log as it is now, whatever is remembered."""

from domain.personnel import DeclareRelative, RemoveRelative
from domain.unit import EstablishUnit, MoveUnit, NameHead
from tests.web.office import Caller, Office
from web.target import Lines


def status(caller: Caller, report: str) -> int:
    return caller.get(f"/v1/disclosures/{report}").status_code


def test_a_unit_that_moves_takes_its_people_out_of_reach_at_once(
    office: Office,
) -> None:
    report = office.caller("declarant", "li").file()
    college = office.caller("auditor", unit="college")
    assert [status(college, report) for _ in range(2)] == [200, 200]

    office.act(MoveUnit(code="training", parent="department"))
    assert status(college, report) == 404

    office.act(MoveUnit(code="training", parent="college"))
    assert status(college, report) == 200


def test_whoever_comes_to_head_a_unit_above_is_a_superior_at_once(
    office: Office,
) -> None:
    report = office.shen.file()
    li = office.caller("reviewer", "li")
    assert status(li, report) == 200

    office.act(
        EstablishUnit(code="faculty", name="Faculty", parent="college"),
        MoveUnit(code="training", parent="faculty"),
        NameHead(code="faculty", head="shen"),
    )

    assert status(li, report) == 404


def test_a_relative_is_one_as_long_as_either_of_the_two_says_so(office: Office) -> None:
    report = office.shen.file()
    wang = office.wang
    for one, other in (("shen", "wang"), ("wang", "shen")):
        office.act(
            DeclareRelative(
                number=one, relative="C", relation="cousin", related_number=other
            )
        )
        assert status(wang, report) == 404
        office.act(RemoveRelative(number=one, relative="C"))
        assert status(wang, report) == 200


def test_lists_leave_out_relatives_whoever_of_the_two_declared_it(
    office: Office,
) -> None:
    for person in ("shen", "li", "zhang"):
        office.caller("declarant", person).file()
    for one, other in (("shen", "wang"), ("wang", "li")):
        office.act(
            DeclareRelative(
                number=one, relative="C", relation="cousin", related_number=other
            )
        )
    office.projector.catch_up()

    rows = office.wang.read("/v1/worklist")["rows"]

    assert {row["person"] for row in rows} == {"zhang"}


def test_what_is_remembered_of_units_is_bounded() -> None:
    lines = Lines(most=2)

    for unit in ("a", "b", "c"):
        lines.remember(unit, (unit, "top"))

    assert (lines.above("a"), lines.above("c")) == (("a",), ("c", "top"))
