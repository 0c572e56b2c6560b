"""The edition of the day of the decision binds, or a more lenient one of old."""

from datetime import date

import pytest

from domain.rulebook import Regime
from domain.sanction.lenient import edition_for
from tests.domain.cast import SHIPPED, law
from tests.domain.sanction.cast import PARTY, sanction, sanctioned, tracks

DECIDED = date(2024, 3, 1)
OLD, NEW = date(2010, 1, 1), date(2020, 1, 1)
GOV = SHIPPED["cn-governmental-sanctions.toml"]


def regime(*, version: str = "more_lenient", **texts: str) -> Regime:
    """Return a regime of two editions that differ by what is replaced in each."""
    new = GOV.replace('version = "more_lenient"', f'version = "{version}"')
    new = new.replace("effective_from = 2020-07-01", "effective_from = 2015-01-01")
    new = new.replace("version = 1\n", "version = 2\n")
    old = new.replace("version = 2\n", "version = 1\n").replace(
        "2015-01-01", "2005-01-01"
    )
    for edit, text in texts.items():
        a, b = text.split(" -> ")
        new, old = (
            (new.replace(a, b), old) if edit == "new" else (new, old.replace(a, b))
        )
    return Regime(
        texts={1: old, 2: new}, published={1: date(2005, 1, 1), 2: date(2015, 1, 1)}
    )


def edition(known: Regime, conduct: date | None = OLD, kind: str = "warning") -> int:
    book = known.in_force(DECIDED)
    assert book
    return edition_for(known, book, kind, conduct, DECIDED).version


SHORTER = 'period = "6M" -> period = "3M"'
LONGER = 'period = "6M" -> period = "9M"'


def test_i14_an_older_edition_binds_where_it_is_more_lenient() -> None:
    assert edition(regime(old=SHORTER)) == 1
    assert edition(regime(old=LONGER)) == 2
    assert edition(regime()) == 2


def test_i14_it_is_the_edition_of_the_first_day_of_the_conduct() -> None:
    known = regime(old=SHORTER)

    assert edition(known, conduct=date(2014, 12, 31)) == 1
    assert edition(known, conduct=date(2015, 1, 1)) == 2
    assert edition(known, conduct=date(2004, 12, 31)) == 2
    assert edition(known, conduct=None) == 2


def test_i14_what_ended_is_more_lenient_than_what_never_does() -> None:
    ended = 'for_ever = true -> period = "5Y"'

    assert edition(regime(old=ended), kind="dismissal") == 1
    assert edition(regime(new=ended), kind="dismissal") == 2


def test_i14_an_edition_that_did_not_know_the_kind_does_not_bind() -> None:
    old = regime(old=SHORTER)
    unknown = Regime(
        texts={**old.texts, 1: old.texts[1].replace('"warning"', '"caution"')},
        published=old.published,
    )

    assert edition(unknown) == 2


def test_i14_where_the_track_goes_by_the_decision_the_older_one_never_binds() -> None:
    assert edition(regime(version="decision", old=SHORTER)) == 2


@pytest.mark.parametrize(
    ("conduct", "version", "until"),
    [(date(2020, 12, 31), 1, "2021-12-10"), (date(2021, 1, 1), 2, "2022-03-10")],
)
def test_i14_a_decision_applies_the_more_lenient_edition(
    conduct: date, version: int, until: str
) -> None:
    later = GOV.replace("version = 1\n", "version = 2\n", 1)
    later = later.replace("2020-07-01", "2021-01-01").replace(
        'period = "6M"', 'period = "9M"', 1
    )
    scenario = law(tracks(), later)
    name = sanctioned(scenario, "warning", "2021-06-10", from_on=conduct)

    terms = sanction(scenario, name).terms
    assert (terms.cited.version, str(terms.until_on)) == (version, until)


@pytest.mark.parametrize(
    ("on", "version", "until"),
    [("2015-03-01", 1, "2016-03-01"), ("2016-03-01", 2, "2017-09-01")],
)
def test_t17_i14_the_edition_of_the_decision_binds_whenever_it_was_done(
    on: str, version: int, until: str
) -> None:
    scenario = tracks()
    name = sanctioned(
        scenario, "serious_warning", on, rulebook=PARTY, from_on=date(2014, 1, 1)
    )

    terms = sanction(scenario, name).terms
    assert (terms.cited.version, str(terms.until_on)) == (version, until)
