"""Who may do what, to whom: the table of roles and the policy that reads it."""

from domain.access.grant import POLICY, Grant, Reach, Target, Verdict
from domain.access.policy import (
    OWN_MATTER,
    RELATIVE,
    SUPERIOR,
    authority_of,
    decide,
    may_open,
    opened_by_glass,
    reach,
    within,
)
from domain.access.rights import ANSWERS, CONFIDENTIAL, OWN_WORDS
from domain.access.roles import (
    ACTIONS,
    CLASSES,
    DECLARANT,
    MANDATED,
    RIGHTS,
    ROLES,
    TABLE,
    WATCHERS,
    Conflict,
    Role,
)

__all__ = [
    "ACTIONS",
    "ANSWERS",
    "CLASSES",
    "CONFIDENTIAL",
    "DECLARANT",
    "MANDATED",
    "OWN_MATTER",
    "OWN_WORDS",
    "POLICY",
    "RELATIVE",
    "RIGHTS",
    "ROLES",
    "SUPERIOR",
    "TABLE",
    "WATCHERS",
    "Conflict",
    "Grant",
    "Reach",
    "Role",
    "Target",
    "Verdict",
    "authority_of",
    "decide",
    "may_open",
    "opened_by_glass",
    "reach",
    "within",
]
