"""A history on paper shows Chinese as well as Latin letters, or says what it cannot."""

import json
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest

from web.answers.events import Who
from web.chronicle.paper import as_pdf
from web.chronicle.text import as_text
from web.chronicle.told import Heading, as_json
from web.letters import MISSING, Letters

HEADING = Heading(kind="case", key="C-1", person="li", left_out=("appeal",))


def entry(**changes: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "position": 7,
        "kind": "case",
        "key": "C-1",
        "topic": "case.notice-served",
        "recorded_at": datetime(2021, 3, 10, 12, tzinfo=UTC),
        "occurred_on": date(2021, 3, 9),
        "actor": Who(id="jia", role="investigator", on_behalf_of=None),
        "cited": {
            "rulebook": "b",
            "version": 1,
            "rule": "r",
            "legal_basis": ["Art. 1"],
        },
        "reason": {"sealed": "withheld", "class": "restricted"},
        "fact": {"text": "王某隐瞒 <b>房产</b> & more", "answer_by": None},
        "changes": [
            {"field": "told", "before": False, "after": True, "said": False},
            {"field": "notice", "before": None, "after": None, "said": True},
        ],
        "because_of": 6,
        "led_to": [8, 9],
    }
    return usual | changes


def test_text_has_a_line_for_everything_that_an_event_says() -> None:
    assert "".join(as_text(HEADING, [entry()])).splitlines() == [
        "History of case C-1, about li; without what is appeal",
        "",
        "2021-03-10 12:00  case.notice-served  (jia, investigator)",
        "    text: 王某隐瞒 <b>房产</b> & more",
        "    reason: (withheld)",
        "    claimed: 2021-03-09",
        "    under: b v1, rule r",
        "    * told: False -> True",
        "    event: 7, case C-1; because of 6; led to 8, 9",
    ]


def test_json_is_sent_in_pieces_and_is_one_document() -> None:
    pieces = list(as_json(HEADING, (entry(position=nth) for nth in range(120))))

    whole = json.loads(b"".join(pieces))
    assert len(pieces) == 4
    assert [one["position"] for one in whole["entries"]] == list(range(120))
    assert json.loads(b"".join(as_json(HEADING, [])))["entries"] == []


def test_who_acted_for_somebody_is_told_with_them() -> None:
    actor = Who(id="clerk", role="clerk", on_behalf_of="li")

    text = "".join(as_text(HEADING, [entry(actor=actor)]))

    assert "(clerk for li, clerk)" in text


def test_each_run_of_letters_has_a_font_that_shows_it() -> None:
    letters = Letters()

    marked = letters.marked("Wang 王 <1> Café Ж")

    assert marked == (
        'Wang <font name="STSong-Light">王</font> &lt;1&gt; Café'
        ' <font name="STSong-Light">Ж</font>'
    )
    assert letters.note() == ""


def test_what_no_font_shows_is_named_at_the_end() -> None:
    letters = Letters()

    marked = letters.marked("a\x07\u202e ᠮ😀")

    assert MISSING * 2 in marked
    assert "U+182E, U+1F600" in letters.note()


@pytest.mark.parametrize("words", ["短", "长" * 5000, "x" * 5000, "", "\u182e"])
def test_a_page_takes_words_of_any_length(words: str) -> None:
    content = as_pdf(HEADING, [entry(fact={"text": words})] * 30)

    assert content.startswith(b"%PDF-")
    assert content.rstrip().endswith(b"%%EOF")
    assert b"STSong-Light" in content or words in ("x" * 5000, "", "\u182e")


def test_the_same_history_is_the_same_file() -> None:
    assert as_pdf(HEADING, [entry()]) == as_pdf(HEADING, [entry()])
    assert BytesIO(as_pdf(HEADING, [])).read(5) == b"%PDF-"
