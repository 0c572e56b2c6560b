"""The lines of a trust policy (C2SP tlog-policy), each read with those before it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from projections.ledger.standard.note import BadNote, Verifier, parse_vkey
from projections.ledger.standard.signature import (
    ED25519_COSIGNATURE,
    ML_DSA_44_COSIGNATURE,
)

NONE = "none"
COSIGNATURES = (ED25519_COSIGNATURE, ML_DSA_44_COSIGNATURE)
BLANKS = re.compile("[ \t]+")
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
DECIMAL = re.compile("[1-9][0-9]{0,9}")


class BadPolicy(ValueError):
    """Not a trust policy; the message names the line and what is wrong with it."""


@dataclass(frozen=True)
class Witness:
    """A witness by its name in the policy; who sends to it needs its URL too."""

    name: str
    verifier: Verifier
    url: str | None = None


@dataclass(frozen=True)
class Group:
    """Witnesses, or groups of them, of whom a number is needed."""

    name: str
    needed: int
    members: tuple[str, ...]


def items_of(line: str) -> list[str]:
    """Return the items of a line, none for an empty line or a comment.

    Blanks are ASCII spaces and tabs alone; other spaces are part of a name.
    """
    if FORBIDDEN.search(line):
        raise BadPolicy("there is a control character in it")
    stripped = line.strip(" \t")
    return BLANKS.split(stripped) if stripped and stripped[0] != "#" else []


@dataclass
class Reading:
    """What the lines of a policy have said so far."""

    logs: list[Verifier] = field(default_factory=list)
    witnesses: dict[str, Witness] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    quorum: str | None = None
    grouped: set[str] = field(default_factory=set)

    def take(self, keyword: str, items: Sequence[str]) -> None:
        """Read one line, which is not empty.

        Raises:
            BadPolicy, BadNote: it is not a line of a policy, at this place.
        """
        match keyword, items:
            case "log", [vkey] | [vkey, _]:
                self._add_log(parse_vkey(vkey))
            case "witness", [name, vkey]:
                self._add_witness(Witness(name, parse_vkey(vkey)))
            case "witness", [name, vkey, url]:
                self._add_witness(Witness(name, parse_vkey(vkey), url))
            case "group", [name, needed, *members] if members:
                self._add_group(name, needed, members)
            case "quorum", [name]:
                self._set_quorum(name)
            case _:
                raise BadPolicy("not a log, witness, group or quorum line")

    def _add_log(self, log: Verifier) -> None:
        if log.public in [other.public for other in self.logs]:
            raise BadPolicy("this public key was given for a log before")
        self.logs.append(log)

    def _add_witness(self, witness: Witness) -> None:
        self._refuse_taken(witness.name)
        if witness.verifier.kind not in COSIGNATURES:
            raise BadPolicy("a witness needs a key of cosignatures (type 4 or 6)")
        known = [other.verifier.public for other in self.witnesses.values()]
        if witness.verifier.public in known:
            raise BadPolicy("this public key was given for a witness before")
        self.witnesses[witness.name] = witness

    def _add_group(self, name: str, needed: str, members: Sequence[str]) -> None:
        self._refuse_taken(name)
        for member in members:
            self._refuse_unknown(member)
            if member in self.grouped:
                raise BadPolicy(f"{member!r} is a member twice; once is allowed")
            self.grouped.add(member)
        count = needed_of(needed, len(members))
        self.groups[name] = Group(name, count, tuple(members))

    def _set_quorum(self, name: str) -> None:
        if self.quorum is not None:
            raise BadPolicy("there is a quorum line already")
        if name != NONE:
            self._refuse_unknown(name)
        self.quorum = name

    def _refuse_taken(self, name: str) -> None:
        if name == NONE or name in self.witnesses or name in self.groups:
            raise BadPolicy(f"the name {name!r} is taken")

    def _refuse_unknown(self, name: str) -> None:
        if name not in self.witnesses and name not in self.groups:
            raise BadPolicy(f"no line before this one defines {name!r}")


def needed_of(written: str, members: int) -> int:
    """Return how many members of a group are needed."""
    if written in ("all", "any"):
        return members if written == "all" else 1
    if not DECIMAL.fullmatch(written) or int(written) > members:
        raise BadPolicy(f"{written!r} is not all, any, or a number up to {members}")
    return int(written)


def read_lines(text: str) -> Reading:
    """Read all lines of a policy.

    Raises:
        BadPolicy: see `Reading.take`; the message names the line.
    """
    reading = Reading()
    *lines, rest = text.split("\n")
    if rest:
        raise BadPolicy("the last line of the policy has no newline: is it cut off?")
    for number, line in enumerate(lines, 1):
        try:
            if items := items_of(line):
                reading.take(items[0], items[1:])
        except (BadPolicy, BadNote) as error:
            raise BadPolicy(f"line {number} of the policy: {error}") from error
    return reading
