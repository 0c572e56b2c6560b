"""What is done with evidence: it is added, read, handed over, and excluded."""

from collections.abc import Iterator
from datetime import date, datetime

from domain.case.case import Case, Stage, case_stream
from domain.case.evidence import (
    EvidenceAccessed,
    EvidenceAdded,
    EvidenceExcluded,
    EvidenceKind,
    EvidenceTransferred,
)
from domain.case.procedure import CaseCommand, law_of, refuse_recused
from domain.conflict import asking, refuse_conflict
from domain.errors import Invalid, Unknown, WrongStage
from domain.record import Decision, Given
from domain.records.words import demand

CUSTODY = "evidence has a chain of custody: who added, read and had it, and what for"
EXCLUDED = "nobody is charged by evidence that was excluded"


class AddEvidence(CaseCommand):
    """Add a file that is kept already; see `EvidenceAdded` for what is said of it.

    A closed case takes it as well: it is what the case may be taken up again for.
    `alike` are the cases in which the same file or picture may stand too: whether it
    does, their own facts say.
    """

    kind: EvidenceKind
    sha256: str
    size: int
    media_type: str
    mark: str
    found_on: date
    text: str
    stripped_sha256: str | None = None
    picture_mark: str | None = None
    captured_at: datetime | None = None
    place: str | None = None
    device: str | None = None
    flags: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()

    def decide(self, state: Case, given: Given) -> Decision:
        stages: tuple[Stage, ...] = ("inquiry", "investigation", "notice", "closed")
        law = self.acting(state, given, *stages)
        said = "say how and where it was obtained"
        demand("text", self.text, what=said, rule=law.rule(CUSTODY))
        if self.found_on > law.today:
            reason = f"{self.found_on} lies after {law.today}, which is today"
            raise Invalid("found_on", reason, rule=law.rule(CUSTODY))
        if twin := next((e for e in state.evidence if e.mark == self.mark), None):
            reason = f"the same file is {twin.evidence} already"
            raise Invalid("file", reason, rule=CUSTODY)
        yield EvidenceAdded(
            evidence=f"{self.case}:{len(state.evidence) + 1}",
            kind=self.kind,
            sha256=self.sha256,
            size=self.size,
            media_type=self.media_type,
            mark=self.mark,
            found_on=self.found_on,
            text=self.text,
            stripped_sha256=self.stripped_sha256,
            picture_mark=self.picture_mark,
            captured_at=self.captured_at,
            place=self.place,
            device=self.device,
            flags=(*self.flags, *self.reuses(state, given)),
        )

    def reuses(self, state: Case, given: Given) -> Iterator[str]:
        """Yield where else the same file stands, or the same picture."""
        yield from self.found_in(state)
        for case in self.alike:
            if case != self.case:
                yield from self.found_in(given.look(Case(), case_stream(case)))

    def found_in(self, other: Case) -> Iterator[str]:
        for known in other.evidence:
            if known.mark == self.mark:
                yield f"reused:{known.evidence}"
            elif self.picture_mark and known.picture_mark == self.picture_mark:
                yield f"reused-picture:{known.evidence}"


class OneEvidence(CaseCommand):
    """Something done with one piece of evidence, by somebody who is not recused."""

    evidence: str

    def there(self, state: Case, given: Given) -> None:
        """Raise unless there is such evidence, and who asks may take part."""
        law = law_of(given, self.opened(state))
        for who in sorted(asking(given)):
            refuse_recused(state, given, who, law)
        evidence_named(state, self.evidence)


class AccessEvidence(OneEvidence):
    """Put on record that the file is read; the original only for a stated purpose."""

    original: bool
    purpose: str

    def decide(self, state: Case, given: Given) -> Decision:
        self.there(state, given)
        demand("purpose", self.purpose, what="say what it is read for", rule=CUSTODY)
        yield EvidenceAccessed(
            evidence=self.evidence, original=self.original, purpose=self.purpose
        )


class TransferEvidence(OneEvidence):
    """Put on record that it was handed over, to whom and why."""

    to: str
    text: str

    def decide(self, state: Case, given: Given) -> Decision:
        refuse_conflict(given, self.opened(state).person)
        self.there(state, given)
        demand("to", self.to, what="say to whom", rule=CUSTODY)
        demand("text", self.text, what="say why and in what condition", rule=CUSTODY)
        yield EvidenceTransferred(evidence=self.evidence, to=self.to, text=self.text)


class ExcludeEvidence(OneEvidence):
    """Rule it out, and say why: from now on no notice may rest on it."""

    text: str

    def decide(self, state: Case, given: Given) -> Decision:
        law = self.judging(state, given, "inquiry", "investigation", "notice")
        evidence_named(state, self.evidence)
        demand("text", self.text, what="say why", rule=law.rule(EXCLUDED))
        if self.evidence in state.excluded:
            reason = f"{self.evidence} is excluded already"
            raise WrongStage(reason, rule=law.rule(EXCLUDED))
        yield EvidenceExcluded(evidence=self.evidence, text=self.text)


def evidence_named(state: Case, evidence: str) -> EvidenceAdded:
    """Return a piece of the case's evidence, or raise `Unknown`."""
    for known in state.evidence:
        if known.evidence == evidence:
            return known
    raise Unknown("evidence", evidence)
