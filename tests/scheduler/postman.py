"""A mail server on loopback that keeps what it is given, or refuses as it is told."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword

TAKEN = "250 taken"


@dataclass
class Postman:
    """`answers` are given to the mails in turn; when they run out, all are taken.

    What is said of each recipient before that, `to_recipients` says in the same way.
    """

    answers: Iterator[str]
    to_recipients: Iterator[str] = field(default_factory=lambda: iter(()))
    taken: list[EmailMessage] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(  # noqa: N802  the library's name
        self, _server: Any, _session: Any, envelope: Envelope, address: str, _: Any
    ) -> str:
        answer = next(self.to_recipients, TAKEN)
        if answer == TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802  the library's name
        answer = next(self.answers, TAKEN)
        if answer == TAKEN:
            content = envelope.content or b""
            data = content if isinstance(content, bytes) else content.encode()
            self.taken.append(message_from_bytes(data, policy=policy.default))
        return answer

    def authenticate(self, *details: Any) -> AuthResult:
        data = details[-1]
        assert isinstance(data, LoginPassword)
        self.logins.append(data.login.decode())
        return AuthResult(success=data.password == b"right", handled=False)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def settings(self, url: str | None = None, **more: Any) -> dict[str, Any]:
        """Return the settings with which mail goes to this server."""
        sender = "Integrity Office <office@example.org>"
        return {"smtp_url": urlsplit(url or self.url), "mail_from": sender, **more}

    @property
    def message_ids(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.taken]


@contextmanager
def serving(answers: Iterator[str] | None = None, **options: Any) -> Iterator[Postman]:
    """Run the server on a free port until the context ends."""
    postman = Postman(answers or iter(()))
    listening = socket.create_server(("127.0.0.1", 0))
    postman.port = listening.getsockname()[1]
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def begin() -> asyncio.Server:
        protocol = partial(
            SMTP,
            postman,
            loop=loop,
            authenticator=postman.authenticate,
            auth_require_tls=False,
            **options,
        )
        return await loop.create_server(protocol, sock=listening)

    async def end() -> None:
        server.close()
        await server.wait_closed()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    server = asyncio.run_coroutine_threadsafe(begin(), loop).result()
    try:
        yield postman
    finally:
        asyncio.run_coroutine_threadsafe(end(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
