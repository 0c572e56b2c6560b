"""Posts to servers of others, which may be slow, endless or wrong."""

import time
from collections.abc import Mapping
from typing import NamedTuple

import requests

LONGEST = 65_536  # bytes of an answer that are read
PART = 4096


class Endless(requests.RequestException):
    """An answer is longer, or takes longer, than any that makes sense."""


class Posted(NamedTuple):
    """An answer: its status, whatever that is, and its body."""

    status: int
    body: bytes


def post(
    session: requests.Session,
    url: str,
    body: bytes,
    patience: float,
    headers: Mapping[str, str] | None = None,
) -> Posted:
    """Return the answer to a POST; redirections are not followed.

    Args:
        session: keeps the connection for the next time.
        url: where to.
        body: what.
        patience: seconds for each wait, and for the body of the answer as a whole. A
            server that sends its headers drop by drop can take longer.
        headers: besides the usual.

    Raises:
        requests.RequestException: there is no answer, or no end of it.
    """
    deadline = time.monotonic() + patience
    with session.post(
        url,
        data=body,
        headers=headers,
        timeout=patience,
        allow_redirects=False,
        stream=True,
    ) as response:
        found = b""
        for part in response.iter_content(PART):
            found += part
            if len(found) > LONGEST or time.monotonic() > deadline:
                raise Endless
        return Posted(response.status_code, found)
