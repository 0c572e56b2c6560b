"""Boards: convened, asked about candidates, answered with certificates, decided."""

from typing import Any

from flask import Response

from domain.errors import Unknown
from domain.promotion import certifying, convening, recommending, unsealing
from domain.promotion.board import Board, board_stream
from projections.models.personnel_file import in_sight
from web.answers import boards as shape
from web.api.sight import sight
from web.auth import asked, concerning
from web.certificates import printed
from web.matters import Matter, matter, read
from web.replies import carry_out, new_id
from web.resource import Resource
from web.schemas import boards as schemas
from web.schemas.fields import Remarks
from web.schemas.queries import Reading
from web.telling import reader, reads, told
from web.wiring import desk

boards = Resource(
    "boards",
    about="Promotion boards: they see what is certified of a candidate, and no more.",
    kind="board",
)
candidacies = Resource(
    "candidacies", about="The candidates of boards.", kind="candidacy"
)
certificates = Resource(
    "certificates", about="What was certified of candidates.", kind="certificate"
)
BOARD, ONE = "/boards/<board>", "/candidacies/<candidacy>"
CERTIFICATE = "/certificates/<certificate>"
PDF = "application/pdf"
LEAF = "SELECT leaf FROM log.probity_events WHERE event_id = %s"


def for_board() -> bool:
    """Return whether a member of a board asks, who sees no more than is certified."""
    return asked().grant.role == "board"


def sits(board: Board) -> bool:
    """Return whether whoever asks may see its candidates: a member sees their own."""
    convened, member = board.convened, asked().grant.person
    return not for_board() or bool(convened and member in convened.members)


def on_its_board(found: Matter) -> Matter:
    """Return a candidate or a certificate, if whoever asks may know of it."""
    board = found.state.entered.board
    if not sits(read("board", board, Board(), board_stream(board)).state):
        raise Unknown("candidate", found.id)
    return found


def board_record(found: Matter) -> shape.BoardRecord:
    """Show a board: its level, its members, and those candidates one may know of.

    That they were shown is on record.
    """
    candidates = found.state.candidates if sits(found.state) else ()
    with sight({}) as (connection, _):
        seen = in_sight(connection, candidates)
    shown = [number for number in candidates if number in seen]
    reads("candidacy", found.id)
    reader().record(shown, ())
    return shape.board(found, shown)


def candidacy_record(found: Matter) -> shape.CandidacyRecord:
    """Show a candidate: what is certified, and what the board made of it."""
    return shape.candidacy(on_its_board(found), for_board=for_board())


def certificate_record(found: Matter) -> shape.Certificate:
    """Show a certificate: the result with every reason, and the rule behind each."""
    event = shape.issued(on_its_board(found)).event_id
    with desk().reading() as connection:
        row = connection.execute(LEAF, (event,)).fetchone()
    leaf = row[0] if row else None
    return shape.certificate(found, leaf, for_board=for_board())


boards.shows(BOARD, may="board.read", answer=shape.BoardRecord, by=board_record)
candidacies.shows(
    ONE, may="certificate.read", answer=shape.CandidacyRecord, by=candidacy_record
)
certificates.shows(
    CERTIFICATE, may="certificate.read", answer=shape.Certificate, by=certificate_record
)


@certificates.question(
    f"{CERTIFICATE}/document",
    may="certificate.read",
    asks=Reading,
    answer=bytes,
    mimetype=PDF,
)
def print_certificate(query: dict[str, Any], certificate: str) -> Response:  # noqa: ARG001  nothing is asked
    """Print a certificate, with the leaf by which it can be proved."""
    shown = told(certificate_record(matter()))
    response = Response(printed(shown), mimetype=PDF)
    name = certificate.replace(":", "-")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response.set_etag(str(matter().version))
    return response


@boards.command("/boards", may="board.convene", body=schemas.ConveneBoard, made=True)
def convene(body: dict[str, Any]) -> Response:
    """Convene a board for one level of one ladder."""
    name = new_id()
    members = tuple(body.pop("members"))
    command = convening.ConveneBoard(board=name, members=members, **body)
    return carry_out(command, name, made_in="/v1/boards")


@boards.command(
    f"{BOARD}/candidates",
    may="candidacy.enter",
    body=schemas.EnterCandidate,
    made=True,
)
def enter(body: dict[str, Any], board: str) -> Response:
    """Enter a candidate, which opens the verification that the rulebook wants."""
    concerning(body["person"])
    command = convening.EnterCandidate(board=board, **body)
    name = f"{board}:{command.person}"
    return carry_out(command, name, made_in="/v1/candidacies")


@boards.command(f"{BOARD}/conclusion", may="board.convene", body=Remarks)
def conclude(body: dict[str, Any], board: str) -> Response:
    """End a board that is done with all its candidates."""
    return carry_out(convening.ConcludeBoard(board=board, **body), board)


@candidacies.command(f"{ONE}/certificates", may="certificate.issue", body=Remarks)
def certify(body: dict[str, Any], candidacy: str) -> Response:
    """Certify what is known of a candidate now, for the day the board meets."""
    position = desk().casework.recorder.max_notification_id() or 0
    command = certifying.CertifyEligibility(
        candidacy=candidacy, position=position, **body
    )
    return carry_out(command, candidacy)


@candidacies.command(f"{ONE}/recheck", may="certificate.issue", body=Remarks)
def recheck(body: dict[str, Any], candidacy: str) -> Response:
    """Ask again before the board decides, and record what has changed."""
    command = certifying.RecheckEligibility(candidacy=candidacy, **body)
    return carry_out(command, candidacy)


@candidacies.command(
    f"{ONE}/decision", may="candidacy.decide", body=schemas.DecideCandidate
)
def decide(body: dict[str, Any], candidacy: str) -> Response:
    """Recommend a candidate or not, on a certificate that still holds."""
    command = recommending.DecideCandidate(candidacy=candidacy, **body)
    return carry_out(command, candidacy)


@candidacies.command(
    f"{ONE}/sealing", may="candidacy.decide", body=schemas.SealRecommendation
)
def seal(body: dict[str, Any], candidacy: str) -> Response:
    """Assess a candidate as if no case were pending, and seal what comes of it."""
    command = recommending.SealRecommendation(candidacy=candidacy, **body)
    return carry_out(command, candidacy)


@candidacies.command(
    f"{ONE}/unsealing", may="certificate.issue", body=schemas.UnsealRecommendation
)
def unseal(body: dict[str, Any], candidacy: str) -> Response:
    """Open what was sealed, when the cases are over."""
    command = unsealing.UnsealRecommendation(candidacy=candidacy, **body)
    return carry_out(command, candidacy)
