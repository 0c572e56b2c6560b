"""Read models are made anew of the log, and compared with the log and the live rows."""

import threading

import pytest

from domain.records.custody import SubjectKeyDestroyed, records_stream
from projections.auditing import NAMES, compare_all
from projections.models.calendar_fold import Calendar
from projections.position import SQL
from projections.postgres.address import Address
from projections.rebuild import rebuild
from projections.shadow import RebuildRunning, begin
from tests.chance import PEOPLE, chance_history
from tests.history import History
from tests.postgres import as_role
from tests.projections.attested import attest, verdicts
from tests.projections.kinds import Connection, Tell
from tests.projections.vault import IndexVault
from tests.rows import rows_of


@pytest.mark.parametrize(
    ("batch", "zone"), [(1, "UTC"), (7, "Asia/Shanghai"), (2000, "America/Lima")]
)
def test_rows_are_the_same_whatever_the_batch_and_the_time_zone(
    tell: Tell, writer: Connection, keeper: Connection, batch: int, zone: str
) -> None:
    attest(tell(chance_history(batch, 120)), writer)
    keeper.execute("SELECT set_config('TimeZone', %s, false)", (zone,))
    keeper.execute("SET DateStyle = 'SQL, DMY'")

    found = list(compare_all(keeper, batch=batch))

    assert [(one.model, one.against) for one in found] == [
        (name, against) for name in NAMES for against in ("attested", "live")
    ]
    assert set(verdicts(found)) == {"same"}


def test_rows_are_the_same_after_keys_were_destroyed_and_models_rebuilt(
    tell: Tell, writer: Connection, keeper: Connection, vault: IndexVault
) -> None:
    history = tell(chance_history(3, 250, vault))
    attest(history, writer)
    words = rows_of(keeper, "personnel_file")["word"]
    history.vault = None
    for number in PEOPLE[:4]:
        gone = SubjectKeyDestroyed(person=number, basis="order", on=history.now.date())
        history.add(records_stream(number), gone, subject=number)
        vault.destroy(number)
    tell(history)
    for name in NAMES:
        assert verdicts(rebuild(keeper, name, vault).compared) == ["same", "same"]

    assert set(verdicts(compare_all(keeper))) == {"same"}
    assert len(rows_of(keeper, "personnel_file")["word"]) < len(words)


def test_nothing_is_left_of_a_comparison(attested: History, keeper: Connection) -> None:
    del attested
    list(compare_all(keeper, names=["calendar", "records"]))

    schemas = "SELECT nspname FROM pg_namespace WHERE nspname LIKE '%check'"
    assert keeper.execute(schemas).fetchall() == []
    names = {name for (name,) in keeper.execute("SELECT name FROM projection.position")}
    assert names == set(NAMES)


def test_what_a_comparison_that_was_killed_left_is_thrown_away(
    attested: History, keeper: Connection, vault: IndexVault
) -> None:
    del attested
    begin(keeper, Calendar(vault, "calendar_check"))
    keeper.execute(
        "INSERT INTO calendar_check.unit (stream, code, name, event_id)"
        " VALUES (gen_random_uuid(), 'x', 'x', gen_random_uuid())"
    )

    assert verdicts(compare_all(keeper, names=["calendar"])) == ["same", "same"]


def test_its_progress_is_told_model_by_model(
    attested: History, keeper: Connection
) -> None:
    told: list[tuple[str, int, int]] = []

    list(
        compare_all(
            keeper,
            names=["calendar", "registry"],
            progress=lambda *state: told.append(state),
        )
    )

    size = attested.position
    assert told[-1] == ("registry", size, size)
    assert ("calendar", size, size) in told


def test_it_stops_when_it_is_told_to(attested: History, keeper: Connection) -> None:
    del attested
    stopping = threading.Event()

    found = list(
        compare_all(
            keeper, batch=10, progress=lambda *_: stopping.set(), stopping=stopping
        )
    )

    assert found == []
    assert keeper.execute("SELECT to_regnamespace('calendar_check')").fetchone() == (
        None,
    )


def test_two_comparisons_of_one_model_do_not_meet(
    attested: History, keeper: Connection, database: Address
) -> None:
    del attested
    with as_role(database, "probity_projector") as other:
        other.execute(SQL["try_rebuilding"], {"name": "calendar_check"})

        with pytest.raises(RebuildRunning, match="calendar_check is being rebuilt"):
            list(compare_all(keeper, names=["calendar"]))
