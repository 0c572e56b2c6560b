"""Cases that come of tips: whoever gave one never stands in them (I16)."""

from datetime import date
from typing import Any

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.case.case import case_stream
from domain.case.facts import Allegation
from domain.case.opening import OpenInquiry, OpenInvestigation
from domain.record import Recorded
from tests.domain.case.proceeding import GOVERNMENT
from tests.domain.machines.trial import Asking, demand
from tests.domain.vectors.world import Office

TIPSTERS = ("deng", "Mrs Deng", "deng@example.org", "tel 555 0199")
REFERENCES = ("complaint:2021-17", "complaint:T.4", "referral:R-1")
FORMS = ("{tip}", "{ref} from {tip}", "complaint:{tip}?", "{ref}\n{tip}", "{ref};{tip}")
SECRETS = ("Mrs Deng", "deng@", "555 0199", "deng")


def sources() -> st.SearchStrategy[str | None]:
    """Return references, and all that somebody may write in their place."""
    chosen = st.tuples(st.sampled_from(FORMS), st.sampled_from(TIPSTERS))
    told = chosen.map(lambda c: c[0].format(ref=REFERENCES[0], tip=c[1]))
    return st.none() | st.sampled_from(REFERENCES) | told


class Tips(RuleBasedStateMachine):
    """An intake office opens cases of what it was told, and says too much."""

    @initialize()
    def begin(self) -> None:
        self.scenario = Office().scenario.on("2021-03-01")
        self.register = Asking(self.scenario)
        self.cases: list[str] = []

    @rule(source=sources(), basis=st.sampled_from(("complaint", "referral")))
    def a_tip_opens_a_case(self, source: str | None, basis: str) -> None:
        case = f"C-{len(self.cases)}"
        self.cases.append(case)
        alleged = Allegation(
            conduct=case,
            violation="other_violation",
            text="That they took it.",
            from_on=date(2020, 12, 1),
        )
        inquiry = OpenInquiry(
            case=case,
            person="li",
            rulebook=GOVERNMENT,
            basis=basis,
            source=source,
            reason="heard of",
        )
        opened = OpenInvestigation(case=case, allegations=(alleged,))
        self.register.all_asked("han", "deciding_authority", inquiry, opened)

    @invariant()
    def i16_nobody_who_told_of_it_stands_in_a_case(self) -> None:
        streams = {case_stream(case) for case in self.cases}
        for record in self.register.news():
            if record.originator_id in streams:
                self.look_at(record)

    def look_at(self, record: Recorded[Any]) -> None:
        written = msgspec.json.encode(record).decode()
        found = [secret for secret in SECRETS if secret in written]
        demand("I16", not found, f"{found} in {written}")
