"""What an operator may set is checked before anything is done with it."""

import pytest

from scheduler.settings import BadSetting, Settings

SERVER = {
    "PROBITY_SMTP_URL": "smtps://me%40here:secret@mail.example.org",
    "PROBITY_MAIL_FROM": "Integrity Office <office@example.org>",
}


def test_nothing_has_to_be_set() -> None:
    settings = Settings.of({})

    assert settings == Settings()
    assert settings.domain == "probity.invalid"


def test_all_can_be_set() -> None:
    settings = Settings.of(
        SERVER
        | {
            "PROBITY_URL": "https://register.example.org",
            "PROBITY_MAIL_ATTEMPTS": "3",
            "PROBITY_KEEP_MAIL_DAYS": "30",
            "PROBITY_KEEP_ANSWERS_DAYS": "7",
        }
    )

    assert settings.smtp_url is not None
    assert settings.smtp_url.hostname == "mail.example.org"
    assert settings.domain == "example.org"
    assert settings.url == "https://register.example.org"
    assert (settings.attempts, settings.keep_mail, settings.keep_answers) == (3, 30, 7)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PROBITY_SMTP_URL", "mail.example.org"),
        ("PROBITY_SMTP_URL", "http://mail.example.org"),
        ("PROBITY_SMTP_URL", "smtp://me:secret@mail.example.org:port"),
        ("PROBITY_SMTP_URL", "smtp://"),
        ("PROBITY_MAIL_FROM", "nobody"),
        ("PROBITY_MAIL_FROM", "a@example.org\nBcc: b@example.org"),
        ("PROBITY_MAIL_FROM", ""),
        ("PROBITY_MAIL_ATTEMPTS", "0"),
        ("PROBITY_MAIL_ATTEMPTS", "many"),
        ("PROBITY_KEEP_MAIL_DAYS", "-1"),
        ("PROBITY_KEEP_ANSWERS_DAYS", "1.5"),
    ],
)
def test_what_cannot_be_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=name) as refused:
        Settings.of(SERVER | {name: value})

    assert "secret" not in str(refused.value)
