"""Durations are written as people say them, and are nothing but their text."""

import pytest

from domain.regime.duration import Duration


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("-7d", -7, "d"),
        ("10wd", 10, "wd"),
        ("3M", 3, "M"),
        ("6Y", 6, "Y"),
        ("24h", 24, "h"),
        ("0d", 0, "d"),
        ("9999d", 9999, "d"),
    ],
)
def test_a_duration_has_an_amount_and_a_unit(text: str, amount: int, unit: str) -> None:
    duration = Duration(text)
    assert (duration.amount, duration.unit, str(duration)) == (amount, unit, text)


@pytest.mark.parametrize(
    "text",
    ["", "7", "d", "7 d", "+7d", "7m", "7D", "1.5d", "12345d", "7d\n", "٣d", None],
)
def test_what_is_not_written_so_is_refused_and_the_spelling_is_named(
    text: object,
) -> None:
    with pytest.raises(ValueError, match=r'such as "-7d".*wd \(working days\)'):
        Duration(text)
