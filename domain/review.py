"""What reviewers ask for: they note, annotate and certify; they never edit."""

from domain.conflict import refuse_conflict, refuse_review, refuse_reviewer
from domain.disclosure import (
    CertificationWithdrawn,
    DeficiencyCured,
    DeficiencyNoted,
    Disclosure,
    DisclosureCertified,
    DisclosureClosedUncertified,
    Filing,
    ReviewerAnnotated,
    ReviewerAssigned,
    filed,
    secrecy,
    under_review,
)
from domain.errors import Incomplete, Invalid, Unknown, WrongStage
from domain.filing import FilingCommand
from domain.matter import local_day
from domain.person import person_named
from domain.record import Decision, Given
from domain.regime.calendar import shift
from domain.rulebook import cited


class ReviewCommand(FilingCommand):
    """Something done to another's report while it is under review."""

    def reviewed(self, disclosure: Disclosure, given: Given) -> Filing:
        filing = under_review(disclosure, self.disclosure)
        refuse_review(given, filing.person)
        return filing

    def need_reason(self, filing: Filing) -> None:
        if not self.reason:
            raise Invalid("reason", "say why", rule=str(filing.cited))


class AssignReviewer(ReviewCommand):
    """Name who reviews; never somebody who is in conflict themselves.

    The integrity office may hand on to another unit what its own staff filed.
    """

    reviewer: str

    def decide(self, disclosure: Disclosure, given: Given) -> Decision:
        filing = under_review(disclosure, self.disclosure)
        refuse_conflict(given, filing.person)
        refuse_reviewer(given, self.reviewer, person_named(given, filing.person))
        if disclosure.reviewer != self.reviewer:
            yield ReviewerAssigned(reviewer=self.reviewer)


class NoteDeficiency(ReviewCommand):
    """Say what is missing; the rulebook says until when it can be cured."""

    fields: tuple[str, ...]
    text: str

    def decide(self, disclosure: Disclosure, given: Given) -> Decision:
        filing = self.reviewed(disclosure, given)
        book, rule = cited(given, filing.cited)
        cure = rule.review and rule.review.cure_within
        today = local_day(book, given.at)
        about, confidentiality = secrecy(filing)
        yield DeficiencyNoted(
            about=about,
            confidentiality=confidentiality,
            number=disclosure.noted + 1,
            fields=self.fields,
            text=self.text,
            cure_by=shift(today, cure, book.calendar) if cure else None,
        )


class AcceptCure(ReviewCommand):
    """Close a deficiency that has been cured otherwise, or need not be; say why."""

    number: int

    def decide(self, disclosure: Disclosure, given: Given) -> Decision:
        filing = self.reviewed(disclosure, given)
        if self.number not in [known.number for known in disclosure.deficiencies]:
            raise Unknown("open deficiency", str(self.number))
        self.need_reason(filing)
        yield DeficiencyCured(number=self.number, how="accepted")


class Annotate(ReviewCommand):
    """Add a note beside the declarant's words, which stay as they are."""

    text: str
    field: str | None = None

    def decide(self, disclosure: Disclosure, given: Given) -> Decision:
        filing = filed(disclosure, self.disclosure)
        refuse_review(given, filing.person)
        about, confidentiality = secrecy(filing)
        yield ReviewerAnnotated(
            text=self.text,
            field=self.field,
            about=about,
            confidentiality=confidentiality,
        )


class Certify(ReviewCommand):
    """Certify a report in which nothing is missing."""

    def decide(self, disclosure: Disclosure, given: Given) -> Decision:
        filing = self.reviewed(disclosure, given)
        if disclosure.deficiencies:
            raise Incomplete(
                "a deficient report cannot be certified",
                rule=str(filing.cited),
                gaps=[
                    f"deficiency {known.number}: {', '.join(known.fields)}"
                    for known in disclosure.deficiencies
                ],
            )
        yield DisclosureCertified()


class WithdrawCertification(ReviewCommand):
    def decide(self, disclosure: Disclosure, given: Given) -> Decision:
        filing = filed(disclosure, self.disclosure)
        refuse_review(given, filing.person)
        self.need_reason(filing)
        if disclosure.stage != "certified":
            raise WrongStage("it is not certified", rule=str(filing.cited))
        yield CertificationWithdrawn()


class CloseUncertified(ReviewCommand):
    """End the review without certifying, and say why."""

    def decide(self, disclosure: Disclosure, given: Given) -> Decision:
        filing = self.reviewed(disclosure, given)
        self.need_reason(filing)
        yield DisclosureClosedUncertified()
