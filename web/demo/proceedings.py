"""What becomes of a discrepancy: found, weighed, sanctioned, reviewed, certified."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from domain.appealing.deciding import DecideAppeal
from domain.appealing.lodging import LodgeAppeal
from domain.appealing.panel import ConstitutePanel
from domain.case.deciding import DecideCase
from domain.case.facts import Allegation
from domain.case.finding import MakeFinding as FindInCase
from domain.case.investigating import AssignInvestigator
from domain.case.notice import ReceiveResponse, ServeNotice
from domain.case.opening import OpenInquiry, OpenInvestigation
from domain.case.serving import ServeDecision
from domain.casework import Casework
from domain.promotion.board import Candidacy, candidacy_stream
from domain.promotion.certifying import CertifyEligibility
from domain.promotion.convening import ConveneBoard, EnterCandidate
from domain.receipt import Key, Request
from domain.record import Actor, Command
from domain.sanction.facts import Determined
from domain.sanction.imposing import Sanctioning
from domain.sanction.measuring import Measuring, TakeMeasure
from domain.verification.explaining import ReceiveExplanation, RequestExplanation
from domain.verification.finding import MakeFinding
from domain.verification.source import DeclareSource
from domain.verification.verification import (
    ConcludeVerification,
    OpenVerification,
    QueryRegister,
)
from web.demo.cast import Member
from web.demo.law import ANNUAL, DISCIPLINE, SELECTION
from web.demo.script import HR, Script, own

BOARD = "demo-board"
LAND = "land-register"
RECORDS = Actor(id="records-desk", role="records_officer")
VERIFIER = Actor(id="verifier-desk", role="verifier")
INVESTIGATORS = ("investigator-1", "investigator-2")
INVESTIGATOR = Actor(id=INVESTIGATORS[0], role="investigator")
DECIDER = Actor(id="deciding-desk", role="deciding_authority")
OVERSIGHT = Actor(id="oversight-desk", role="oversight")
PANEL = Actor(id="panel-1", role="appeal_panel")
STATEMENTS = (
    "person_unit_post",
    "facts_and_evidence",
    "kind_and_basis",
    "review_routes",
    "authority_and_date",
    "seal",
)
NOTICE = 14  # days from a notice to the decision


class Act:
    """Writes down what is done on days counted from the first of the year."""

    def __init__(self, script: Script) -> None:
        self.script = script

    def on(self, day: int, by: Actor, *commands: Command[Any]) -> None:
        for command in commands:
            self.script.add(self.day(day), by, command)

    def day(self, number: int) -> date:
        return self.script.year.day(number)


def play_proceedings(script: Script) -> None:
    """Tell of five officers, who are all candidates of the board at the end.

    One was wrongly accused and is cleared on review. One left out a storage room and is
    talked to, which is no sanction. One is under a sanction, and a case is open against
    one. Of the last nothing at all is known.
    """
    act = Act(script)
    accused, careless, sanctioned, suspected, plain = candidates(script)
    wrongly_accused(act, accused)
    honest_omission(act, careless)
    case(act, sanctioned, "demo-case-2", 240)
    decided(act, sanctioned, "demo-case-2", 240 + NOTICE + 7, "warning")
    case(act, suspected, "demo-case-3", 318)
    convene(act)
    for member in (plain, accused, careless, sanctioned, suspected):
        enter(act, member)


def candidates(script: Script) -> list[Member]:
    brigade = [member for member in script.cast if member.unit == "DEMO-TRA-U"]
    return brigade[10:15]


def case(act: Act, member: Member, name: str, day: int) -> None:
    """Open a case, and serve the notice of what is alleged."""
    alleged = Allegation(
        conduct=f"{name}:1",
        violation="gift_received",
        text="A case of spirits was taken from a contractor.",
        from_on=act.day(day - 30),
    )
    act.on(
        day,
        DECIDER,
        OpenInquiry(
            case=name,
            person=member.number,
            rulebook=DISCIPLINE,
            basis="supervision",
            reason="a contractor's book names the officer",
        ),
        OpenInvestigation(case=name, allegations=(alleged,)),
        *(AssignInvestigator(case=name, investigator=i) for i in INVESTIGATORS),
    )
    notice = ServeNotice(
        case=name,
        allegations=(alleged.conduct,),
        evidence=(),
        text="You are said to have taken a case of spirits from a contractor.",
        at_most="demotion",
    )
    act.on(day + 7, INVESTIGATOR, notice)


def decided(act: Act, member: Member, name: str, day: int, kind: str) -> None:
    """Hear the answer, find, decide and serve the decision."""
    answer = ReceiveResponse(case=name, text="It was handed in the same day.")
    act.on(day - 7, own(member), answer)
    finding = FindInCase(
        case=name,
        conduct=f"{name}:1",
        mental="negligence",
        standard="clear and convincing",
        reasons="The contractor's book and two witnesses agree.",
        justification="Nobody in the registry has seen it handed in.",
    )
    act.on(day, DECIDER, finding)
    determined = Determined(
        finding=f"case:{name}:1",
        conduct=f"{name}:1",
        violation="gift_received",
        tier="ordinary",
        kind=kind,
    )
    sanction = Sanctioning(
        rulebook=DISCIPLINE, determined=(determined,), text="It weighs as much."
    )
    decision = DecideCase(
        case=name,
        closing="sanction",
        findings=(f"case:{name}:1",),
        statements={said: f"As the file shows: {said}." for said in STATEMENTS},
        sanctions=(sanction,),
    )
    act.on(day, DECIDER, decision, ServeDecision(case=name, how="in_person"))


def wrongly_accused(act: Act, member: Member) -> None:
    """Sanction somebody, and quash it on review: a receipt turns up after all."""
    name = "demo-case-1"
    case(act, member, name, 30)
    decided(act, member, name, 30 + NOTICE + 7, "demerit")
    lodged = LodgeAppeal(
        appeal="demo-review",
        person=member.number,
        case=name,
        stage="review",
        sanction=f"{member.number}:government:1",
        text="It was handed in; here is the receipt of the registry.",
    )
    act.on(60, own(member), lodged)
    panel = ConstitutePanel(
        appeal="demo-review", members=(PANEL.id,), authority="review section"
    )
    act.on(62, OVERSIGHT, panel)
    outcome = DecideAppeal(
        appeal="demo-review",
        outcome="quashed",
        grounds=("facts_or_evidence",),
        text="The receipt is genuine: there was no violation.",
        pronounced=True,
    )
    act.on(75, PANEL, outcome)


def honest_omission(act: Act, member: Member) -> None:
    """Verify somebody: a storage room was left out, which was found an omission."""
    name, number = "demo-verification", member.number
    declared = DeclareSource(
        source=LAND,
        name="Land register of the province (invented)",
        purpose="real estate of those who report it",
        legal_basis="Measures on verification results, 2017",
    )
    act.on(100, RECORDS, declared)
    opened = OpenVerification(
        verification=name,
        person=number,
        basis="random",
        rulebook=ANNUAL,
        reason="drawn in the spring sample",
    )
    act.on(120, VERIFIER, opened, QueryRegister(verification=name, source=LAND))
    put = RequestExplanation(
        verification=name,
        conducts=(f"{name}:1",),
        text="The register has a storage room that you left out.",
    )
    act.on(121, VERIFIER, put)
    told = ReceiveExplanation(
        verification=name, text="It came with the flat; I did not think of it."
    )
    act.on(128, own(member), told)
    finding = MakeFinding(
        verification=name,
        conduct=f"{name}:1",
        class_="omission",
        mental="negligence",
        standard="balance of probabilities",
        reasons="The storage room was bought with the flat, and forgotten.",
        presumed="parking_or_storage",
        justification="They did not know that a storage room counts.",
        conduct_from=act.day(31),
    )
    act.on(140, DECIDER, finding)
    measure = Measuring(
        rulebook=DISCIPLINE,
        kind="reminder_talk",
        findings=(f"verification:{name}:1",),
        text="Storage rooms are real estate.",
    )
    taken = TakeMeasure(person=number, asked=measure, verification=name)
    act.on(141, DECIDER, taken)
    end = ConcludeVerification(verification=name, text="one omission, corrected")
    act.on(142, VERIFIER, end)


def convene(act: Act) -> None:
    chief, deputy = (member.number for member in act.script.cast[:2])
    convened = ConveneBoard(
        board=BOARD,
        rulebook=SELECTION,
        ladder="rank",
        level="higher",
        members=(chief, deputy),
        meets_on=act.script.year.today,
    )
    act.on(300, HR, convened)


def enter(act: Act, member: Member) -> None:
    """Enter a candidate, and verify what they declared."""
    name = f"{BOARD}:{member.number}"
    act.on(301, HR, EnterCandidate(board=BOARD, person=member.number))
    end = ConcludeVerification(verification=name, text="all is as declared")
    act.on(330, VERIFIER, end)
    act.script.candidacies.append(name)


def certify(casework: Casework, script: Script) -> None:
    """Certify today, when the board meets, what is known of its candidates."""
    for name in script.candidacies:
        position = casework.recorder.max_notification_id() or 0
        casework.handle(
            CertifyEligibility(candidacy=name, position=position),
            by=DECIDER,
            at=datetime.now(UTC),
            request=Request(key=Key(actor="demo", key=name), digest=b"demo"),
        )


@dataclass(frozen=True)
class Certified:
    """What a certificate says, in a line."""

    person: str
    result: str
    until: date | None
    review_on: date | None
    because: str


def certificates(casework: Casework, script: Script) -> list[Certified]:
    """Return what the board was told of its candidates."""
    found = []
    for name in script.candidacies:
        known = casework.look(Candidacy(), candidacy_stream(name)).certificate
        if known:
            answer = known.answer
            because = ", ".join(reason.code for reason in answer.reasons)
            person = answer.question.person
            found.append(
                Certified(
                    person, answer.result, answer.until, answer.review_on, because
                )
            )
    return found
