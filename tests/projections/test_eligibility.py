"""Eligibility from the read model: as of any day, as known at any position or time."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.errors import Invalid, Unknown, WrongStage
from domain.promotion.eligibility import ask
from domain.sanction.facts import SanctionQuashed
from projections.models.eligibility import Answers, Asked, eligible
from tests.domain.promotion.cast import past
from tests.past import Past, question
from tests.projections.kinds import Connection, Tell

ONE = "P1:government:1"


def asked(reader: Connection, as_of: str, *persons: str, **more: Any) -> Answers:
    known = {name: more.pop(name) for name in ("known_at", "own") if name in more}
    wanted = Asked(rulebook="plain", as_of=date.fromisoformat(as_of), **more)
    return eligible(reader, wanted, persons or ("P1",), **known)


def results(answers: Answers) -> dict[str, str]:
    return {row.question.person: row.result for row in answers.rows}


def warned() -> Past:
    known = past().hire("P2").on("2021-03-10")
    known.sanction(ONE, "warning", "2021-09-10")
    return known


def test_s2_01_a_whole_list_is_answered_in_the_order_asked(
    tell: Tell, reader: Connection
) -> None:
    tell(warned().history)

    found = asked(reader, "2021-04-01", "P2", "nobody", "P1", "P2")

    assert results(found) == {"P2": "ELIGIBLE", "P1": "NOT_ELIGIBLE"}
    assert [row.question.person for row in found.rows] == ["P2", "P1"]
    assert found.unknown == ("nobody",)


def test_t10_i17_what_was_quashed_never_barred_but_was_known_to(
    tell: Tell, reader: Connection
) -> None:
    known = warned()
    before = tell(known.history).position
    known.on("2021-06-01")
    fact = SanctionQuashed(
        sanction=ONE, on=known.today, grounds=(), appeal="A1", text="why"
    )
    known.disciplined(fact)
    tell(known.history)

    assert results(asked(reader, "2021-04-01")) == {"P1": "ELIGIBLE"}
    for known_at in (before, datetime(2021, 5, 1, tzinfo=UTC)):
        then = asked(reader, "2021-04-01", known_at=known_at)
        assert then.position == before
        assert (then.rows[0].result, then.rows[0].until) == (
            "NOT_ELIGIBLE",
            date(2021, 9, 10),
        )


def test_i17_with_a_sanction_fall_its_findings_on_earlier_days_too(
    tell: Tell, reader: Connection
) -> None:
    known = past().on("2024-03-01")
    known.verify("P1", "V")
    known.find("V", "concealment", "intent", cited=known.cite("strict"))
    tell(known.on("2024-06-01").history)
    assert results(asked(reader, "2024-04-01")) == {"P1": "NOT_ELIGIBLE"}

    known.sanction(ONE, "warning", "2024-12-01", findings=("verification:V:1",))
    fact = SanctionQuashed(
        sanction=ONE, on=known.today, grounds=(), appeal="A1", text="why"
    )
    known.disciplined(fact)
    tell(known.history)
    assert results(asked(reader, "2024-04-01")) == {"P1": "ELIGIBLE"}


def test_the_read_model_answers_word_for_word_as_the_log_does(
    tell: Tell, reader: Connection
) -> None:
    known = warned()
    known.inquire("P1", "K")
    known.investigate("K")
    known.verify("P1", "V")
    known.doubt("V")
    known.hold("P1:1", "promotion", "2021-06-01")
    tell(known.history)

    wanted = question(as_of="2021-04-01", rulebook="plain")
    answer, _ = ask(known.known(), wanted)
    assert asked(reader, "2021-04-01").rows == (answer,)
    assert len(answer.reasons) == 4


def test_i16_a_declarant_learns_of_nothing_that_they_were_not_told(
    tell: Tell, reader: Connection
) -> None:
    known = past().on("2024-03-01")
    known.inquire("P1", "K")
    known.investigate("K")
    known.hold("P1:1", "promotion", "2024-06-01")
    tell(known.history)
    assert results(asked(reader, "2024-03-02")) == {"P1": "HELD"}
    assert asked(reader, "2024-03-02", own=True).rows[0].reasons == ()

    known.on("2024-04-01").notify("K")
    tell(known.history)
    (mine,) = asked(reader, "2024-03-02", own=True).rows
    assert [reason.code for reason in mine.reasons] == ["open_case"]


def test_who_was_not_registered_yet_was_unknown_then(
    tell: Tell, reader: Connection
) -> None:
    known = past()
    before = known.position
    known.history.person("P9")
    tell(known.history)

    assert asked(reader, "2016-02-01", "P9").rows[0].missing == ("post",)
    then = asked(reader, "2016-02-01", "P9", known_at=before)
    assert (then.rows, then.unknown) == ((), ("P9",))


def test_what_cannot_be_asked_is_refused(tell: Tell, reader: Connection) -> None:
    with pytest.raises(Unknown):
        asked(reader, "2021-04-01")
    known = tell(past().history)

    day = date(2021, 4, 1)
    for kind, wanted, known_at in (
        (Unknown, Asked(rulebook="none", as_of=day), None),
        (Unknown, Asked(rulebook="plain", as_of=day), 3),
        (WrongStage, Asked(rulebook="plain", as_of=date(1999, 1, 1)), None),
        (Invalid, Asked(rulebook="strict", as_of=day), None),
        (Invalid, Asked(rulebook="plain", as_of=day, ladder="rope"), None),
        (Invalid, Asked(rulebook="plain", as_of=day), known.position + 1),
    ):
        with pytest.raises(kind):
            eligible(reader, wanted, ("P1",), known_at=known_at)


def test_the_law_that_counts_is_the_one_in_force_on_the_day(
    tell: Tell, reader: Connection
) -> None:
    known = warned()
    law = 'id = "plain"\nversion = 2\neffective_from = 2021-05-01\n[labels]\nen = "2"\n'
    eased = f'{law}[eligibility]\nladders = ["post"]\n'
    before = known.position
    known.law(eased + '[[eligibility.requires]]\nwhat = "holds"\n')
    tell(known.history)

    days = ("2021-04-01", "2021-05-01")
    assert [asked(reader, day).rows[0].result for day in days] == [
        "NOT_ELIGIBLE",
        "ELIGIBLE",
    ]
    then = asked(reader, "2021-05-01", known_at=before)
    assert then.rows[0].result == "NOT_ELIGIBLE"


def test_no_law_is_in_force_any_more_after_its_last_day(
    tell: Tell, reader: Connection
) -> None:
    known = past()
    law = 'id = "brief"\nversion = 1\neffective_from = 2020-01-01\n'
    known.law(
        f'{law}effective_to = 2021-01-01\n[eligibility]\nladders = ["post"]\n'
        "requires = []\n"
    )
    tell(known.history)

    for day, kind in ((date(2020, 12, 31), None), (date(2021, 1, 1), WrongStage)):
        wanted = Asked(rulebook="brief", as_of=day)
        if kind is None:
            assert len(eligible(reader, wanted, ("P1",)).rows) == 1
            continue
        with pytest.raises(kind):
            eligible(reader, wanted, ("P1",))
