"""What may be said of a failure where anybody may read it: never what it quotes."""

import re
import smtplib
import sys
from collections.abc import Iterable, Iterator
from traceback import walk_tb
from types import FrameType
from typing import Any

import psycopg
from psycopg_pool import PoolTimeout

from domain.errors import (
    Invalid,
    Refused,
    Tampered,
    Unknown,
    UnreadableEvent,
    VaultClosed,
)
from projections.postgres.errors import DatabaseProblem


class Tactful(Exception):
    """Marks an error whose text is ours and quotes nothing."""


# Their texts are ours, or the driver's, and quote nothing that anybody declared.
TACTFUL = (Tactful, DatabaseProblem, PoolTimeout, Tampered, VaultClosed)
OUTAGES = (psycopg.OperationalError, psycopg.InterfaceError)
# The class of SQLSTATE whose messages quote the value that was no good.
QUOTING = "22"
# The enhanced status code (RFC 3463) with which a mail server's answer may begin.
STATUS = re.compile(rb"\s*([245]\.\d{1,3}\.\d{1,3})\s")


def told(error: BaseException) -> str:
    """Return what went wrong: its kind, and the rule, the field or the place of it.

    What an error says of itself may quote what a person declared, or was called: that
    is left out, so that logs and tables which are not sealed hold none of it.
    """
    cause = error.__cause__
    if isinstance(cause, psycopg.Error | PoolTimeout):
        return told(cause)
    kind = type(error).__name__
    said = _said(error)
    return f"{kind}: {said}" if said else kind


def _said(error: BaseException) -> str:
    match error:
        case Invalid(field=field, rule=rule):
            return f"field {field}; {rule}" if rule else f"field {field}"
        case Refused(rule=rule):
            return rule
        case Unknown(kind=kind):
            return f"there is no such {kind}"
        case UnreadableEvent(topic=topic):
            return f"topic {topic}"
    return _from_below(error)


def _from_below(error: BaseException) -> str:
    if isinstance(error, TACTFUL):
        return str(error)
    if isinstance(error, psycopg.Error):
        return _of_database(error)
    if isinstance(error, smtplib.SMTPException):
        return _of_mail_server(error)
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return place(error)


def _of_database(error: psycopg.Error) -> str:
    if error.sqlstate is None:  # the driver's own words
        return str(error).strip() if isinstance(error, OUTAGES) else place(error)
    quotes = error.sqlstate.startswith(QUOTING)
    primary = "" if quotes else error.diag.message_primary or ""
    return f"{error.sqlstate} {primary}".strip()


def _of_mail_server(error: smtplib.SMTPException) -> str:
    """Return the codes of its answer: its words may quote the mail, or the address."""
    found: Iterable[tuple[int, bytes | str]] = ()
    match error:
        case smtplib.SMTPRecipientsRefused(recipients=answers):
            found = answers.values()
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=words):
            found = [(code, words)]
    return ", ".join(f"SMTP {code}{_status(words)}" for code, words in found)


def _status(words: bytes | str) -> str:
    said = words if isinstance(words, bytes) else words.encode()
    status = STATUS.match(said + b" ")
    return f" {status[1].decode()}" if status else ""


def place(error: BaseException) -> str:
    """Return the line of the program at which it was raised."""
    lines = list(lines_of(error))
    return f"at {lines[-1]}" if lines else ""


def lines_of(error: BaseException) -> Iterator[str]:
    """Yield the lines of the program that led to it, the innermost last."""
    for frame, line in walk_tb(error.__traceback__):
        yield f"{_module(frame)}:{line} in {frame.f_code.co_name}"


def _module(frame: FrameType) -> Any:
    return frame.f_globals.get("__name__", "unknown")


def trace(error: BaseException) -> str:
    """Return where it came from, and what that came from; nothing that was in hand."""
    lines = [told(error), *(f"  {line}" for line in lines_of(error))]
    before = error.__cause__ or error.__context__
    return "\n".join(lines) + (f"\nbecause of\n{trace(before)}" if before else "")


def crash(_: type[BaseException], error: BaseException, __: Any) -> None:
    """Report, in place of `sys.excepthook`, what ends the program."""
    sys.stderr.write(f"{trace(error)}\n")
