"""Every route as `routes.toml` lists it: what right it takes, and what else decides."""

import tomllib
from pathlib import Path
from typing import NamedTuple

# What is asked for or shown by no right at all: how the server fares, how it is used,
# and the doors that a browser comes to.
OPEN = frozenset(
    {
        "GET /docs",
        "GET /health",
        "GET /login",
        "GET /login/callback",
        "GET /metrics",
        "GET /openapi.json",
        "GET /ready",
        "GET /static/<path:filename>",
    }
)
# Under which kind of thing each path stands, and with which right that is known.
KINDS = {
    "disclosures": "disclosure",
    "releases": "release",
    "obligations": "obligation",
    "approvals": "approval",
    "people": "person",
    "access-requests": "request",
    "corrections": "request",
    "verifications": "verification",
    "cases": "case",
    "recommendations": "recommendation",
    "draws": "draw",
    "sanctions": "sanction",
    "measures": "sanction",
    "appeals": "appeal",
    "action-holds": "hold",
    "boards": "board",
    "candidacies": "candidacy",
    "certificates": "certificate",
}


class Row(NamedTuple):
    """One route: its method and rule, the right it takes, and what else decides."""

    method: str
    rule: str
    right: str
    scope: str

    @property
    def route(self) -> str:
        return f"{self.method} {self.rule}"

    @property
    def kind(self) -> str | None:
        """Return the kind of the secret thing that the path names, if it names one."""
        if "<" not in self.rule:
            return None
        _, _, things, *rest = self.rule.split("/")
        return rest[0] if things == "history" else KINDS.get(things)


TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
ROWS = tuple(Row(*route.split(), *said.split()) for route, said in TABLE.items())
