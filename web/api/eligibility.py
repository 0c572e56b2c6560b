"""Who is eligible, asked of one person or a list: as of a day, as known at a time."""

from collections.abc import Callable, Sequence
from typing import Any

from marshmallow import Schema

from domain.access import DECLARANT
from domain.errors import Unknown
from projections.models import eligibility as model
from projections.models.eligibility import Asked
from web.answers.eligibility import Standing, answered
from web.api.sight import sight, today
from web.auth import asked as request_of
from web.auth import concerning
from web.resource import OF_COMMANDS, READ_FOR, READ_WHY, Resource
from web.schemas.eligibility import Candidates, Eligible
from web.waiting import View, caught_up

READ = "eligibility.read"


class Consulted(Resource):
    """A resource that is also asked what is too long to stand in a path."""

    def consultation(
        self, rule: str, *, may: str, body: type[Schema], answer: Any, model: str
    ) -> Callable[[View], View]:
        """Route a POST that records nothing but that it was asked."""

        def register(view: View) -> View:
            view = self.returns(caught_up(view, model), answer, 200, tagged=False)
            view = self.takes(view, body)
            headers = [READ_FOR, READ_WHY]
            view = self.documented(view, may, OF_COMMANDS, parameters=headers)
            view = self.guarded(view, may, rule)
            self.route(rule, methods=["POST"])(view)
            return view

        return register


eligibility = Consulted(
    "eligibility",
    about="Who may be promoted, and what is in the way: reasons, never a score.",
    kind="person",
)


@eligibility.question(
    "/people/<number>/eligibility",
    may=READ,
    asks=Eligible,
    answer=Standing,
    model=model.MODEL,
)
def show_eligibility(query: dict[str, Any], number: str) -> Standing:
    """Show whether somebody is eligible.

    Who asks about themselves is not told of a case before the notice of allegations,
    nor of a hold before its notice: for them there is none yet.
    """
    return standing(query, [number])


@eligibility.consultation(
    "/eligibility", may=READ, body=Candidates, answer=Standing, model=model.MODEL
)
def list_eligibility(body: dict[str, Any]) -> Standing:
    """Show of each of many people whether they are eligible, in the order asked."""
    persons = body.pop("persons")
    me = request_of().grant.person
    if me is not None and me in persons:
        concerning(me)  # nobody judges their own matter
    return standing(body, persons)


def standing(query: dict[str, Any], persons: Sequence[str]) -> Standing:
    """Ask the read model, as whoever asks may see it; raise where they see nobody."""
    known_at = query.pop("known_at", None)
    wanted = Asked(**{"as_of": today(), **query})
    own = request_of().grant.role == DECLARANT
    with sight({}) as (connection, _):
        found = model.eligible(connection, wanted, persons, known_at=known_at, own=own)
        names = model.names(connection, persons)
    if not found.rows:
        raise Unknown("person", persons[0])
    return answered(found, names)
