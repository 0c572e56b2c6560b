"""Which role may do what, and open what: the one table, as data."""

from collections.abc import Mapping
from typing import Literal

from domain.access import rights as may
from domain.record import Value

Conflict = Literal["own", "relative", "superior"]

DECLARANT = "declarant"

# The classes of what is declared, from what anybody may open to what few may.
CLASSES = ("open", "identity", "confidential", "restricted")
FAMILY: tuple[Conflict, ...] = ("relative",)
EVERY: tuple[Conflict, ...] = ("relative", "superior")


class Role(Value):
    """What a role may do and open, and whose matters are kept from it.

    Attributes:
        rights: what it may do, each as kind.verb.
        opens: the strictest class of contents that it may open; see `CLASSES`.
        barred_by: whose matters are kept from it besides its own. Whoever judges others
            is kept from their superiors'; whoever records or audits is not, since the
            head of an office would have nobody to do it.
        watches: it is the integrity office's own, whose staff are covered persons and
            are reviewed by another unit than their own (S2-14).
        assigned: it reaches nothing but what a mandate names.
    """

    rights: frozenset[str]
    opens: Literal["open", "identity", "confidential", "restricted"] = "open"
    barred_by: tuple[Conflict, ...] = EVERY
    watches: bool = False
    assigned: bool = False


TABLE: Mapping[str, Role] = {
    DECLARANT: Role(
        rights=may.OPEN
        | may.CONTENTS
        | may.MATTERS
        | may.OWN_WORDS
        | may.DEFENCE
        | {"access_log.read", "request.read", "release.read"},
        opens="restricted",
    ),
    "clerk": Role(
        rights=may.OPEN
        | may.FILES
        | may.OWN_WORDS
        | {"disclosure.record_paper", "person.register", "person.correct"}
        | may.ANSWERS
        | {"person.notify", "request.read", "statistics.read"},
        opens="confidential",
        barred_by=FAMILY,
    ),
    "supervisor": Role(
        rights=may.OPEN | may.MATTERS | may.LEAVE | {"person.list"},
        opens="confidential",
    ),
    "reviewer": Role(
        rights=may.OPEN | may.FILES | may.REVIEW | {may.GLASS, "history.read"},
        opens="restricted",
        watches=True,
    ),
    "certifier": Role(
        rights=may.OPEN
        | may.FILES
        | may.REVIEW
        | may.CERTIFICATION
        | may.PROCEEDINGS
        | may.HOLDS
        | {"verification.find", "eligibility.read", "certificate.issue"}
        | {"board.read", "certificate.read", "draw.make", "draw.read"}
        | {"statistics.publish"}
        | {may.GLASS, "records.read_break_glass"},
        opens="restricted",
        watches=True,
    ),
    "verifier": Role(
        rights=may.OPEN
        | may.FILES
        | may.VERIFICATION
        | {"verification.read", "source.read", "history.read", may.GLASS},
        opens="restricted",
        watches=True,
    ),
    "intake_officer": Role(rights=may.OPEN, watches=True),
    "investigator": Role(
        rights=may.OPEN | may.FILES | may.PROCEEDINGS | may.INVESTIGATION | {may.GLASS},
        opens="restricted",
        watches=True,
        assigned=True,
    ),
    "deciding_authority": Role(
        rights=may.OPEN
        | may.FILES
        | may.PROCEEDINGS
        | may.DECIDING
        | may.HOLDS
        | {"case.open", "board.read", "certificate.read"},
        opens="restricted",
        watches=True,
        assigned=True,
    ),
    "appeal_panel": Role(
        rights=may.OPEN | may.MATTERS | may.PROCEEDINGS | may.PANEL,
        opens="restricted",
        assigned=True,
    ),
    "board": Role(rights=may.OPEN | may.BOARD, assigned=True),
    "hr": Role(
        rights=may.OPEN
        | may.UNITS
        | may.PERSONNEL
        | may.CANDIDATES
        | {"person.notify", "sanction.carry_out", "hold.clear"}
        | {"recommendation.read", "recommendation.answer"},
        opens="identity",
        barred_by=FAMILY,
    ),
    "campaign_team": Role(
        rights=may.OPEN | may.FILES,
        opens="confidential",
        watches=True,
        assigned=True,
    ),
    "oversight": Role(
        rights=may.OPEN
        | may.REVIEW_GLASS
        | {"statistics.read", "release.read", "export.make"}
        | {"appeal.constitute", "appeal.read", "replay.run", "statistics.publish"},
    ),
    "auditor": Role(
        rights=may.OPEN
        | may.FILES
        | may.EXPORTS
        | {"worklist.read", "statistics.read", "token.read", "mandate.read"}
        | {"access_log.read", "access_log.audit", "request.read", "release.read"}
        | {"records.read", "records.read_break_glass", "verification.read"}
        | may.PROCEEDINGS
        | {"source.read", "draw.read", "eligibility.read", "board.read"}
        | {"certificate.read", "replay.run"},
        barred_by=FAMILY,
    ),
    "support_officer": Role(rights=may.OPEN),
    "rulebook_steward": Role(
        rights=may.OPEN
        | {"rulebook.draft", "rulebook.publish"}
        | {"rulebook.run_period", "rulebook.confirm_coverage"},
    ),
    "records_officer": Role(
        rights=may.OPEN
        | may.FILES
        | may.KEEPING
        | may.EXPORTS
        | {"disclosure.exclude_reader"},
        watches=True,
    ),
    "admin": Role(
        rights=may.OPEN | may.UNITS | may.TOKENS | may.MANDATES,
        barred_by=FAMILY,
    ),
    "import": Role(
        rights=may.OPEN | may.UNITS | may.PERSONNEL | {"person.declare_relative"},
        opens="identity",
        barred_by=(),
    ),
    # It acts through the door itself and asks nothing over the network.
    "scheduler": Role(rights=frozenset(), barred_by=()),
}

RIGHTS: Mapping[str, frozenset[str]] = {name: r.rights for name, r in TABLE.items()}
ROLES = tuple(TABLE)
ACTIONS = frozenset[str]().union(*RIGHTS.values())
WATCHERS = frozenset(name for name, role in TABLE.items() if role.watches)
# What one person can be given by another: not their own matters, and no machine's part.
MANDATED = frozenset(ROLES) - {DECLARANT, "import", "scheduler"}
