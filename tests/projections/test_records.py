"""How records are kept: holds, destruction, requests, releases, exports, retention."""

from datetime import UTC, date, datetime
from typing import Any

from domain.records import access_request, correction, custody, release
from domain.records.break_glass import BreakGlassReviewed, BreakGlassUsed, glass_stream
from domain.records.export import ExportMade, export_stream
from projections.models import records, requests
from projections.models.records import Whose
from tests.history import cite
from tests.projections.kinds import Connection, Tell
from tests.projections.office import JUNE, destroyed, every, hold, office, say
from tests.projections.vault import IndexVault

NOON = datetime(2016, 6, 20, 12, tzinfo=UTC)


def test_holds_are_listed_by_the_day_of_their_review_until_they_are_released(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    mine, others = custody.records_stream("P1"), custody.records_stream("P2")
    say(history, mine, hold("late", date(2017, 3, 1)), hold("soon", date(2017, 1, 1)))
    say(history, others, hold("soon", date(2017, 2, 1), "P2"), person="P2")
    say(history, mine, custody.LegalHoldReleased(hold="late"))
    tell(history)

    def found(**whose: Any) -> list[tuple[str, str]]:
        rows = every(
            lambda after: records.holds(
                reader, JUNE, Whose(**whose), after=after, limit=1
            )
        )
        return [(row.person, row.hold) for row in rows]

    assert found() == [("P1", "soon"), ("P2", "soon")]
    assert found(person="P1") == found(unit="North") == [("P1", "soon")]
    assert found(person="P1", all=True) == [("P1", "soon"), ("P1", "late")]
    (row,) = records.holds(reader, JUNE, Whose(person="P2")).rows
    assert (row.name, row.basis, row.reason) == ("Person P2", "art 1", "so it is")
    assert (row.placed_on, row.placed_by, row.released_on) == (JUNE, "office", None)


def test_a_hold_that_is_placed_again_holds_again(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    released = custody.LegalHoldReleased(hold="H")
    first, again = hold("H", date(2017, 1, 1)), hold("H", date(2018, 1, 1))
    say(history, custody.records_stream("P1"), first, released, again)
    tell(history)

    (row,) = records.holds(reader, JUNE).rows

    assert (row.review_on, row.released_on) == (date(2018, 1, 1), None)


def test_orders_are_listed_with_what_became_of_them(
    tell: Tell, reader: Connection
) -> None:
    history = office()

    def order(number: int) -> custody.DestructionOrdered:
        return custody.DestructionOrdered(
            person="P1", order=number, basis="art 2", ordered_by="office", year=2016
        )

    say(
        history,
        custody.records_stream("P1"),
        order(1),
        custody.DestructionDeclined(order=1),
        order(2),
        destroyed(JUNE, basis="order", order=2, year=2016),
        order(3),
        destroyed(JUNE, year=2009),
    )
    tell(history)

    rows = every(lambda after: records.destructions(reader, JUNE, after=after, limit=2))
    assert [(row.ordered, row.stage, row.settled_on) for row in rows] == [
        (None, "destroyed", JUNE),
        (3, "ordered", None),
        (2, "destroyed", JUNE),
        (1, "declined", JUNE),
    ]
    (open_one,) = records.destructions(reader, JUNE, stage="ordered").rows
    assert (open_one.reason, open_one.ordered_by) == ("so it is", "office")


def test_requests_are_listed_by_the_day_they_are_due_and_those_without_one_last(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    history.file("P1", "D1", JUNE)
    law: dict[str, Any] = {
        "cited": cite("handling.subject_access"),
        "received_on": JUNE,
    }
    for name, due_on in (("late", date(2016, 8, 1)), ("never", None)):
        fact = access_request.SubjectAccessRequested(
            request=name, person="P1", due_on=due_on, **law
        )
        say(history, access_request.access_request_stream(name), fact)
    asked = correction.CorrectionRequested(
        request="soon",
        person="P1",
        disclosure="D1",
        text="no",
        due_on=date(2016, 7, 1),
        **law,
    )
    granted = correction.CorrectionDecided(granted=True, text="yes")
    say(history, correction.correction_stream("soon"), asked, granted)
    tell(history)

    def found(**which: Any) -> list[str]:
        asked = requests.Which(**which)
        rows = every(
            lambda after: requests.requests(reader, JUNE, asked, after=after, limit=1)
        )
        return [row.request for row in rows]

    assert found() == ["soon", "late", "never"]
    assert found(stage="open") == found(kind="access") == ["late", "never"]
    assert found(due_before=date(2016, 8, 1), unit="HQ") == ["soon"]
    row = requests.requests(reader, JUNE, requests.Which(kind="correction")).rows[0]
    assert (row.disclosure, row.outcome, row.answered_on) == ("D1", "granted", JUNE)
    assert requests.requests(reader, JUNE).rows[2].due_on is None


def test_s1_23_a_release_stands_until_it_is_withdrawn_with_who_why_and_which_fields(
    tell: Tell, reader: Connection, vault: IndexVault
) -> None:
    history = office()
    history.vault = vault
    history.file("P1", "D1", JUNE)
    for name in ("1", "2"):
        fact = release.ReleaseDecided(
            release=name,
            person="P1",
            disclosure="D1",
            fields=("venue",),
            to="public",
            cited=cite("handling.publication"),
            reasons="it helps to monitor public power",
        )
        say(history, release.release_stream(name), fact)
    say(history, release.release_stream("1"), release.ReleaseWithdrawn())
    tell(history)

    (row,) = requests.releases(reader, JUNE, disclosure="D1").rows

    assert (row.release, row.fields, row.to) == ("2", ["venue"], "public")
    assert (row.decided_on, row.decided_by) == (JUNE, "office")
    assert row.reasons == history.records[-2].fact.reasons
    assert requests.releases(reader, JUNE, disclosure="D2").rows == ()
    every_one = every(
        lambda after: requests.releases(
            reader, JUNE, Whose(all=True), after=after, limit=1
        )
    )
    assert {each.release for each in every_one} == {"1", "2"}


def test_exports_are_listed_with_how_much_left_and_whether_it_was_masked(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    for masked in (True, False):
        fact = ExportMade(
            export=f"E {masked}",
            kind="register",
            rows=9,
            persons=("P1", "P2"),
            purpose="audit",
            authority="mandate 1",
            masked=masked,
            sha256="ab",
        )
        history.add(export_stream(fact.export), fact)
    tell(history)

    rows = every(lambda after: records.exports(reader, after=after, limit=1))
    (unmasked,) = records.exports(reader, masked=False).rows

    assert [row.export for row in rows] == ["E False", "E True"]
    assert (unmasked.rows, unmasked.persons, unmasked.sha256) == (9, 2, "ab")
    assert records.exports(reader, made_by="nobody").rows == ()


def test_broken_glass_awaits_review_the_oldest_first(
    tell: Tell, reader: Connection
) -> None:
    history = office()
    for actor in ("A", "B"):
        for use in (1, 2):
            fact = BreakGlassUsed(
                use=use, actor=actor, person="P1", until=NOON, cited=cite("handling")
            )
            say(history, glass_stream(actor, "P1"), fact)
    judged = BreakGlassReviewed(use=1, justified=False, text="no fire")
    say(history, glass_stream("A", "P1"), judged)
    tell(history)

    def found(whose: Whose = records.EVERYONE, **asked: Any) -> list[tuple[str, int]]:
        rows = every(
            lambda after: records.broken_glass(
                reader, JUNE, whose, after=after, limit=2, **asked
            )
        )
        return [(row.actor, row.use) for row in rows]

    assert found() == [("A", 2), ("B", 1), ("B", 2)]
    assert found(actor="A") == [("A", 2)]
    first = records.broken_glass(reader, JUNE, Whose(all=True)).rows[0]
    assert (first.justified, first.text, first.reviewed_on) == (False, "no fire", JUNE)
    assert (first.reason, first.until, first.rulebook) == ("so it is", NOON, "house")
