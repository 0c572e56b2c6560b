"""Timestamps over what is published, by an authority that others trust (RFC 3161)."""

import os
import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import requests
from cryptography.x509 import Certificate, load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from projections.ledger.errors import LedgerProblem
from projections.ledger.publishing.posting import Posted, post

URL, ROOTS = "PROBITY_TSA_URL", "PROBITY_TSA_ROOTS"
PATIENCE = 10.0  # seconds for the authority to answer
GRANTED = 0
QUERY = {"Content-Type": "application/timestamp-query"}


class NotStamped(LedgerProblem):
    """There is no timestamp that can be relied on."""


class Stamp(NamedTuple):
    """A timestamp: the authority's whole response (DER), and when it says it was."""

    token: bytes
    at: datetime


@dataclass(frozen=True)
class Stamper:
    """Asks one authority.

    Attributes:
        url: where it takes queries over HTTP (RFC 3161, section 3.4).
        roots: the certificates that its own must lead to.
        patience: seconds for its answer.
    """

    url: str
    roots: Sequence[Certificate]
    patience: float = PATIENCE

    def stamp(self, note: str) -> Stamp:
        """Return a timestamp over a note to the letter, once it has been verified.

        Raises:
            NotStamped: there is no answer, or none that is to be relied on.
        """
        message = note.encode()
        query = TimestampRequestBuilder().data(message)
        request = query.hash_algorithm(HashAlgorithm.SHA256).build()
        response = self.respond(request.as_bytes())
        verify(response, message, VerifierBuilder.from_request(request), self.roots)
        return Stamp(response.as_bytes(), response.tst_info.gen_time)

    def respond(self, query: bytes) -> TimeStampResponse:
        """Return the answer of the authority, which may be a refusal."""

        def ask() -> Posted:
            with requests.Session() as session:
                return post(session, self.url, query, self.patience, QUERY)

        try:
            answer = within(self.patience, ask)
        except (requests.RequestException, TimeoutError) as error:
            reason = f"{self.url} is out of reach ({type(error).__name__})"
            raise NotStamped(reason) from error
        if answer.status != requests.codes.ok:
            raise NotStamped(f"{self.url} answered with status {answer.status}")
        return decoded(answer.body)


def given_stamper(environ: Mapping[str, str] = os.environ) -> Stamper | None:
    """Return who stamps, by `$PROBITY_TSA_URL` and `$PROBITY_TSA_ROOTS`, if anybody.

    Raises:
        LedgerProblem: the file of trusted roots is not given, or holds none.
    """
    url = environ.get(URL)
    if not url:
        return None
    given = environ.get(ROOTS, "")
    try:
        return Stamper(url, load_pem_x509_certificates(Path(given).read_bytes()))
    except (OSError, ValueError) as error:
        raise LedgerProblem(
            f"{ROOTS} has to name a file of certificates (PEM) to which those of {url}"
            f" lead; {given or 'nothing'!r} is none: {error}"
        ) from error


def check_stamp(token: bytes, note: str, roots: Sequence[Certificate]) -> datetime:
    """Return when a stored timestamp says that a note existed.

    Raises:
        NotStamped: it is not of this note, or not by whom we trust.
    """
    response = decoded(token)
    verify(response, note.encode(), VerifierBuilder(), roots)
    return response.tst_info.gen_time


def decoded(data: bytes) -> TimeStampResponse:
    try:
        return decode_timestamp_response(data)
    except ValueError as error:
        raise NotStamped(
            f"this is not the response of an authority: {error}"
        ) from error


def verify(
    response: TimeStampResponse,
    message: bytes,
    builder: VerifierBuilder,
    roots: Sequence[Certificate],
) -> None:
    """Raise `NotStamped` unless a response is over this message, and trusted."""
    if response.status != GRANTED:
        said = "; ".join(response.status_string)
        raise NotStamped(f"it was refused: status {response.status} {said}".rstrip())
    for certificate in dict.fromkeys(roots):
        builder = builder.add_root_certificate(certificate)
    try:
        builder.build().verify_message(response, message)
    except (VerificationError, ValueError) as error:
        raise NotStamped(f"the timestamp does not hold: {error}") from error


def within(seconds: float, ask: Callable[[], Posted]) -> Posted:
    """Return what is answered in time; a later answer is nobody's.

    Raises:
        TimeoutError: time is over.
    """
    answers: queue.SimpleQueue[Posted | requests.RequestException] = queue.SimpleQueue()

    def run() -> None:
        try:
            answers.put(ask())
        except requests.RequestException as error:
            answers.put(error)

    threading.Thread(target=run, name="timestamp", daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(answer, requests.RequestException):
        raise answer
    return answer
