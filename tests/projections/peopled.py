"""A history that has a row in every table of every read model."""

from domain.disclosure import disclosure_stream
from domain.records.exclusion import ReaderExcluded
from tests.chance import chance_history
from tests.history import History
from tests.projections.appealed import appealed
from tests.projections.disciplined import all_kinds, happens
from tests.projections.guarded import JUNE
from tests.projections.prosecuted import prosecuted
from tests.projections.vault import IndexVault
from tests.projections.verified import verified


def peopled(vault: IndexVault) -> History:
    """Return filings, proceedings and sanctions of many people; nothing is written."""
    history = chance_history(11, 900, vault)
    history.file("P0", "D-excluded", JUNE)
    history.add(disclosure_stream("D-excluded"), ReaderExcluded(superior="P5"))
    prosecuted(history)
    appealed(history)
    verified(history)
    return happens(history, *all_kinds("P0"), *all_kinds("P1"))
