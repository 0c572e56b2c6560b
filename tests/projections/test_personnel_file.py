"""The personnel file: what held of a person on a day, as it was known at a position."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from domain.disclosure import (
    DeficiencyNoted,
    DisclosureAmended,
    DisclosureCertified,
    DisclosureWithdrawn,
)
from domain.obligation import FulfilmentWithdrawn, ObligationCancelled
from domain.person import (
    RelatedPersonDeclared,
    person_stream,
)
from projections.models.personnel_file import (
    file,
    position_at,
)
from projections.models.reliability import Reliability, reliability
from tests.chance import PEOPLE, chance_history
from tests.naive import Naive
from tests.naive_file import told_by, told_by_entries
from tests.projections.files import BEGAN, JUNE, data, office
from tests.projections.kinds import Connection, Tell
from tests.projections.vault import IndexVault


def test_s1_22_a_certified_report_stands_in_the_file_with_what_was_filed(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    stream = history.file("P1", "D1", JUNE)
    certified = history.on(date(2016, 7, 1)).add(stream, DisclosureCertified())
    tell(history)

    (entry,) = file(reader, "P1").of("disclosure")

    assert entry.key == str(stream)
    assert (entry.data["stage"], entry.data["certified_on"]) == (
        "certified",
        "2016-07-01",
    )
    assert entry.data["items"] == [{"venue": "Hall 4", "tables": 12}]
    assert entry.data["review_due_on"] == "2016-07-20"
    assert entry.event_id == certified.event_id
    assert (entry.effective_from, entry.known_from) == (date(2016, 7, 1), 6)


def test_s5_10_whoever_a_rule_covers_has_a_file_whatever_the_rank(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    history.oblige("P1", "1", JUNE)
    tell(history)

    kinds = [entry.kind for entry in file(reader, "P1").entries]

    assert kinds == ["identity", "obligation", "post", "service"]


def test_of_somebody_unknown_the_file_is_empty(reader: Connection) -> None:
    assert file(reader, "P9").entries == ()


def test_an_amendment_leaves_the_file_of_the_day_before_as_it_was(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    stream = history.file("P1", "D1", JUNE)
    later = JUNE + timedelta(days=9)
    before = history.position
    history.add(stream, DisclosureAmended(items=({"tables": 9},), received_on=later))
    tell(history)
    day_before = later - timedelta(days=1)

    assert data(file(reader, "P1", as_of=day_before), "disclosure")[0]["amended"] == 0
    (as_filed,) = data(file(reader, "P1", known_at=before), "disclosure")
    assert as_filed["items"] == [{"venue": "Hall 4", "tables": 12}]
    (now,) = data(file(reader, "P1"), "disclosure")
    assert (now["items"], now["amended"]) == ([{"tables": 9}], 1)


def test_a_promotion_entered_late_was_not_known_but_held(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    before = history.position
    history.promote("P1", "HQ", JUNE, rank="chief")
    tell(history)

    def rank(**asked: Any) -> str:
        (post,) = data(file(reader, "P1", **asked), "post")
        return str(post["rank"])

    assert rank(as_of=JUNE - timedelta(days=1)) == "clerk"
    assert rank(as_of=JUNE) == "chief"
    assert rank(as_of=JUNE, known_at=before) == "clerk"
    career = [(e.effective_from, e.effective_to) for e in file(reader, "P1").of("post")]
    assert career == [(BEGAN, JUNE), (JUNE, None)]


def test_s5_13_a_flag_shows_from_the_trigger_on_until_the_duty_is_cancelled(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    stream = history.oblige(
        "P1", "1", JUNE, triggered_on=JUNE, flag="heightened_review"
    )
    history.on(date(2016, 8, 1)).add(stream, ObligationCancelled())
    tell(history)

    def flags(day: date) -> list[str]:
        return [flag["flag"] for flag in data(file(reader, "P1", as_of=day), "flag")]

    assert flags(JUNE) == ["heightened_review"]
    assert flags(date(2016, 8, 1)) == []


def test_a_duty_was_open_until_the_day_of_the_receipt(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    stream = history.oblige("P1", "1", JUNE)
    history.fulfil(stream, "D1", JUNE + timedelta(days=2), late=2)
    tell(history)

    def stage(day: date) -> tuple[str, int]:
        (duty,) = data(file(reader, "P1", as_of=day), "obligation")
        return duty["stage"], duty["days_late"]

    assert stage(JUNE + timedelta(days=1)) == ("open", 0)
    assert stage(JUNE + timedelta(days=2)) == ("fulfilled", 2)


def test_a_relative_counts_from_before_the_declaration_unless_a_date_is_claimed(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    stream = person_stream("P1")
    history.add(stream, RelatedPersonDeclared(relative="a", relation="child"))
    spouse = RelatedPersonDeclared(relative="b", relation="spouse")
    history.add(stream, spouse, occurred_on=JUNE)
    tell(history)

    def relations(day: date) -> list[str]:
        found = file(reader, "P1", as_of=day)
        return [relative["relation"] for relative in data(found, "relative")]

    assert relations(BEGAN) == ["child"]
    assert relations(JUNE) == ["child", "spouse"]


def test_a_time_is_the_position_of_the_last_event_recorded_by_then(
    tell: Tell, reader: Connection
) -> None:
    history = tell(chance_history(9, 200))
    for position, record in enumerate(history.records, start=1):
        assert position_at(reader, record.recorded_at) == position
    first = history.records[0].recorded_at
    assert position_at(reader, first - timedelta(seconds=1)) == 0
    assert position_at(reader, datetime(2100, 1, 1, tzinfo=UTC)) == history.position


def test_the_file_as_known_at_a_time_is_that_of_its_position(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    time = history.now
    history.on(JUNE).promote("P1", "HQ", JUNE, rank="chief")
    tell(history)

    assert data(file(reader, "P1", known_at=time), "post")[0]["rank"] == "clerk"


def test_reliability_lists_what_was_late_deficient_and_corrected_without_a_score(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    late, reopened = (history.oblige("P1", key, JUNE) for key in "12")
    for stream in (late, reopened):
        history.fulfil(stream, "D1", JUNE + timedelta(days=1), late=1)
    history.add(reopened, FulfilmentWithdrawn(disclosure="D1"))
    deficient, gone = (history.file("P1", name, JUNE) for name in ("D1", "D2"))
    history.add(deficient, DeficiencyNoted(number=1, fields=("venue",), text="which"))
    history.add(deficient, DisclosureAmended(items=({},), received_on=JUNE))
    history.add(gone, DisclosureWithdrawn())
    tell(history)

    assert reliability(file(reader, "P1")) == Reliability(
        reports=(str(deficient),),
        late=(str(late),),
        overdue=(),
        deficient=(str(deficient),),
        corrected=(str(deficient),),
    )


@pytest.mark.parametrize("seed", range(4))
def test_the_file_of_any_day_and_position_is_the_fold_of_the_log_in_plain_python(
    tell: Tell, reader: Connection, seed: int, vault: IndexVault
) -> None:
    history = tell(chance_history(seed, 500, vault if seed % 2 else None))
    random = Random(seed)  # noqa: S311  nothing secret is made here
    for _ in range(120):
        number = random.choice(PEOPLE)
        position = random.randint(len(PEOPLE), history.position)
        day = date(2015, 12, 1) + timedelta(days=random.randint(0, 400))
        found = file(reader, number, as_of=day, known_at=position)
        naive = Naive(history.records).at(position)
        assert told_by_entries(found) == told_by(naive, number, day), (position, day)
