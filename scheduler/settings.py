"""What an operator may set, from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Self
from urllib.parse import SplitResult, urlsplit

SCHEMES = {"smtp": 25, "smtps": 465}
NOWHERE = "probity.invalid"


class BadSetting(Exception):
    """A variable holds what it cannot hold; the message says what is allowed."""


@dataclass(frozen=True)
class Settings:
    """How mail leaves, and for how long traces are kept.

    Attributes:
        smtp_url: the mail server (PROBITY_SMTP_URL); None: mail waits in the outbox.
        mail_from: the sender (PROBITY_MAIL_FROM), which the server demands as well.
        url: where people reach the register (PROBITY_URL), for the text of the mails.
        attempts: after how many failures a mail is given up (PROBITY_MAIL_ATTEMPTS).
        keep_mail: for how many days delivered mail and the traces of ended job runs
            are kept (PROBITY_KEEP_MAIL_DAYS).
        keep_answers: for how many days answers to keyed requests are kept
            (PROBITY_KEEP_ANSWERS_DAYS); None: for ever.
    """

    smtp_url: SplitResult | None = None
    mail_from: str | None = None
    url: str | None = None
    attempts: int = 12
    keep_mail: int = 90
    keep_answers: int | None = None

    @classmethod
    def of(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Read them, or raise `BadSetting` naming the variable and what is allowed."""
        url = environ.get("PROBITY_SMTP_URL")
        sender = environ.get("PROBITY_MAIL_FROM")
        if url and not sender:
            raise BadSetting("PROBITY_MAIL_FROM: give it with PROBITY_SMTP_URL")
        return cls(
            smtp_url=_server(url) if url else None,
            mail_from=_sender(sender) if sender else None,
            url=environ.get("PROBITY_URL") or None,
            attempts=_number(environ, "PROBITY_MAIL_ATTEMPTS") or cls.attempts,
            keep_mail=_number(environ, "PROBITY_KEEP_MAIL_DAYS") or cls.keep_mail,
            keep_answers=_number(environ, "PROBITY_KEEP_ANSWERS_DAYS"),
        )

    @property
    def domain(self) -> str:
        """Return the right side of Message-IDs."""
        return (self.mail_from or NOWHERE).rpartition("@")[2].rstrip(">")


def _server(url: str) -> SplitResult:
    try:
        server = urlsplit(url)
        if server.scheme in SCHEMES and server.hostname and server.port != 0:
            return server
    except ValueError:
        pass
    # The URL itself may hold a password and is not repeated.
    raise BadSetting(
        "PROBITY_SMTP_URL: write smtp://user:password@host:port, or smtps:// for a"
        " server that speaks TLS from the start"
    ) from None


def _sender(text: str) -> str:
    _, address = parseaddr(text)
    if address.count("@") != 1 or not text.isprintable():
        raise BadSetting(
            f"PROBITY_MAIL_FROM: {text!r} is no sender;"
            " write one such as Integrity Office <office@example.org>"
        )
    return text


def _number(environ: Mapping[str, str], name: str) -> int | None:
    text = environ.get(name)
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and int(text)):
        raise BadSetting(f"{name}: {text!r} is not a whole number above 0")
    return int(text)
