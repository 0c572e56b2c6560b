"""Commands that wait together are stored together, each with an outcome of its own."""

import threading
from collections.abc import Sequence
from typing import Any

from eventsourcing.persistence import StoredEvent

from domain.amending import AmendDisclosure
from domain.casework import TOGETHER, Casework
from domain.errors import (
    Invalid,
    KeyReused,
    Unknown,
    UnreadableEvent,
    VersionClash,
    WrongStage,
)
from domain.receipt import Receipt, Request
from domain.record import Command
from domain.unit import EstablishUnit, MoveUnit, Unit, unit_stream
from domain.view import Occasion
from domain.waiting import Waiting
from tests.domain.cast import police
from tests.domain.door import COLLEGE, NOON, OFFICE, ask, head, keyed, opened, size
from tests.domain.logs import Busy, Contested, Gate
from tests.domain.papers import files, wedding
from tests.memory import in_memory

Asked = tuple[Command[Any], Request | None]


def together(app: Casework, *asked: Asked) -> list[Receipt | Exception | None]:
    """Send these while another command is being stored, so that all of them wait."""
    log = app.kept
    assert isinstance(log, Gate)
    log.opened.clear()
    log.reached.clear()
    outcomes: list[Receipt | Exception | None] = [None] * len(asked)

    def send(nth: int, command: Command[Any], request: Request | None) -> None:
        try:
            outcomes[nth] = ask(app, command, request=request)
        except Exception as error:  # noqa: BLE001  it is what came of it
            outcomes[nth] = error

    first = threading.Thread(target=ask, args=(app, UNRELATED))
    first.start()
    assert log.reached.wait(timeout=60)
    threads = []
    for nth, (command, request) in enumerate(asked):
        threads.append(threading.Thread(target=send, args=(nth, command, request)))
        threads[-1].start()
        wait_for(app, nth + 1)
    log.opened.set()
    for thread in (first, *threads):
        thread.join(timeout=60)
    return outcomes


def wait_for(app: Casework, count: int) -> None:
    """Return when so many commands wait."""
    while len(app.queue) < count:
        pass


UNRELATED = EstablishUnit(code="unrelated", name="Unrelated")
LIBRARY = EstablishUnit(code="library", name="Library")


def test_what_waits_goes_in_together_each_with_its_own_receipt() -> None:
    app = opened(log := Gate())
    outcomes = together(
        app, (head("college", "a"), None), (head("training", "b"), None)
    )

    assert log.appended == [1, 1, 1, 1, 2]
    assert [o.position for o in outcomes if isinstance(o, Receipt)] == [5, 6]


def test_a_refusal_in_the_batch_leaves_the_others_alone() -> None:
    app = opened(Gate())
    outcomes = together(
        app,
        (head("college", "a"), None),
        (head("nowhere", "b"), None),
        (head("training", "c"), None),
    )

    assert [type(outcome) for outcome in outcomes] == [Receipt, Unknown, Receipt]
    assert size(app) == 6


def test_two_threads_with_one_key_do_it_once_and_have_one_receipt() -> None:
    app = opened(Gate())
    same = (head("college", "a"), keyed())
    first, second = together(app, same, same)

    assert isinstance(first, Receipt)
    assert first == second
    assert size(app) == 5


def test_two_threads_with_one_key_and_two_requests_do_the_first() -> None:
    app = opened(Gate())
    outcomes = together(
        app,
        (head("college", "a"), keyed(digest=b"one")),
        (head("college", "b"), keyed(digest=b"two")),
    )

    assert [type(outcome) for outcome in outcomes] == [Receipt, KeyReused]


def test_each_keyed_command_of_a_batch_can_be_asked_again() -> None:
    app = opened(Gate())
    asked = [
        (head("college", "a"), keyed("k-1")),
        (head("training", "b"), keyed("k-2")),
    ]
    outcomes = together(app, *asked)

    assert [ask(app, c, request=r) for c, r in asked] == outcomes


def test_two_processes_with_one_key_do_it_once() -> None:
    log = Busy()
    app, other = opened(log), in_memory(log)
    log.meanwhile.append(lambda: ask(other, head("college", "a"), request=keyed()))

    receipt = ask(app, head("college", "a"), request=keyed())
    assert receipt.position == 4
    assert size(app) == 4


def outcomes_of(
    app: Casework, *commands: Command[Any]
) -> Sequence[Receipt | Exception]:
    return app.handle_all(commands, by=OFFICE, at=NOON)


def test_what_was_decided_earlier_in_the_batch_is_seen_later_in_it() -> None:
    app = opened()
    archive = EstablishUnit(code="archive", name="Archive", parent="library")

    first, second, third = outcomes_of(app, LIBRARY, archive, LIBRARY)
    assert isinstance(first, Receipt)
    assert isinstance(second, Receipt)
    assert isinstance(third, Receipt)
    assert (first.position, second.position, third.position) == (4, 5, None)


def test_what_was_refused_earlier_in_the_batch_is_not_seen_later_in_it() -> None:
    scenario = police().declarant("shen").given(files("wedding", wedding()))
    settled = scenario.log()[-1].originator_id
    twice = files("wedding", wedding(cost=None), disclosure="D-2", obligation=settled)
    once = files("wedding", wedding(), disclosure="D-2")

    refused, filed = scenario.app.handle_all(
        [twice, once], by=scenario.who, at=scenario.now
    )
    assert isinstance(refused, WrongStage)
    assert isinstance(filed, Receipt)
    assert filed.version == 1


