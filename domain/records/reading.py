"""A read of personal data: who was shown what of whom, why, and on whose authority."""

from collections.abc import Iterable
from typing import ClassVar, Self
from uuid import UUID

from msgspec.structs import replace

from domain.errors import Invalid
from domain.record import Command, Decision, Fact, Given, Value, stream_of
from domain.records.words import demand, one_of

ON_RECORD = "a read of personal data says who, what, why and on whose authority"
OPEN_WORDS = "words about several persons cannot be sealed with the key of one"

KINDS = frozenset(
    {
        "access_log",
        "appeal",
        "approval",
        "calendar",
        "candidacy",
        "case",
        "certificate",
        "directory",
        "disclosure",
        "draw",
        "eligibility",
        "evidence",
        "export",
        "file",
        "history",
        "hold",
        "list",
        "obligation",
        "person",
        "recommendation",
        "records",
        "request",
        "sanction",
        "search",
        "verification",
        "worklist",
    }
)
# Things that somebody is told of in due time, and not by who reads of them.
TOLD_LATER = frozenset({"case", "draw", "evidence", "history", "hold", "verification"})
# What each role reads for, unless it says otherwise.
USUAL = {
    "declarant": "own",
    "clerk": "service",
    "supervisor": "review",
    "reviewer": "review",
    "certifier": "decision",
    "verifier": "verification",
    "intake_officer": "investigation",
    "investigator": "investigation",
    "deciding_authority": "decision",
    "appeal_panel": "appeal",
    "board": "promotion",
    "hr": "personnel",
    "campaign_team": "campaign",
    "oversight": "oversight",
    "auditor": "audit",
    "support_officer": "support",
    "records_officer": "records",
}
OTHERWISE = "administration"
PURPOSES = frozenset({*USUAL.values(), OTHERWISE, "emergency"})


def usual_purpose(role: str) -> str:
    """Return what somebody in this role reads for, if they say nothing else."""
    return USUAL.get(role, OTHERWISE)


# Facts: what happened.


class PersonalDataRead(Fact):
    """These persons' data were shown to the reader.

    `what` is one of `KINDS`, and `key` names the thing, if it has a name. `purpose` is
    one of `PURPOSES` and stays in the open, so that unusual reads can be found; what
    else was said of it is the reason in the envelope, and sealed. `classes` and
    `fields` are what was opened. `own`: nobody but the reader was concerned.
    """

    TOPIC: ClassVar = "records.read"
    reader: str
    role: str
    purpose: str
    what: str
    authority: str
    persons: tuple[str, ...]
    key: str = ""
    classes: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    masked: bool = False
    own: bool = False


# State: what the facts add up to.


class Reading(Value):
    persons: tuple[str, ...] = ()

    @property
    def subject(self) -> str | None:
        return sole(self.persons)

    def evolve(self, fact: Fact) -> Self:
        if isinstance(fact, PersonalDataRead):
            return replace(self, persons=fact.persons)
        return self


def reading_stream(read: str) -> UUID:
    return stream_of("read", read)


def sole(persons: Iterable[str]) -> str | None:
    """Return the person if it is just one."""
    several = set(persons)
    return several.pop() if len(several) == 1 else None


def refuse_open_words(said: str | None, persons: tuple[str, ...]) -> None:
    """Raise if there are words that would stand in the open: they may name somebody."""
    if said and sole(persons) is None:
        raise Invalid(
            "reason", "give the purpose as a code, without words", rule=OPEN_WORDS
        )


# Commands: what someone asks for, and when the rules allow it.


class RecordRead(Command[Reading]):
    """Put a read on record; `read` names it. If nobody was shown, nothing is recorded.

    Free words on the purpose are the command's `reason`, and go with one person only.
    """

    FRESH: ClassVar = True
    read: str
    what: str
    purpose: str
    authority: str
    persons: tuple[str, ...]
    key: str = ""
    classes: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    masked: bool = False

    @property
    def stream(self) -> UUID:
        return reading_stream(self.read)

    def blank(self) -> Reading:
        return Reading()

    def decide(self, reading: Reading, given: Given) -> Decision:
        self.check()
        if reading.persons or not self.persons:
            return
        yield PersonalDataRead(
            reader=given.by.id,
            role=given.by.role,
            purpose=self.purpose,
            what=self.what,
            authority=self.authority,
            persons=self.persons,
            key=self.key,
            classes=self.classes,
            fields=self.fields,
            masked=self.masked,
            own=sole(self.persons) == given.by.id,
        )

    def check(self) -> None:
        one_of("what", self.what, KINDS, rule=ON_RECORD)
        one_of("purpose", self.purpose, PURPOSES, rule=ON_RECORD)
        demand("authority", self.authority, what="say by what right", rule=ON_RECORD)
        refuse_open_words(self.reason, self.persons)
