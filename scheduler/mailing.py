"""Takes the mail out of the outbox, opens it and hands it to the mail server (SMTP).

A mail leaves at least once. It can leave twice only where the process dies, or loses
the database, between the server's acknowledgement and the note of it: then with the
same Message-ID, by which the receiving side tells that it is the same mail.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import SplitResult, unquote

import structlog

from domain.errors import Tampered
from projections import outbox
from projections.discretion import Tactful, told
from projections.outbox import Mail
from projections.runs import Cursor
from scheduler.office import Office
from scheduler.settings import SCHEMES

log = structlog.get_logger()

PATIENCE = 30
"""Seconds that the server may take for each answer."""

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
HERE = {"localhost", "127.0.0.1", "::1"}


class NoPrivacy(smtplib.SMTPException, Tactful):
    """The server offers no TLS, and a password would be read on the way."""


class NoAddress(Tactful):
    """What is on file as the address is not one."""


FAILURES = (smtplib.SMTPException, OSError, ValueError, NoAddress, Tampered)
"""What one mail may be the cause of."""


def deliver(
    office: Office, now: datetime, cursor: Cursor | None = None
) -> Iterator[Cursor]:
    """Send what is due, one mail and one transaction at a time.

    Yields after each mail. Where the server cannot be reached, or refuses us, the error
    is raised and no mail counts as tried.
    """
    del cursor  # each mail knows whether it has left
    settings = office.settings
    with office.connection() as connection:
        due = outbox.count_due(connection, now)
    if not due or settings.smtp_url is None:
        return
    with server(settings.smtp_url) as smtp:
        while send_next(office, smtp, now):
            yield {}


def send_next(office: Office, smtp: smtplib.SMTP, now: datetime) -> bool:
    """Send one mail; return False if there is none, or the server hung up."""
    with office.connection() as connection, outbox.next_due(connection, now) as mail:
        if mail is None:
            return False
        try:
            sent = send(office, smtp, mail)
        except FAILURES as error:
            again_at = next_attempt(mail, now, office.settings.attempts)
            log.warning("mail did not leave", mail=mail.message_id, error=told(error))
            outbox.mark_attempt(connection, mail, told(error), again_at)
            return alive(smtp)
        if sent:
            outbox.mark_delivered(connection, mail, now)
        else:
            outbox.give_up(connection, mail.person, mail.id)
    return True


def send(office: Office, smtp: smtplib.SMTP, mail: Mail) -> bool:
    """Open a mail and send it; return False where nobody can open it any more."""
    opened = outbox.contents_of(mail, office.casework.vault)
    if opened:
        smtp.send_message(message(opened, str(office.settings.mail_from)))
    return opened is not None


def message(mail: Mail, sender: str) -> EmailMessage:
    """Return the mail as it is sent, the same at every attempt.

    Raises `NoAddress` where there is none to which anything can be sent.
    """
    try:
        return composed(mail, sender)
    except Exception as error:
        # The library raises what it likes when it is given odd addresses.
        raise NoAddress("the address on file is none, or has odd characters") from error


def composed(mail: Mail, sender: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = mail.address
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.written_at)
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    return message


def next_attempt(mail: Mail, now: datetime, attempts: int) -> datetime | None:
    """Return when to try again: after twice the time before; None after the last."""
    if mail.attempts + 1 >= attempts:
        return None
    wait: timedelta = FIRST_WAIT * 2**mail.attempts
    return now + min(wait, LONGEST_WAIT)


def alive(smtp: smtplib.SMTP) -> bool:
    """Return whether the server still listens, ready for another mail."""
    try:
        smtp.rset()
    except (smtplib.SMTPException, OSError):
        return False
    return True


@contextmanager
def server(url: SplitResult) -> Iterator[smtplib.SMTP]:
    """Connect, with TLS where the server has it, and log in where the URL says as whom.

    Raises NoPrivacy rather than send a password in the clear over a network.
    """
    host, port = str(url.hostname), url.port or SCHEMES[url.scheme]
    context = ssl.create_default_context()
    if url.scheme == "smtps":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            host, port, timeout=PATIENCE, context=context
        )
    else:
        smtp = smtplib.SMTP(host, port, timeout=PATIENCE)
    with smtp:
        smtp.ehlo()
        if url.scheme == "smtp" and smtp.has_extn("starttls"):
            smtp.starttls(context=context)
        elif url.scheme == "smtp" and url.password and host not in HERE:
            raise NoPrivacy(f"{host} offers no TLS: no password is sent to it")
        if url.username:
            smtp.login(unquote(url.username), unquote(url.password or ""))
        yield smtp
