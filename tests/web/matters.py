"""One matter of every kind for each of several people, and what is sent about them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from domain.campaign import LaunchCampaign
from domain.disclosure import item_key
from domain.figures.reporting import FiguresReported, ReportFigures
from domain.mandating import GiveMandate
from domain.obligation import obligation_stream
from domain.personnel import DeclareRelative
from domain.record import Actor, Command
from domain.records.access_request import RequestAccess
from domain.records.break_glass import BreakGlass
from domain.records.correction import RequestCorrection
from domain.records.destruction import OrderDestruction
from domain.records.exclusion import ExcludeReader
from domain.records.export import RecordExport
from domain.records.holds import PlaceHold
from domain.records.release import DecideRelease
from domain.verification.source import DeclareSource
from projections.tokens import Wanted
from tests.domain.case.proceeding import GOVERNMENT
from tests.domain.cast import CARDS, INSTANT, LEAVING, joins
from tests.domain.leave import EPIDEMIC, asks
from tests.domain.papers import files, trip, wedding
from tests.web.candidates import candidate, selection
from tests.web.casing import ASKED, OPENING, accused, enact, recommended
from tests.web.evidenced import evidenced
from tests.web.office import Office
from tests.web.recourse import recourse
from tests.web.routes import Row
from tests.web.sanctioning import sanctioned
from tests.web.verified import drawn, lot, verified

THEN = datetime(2020, 4, 20, 12, tzinfo=UTC)
LATER = datetime(2099, 1, 1, tzinfo=UTC)
LAW = "a law of ours"
FIGURES = {"definition": ["overdue"], "to": "the public"}
NONE = FiguresReported(
    report="F-1",
    definition="overdue",
    position=0,
    as_of=None,
    cells=(),
    total=0,
    to="the public",
)


def settle(office: Office) -> None:
    """Let everybody have a matter of every kind, and Yu be Shen's cousin.

    Mei joins the training section, and Gao the department. All whose matters these are
    are senior, so that there is a duty behind every report.
    """
    cousin = DeclareRelative(
        number="yu", relative="R", relation="cousin", related_number="shen"
    )
    senior = {"rank": "deputy_department_director"}
    for number, unit in (("yu", "college"), ("mei", "training"), ("gao", "department")):
        act(office, "hr", "hr", *joins(number, unit=unit, **senior))
    act(office, "hr", "hr", cousin)
    act(office, "steward", "rulebook_steward", EPIDEMIC)
    launch = LaunchCampaign(
        campaign="cards",
        name="Cards",
        rulebook=CARDS,
        rule="membership_cards",
        launched_on=THEN.date(),
    )
    act(
        office,
        "office",
        "certifier",
        launch,
        ReportFigures(report="F-1", figures=(NONE,)),
    )
    declared = DeclareSource(source="S-1", name="Land", purpose="x", legal_basis=LAW)
    act(office, "records", "records_officer", declared)
    given = GiveMandate(
        mandate="M-1",
        actor="li",
        role="auditor",
        basis=LAW,
        until=LATER,
        unit="training",
    )
    act(office, "registry", "admin", given)
    selection(office)
    drawn(office, "training", "department")
    enact(office)
    for person in ("shen", "mei", "gao", "zhang", "yu"):
        of_one(office, person, person)
        in_custody(office, person)
    of_one(office, "mei", "kept")
    kept = ExcludeReader(disclosure="D-kept", superior="zhang", reason="interfered")
    act(office, "office", "reviewer", kept)
    office.projector.catch_up()


def act(office: Office, who: str, role: str, *commands: Command[Any]) -> None:
    for command in commands:
        office.desk.casework.handle(command, by=Actor(id=who, role=role), at=THEN)


def in_custody(office: Office, person: str) -> None:
    """Let orders to destroy, and broken glass, wait for a second person."""
    order = OrderDestruction(person=person, year=1999, basis=LAW, reason="x")
    hold = PlaceHold(
        person=person, hold=f"H-{person}", basis=LAW, review_on=LATER.date(), reason="x"
    )
    act(office, "records", "records_officer", order, hold)
    broken = BreakGlass(actor="office", person=person, rulebook=INSTANT, reason="x")
    act(office, "office", "reviewer", broken)


def of_one(office: Office, person: str, name: str) -> None:
    """Let somebody have one matter of every kind; *name* ends the ids of all."""
    report = f"D-{name}"
    asked = RequestAccess(request=f"R-{name}", person=person, rulebook=INSTANT)
    wrong = RequestCorrection(
        request=f"C-{name}", person=person, disclosure=report, text="not so"
    )
    own = files("wedding", wedding(), disclosure=report, person=person)
    leave = asks(approval=f"A-{name}", person=person)
    act(office, person, "declarant", own, leave, asked, wrong)
    release = DecideRelease(
        release=f"L-{name}",
        disclosure=report,
        fields=("tables",),
        to="recipient",
        recipient="the court",
        basis=LAW,
        reasons="it was asked for",
        proportionality="no less will do",
    )
    act(office, "records", "records_officer", release)
    export = RecordExport(
        export=f"E-{name}",
        kind="disclosures",
        rows=1,
        persons=(person,),
        purpose="audit",
        authority=LAW,
    )
    act(office, "auditor", "auditor", export)
    verified(office, person, f"V-{name}")
    if name == person:
        candidate(office, person)
        case = accused(office, person, f"K-{person}")
        evidenced(office, person, f"K-{person}")
        case.notice(evidence=(f"K-{person}:1",))
        recommended(office, person)
        recourse(office, person)
        sanctioned(office, person)


def names(person: str, unit: str, spare: str) -> Mapping[str, str]:
    """Return what is put into paths so that they name a person's own matters."""
    duty = obligation_stream(person, INSTANT, "wedding", item_key(f"D-{person}", 0))
    return {
        "<disclosure>": f"D-{person}",
        "<uuid:obligation>": str(duty),
        "<decision>": str(duty),
        "<report>": "F-1",
        "<approval>": f"A-{person}",
        "<number>": person,
        "<int:number>": "1",
        "<request>": f"R-{person}",
        "<release>": f"L-{person}",
        "<verification>": f"V-{person}",
        "<draw>": f"W-{unit}",
        "<board>": f"B-{person}",
        "<candidacy>": f"B-{person}:{person}",
        "<certificate>": f"B-{person}:{person}:1",
        "<sanction>": f"{person}:government:1",
        "<measure>": f"{person}:government:m1",
        "<case>": f"K-{person}",
        "<recommendation>": f"N-{person}",
        "<hold>": f"H-{person}",
        "<appeal>": f"P-{person}",
        "<held>": f"{person}:1",
        "<override>": f"{person}:1:1",
        "<int:order>": "1",
        "<export>": f"E-{person}",
        "<int:use>": "1",
        "<superior>": "zhang",
        "<post>": "post",
        "<relative>": "R",
        "<source>": "S-1",
        "<code>": unit,
        "<rulebook>": LEAVING,
        "<int:version>": "1",
        "<period>": "epidemic",
        "<campaign>": "cards",
        "<actor>": "li",
        "<mandate>": "M-1",
        "<token>": spare,
    }


