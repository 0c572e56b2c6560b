"""The door: one command in, one receipt out; a retry is harmless, a clash is told."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from domain.errors import KeyReused, VersionClash, WrongStage
from domain.leaf import entry_text
from domain.receipt import Receipt
from domain.record import Actor, Command, Decision, Given
from domain.unit import EstablishUnit, MoveUnit, NameHead, Unit, unit_stream
from tests.domain.cast import V1, V2, police, prepared
from tests.domain.door import COLLEGE, HEAD, NOON, ask, keyed, opened, size
from tests.domain.logs import Reading
from tests.domain.papers import files, wedding
from tests.memory import in_memory
from tests.spec import Scenario


def test_a_receipt_says_where_what_was_recorded_stands() -> None:
    app = opened()
    receipt = ask(app, HEAD)

    (stored,) = app.recorder.select_notifications(4, 10)
    entry = entry_text(
        "register.example/e1", COLLEGE, 2, stored.topic, 4, NOON, stored.state
    )
    assert receipt == Receipt(stream=COLLEGE, version=2, position=4, entry=entry)


def test_a_receipt_is_for_the_last_event_of_the_commands_own_stream() -> None:
    scenario = police().declarant("shen").when(files("wedding", wedding()))

    assert scenario.receipt is not None
    _, stream, version, topic, position, *_ = scenario.receipt.entry.splitlines()
    assert (stream, version) == (str(scenario.receipt.stream), "1")
    assert (topic, int(position)) == ("disclosure.filed", scenario.size() - 2)
    assert scenario.receipt.position == scenario.size()


def test_where_nothing_is_recorded_the_receipt_has_no_position() -> None:
    app = opened()
    ask(app, HEAD)

    assert ask(app, HEAD) == Receipt(stream=COLLEGE, version=2, position=None)


def test_the_same_request_again_has_the_same_receipt_and_records_nothing() -> None:
    app = opened()
    first = ask(app, HEAD, request=keyed())
    ask(app, NameHead(code="college", head="li"))

    assert ask(app, HEAD, request=keyed()) == first
    assert size(app) == 5


def test_another_request_under_the_same_key_is_refused() -> None:
    app = opened()
    ask(app, HEAD, request=keyed())

    with pytest.raises(KeyReused, match="k-1 was used for another request"):
        ask(app, HEAD, request=keyed(digest=b"another body"))


def test_keys_of_different_actors_have_nothing_to_do_with_each_other() -> None:
    app = opened()
    ask(app, HEAD, request=keyed(actor="zhang"))

    other = NameHead(code="training", head="li")
    assert ask(app, other, request=keyed(actor="li")).position == 5


def test_a_refused_request_may_be_sent_again_under_its_key() -> None:
    app = opened()
    library = NameHead(code="library", head="li")
    with pytest.raises(Exception, match="there is no unit library"):
        ask(app, library, request=keyed())
    ask(app, EstablishUnit(code="library", name="Library"))

    assert ask(app, library, request=keyed()).version == 2


def test_the_version_that_was_read_must_still_be_the_last() -> None:
    app = opened()

    assert ask(app, HEAD, expected=1).version == 2
    with pytest.raises(VersionClash, match="is at 2, not 1") as clash:
        ask(app, NameHead(code="college", head="li"), expected=1)
    assert (clash.value.stream, clash.value.actual) == (COLLEGE, 2)


def test_a_stream_in_which_nothing_has_happened_is_at_version_0() -> None:
    library = EstablishUnit(code="library", name="Library")

    assert ask(opened(), library, expected=0).version == 1
    with pytest.raises(VersionClash, match="is at 0, not 3"):
        ask(opened(), library, expected=3)


def test_a_retry_is_answered_before_its_version_is_looked_at() -> None:
    app = opened()
    first = ask(app, HEAD, request=keyed(), expected=1)

    assert ask(app, HEAD, request=keyed(), expected=1) == first


class Relay(Command[Unit]):
    """Asks something of another unit, and records nothing on its own stream."""

    @property
    def stream(self) -> Any:
        return COLLEGE

    def blank(self) -> Unit:
        return Unit()

    def decide(self, unit: Unit, given: Given) -> Decision:  # noqa: ARG002
        yield NameHead(code="training", head="li")


def test_the_version_in_a_receipt_is_that_of_the_commands_own_stream() -> None:
    app = opened()
    ask(app, HEAD)

    assert ask(app, Relay()).version == 2
    assert [r.fact for r in app.history(unit_stream("training"))][1].head == "li"


def test_a_command_without_a_decision_cannot_be_made() -> None:
    class Idle(Command[Unit]):
        """It never says what follows."""

    with pytest.raises(TypeError, match="abstract class Idle"):
        Idle()  # type: ignore[abstract]


def test_a_history_is_what_happened_in_the_order_in_which_it_did() -> None:
    app = opened()
    ask(app, HEAD)
    ask(app, MoveUnit(code="college", parent=None))

    topics = [record.fact.TOPIC for record in app.history(COLLEGE)]
    assert topics == ["unit.established", "unit.head-named", "unit.moved"]
    assert app.look(Unit(), COLLEGE).parent is None
    assert app.history(unit_stream("nowhere")) == []


def test_the_envelope_says_who_acted_for_whom_when_and_why() -> None:
    app = opened()
    clerk = Actor(id="clerk", role="hr", on_behalf_of="chief")
    named = NameHead(
        code="college", head="li", reason="a vacancy", occurred_on=date(2016, 11, 30)
    )
    ask(app, named, by=clerk)

    record = app.history(COLLEGE)[-1]
    assert record.actor == clerk
    assert (record.reason, record.occurred_on) == ("a vacancy", date(2016, 11, 30))
    assert record.recorded_at == NOON
    assert (record.causation_id, record.correlation_id) == (None, None)


def test_a_reaction_names_the_event_it_reacts_to_and_the_first_of_the_chain() -> None:
    app = opened()
    (first,) = app.history(COLLEGE)
    ask(app, HEAD, because_of=first)
    second = app.history(COLLEGE)[-1]
    ask(app, NameHead(code="training", head="li"), because_of=second)

    third = app.history(unit_stream("training"))[-1]
    assert second.causation_id == second.correlation_id == first.event_id
    assert (third.causation_id, third.correlation_id) == (
        second.event_id,
        first.event_id,
    )


def test_follow_on_commands_share_command_and_correlation() -> None:
    news = police().declarant("shen").when(files("wedding", wedding())).news

    assert len({record.originator_id for record in news}) == 2
    assert len({record.command_id for record in news}) == 1
    assert {record.correlation_id for record in news[1:]} == {news[0].event_id}
    assert len({record.event_id for record in news}) == 3


def test_a_refusal_half_way_takes_back_all_that_was_decided() -> None:
    scenario = police().declarant("shen").given(files("wedding", wedding()))
    settled = scenario.log()[-1].originator_id
    twice = files("wedding", wedding(), disclosure="D-2", obligation=settled)

    scenario.when(twice).then_refused(WrongStage, match="already fulfilled")
    scenario.when(files("wedding", wedding(), disclosure="D-2"))
    assert scenario.receipt is not None
    assert scenario.receipt.version == 1


def test_what_a_filing_needs_is_read_in_one_go() -> None:
    log = Reading.of(prepared((V1, V2), cast=True))
    command = files("wedding", wedding())

    scenario = Scenario(in_memory(log)).declarant("shen").given(command)
    assert log.reads == [set(command.reads())]
    assert {r.originator_id for r in scenario.log()[-3:]} <= log.reads[0]


def test_the_librarys_own_store_writes_what_the_door_would() -> None:
    app = opened()
    (college,) = app.history(COLLEGE)
    app.events.put([replace(college, originator_version=2)])

    first, second = app.history(COLLEGE)
    assert second == replace(first, originator_version=2)
