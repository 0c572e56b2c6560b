"""A lobby, and an identity provider, for every test of coming in."""

from collections.abc import Iterator

import pytest

from tests.web.login.lobby import Lobby, opened
from tests.web.login.openid import OpenId, running
from tests.web.office import Office


@pytest.fixture
def lobby(office: Office) -> Lobby:
    return opened(office)


@pytest.fixture
def openid() -> Iterator[OpenId]:
    with running() as found:
        yield found


@pytest.fixture
def hall(office: Office, openid: OpenId) -> Lobby:
    """A lobby where shen comes in by the identity provider."""
    found = opened(office, provider=openid.provider)
    found.account("shen", "shen")
    found.bind("shen", openid)
    return found