def sent(row: Row, person: str, unit: str) -> dict[str, Any]:
    """Return what is sent to a route whose right depends on what is sent."""
    report = {"person": person, "rulebook": INSTANT, "rule": "wedding"}
    asked = {"person": person, "rulebook": LEAVING, "rule": "leave_city"}
    task = {"role": "auditor", "unit": unit}
    bodies: dict[str, dict[str, Any]] = {
        "POST /v1/disclosures": report | {"items": [wedding()]},
        "POST /v1/disclosures/paper": report | {"received_on": "2020-01-01"},
        "POST /v1/approvals": asked | {"contents": trip()},
        "POST /v1/boards/<board>/candidates": {"person": person},
        "POST /v1/cases": OPENING | {"person": person},
        "POST /v1/recommendations": ASKED | {"person": person},
        "POST /v1/eligibility": {"rulebook": "cn-selection", "persons": [person]},
        "POST /v1/verifications": {"person": person, "basis": "random", "reason": "x"},
        "POST /v1/measures": {
            "person": person,
            "rulebook": GOVERNMENT,
            "kind": "admonition",
            "findings": ["case:C:1"],
            "text": "x",
        },
        "POST /v1/appeals": {
            "person": person,
            "case": "C",
            "stage": "review",
            "text": "x",
        },
        "POST /v1/action-holds": {
            "person": person,
            "rulebook": "cn-selection",
            "type": "document",
            "basis": "tax_debt",
            "text": "x",
            "release": "x",
            "review_on": "2099-01-01",
        },
        "POST /v1/draws": lot(unit),
        "POST /v1/exports": {"kind": "disclosures", "filters": {"person": person}},
        "POST /v1/units": {"code": str(uuid4()), "name": "New", "parent": unit},
        "POST /v1/units/<code>/parent": {"parent": unit},
        "POST /v1/statistics/reports": FIGURES | {"unit": unit},
        "POST /v1/mandates": task
        | {"actor": "wang", "basis": LAW, "until": LATER.isoformat()},
        "POST /v1/tokens": task
        | {"label": "somebody", "expires_at": LATER.isoformat()},
    }
    return bodies.get(row.route, {})


def spare_token(office: Office) -> str:
    """Return the id of a token that nobody uses."""
    wanted = Wanted(role="auditor", label="nobody", unit="training", expires_at=LATER)
    return office.desk.tokens.issue(wanted, by="test").split("_")[1]


def path(row: Row, named: Mapping[str, str]) -> str:
    """Return the path of a route, with names put into it."""
    if "/corrections/" in row.rule:
        named = {**named, "<request>": named["<request>"].replace("R-", "C-")}
    return "/".join(
        quote(named[part]) if part.startswith("<") else part
        for part in row.rule.split("/")
    )
