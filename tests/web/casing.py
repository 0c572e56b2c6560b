"""Cases over HTTP: the law they go by, who works on them, and each of their steps."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from werkzeug.test import TestResponse

from domain.recommending import IssueRecommendation
from tests.domain.case.proceeding import GOVERNMENT, Proceeding
from tests.domain.cast import SHIPPED, law
from tests.spec import Scenario
from tests.web.office import Caller, Office

LAST_YEAR = datetime.now(UTC).date() - timedelta(days=365)
ALLEGED = {
    "conduct": "trip-2020",
    "violation": "unauthorised_exit",
    "text": "Left for Macau without leave.",
    "from_on": LAST_YEAR.isoformat(),
}
OPENING = {
    "person": "li",
    "rulebook": GOVERNMENT,
    "basis": "supervision",
    "reason": "It was heard of.",
}
ASKED = {
    "person": "li",
    "rulebook": GOVERNMENT,
    "to": "appointing_body",
    "unit": "college",
    "text": "Remove him: the trip to Macau was no cure.",
    "attachments": ["his medical records"],
}
STATED = (
    "person_unit_post",
    "facts_and_evidence",
    "kind_and_basis",
    "review_routes",
    "authority_and_date",
    "seal",
)
FINDING = {
    "conduct": "trip-2020",
    "mental": "intent",
    "standard": "clear and convincing",
    "reasons": "The border police saw him.",
    "justification": "That he was ill is not shown.",
}


def enact(office: Office) -> None:
    """Make the law on governmental sanctions the law of the office."""
    law(Scenario(office.desk.casework), SHIPPED[f"{GOVERNMENT}.toml"])


def accused(office: Office, person: str, case: str) -> Proceeding:
    """Return a case of which the person was told; the law must be there."""
    scenario = Scenario(office.desk.casework)
    case_ = Proceeding(
        scenario,
        on=datetime.now(UTC).date(),
        case=case,
        person=person,
        from_on=LAST_YEAR,
    )
    return case_.inquiry().investigation().notice()


def recommended(office: Office, person: str) -> None:
    """Let something be recommended about somebody; the law must be there."""
    issue = IssueRecommendation(
        recommendation=f"N-{person}",
        person=person,
        rulebook=GOVERNMENT,
        to="unit",
        unit="college",
        text="Talk to them.",
    )
    now = Scenario(office.desk.casework).on(datetime.now(UTC).date())
    now.by("office", "deciding_authority").given(issue)


@dataclass
class Chamber:
    """An office with that law: `han` decides, `jia` and `luo` investigate, of Li."""

    office: Office

    @property
    def han(self) -> Caller:
        return self.office.caller("deciding_authority", "han", "department")

    @property
    def jia(self) -> Caller:
        return self.office.caller("investigator", "jia", "department")

    @property
    def li(self) -> Caller:
        return self.office.caller("declarant", "li")

    def opened(self, **more: Any) -> str:
        """Open an inquiry; return the path of the case."""
        response = self.han.post("/v1/cases", OPENING | more)
        assert response.status_code == 201, response.get_json()
        return f"/v1/cases/{response.get_json()['id']}"

    def investigated(self, **alleged: Any) -> str:
        case = self.opened()
        self.han.do(f"{case}/investigation", {"allegations": [ALLEGED | alleged]})
        for who in ("jia", "luo"):
            self.han.do(f"{case}/investigators", {"investigator": who})
        return case

    def told(self, **more: Any) -> str:
        case = self.investigated()
        self.jia.do(f"{case}/notice", notice(**more))
        return case

    def answered(self) -> str:
        case = self.told()
        self.li.do(f"{case}/responses", {"text": "I was ill."})
        return case

    def found(self) -> str:
        case = self.answered()
        self.han.do(f"{case}/findings", FINDING)
        return case

    def decided(self, **more: Any) -> str:
        case = self.found()
        self.han.do(f"{case}/decision", decision(case, **more))
        return case

    def evidence(self, case: str) -> str:
        """Add a letter to a case; return its name."""
        form = {"kind": "document", "found_on": "2021-03-09", "text": "handed in"}
        file = (BytesIO(b"It was I."), "letter.txt", "text/plain")
        answer = self.jia.post(f"{case}/evidence", data=form | {"file": file})
        assert answer.status_code == 201, answer.get_json()
        return f"{case.rpartition('/')[2]}:{answer.get_json()['id']}"

    def try_(self, caller: Caller, path: str, body: dict[str, Any]) -> TestResponse:
        """Send a command to a case as it is now, whatever comes of it."""
        seen = self.han.read("/".join(path.split("/")[:4]))["version"]
        return caller.post(path, body, seen=seen)


def notice(**more: Any) -> dict[str, Any]:
    usual = {"allegations": ["trip-2020"], "at_most": "dismissal"}
    return usual | {"text": "You are said to have left. Answer by letter."} | more


def decision(case: str, **more: Any) -> dict[str, Any]:
    """Return what decides a case with a demerit."""
    name = f"case:{case.rpartition('/')[2]}:1"
    deserved = {
        "finding": name,
        "conduct": "trip-2020",
        "violation": "unauthorised_exit",
        "tier": "ordinary",
        "kind": "demerit",
    }
    sanction = {"rulebook": GOVERNMENT, "determined": [deserved], "text": "It weighs."}
    return {
        "closing": "sanction",
        "findings": [name],
        "statements": {of: f"What is said of {of}." for of in STATED},
        "sanctions": [sanction],
    } | more