def test_what_happened_before_the_batch_outlives_a_refusal_in_it() -> None:
    scenario = police().declarant("shen").given(files("wedding", wedding()))
    added = (wedding(tables=3), wedding(event_date=None))
    refused = AmendDisclosure(disclosure="D-1", items=added)
    again = AmendDisclosure(disclosure="D-1", items=added[:1])

    outcomes = scenario.app.handle_all(
        [refused, again], by=scenario.who, at=scenario.now
    )
    assert isinstance(outcomes[0], Invalid)
    assert isinstance(outcomes[1], Receipt)
    assert outcomes[1].version == 2


def test_many_commands_go_in_few_transactions() -> None:
    app = opened(log := Gate())
    many = [EstablishUnit(code=f"u{n}", name="U") for n in range(2 * TOGETHER + 1)]

    assert all(isinstance(outcome, Receipt) for outcome in outcomes_of(app, *many))
    assert log.appended == [1, 1, 1, TOGETHER, TOGETHER, 1]


def test_nothing_to_do_is_no_transaction() -> None:
    app = opened(log := Gate())

    assert outcomes_of(app) == []
    assert log.appended == [1, 1, 1]


def test_a_stream_that_is_always_contested_is_told_so_and_spoils_nothing_else() -> None:
    app = opened(log := Contested())
    log.contested = COLLEGE

    clash, receipt = outcomes_of(app, head("college", "a"), head("training", "b"))
    assert isinstance(clash, VersionClash)
    assert clash.stream == COLLEGE
    assert isinstance(receipt, Receipt)


def poison(app: Casework) -> None:
    """Store on the college's stream what this program cannot read."""
    event = StoredEvent(COLLEGE, 2, "unit.abolished", b'{"fact": {}}')
    app.recorder.insert_events([event])


def test_a_stream_that_cannot_be_read_spoils_nothing_else() -> None:
    app = opened()
    poison(app)

    unreadable, receipt = outcomes_of(app, head("college", "a"), head("training", "b"))
    assert isinstance(unreadable, UnreadableEvent)
    assert f"{COLLEGE} version 2 at position 4" in str(unreadable)
    assert isinstance(receipt, Receipt)


def test_a_stream_that_cannot_be_read_is_never_taken_for_an_empty_one() -> None:
    app = opened()
    poison(app)
    below = [MoveUnit(code=code, parent="college") for code in ("training", "other")]

    outcomes = outcomes_of(app, EstablishUnit(code="other", name="Other"), *below)
    assert [type(o) for o in outcomes] == [Receipt, UnreadableEvent, UnreadableEvent]


def test_a_clash_is_decided_again_in_sight_of_what_came_first() -> None:
    log = Busy()
    app, other = opened(log), in_memory(log)
    log.meanwhile.append(lambda: ask(other, head("college", "them")))

    assert ask(app, head("college", "us")).version == 3
    heads = [r.fact.head for r in app.history(COLLEGE)[1:]]
    assert heads == ["them", "us"]


def test_a_clash_may_leave_nothing_to_do_or_forbid_it() -> None:
    log = Busy()
    app, other = opened(log), in_memory(log)
    log.meanwhile.append(lambda: ask(other, LIBRARY))
    renamed = EstablishUnit(code="library", name="Archive")

    same, different = outcomes_of(app, LIBRARY, renamed)
    assert isinstance(same, Receipt)
    assert same.position is None
    assert isinstance(different, WrongStage)


def test_after_a_clash_the_version_that_was_read_counts_and_others_go_on() -> None:
    log = Busy()
    app, other = opened(log), in_memory(log)
    log.meanwhile.append(lambda: ask(other, head("college", "them")))
    batch = [
        waiting(head("college", "us"), expected=1),
        waiting(MoveUnit(code="college", parent=None)),
        waiting(head("training", "li")),
    ]

    log.tries = 0
    clash, moved, named = settled(app, batch)
    assert isinstance(clash, VersionClash)
    assert [o.version for o in (moved, named) if isinstance(o, Receipt)] == [3, 2]
    assert log.tries == len(["ours", "theirs", "ours again"])


def test_a_refusal_that_rested_on_what_was_never_stored_is_decided_again() -> None:
    log = Busy()
    app, other = opened(log), in_memory(log)
    log.meanwhile.append(lambda: ask(other, LIBRARY))
    archive = EstablishUnit(code="library", name="Archive")

    clash, same = settled(app, [waiting(archive, expected=0), waiting(LIBRARY)])
    assert isinstance(clash, VersionClash)
    assert isinstance(same, Receipt)
    assert app.look(Unit(), unit_stream("library")).name == "Library"


def settled(
    app: Casework, batch: Sequence[Waiting]
) -> list[Receipt | Exception | None]:
    with app.turn:
        app.settle(batch)
    return [one.outcome for one in batch]


def waiting(command: Command[Any], *, expected: int | None = None) -> Waiting:
    return Waiting(command, Occasion(by=OFFICE, at=NOON), None, expected)
