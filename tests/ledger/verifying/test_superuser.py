"""A superuser with the triggers off bends a real database; both verifiers see it."""

from dataclasses import dataclass

import pytest

from projections.postgres.address import Address
from tests.chance import chance_history
from tests.ledger.verifying.conftest import Auditor
from tests.ledger.verifying.house import House
from tests.projections.vault import IndexVault

EVENTS = 330
ROW = "UPDATE log.probity_events SET {} WHERE notification_id = %(p)s"
LEAF = r"""
UPDATE log.probity_events AS e SET leaf = sha256('\x00' || convert_to(
       h.origin || E'/event@v1\n' || originator_id || E'\n' || originator_version
       || E'\n' || topic || E'\n' || notification_id || E'\n'
       || to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
       || E'\n' || encode(sha256(state), 'hex') || E'\n', 'UTF8'))
  FROM log.head AS h
"""
AWAY = "UPDATE log.probity_events SET notification_id = notification_id + 1000000"
SHIFT = f"{AWAY} WHERE notification_id >= %(p)s"
BACK = (
    "UPDATE log.probity_events SET notification_id = notification_id - 1000000 + {}"
    " WHERE notification_id > 1000000"
)
DELETE = "DELETE FROM log.probity_events WHERE notification_id = %(p)s"
COPY = """
INSERT INTO log.probity_events
SELECT %(p)s, gen_random_uuid(), 1, topic, state, gen_random_uuid(), recorded_at,
       sha256(convert_to(topic, 'UTF8'))
  FROM log.probity_events WHERE notification_id = 1
"""
SWAP = """
UPDATE log.probity_events
   SET notification_id = CASE notification_id
       WHEN 1000000 + %(p)s THEN %(p)s + 9 ELSE %(p)s END
 WHERE notification_id > 1000000
"""
BOTH = f"{AWAY} WHERE notification_id IN (%(p)s, %(p)s + 9)"
CUT = "DELETE FROM log.probity_events WHERE notification_id >= %(p)s"
HEAD = "UPDATE log.head SET size = {}"
TILE = r"""
UPDATE ledger.tile SET data = set_byte(data, 3, get_byte(data, 3) # 1)
 WHERE level = {} AND n = 0
"""
BITS = "state = set_byte(state, 1, get_byte(state, 1) # 4)"


@dataclass(frozen=True)
class Bent:
    """Statements of a superuser, and what they must be found to be."""

    name: str
    statements: tuple[str, ...]
    kind: str
    index: int | None = 0  # from the event that was chosen

    def __str__(self) -> str:
        return self.name


EDITS = {
    "a bit of the state": BITS,
    "the topic": "topic = topic || '.x'",
    "the version": "originator_version = originator_version + 1000",
    "the time": "recorded_at = recorded_at + interval '1 microsecond'",
    "the year": "recorded_at = recorded_at - interval '1 year'",
    "no time at all": "recorded_at = 'infinity'",
    "another stream": "originator_id = gen_random_uuid()",
}
ALL = [
    *(Bent(name, (ROW.format(edit),), "edited") for name, edit in EDITS.items()),
    *(
        Bent(f"{name}, with its leaf", (ROW.format(edit), LEAF), "edited")
        for name, edit in EDITS.items()
        if "infinity" not in edit
    ),
    Bent("deleted", (DELETE,), "deleted"),
    Bent("deleted and closed up", (DELETE, SHIFT, BACK.format(-1)), "deleted"),
    Bent(
        "deleted, closed up, with leaves",
        (DELETE, SHIFT, BACK.format(-1), LEAF, HEAD.format("size - 1")),
        "deleted",
    ),
    Bent("inserted", (SHIFT, BACK.format(1), COPY), "inserted"),
    Bent(
        "inserted, with leaves",
        (SHIFT, BACK.format(1), COPY, LEAF, HEAD.format("size + 1")),
        "inserted",
    ),
    Bent("swapped", (BOTH, SWAP), "reordered"),
    Bent("swapped, with leaves", (BOTH, SWAP, LEAF), "reordered"),
    Bent("cut", (CUT,), "truncated"),
    Bent("cut, with its head", (CUT, HEAD.format("%(p)s - 1")), "truncated"),
    Bent("the leaf", (ROW.format(r"leaf = sha256('\x01')"),), "leaf-edited"),
    Bent("a leaf in a tile", (TILE.format(0),), "tile-edited", None),
    Bent("a hash over a tile", (TILE.format(1),), "tile-edited", None),
    Bent(
        "a tile dropped",
        ("DELETE FROM ledger.tile WHERE level = 0 AND n = 1",),
        "tile-edited",
        None,
    ),
    Bent(
        "a root",
        ("UPDATE ledger.checkpoint SET root = sha256(root)",),
        "checkpoint-edited",
        None,
    ),
    Bent(
        "a note",
        ("UPDATE ledger.signed SET note = replace(note, origin, origin || 'x')",),
        "checkpoint-edited",
        None,
    ),
    Bent("the head", (HEAD.format("size - 10"),), "head-edited", None),
]


@pytest.fixture
def house(database: Address, auditor: Auditor) -> House:
    house = House(database)
    history = chance_history(11, 2 * EVENTS, IndexVault())
    del history.records[EVENTS:]
    house.write(history)
    auditor.trust(house.policy)
    return house


def test_whatever_a_superuser_does_both_verifiers_name_it(
    house: House, auditor: Auditor
) -> None:
    """All in one test: making the register takes longer than bending it."""
    wrong: list[tuple[str, object]] = []
    for number, bent in enumerate(ALL):
        position = 3 + 7 * number
        with house.bent(*bent.statements, p=position) as connection:
            dumped = house.dump(connection, auditor.home / "dump.sql")
            offline = auditor.check(dumped)
            live = house.judge(connection)
        said = [(one["kind"], one["index"]) for one in offline.said["differences"]]
        index = None if bent.index is None else position - 1
        kinds = [kind for kind, at in said if index in {None, at}]
        if bent.kind not in kinds or offline.code != 1:
            wrong.append((bent.name, offline.said))
        if [(one.kind, one.index) for one in live.differences] != said:
            wrong.append((f"{bent.name}, live", live))

    assert wrong == []


def test_untouched_both_verifiers_find_nothing(house: House, auditor: Auditor) -> None:
    with house.bent() as connection:
        dumped = house.dump(connection, auditor.home / "dump.sql")
        assert house.judge(connection).code == 0

    assert auditor.check(dumped).code == 0
