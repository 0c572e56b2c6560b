"""A board and its candidates: state, and how the two are found."""

from typing import Self
from uuid import UUID

from msgspec.structs import replace

from domain.errors import Unknown
from domain.promotion.facts import (
    BoardConvened,
    BoardDecided,
    CandidateDecided,
    CandidateEntered,
    CandidateListed,
    EligibilityCertified,
    EligibilityRechecked,
    RecommendationSealed,
    RecommendationUnsealed,
)
from domain.record import Fact, Given, Value, stream_of


class Board(Value):
    """A board, and the numbers of its candidates."""

    convened: BoardConvened | None = None
    candidates: tuple[str, ...] = ()
    decided: bool = False

    @property
    def subject(self) -> str | None:
        return None

    def evolve(self, fact: Fact) -> Self:
        match fact:
            case BoardConvened():
                return replace(self, convened=fact)
            case CandidateListed():
                return replace(self, candidates=(*self.candidates, fact.person))
            case BoardDecided():
                return replace(self, decided=True)
        return self


class Candidacy(Value):
    """One candidate of one board; of several certificates the last one counts."""

    entered: CandidateEntered | None = None
    certificates: tuple[EligibilityCertified, ...] = ()
    rechecked: EligibilityRechecked | None = None
    sealed: RecommendationSealed | None = None
    unsealed: RecommendationUnsealed | None = None
    decided: CandidateDecided | None = None

    @property
    def subject(self) -> str | None:
        return self.entered.person if self.entered else None

    @property
    def certificate(self) -> EligibilityCertified | None:
        return self.certificates[-1] if self.certificates else None

    @property
    def settled(self) -> bool:
        """Return whether the board is done with the candidate, openly or sealed."""
        return bool(self.decided or self.sealed)

    def evolve(self, fact: Fact) -> Self:  # noqa: PLR0911, C901  one line a fact
        match fact:
            case CandidateEntered():
                return replace(self, entered=fact)
            case EligibilityCertified():
                known = (*self.certificates, fact)
                return replace(self, certificates=known, rechecked=None)
            case EligibilityRechecked():
                return replace(self, rechecked=fact)
            case RecommendationSealed():
                return replace(self, sealed=fact)
            case RecommendationUnsealed():
                return replace(self, unsealed=fact)
            case CandidateDecided():
                return replace(self, decided=fact)
        return self


def board_stream(board: str) -> UUID:
    return stream_of("board", board)


def candidacy_stream(candidacy: str) -> UUID:
    """Return the stream of a candidacy, which is named "BOARD:PERSON"."""
    board, _, person = candidacy.partition(":")
    return stream_of("candidacy", board, person)


def candidacy_of(certificate: str) -> str:
    """Return the candidacy that a certificate, "BOARD:PERSON:1", was issued in."""
    return certificate.rpartition(":")[0]


def convened(given: Given, board: str) -> tuple[Board, BoardConvened]:
    """Return a board and how it was convened, or raise `Unknown`."""
    found = given.look(Board(), board_stream(board))
    if found.convened is None:
        raise Unknown("board", board)
    return found, found.convened
