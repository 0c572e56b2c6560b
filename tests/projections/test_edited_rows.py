"""Whoever edits a read model is found out, or it is said why nothing can be said."""

import threading
from datetime import date

import pytest

from projections.auditing import compare_all
from projections.models import MODELS
from projections.models.calendar_fold import Calendar
from projections.postgres.address import Address
from projections.projector import Projector
from projections.rebuild import rebuild
from projections.shadow import Shadow, begin
from tests.chance import chance_history
from tests.history import History
from tests.postgres import as_role
from tests.projections.attested import attest, verdicts
from tests.projections.kinds import Connection, Tell
from tests.projections.vault import IndexVault
from tests.rows import rows_of

EDIT = b"UPDATE calendar.obligation SET due_on = due_on + 1 WHERE person = 'P1'"


def test_an_edit_after_the_attestation_is_seen_in_the_live_rows(
    attested: History, writer: Connection, keeper: Connection
) -> None:
    del attested
    writer.execute(EDIT)

    log, live = compare_all(keeper, names=["calendar"])

    assert (log.verdict, live.verdict) == ("same", "different")
    assert [table.table for table in live.tables] == ["obligation"]


def test_an_edit_before_the_attestation_is_seen_in_what_was_attested(
    tell: Tell, writer: Connection, keeper: Connection
) -> None:
    history = tell(chance_history(5, 250))
    writer.execute(EDIT)
    attest(history, writer)
    tell(history)

    log, live = compare_all(keeper, names=["calendar"])

    assert (log.verdict, live.verdict) == ("different", "different")
    assert log.claimed != log.rebuilt
    assert [table.table for table in log.tables] == ["obligation"]


def test_an_edit_of_a_superuser_is_reported_by_the_rebuild_that_mends_it(
    attested: History,
    writer: Connection,
    keeper: Connection,
    vault: IndexVault,
    capsys: pytest.CaptureFixture[str],
) -> None:
    del attested
    before = rows_of(keeper, "calendar")
    writer.execute(EDIT)
    writer.execute("DELETE FROM calendar.unit WHERE code = 'U5'")
    assert rows_of(keeper, "calendar") != before

    rebuilt = rebuild(keeper, "calendar", vault)

    log, live = rebuilt.compared
    assert rebuilt.live
    assert (log.verdict, live.verdict) == ("same", "different")
    assert [table.table for table in live.tables] == ["obligation", "unit"]
    assert [t.claimed_rows for t in live.tables][1] == 5
    said = capsys.readouterr().out
    assert "read model is not what the log makes" in said
    assert str(live.claimed) in said
    assert str(live.rebuilt) in said
    assert rows_of(keeper, "calendar") == before
    assert verdicts(compare_all(keeper, names=["calendar"])) == ["same", "same"]


def test_live_rows_that_go_on_meanwhile_are_compared_as_they_were(
    attested: History,
    writer: Connection,
    keeper: Connection,
    database: Address,
    vault: IndexVault,
) -> None:
    def more_happens(*_: object) -> None:
        attested.person(f"R{attested.position}")
        attested.write(writer)
        with as_role(database, "probity_projector") as other:
            Projector(other, [Calendar(vault)]).catch_up()

    found = compare_all(keeper, names=["calendar"], batch=100, progress=more_happens)

    assert verdicts(found) == ["same", "same"]


# Where nothing can be said, it is said why.


def test_what_was_never_attested_is_compared_with_the_live_rows_alone(
    tell: Tell, keeper: Connection
) -> None:
    tell(chance_history(1, 50))

    log, live = compare_all(keeper, names=["registry"])

    assert (log.verdict, live.verdict) == ("unattested", "same")
    assert "nothing was attested" in str(log)


def test_what_was_attested_of_a_position_beyond_the_log_is_told(
    attested: History, writer: Connection, keeper: Connection
) -> None:
    attest(attested, writer, "registry", on=date(2020, 2, 1), position=10**6)

    log, live = compare_all(keeper, names=["registry"])

    assert (log.verdict, live.verdict) == ("unknown", "unknown")
    assert "the log ends before position 1000000" in str(log)


def test_live_rows_of_another_program_are_not_compared(
    attested: History, writer: Connection, keeper: Connection
) -> None:
    del attested
    writer.execute("UPDATE projection.position SET layout = 'a b'")

    log, live = compare_all(keeper, names=["registry"])

    assert (log.verdict, live.verdict) == ("same", "unknown")
    assert "the live rows are another program's" in str(live)


def test_live_rows_that_are_hidden_are_not_compared(
    attested: History, writer: Connection, keeper: Connection
) -> None:
    del attested
    writer.execute("ALTER TABLE calendar.unit ENABLE ROW LEVEL SECURITY")
    writer.execute("ALTER TABLE calendar.unit FORCE ROW LEVEL SECURITY")

    log, live = compare_all(keeper, names=["calendar"])

    assert (log.verdict, live.verdict) == ("same", "unknown")
    assert "row security may hide rows of unit" in str(live)


def test_an_interrupted_rebuild_that_is_beyond_it_says_so(
    attested: History, keeper: Connection, vault: IndexVault
) -> None:
    shadow = Shadow(keeper, Calendar(vault, "calendar_next"))
    begin(keeper, shadow.model)
    assert shadow.advance(attested.position)

    log, live = rebuild(keeper, "calendar", vault).compared

    assert (log.verdict, live.verdict) == ("unknown", "same")
    assert "the interrupted rebuild was beyond position" in str(log)


def test_live_rows_that_stand_behind_the_rebuild_are_not_compared(
    attested: History, writer: Connection, keeper: Connection, vault: IndexVault
) -> None:
    attested.person("later")
    attested.write(writer)
    shadow = Shadow(keeper, Calendar(vault, "calendar_next"))
    begin(keeper, shadow.model)
    shadow.advance(attested.position)

    rebuilt = rebuild(keeper, "calendar", vault)

    assert rebuilt
    assert "what was rebuilt stands beyond it" in str(rebuilt.compared[1])


def test_a_rebuild_that_is_stopped_on_the_way_compares_nothing_more(
    attested: History, keeper: Connection, vault: IndexVault
) -> None:
    stopping = threading.Event()
    position = attested.position - 20 - len(MODELS)

    def stop_there(done: int, _: int) -> None:
        if done >= position:
            stopping.set()

    rebuilt = rebuild(
        keeper, "calendar", vault, progress=stop_there, stopping=stopping, batch=10
    )

    assert not rebuilt
    assert verdicts(rebuilt.compared) == ["same"]


def test_the_days_of_attestations_are_told(
    attested: History, writer: Connection, keeper: Connection
) -> None:
    attest(attested, writer, "calendar", on=date(2020, 2, 1))

    (log, _) = compare_all(keeper, names=["calendar"])

    assert log.on == date(2020, 2, 1)
