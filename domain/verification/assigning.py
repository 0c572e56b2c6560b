"""Who verifies: drawn at random from those who may."""

from domain.conflict import refuse_conflict, refuse_reviewer
from domain.errors import Invalid, NotAllowed
from domain.person import CoveredPerson, person_named
from domain.record import Decision, Given
from domain.records.words import demand
from domain.verification.drawing import METHOD, REPEATABLE, one_of
from domain.verification.facts import VerifierAssigned
from domain.verification.state import Verification
from domain.verification.verification import ASSIGNED, VerificationCommand


class AssignVerifier(VerificationCommand):
    """Draw who verifies from a pool, by a seed that was published.

    Who may not is left out before the draw: the person themselves, relatives, those
    below them, and integrity staff of the same unit (I2, S2-14). Drawing again is for
    reasons.
    """

    pool: tuple[str, ...]
    seed: str
    seed_from: str

    def decide(self, state: Verification, given: Given) -> Decision:
        opened = self.open(state, given)
        refuse_conflict(given, opened.person)
        demand("seed", self.seed, what="say it", rule=REPEATABLE)
        published = "say where the seed was published"
        demand("seed_from", self.seed_from, what=published, rule=REPEATABLE)
        if state.assigned:
            demand("reason", self.reason, what="say why again", rule=ASSIGNED)
        able, excluded = self.sifted(given, person_named(given, opened.person))
        if not able:
            nobody = f"nobody of the pool may verify {opened.person}"
            raise Invalid("pool", nobody, rule=ASSIGNED)
        yield VerifierAssigned(
            verifier=one_of(METHOD, self.seed, self.verification, able),
            method=METHOD,
            seed=self.seed,
            seed_from=self.seed_from,
            pool=able,
            excluded=excluded,
        )

    def sifted(
        self, given: Given, person: CoveredPerson
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return who of the pool may verify the person, and who may not."""
        able: list[str] = []
        excluded: list[str] = []
        for who in sorted(set(self.pool)):
            person_named(given, who)
            try:
                refuse_reviewer(given, who, person)
            except NotAllowed:
                excluded.append(who)
            else:
                able.append(who)
        return tuple(able), tuple(excluded)
