"""Where a connection is lost, we look for our own event before we say we failed."""

from eventsourcing.persistence import OperationalError

from domain.casework import Casework
from domain.unit import EstablishUnit, NameHead
from tests.domain.door import COLLEGE, HEAD, NOON, OFFICE, ask, keyed, opened, size
from tests.domain.logs import Cut
from tests.memory import in_memory


def cut(*cuts: str) -> tuple[Casework, Cut]:
    """Return a door whose next connections to the log are cut in this way."""
    app = opened(log := Cut())
    log.cuts, log.tries = list(cuts), 0
    return app, log


def test_lost_after_the_commit_we_find_our_own_event() -> None:
    app, log = cut("after")
    receipt = ask(app, HEAD, request=keyed())

    assert (receipt.version, receipt.position) == (2, 4)
    assert (size(app), log.tries) == (4, 1)
    assert ask(app, HEAD, request=keyed()) == receipt


def test_lost_before_the_commit_we_try_once_more() -> None:
    app, log = cut("before")

    assert ask(app, HEAD).position == 4
    assert (size(app), log.tries) == (4, 2)


def test_lost_before_and_then_after_the_commit_we_find_our_own_event() -> None:
    app, log = cut("before", "after")

    assert ask(app, HEAD).position == 4
    assert (size(app), log.tries) == (4, 2)


def test_lost_twice_we_say_so_to_all_that_waited() -> None:
    app, log = cut("before", "before")
    library = EstablishUnit(code="library", name="Library")

    outcomes = app.handle_all([HEAD, library], by=OFFICE, at=NOON)
    assert [type(o) for o in outcomes] == [OperationalError, OperationalError]
    assert (size(app), log.tries) == (3, 2)


def test_what_is_committed_while_we_look_is_found_when_we_try_again() -> None:
    app, log = cut("after")
    log.meanwhile.append(list)

    assert ask(app, HEAD).position == 4
    assert (size(app), log.tries) == (4, 2)


def test_somebody_else_may_come_first_while_we_are_cut_off() -> None:
    app, log = cut("before")
    other = in_memory(log)
    log.meanwhile.append(lambda: ask(other, NameHead(code="college", head="them")))

    assert ask(app, HEAD).version == 3
    assert [r.fact.head for r in app.history(COLLEGE)[1:]] == ["them", "zhang"]


def test_a_log_that_cannot_be_read_is_told_to_all_that_waited() -> None:
    app, _ = cut("reading")

    outcomes = app.handle_all([HEAD, HEAD], by=OFFICE, at=NOON)
    assert [str(o) for o in outcomes] == ["no route to the log"] * 2
