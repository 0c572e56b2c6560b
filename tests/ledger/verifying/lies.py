"""Every way of lying about a log that we could think of, and what each must come to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from uuid import UUID

from projections.ledger.standard.checkpoint import Checkpoint
from projections.ledger.standard.tiles import WIDTH
from tests.ledger.verifying.register import TOPICS, Register, cosigned, signed


@dataclass(frozen=True)
class Truth:
    """What a lie must be found to be: the kind of it, and the first bad leaf."""

    kind: str
    index: int | None
    fields: tuple[str, ...] = ()


Lie = Callable[[Register, Random], Truth]


def stored_too(register: Register, chance: Random, *indices: int) -> None:
    """Make the leaf beside an event fit again, as a careful liar does."""
    if chance.random() < 0.5:
        for index in indices:
            row = register.events[index]
            row["leaf"] = register.leaf(row)


def anywhere(register: Register, chance: Random) -> int:
    return chance.randrange(len(register.events))


# Events that are edited.


def edit_state(register: Register, chance: Random) -> Truth:
    index = anywhere(register, chance)
    state = bytearray(register.events[index]["state"])
    state[chance.randrange(len(state))] ^= 1 << chance.randrange(8)
    register.events[index]["state"] = bytes(state)
    stored_too(register, chance, index)
    return Truth("edited", index, ("state",))


def edit_topic(register: Register, chance: Random) -> Truth:
    index = anywhere(register, chance)
    row = register.events[index]
    row["topic"] = chance.choice([t for t in TOPICS if t != row["topic"]])
    stored_too(register, chance, index)
    return Truth("edited", index, ("topic",))


def edit_version(register: Register, chance: Random) -> Truth:
    index = anywhere(register, chance)
    register.events[index]["originator_version"] += chance.choice((1, -1, 1000))
    stored_too(register, chance, index)
    return Truth("edited", index, ("originator_version",))


def edit_time(register: Register, chance: Random) -> Truth:
    index = anywhere(register, chance)
    register.events[index]["recorded_at"] += timedelta(microseconds=1)
    stored_too(register, chance, index)
    return Truth("edited", index, ("recorded_at",))


def backdate(register: Register, chance: Random) -> Truth:
    index = anywhere(register, chance)
    register.events[index]["recorded_at"] -= timedelta(days=chance.randint(1, 4000))
    stored_too(register, chance, index)
    return Truth("edited", index, ("recorded_at",))


def edit_stream(register: Register, chance: Random) -> Truth:
    index = anywhere(register, chance)
    register.events[index]["originator_id"] = UUID(int=chance.getrandbits(128))
    stored_too(register, chance, index)
    return Truth("edited", index, ("originator_id",))


# Events that go, come, or change places.


def renumber(register: Register, chance: Random, start: int, by: int) -> None:
    for row in register.events[start:]:
        row["notification_id"] += by
    stored_too(register, chance, *range(start, len(register.events)))


def delete(register: Register, chance: Random) -> Truth:
    index = anywhere(register, chance)
    last = index == len(register.events) - 1
    del register.events[index]
    if chance.random() < 0.5:
        renumber(register, chance, index, -1)
        register.size -= chance.choice((0, 1))
    return Truth("truncated" if last else "deleted", index)


def insert(register: Register, chance: Random) -> Truth:
    index = anywhere(register, chance)
    renumber(register, chance, index, 1)
    row = dict(chance.choice(register.events))
    row |= {"notification_id": register.first + index, "originator_version": 77}
    row |= {"originator_id": UUID(int=chance.getrandbits(128))}
    register.events.insert(index, row)
    stored_too(register, chance, index)
    register.size += chance.choice((0, 1))
    return Truth("inserted", index)


def swap(register: Register, chance: Random) -> Truth:
    one, other = sorted(chance.sample(range(len(register.events)), 2))
    here, there = register.events[one], register.events[other]
    here["notification_id"], there["notification_id"] = (
        there["notification_id"],
        here["notification_id"],
    )
    register.events[one], register.events[other] = there, here
    stored_too(register, chance, one, other)
    return Truth("reordered", one)


def truncate(register: Register, chance: Random) -> Truth:
    index = anywhere(register, chance)
    del register.events[index:]
    if chance.random() < 0.7:
        register.size = index
    if chance.random() < 0.5:
        register.roots = {
            size: r for size, r in register.roots.items() if size <= index
        }
        register.signed = {s: n for s, n in register.signed.items() if s <= index}
        register.cosigned = {s: n for s, n in register.cosigned.items() if s <= index}
        register.rebuild()
    return Truth("truncated", index)


# The ledger's own tables.


def edit_leaf(register: Register, chance: Random) -> Truth:
    index = anywhere(register, chance)
    register.events[index]["leaf"] = chance.randbytes(32)
    return Truth("leaf-edited", index)


def edit_tile(register: Register, chance: Random) -> Truth:
    level, n = chance.choice(sorted(register.tiles))
    data = bytearray(register.tiles[level, n])
    at = chance.randrange(len(data) // 32)
    data[at * 32 + chance.randrange(32)] ^= 1 << chance.randrange(8)
    register.tiles[level, n] = bytes(data)
    return Truth("tile-edited", (n * WIDTH + at) << 8 * level)


def edit_checkpoint(register: Register, chance: Random) -> Truth:
    size = chance.choice(sorted(register.roots))
    if chance.random() < 0.5:
        register.roots[size] = chance.randbytes(32)
        return Truth("checkpoint-edited", None)
    notes = chance.choice((register.signed, register.cosigned))
    other = Checkpoint(register.origin, size, chance.randbytes(32)).text()
    signatures = notes[size].partition("\n\n")[2]
    notes[size] = f"{other}\n{signatures}"
    return Truth("checkpoint-edited", None)


def edit_with_tile(register: Register, chance: Random) -> Truth:
    index = anywhere(register, chance)
    row = register.events[index]
    row["state"] += b"!"
    row["leaf"] = register.leaf(row)
    n, at = divmod(index, WIDTH)
    data = bytearray(register.tiles[0, n])
    data[at * 32 : (at + 1) * 32] = row["leaf"]
    register.tiles[0, n] = bytes(data)
    return Truth("edited", index, ("state",))


# Whoever has everything, up to the log's own key.


def rewrite(register: Register, chance: Random) -> Truth:
    index = anywhere(register, chance)
    row = register.events[index]
    row["state"] += b"!"
    row["leaf"] = register.leaf(row)
    register.rebuild()
    return Truth("edited", index, ("state",))


def resign(register: Register, chance: Random) -> Truth:
    truth = rewrite(register, chance)
    for size in [size for size in register.signed if size > (truth.index or 0)]:
        register.sign(size)
        if chance.random() < 0.5:
            # One witness may be bribed, or lent its key; the policy asks for two.
            register.cosigned[size] = cosigned(register.signed[size], 1)
    return Truth("re-signed", truth.index)


def fork(register: Register, chance: Random) -> Truth:
    """Go on from some event with other ones, and sign those too."""
    index, size = anywhere(register, chance), register.size
    del register.events[index:]
    register.size = index
    register.append(Random(chance.random()), size - index + chance.randint(0, 9))  # noqa: S311  no secret
    kept = {s: n for s, n in register.cosigned.items() if s <= index}
    register.cosigned = kept if chance.random() < 0.5 else register.cosigned
    register.rebuild()
    for grown in [size for size in register.roots if size > index]:
        register.signed[grown] = signed(
            Checkpoint(register.origin, grown, register.roots[grown])
        )
    return Truth("re-signed", index)


def rename(register: Register, chance: Random) -> Truth:
    """Say that all of it is another log."""
    register.origin = f"elsewhere.example/{chance.randint(1, 9)}"
    return Truth("truncated", 0)


LIES: Mapping[str, Lie] = {
    lie.__name__: lie
    for lie in (
        edit_state,
        edit_topic,
        edit_version,
        edit_time,
        backdate,
        edit_stream,
        delete,
        insert,
        swap,
        truncate,
        edit_leaf,
        edit_tile,
        edit_checkpoint,
        edit_with_tile,
        rewrite,
        resign,
        fork,
        rename,
    )
}
