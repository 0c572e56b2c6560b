"""The settings of the entrance: read whole, or refused by name."""

from datetime import timedelta
from pathlib import Path

import pytest

from web.login.settings import BadSetting, LoginSettings

DISCOVERY = "https://id.example/realm/.well-known/openid-configuration"
OIDC = {
    "PROBITY_OIDC_DISCOVERY_URL": DISCOVERY,
    "PROBITY_OIDC_CLIENT_ID": "probity",
}


def test_nothing_has_to_be_set() -> None:
    assert LoginSettings.of({}) == LoginSettings()
    assert LoginSettings().provider is None


def test_all_of_it_can_be_set() -> None:
    found = LoginSettings.of(
        OIDC
        | {
            "PROBITY_OIDC_CLIENT_SECRET": "sesame",
            "PROBITY_URL": "https://probity.example/",
            "PROBITY_SESSION_IDLE_MINUTES": "5",
            "PROBITY_SESSION_HOURS": "1",
            "PROBITY_LOGIN_TRIES": "3",
            "PROBITY_LOGIN_WAIT_SECONDS": "7",
            "PROBITY_LOGIN_WAIT_MOST_SECONDS": "70",
            "PROBITY_LIMIT_API": "9 per second",
            "PROBITY_LIMIT_LOGIN": "9 per minute",
            "PROBITY_LOOPBACK_HTTP": "Yes",
            "PROBITY_PROXIES": "2",
        }
    )

    assert found.provider is not None
    assert (found.provider.client, found.provider.secret) == ("probity", "sesame")
    assert found.provider.issuer == "https://id.example/realm"
    assert found.url == "https://probity.example"
    assert found.lifetimes.idle == timedelta(minutes=5)
    assert found.lifetimes.whole == timedelta(hours=1)
    assert found.patience.tries == 3
    assert found.patience.wait == timedelta(seconds=7)
    assert found.patience.most == timedelta(seconds=70)
    assert (found.api_limit, found.login_limit) == ("9 per second", "9 per minute")
    assert (found.loopback_http, found.proxies) == (True, 2)
    assert "sesame" not in repr(found)


def test_the_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("sesame\n")

    found = LoginSettings.of(OIDC | {"PROBITY_OIDC_CLIENT_SECRET_FILE": str(file)})

    assert found.provider is not None
    assert found.provider.secret == "sesame"  # noqa: S105  of nobody


def test_a_public_client_has_no_secret() -> None:
    provider = LoginSettings.of(OIDC).provider

    assert provider is not None
    assert provider.secret is None


@pytest.mark.parametrize(
    ("environ", "name"),
    [
        ({"PROBITY_OIDC_DISCOVERY_URL": DISCOVERY}, "PROBITY_OIDC_CLIENT_ID"),
        (
            OIDC | {"PROBITY_OIDC_DISCOVERY_URL": "https://id.example"},
            "PROBITY_OIDC_DISCOVERY_URL",
        ),
        (
            OIDC | {"PROBITY_OIDC_DISCOVERY_URL": DISCOVERY.replace("https", "http")},
            "PROBITY_OIDC_DISCOVERY_URL",
        ),
        (
            OIDC | {"PROBITY_OIDC_CLIENT_SECRET_FILE": "/nowhere/at/all"},
            "PROBITY_OIDC_CLIENT_SECRET_FILE",
        ),
        (
            OIDC
            | {
                "PROBITY_OIDC_CLIENT_SECRET_FILE": "/nowhere",
                "PROBITY_OIDC_CLIENT_SECRET": "sesame",
            },
            "PROBITY_OIDC_CLIENT_SECRET",
        ),
        ({"PROBITY_SESSION_HOURS": "0"}, "PROBITY_SESSION_HOURS"),
        ({"PROBITY_SESSION_HOURS": "9" * 40}, "PROBITY_SESSION_HOURS"),
        ({"PROBITY_LOGIN_TRIES": "-1"}, "PROBITY_LOGIN_TRIES"),
        ({"PROBITY_PROXIES": "one"}, "PROBITY_PROXIES"),
        ({"PROBITY_LIMIT_API": "often"}, "PROBITY_LIMIT_API"),
        ({"PROBITY_LOOPBACK_HTTP": "perhaps"}, "PROBITY_LOOPBACK_HTTP"),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused_by_name(
    environ: dict[str, str], name: str
) -> None:
    with pytest.raises(BadSetting, match=f"^{name}: ") as refused:
        LoginSettings.of(environ)

    assert "sesame" not in str(refused.value)
