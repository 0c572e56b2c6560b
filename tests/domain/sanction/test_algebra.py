"""Whatever is decided, and in whatever order, the periods keep their laws."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.regime.calendar import add_months, shift
from domain.regime.duration import Duration
from domain.regime.types import Rulebook
from domain.sanction.facts import Chosen, SanctionImposed, Terms
from domain.sanction.periods import Running, terms_for
from domain.sanction.sanctions import Sanction, Sanctions
from domain.sanction.standing import again, before, follow, known_end, running_on
from tests.domain.sanction.cast import GOV_BOOK, PARTY_BOOK

LONG = tuple(k.id for k in GOV_BOOK.track.kinds if k.period)  # type: ignore[union-attr]  # it has a track
PARTY = ("warning", "serious_warning", "removal")
CAP = Duration("48M")
DAYS = st.dates(date(2020, 7, 1), date(2060, 12, 31))
EARLY = st.builds(date, st.integers(2021, 2040), st.integers(1, 12), st.integers(1, 28))


def law(_: object) -> Rulebook:
    return GOV_BOOK


def one(kind: str, on: date, *running: Running, book: Rulebook = GOV_BOOK) -> Terms:
    return terms_for(book, [kind], Chosen(), running, on)


def length(kind: str, book: Rulebook = GOV_BOOK) -> Duration:
    (found,) = [k for k in book.track.kinds if k.id == kind]  # type: ignore[union-attr]  # it has a track
    assert found.period
    return found.period


@given(st.sampled_from(LONG), DAYS)
def test_t20_a_period_ends_on_the_same_day_of_the_month_or_on_its_last(
    kind: str, on: date
) -> None:
    until = one(kind, on).until_on
    assert until

    assert (until.year * 12 + until.month) - (on.year * 12 + on.month) == int(
        length(kind).amount
    )
    clipped = until.day < on.day
    assert until.day == on.day or (clipped and add_months(until, 0).day >= 28)
    assert not clipped or date.fromordinal(until.toordinal() + 1).day == 1


@given(
    st.sampled_from(LONG),
    DAYS,
    st.integers(1, 60),
    st.integers(2, 5),
    st.integers(0, 60),
)
def test_a_period_is_never_shorter_than_one_and_never_beyond_the_cap(
    kind: str, on: date, left: int, times: int, months: int
) -> None:
    running = Running(sanction="li:government:1", until_on=add_months(on, left))
    single = one(kind, on, running)
    least, most = shift(on, length(kind), GOV_BOOK.calendar), add_months(on, 48)
    assert single.until_on
    assert least <= single.until_on <= most
    assert single.capped == (
        single.until_on < shift(running.until_on, length(kind), GOV_BOOK.calendar)
    )

    chosen = length(kind).amount + months
    if chosen <= min(48, length(kind).amount * times):
        several = terms_for(
            GOV_BOOK, [kind] * times, Chosen(period=f"{chosen}M"), (running,), on
        )
        assert several.until_on
        assert single.until_on <= several.until_on <= most


@given(st.sampled_from(PARTY), st.sampled_from(PARTY), EARLY, st.integers(0, 30))
def test_the_order_of_two_sanctions_does_not_shorten_what_they_bar(
    first: str, second: str, on: date, days: int
) -> None:
    later = date.fromordinal(on.toordinal() + days)
    ends = [bar(pair, on, later) for pair in ((first, second), (second, first))]
    alone = [one(kind, later, book=PARTY_BOOK).until_on for kind in (first, second)]

    assert ends[0] == ends[1]
    assert all(end and end <= ends[0] for end in alone)


def bar(kinds: tuple[str, str], on: date, later: date) -> date:
    """Return until when both bar, decided one after the other."""
    until = one(kinds[0], on, book=PARTY_BOOK).until_on
    assert until
    running = Running(sanction="li:party:1", until_on=until)
    end = one(kinds[1], later, running, book=PARTY_BOOK).until_on
    assert end
    return max(until, end)


@st.composite
def histories(draw: st.DrawFn) -> Sanctions:
    """Draw what may stand on a track: each decided after those before it."""
    state = Sanctions(person="li", track="government")
    on = draw(EARLY)
    for number in range(1, draw(st.integers(1, 6)) + 1):
        kind = draw(st.sampled_from(LONG))
        running = running_on(law, state.sanctions, on)
        fact = SanctionImposed(
            sanction=f"li:government:{number}",
            person="li",
            track="government",
            case="C",
            decided_on=on,
            determined=(),
            terms=one(kind, on, *running),
            text="x",
        )
        state = state.evolve(fact)
        on = date.fromordinal(on.toordinal() + draw(st.integers(0, 500)))
    return state


@given(histories())
def test_terms_computed_again_are_what_was_recorded(state: Sanctions) -> None:
    for known in state.sanctions:
        assert again(law, known, before(state, known.id)) == known.terms


@given(histories(), st.data())
def test_i3_no_bar_grows_when_a_sanction_is_quashed_or_made_shorter(
    state: Sanctions, data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, len(state.sanctions) - 1))
    chosen = state.sanctions[number]
    quashed = changed(state, replace(chosen, status="quashed"))
    terms = again(law, replace(chosen, terms=warning(chosen)), before(state, chosen.id))
    varied = changed(state, replace(chosen, terms=terms))

    for other in (quashed, varied):
        for fact in follow(law, other, chosen.id):
            was = state.known(fact.sanction).terms.until_on
            assert was
            assert fact.terms.until_on
            assert fact.terms.until_on <= was


def warning(sanction: Sanction) -> Terms:
    return replace(sanction.terms, kind="warning", period="6M")


def changed(state: Sanctions, sanction: Sanction) -> Sanctions:
    others = [sanction if s.id == sanction.id else s for s in state.sanctions]
    return replace(state, sanctions=tuple(others))


def test_an_end_is_known_but_of_what_never_ends() -> None:
    on = date(2021, 1, 1)
    assert known_end(GOV_BOOK, one("warning", on), on) == date(2021, 7, 1)
    assert known_end(GOV_BOOK, one("dismissal", on), on) is None
    probation = terms_for(PARTY_BOOK, ["probation"], Chosen(term="1Y"), (), on)
    assert known_end(PARTY_BOOK, probation, on) == date(2024, 1, 1)
    assert known_end(PARTY_BOOK, probation, date(2022, 6, 1)) == date(2024, 6, 1)
