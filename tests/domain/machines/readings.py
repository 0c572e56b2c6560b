"""Answers about people, opened for all sorts of readers (I9)."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from domain.access import ROLES, Grant
from domain.person import CoveredPerson, person_stream
from domain.record import Actor
from domain.records.reading import PersonalDataRead
from tests.domain.cast import police
from tests.domain.machines.trial import Asking, demand
from web.reading import Reader

PEOPLE = ("li", "shen", "zhang")
SOME = st.lists(st.sampled_from(PEOPLE), max_size=2, unique=True)
READERS = sorted(set(ROLES) - {"scheduler", "import", "declarant"})


class Readings(RuleBasedStateMachine):
    """Readers in every role are shown the files of nobody, somebody, or several."""

    @initialize()
    def begin(self) -> None:
        self.scenario = police()
        self.register = Asking(self.scenario)

    @rule(people=SOME, role=st.sampled_from(READERS), unmasked=st.booleans())
    def somebody_reads(self, people: list[str], role: str, *, unmasked: bool) -> None:
        grant = Grant(actor="reader", role=role)
        self.reads(people, grant, unmasked=unmasked)

    @rule(person=st.sampled_from(PEOPLE))
    def somebody_reads_their_own_file(self, person: str) -> None:
        grant = Grant(actor=person, role="declarant", person=person)
        self.reads([person], grant, unmasked=False)

    def reads(self, people: list[str], grant: Grant, *, unmasked: bool) -> None:
        """Show the files, and look for them in the log, auditors' reads as well."""
        self.register.news()
        reader = Reader(
            casework=self.scenario.app,
            by=Actor(id=grant.actor, role=grant.role),
            grant=grant,
            what="file",
            purpose="audit",
            unmasked=unmasked,
        )
        told = reader.told([self.file(person) for person in people])
        reads = [
            record.fact
            for record in self.register.news()
            if isinstance(record.fact, PersonalDataRead)
        ]
        why = f"{grant.role} was shown {people}: {reads}"
        demand("I9", len(reads) == bool(people), why)
        for fact in reads:
            demand("I9", set(fact.persons) == set(people), why)
            demand("I9", (fact.reader, fact.role) == (grant.actor, grant.role), why)
            opened = any(isinstance(file["name"], str) for file in told)
            demand("I9", fact.masked != opened, why)

    def file(self, number: str) -> dict[str, Any]:
        found = self.scenario.app.look(CoveredPerson(), person_stream(number))
        return {"number": number, "name": found.name}
