"""A decision to release some fields, for reasons; nothing is released by default."""

from typing import ClassVar, Literal, Self
from uuid import UUID

from msgspec.structs import replace

from domain.conflict import refuse_conflict
from domain.disclosure import (
    RESTRICTED,
    AboutDisclosure,
    Disclosure,
    Filing,
    disclosure_stream,
    filed,
    secrecy,
)
from domain.errors import Invalid, NotAllowed, Unknown, WrongStage
from domain.record import (
    Citation,
    Command,
    Decision,
    Fact,
    Given,
    Text,
    Value,
    stream_of,
)
from domain.records.about import check_fields, plain
from domain.records.law import cite_handling, law_on
from domain.records.words import demand, one_of

PUBLIC = "public"
TO = (PUBLIC, "recipient")
REASONED = "nothing is public unless a reasoned decision releases it, field by field"
PROPORTIONATE = (
    "what concerns the family is released only where nothing less will do"
    " (CJEU, C-184/20)"
)


# Facts: what happened.


class ReleaseDecided(AboutDisclosure):
    """These fields of the report may be shown to the public, or to the recipient.

    `basis` is the law that it rests on, where that is not the rulebook. It is about the
    report as it read after so many `amended`ments: what is said later is not released.
    """

    TOPIC: ClassVar = "records.release-decided"
    release: str
    person: str
    disclosure: str
    fields: tuple[str, ...]
    to: Literal["public", "recipient"]
    cited: Citation
    reasons: Text
    recipient: Text | None = None
    proportionality: Text | None = None
    basis: str | None = None
    amended: int = 0


class ReleaseWithdrawn(Fact):
    """From now on nothing is shown under it; what was shown cannot be called back."""

    TOPIC: ClassVar = "records.release-withdrawn"


# State: what the facts add up to.


class Release(Value):
    decided: ReleaseDecided | None = None
    live: bool = False

    @property
    def subject(self) -> str | None:
        return self.decided.person if self.decided else None

    def evolve(self, fact: Fact) -> Self:
        match fact:
            case ReleaseDecided():
                return replace(self, decided=fact, live=True)
            case ReleaseWithdrawn():
                return replace(self, live=False)
        return self


def release_stream(release: str) -> UUID:
    return stream_of("release", release)


# Commands: what someone asks for, and when the rules allow it.


class ReleaseCommand(Command[Release]):
    release: str

    @property
    def stream(self) -> UUID:
        return release_stream(self.release)

    def blank(self) -> Release:
        return Release()


class DecideRelease(ReleaseCommand):
    """Release fields of one report; for what is about the family, say why it must be.

    To the public only where the rulebook allows such decisions; to a recipient on the
    `basis` that is named.
    """

    disclosure: str
    fields: tuple[str, ...]
    to: Literal["public", "recipient"]
    reasons: str
    recipient: str | None = None
    proportionality: str | None = None
    basis: str | None = None

    def reads(self) -> tuple[UUID, ...]:
        return (self.stream, disclosure_stream(self.disclosure))

    def decide(self, release: Release, given: Given) -> Decision:
        filing = self.releasable(given)
        refuse_conflict(given, filing.person)
        citation = self.allowed(given, filing)
        self.check_fields(given, filing)
        demand("reasons", self.reasons, what="say why", rule=REASONED)
        self.check_family(filing)
        fact = self.fact(given, filing, citation)
        if release.decided is None:
            yield fact
        elif not release.live or release.decided != fact:
            raise WrongStage(f"release {self.release} is taken", rule=REASONED)

    def releasable(self, given: Given) -> Filing:
        report = given.look(Disclosure(), disclosure_stream(self.disclosure))
        filing = filed(report, self.disclosure)
        if report.stage == "withdrawn":
            raise WrongStage("the report was withdrawn", rule=str(filing.cited))
        return filing

    def allowed(self, given: Given, filing: Filing) -> Citation:
        """Return the rule under which it may be released at all, to this addressee."""
        one_of("to", self.to, TO, rule=REASONED)
        book = law_on(given, filing.cited.rulebook, given.at.date())
        citation = cite_handling(book, "publication")
        if self.to != PUBLIC:
            demand("recipient", self.recipient, what="say to whom", rule=REASONED)
            demand("basis", self.basis, what="say on what law it rests", rule=REASONED)
        elif self.recipient:
            raise Invalid("recipient", "the public needs no name", rule=REASONED)
        elif book.handling.publication == "none":
            raise NotAllowed("nothing of it becomes public", rule=str(citation))
        return citation

    def check_fields(self, given: Given, filing: Filing) -> None:
        if not self.fields:
            raise Invalid("fields", "say which fields", rule=REASONED)
        check_fields(given, filing, self.fields)

    def check_family(self, filing: Filing) -> None:
        """Demand a reason of its own for what is about relatives, or as secret."""
        classes = [filing.class_of(plain(field)) for field in self.fields]
        if filing.relative_concerned or RESTRICTED in classes:
            why = "say why nothing less will do"
            demand(
                "proportionality", self.proportionality, what=why, rule=PROPORTIONATE
            )

    def fact(self, given: Given, filing: Filing, citation: Citation) -> ReleaseDecided:
        about, confidentiality = secrecy(filing)
        report = given.look(Disclosure(), disclosure_stream(self.disclosure))
        return ReleaseDecided(
            release=self.release,
            person=filing.person,
            disclosure=self.disclosure,
            fields=self.fields,
            to=self.to,
            cited=citation,
            reasons=self.reasons,
            recipient=self.recipient,
            proportionality=self.proportionality,
            basis=self.basis,
            amended=report.amended,
            about=about,
            confidentiality=confidentiality,
        )


class WithdrawRelease(ReleaseCommand):
    def decide(self, release: Release, given: Given) -> Decision:
        if release.decided is None:
            raise Unknown("release", self.release)
        refuse_conflict(given, release.decided.person)
        demand("reason", self.reason, what="say why", rule=REASONED)
        if release.live:
            yield ReleaseWithdrawn()
