"""Registers of their own: one whose backup was restored, and one that was edited."""

from pathlib import Path

from projections.ledger.verifier.bundles.bundle import check
from projections.postgres.address import Address
from tests.ledger.bundles.court import (
    files_in,
    in_session,
    manifest_of,
    told,
)
from tests.postgres import admin

TABLE = "ALTER TABLE log.probity_events"
TRIGGERS = ("append_only_rows", "append_only_table")
EDITING = """
UPDATE log.probity_events SET recorded_at = recorded_at - interval '1 day'
 WHERE topic = 'disclosure.filed'
"""


def test_a_report_from_before_and_after_a_restore_has_a_checkpoint_of_each_log(
    database: Address, tmp_path: Path
) -> None:
    with in_session(database, tmp_path) as court:
        report, old, policy = court.file(), court.origin, court.policy
        with admin(database) as connection:
            connection.execute("SET ROLE probity_owner")
            later = f"{old.removesuffix('/e1')}/e2"
            connection.execute("SELECT log.open_epoch(2, %s, 'restored')", (later,))
        court.amend(report, tables=11)
        court.sign()
        path = court.bundle(report)

        files = files_in(path)

        checkpoints = {later: "checkpoint", old: "checkpoint-e1"}
        assert manifest_of(files).checkpoints == checkpoints
        assert "SEVERAL CHECKPOINTS" in files["README.txt"].decode()
        for trusted in (policy, court.policy, None):
            verdict = check(path, trusted)
            assert verdict.code == 0, told(verdict)


def test_an_event_that_was_edited_is_not_handed_over_as_if_it_were_proven(
    database: Address, tmp_path: Path
) -> None:
    with in_session(database, tmp_path) as court:
        report = court.file()
        with admin(database) as connection:
            for statement in (
                f"{TABLE} DISABLE TRIGGER ALL",
                EDITING,
                *(f"{TABLE} ENABLE ALWAYS TRIGGER {name}" for name in TRIGGERS),
            ):
                connection.execute(statement.encode())

        said = court.refused(report)

        assert "is not what its stored leaf says" in said
