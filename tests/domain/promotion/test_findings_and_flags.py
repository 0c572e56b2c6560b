"""Findings bar; discrepancies and flags are shown; a verification may be missing."""

from datetime import date

import pytest

from domain.case.case import case_stream
from domain.case.facts import CaseFinding
from domain.errors import Invalid, Unknown, WrongStage
from domain.hold import (
    ActionCleared,
    HoldLifted,
    HoldOverridden,
    HoldReviewed,
    holds_stream,
)
from domain.promotion.eligibility import ask
from domain.verification.facts import DiscrepancyResolved, RegisterQueried
from domain.verification.verification import verification_stream
from tests.domain.promotion.cast import LAW, REQUIRES, VERIFIED, asked, past, told
from tests.past import Past, question


def doubted() -> Past:
    known = past().on("2024-03-01")
    known.verify("P1", "V", basis="random")
    known.doubt("V")
    known.doubt("V", 2)
    return known


def resolved(nth: int) -> DiscrepancyResolved:
    return DiscrepancyResolved(discrepancy=nth, how="explained", text="a garage")


def test_s1_13_a_discrepancy_that_nobody_has_proven_is_shown_and_bars_nothing() -> None:
    known = doubted()
    answer = asked(known, "2024-04-01")
    assert told(answer) == ("ELIGIBLE", None, ["unproven_discrepancy"])
    assert [reason.effect for reason in answer.reasons] == ["shown"]
    assert len(answer.reasons[0].events) == 2

    known.add(verification_stream("V"), resolved(1))
    assert len(asked(known, "2024-04-01").reasons[0].events) == 1
    known.verified("V")
    assert asked(known, "2024-04-01").reasons == ()


def test_i17_a_finding_that_an_appeal_has_undone_never_barred_anybody() -> None:
    known = doubted()
    known.find("V", "concealment", "intent", cited=known.cite("strict"))
    before = known.position

    known.on("2024-05-01").undo("P1", "A-1", "verification:V:1")

    assert asked(known, "2024-04-01").result == "ELIGIBLE"
    assert asked(known, "2024-04-01", position=before).result == "NOT_ELIGIBLE"


def test_s2_09_a_measure_that_an_appeal_has_undone_bars_nobody() -> None:
    known = past().on("2024-03-01")
    known.measure("P1:government:m1", "admonition", "2024-09-01")
    assert asked(known, "2024-04-01").result == "NOT_ELIGIBLE"

    known.undo("P1", "A-1", "P1:government:m1")

    assert asked(known, "2024-04-01").result == "ELIGIBLE"


def test_s1_13_a_finding_of_inaccuracy_bars_for_as_long_as_its_law_says() -> None:
    known = doubted()
    event = known.find("V", "concealment", "intent", cited=known.cite("strict"))

    answer = asked(known, "2024-04-01")
    bar = answer.reasons[0]
    assert (answer.result, answer.until) == ("NOT_ELIGIBLE", date(2025, 3, 1))
    assert (bar.code, bar.cited.rule) == (
        "finding:concealment",
        "consequence.concealment",
    )
    assert (bar.events, bar.cited.legal_basis) == ((event,), ("Art. 6",))
    assert asked(known, "2025-03-01").result == "ELIGIBLE"
    assert asked(known, "2024-02-29").result == "ELIGIBLE"
    assert asked(known, "2024-04-01", purpose="reward").result == "ELIGIBLE"


@pytest.mark.parametrize(
    ("class_", "mental", "result"),
    [
        ("concealment", "negligence", "ELIGIBLE"),
        ("omission", "negligence", "ELIGIBLE"),
        ("late", "none", "ELIGIBLE"),
        ("false_statement", "negligence", "NOT_ELIGIBLE"),
        (None, "intent", "ELIGIBLE"),
    ],
)
def test_what_a_finding_bars_follows_from_its_class_and_the_mental_element(
    class_: str | None, mental: str, result: str
) -> None:
    known = doubted()
    known.find("V", class_, mental, cited=known.cite("strict"))

    assert asked(known, "2024-03-15").result == result


def test_a_finding_in_a_case_bars_as_well_and_one_under_another_law_does_not() -> None:
    known = past().on("2024-03-01")
    known.inquire("P1", "K")
    for nth, rulebook in enumerate(("strict", "plain")):
        fact = CaseFinding(
            finding=f"case:K:{nth}",
            conduct="c",
            class_="concealment",
            mental="intent",
            standard="clear",
            reasons="why",
            cited=known.cite(rulebook),
        )
        known.add(case_stream("K"), fact)
    violation = CaseFinding(
        finding="case:K:9",
        conduct="d",
        class_=None,
        mental="intent",
        standard="clear",
        reasons="why",
        cited=known.cite("strict"),
        violation="conduct",
    )
    known.add(case_stream("K"), violation)
    known.decide("K", "case:K:0", "case:K:1", "case:K:9")

    assert [r.key for r in asked(known, "2024-03-15").reasons] == ["case:K:0"]


def test_without_a_verification_for_a_promotion_something_is_missing() -> None:
    known = past(LAW + VERIFIED).on("2024-03-01")
    answer = asked(known, "2024-03-01")
    assert told(answer) == ("UNDETERMINED", None, ["verification"])
    assert answer.missing == ("verification",)
    assert answer.reasons[0].cited.rule == "eligibility.verification"

    known.verify("P1", "V", basis="complaint")
    known.verified("V")
    assert asked(known, "2024-03-01").result == "UNDETERMINED"


def test_while_a_verification_for_a_promotion_runs_it_holds_and_done_it_grows_old() -> (
    None
):
    known = past(LAW + VERIFIED).on("2024-03-01")
    known.verify("P1", "V")
    known.on("2024-04-01").verified("V")

    results = {
        day: asked(known, day).result
        for day in (
            "2024-02-29",
            "2024-03-31",
            "2024-04-01",
            "2024-09-30",
            "2024-10-01",
        )
    }
    assert list(results.values()) == [
        "UNDETERMINED",
        "HELD",
        "ELIGIBLE",
        "ELIGIBLE",
        "UNDETERMINED",
    ]


def test_where_the_law_sets_no_age_a_verification_stays_good() -> None:
    known = past(LAW + VERIFIED.replace('fresh_for = "6M"\n', "")).on("2024-03-01")
    known.verify("P1", "V")
    known.add(verification_stream("V"), RegisterQueried(source="land"))
    known.verified("V")

    assert asked(known, "2034-03-01").result == "ELIGIBLE"


def test_two_verifications_of_one_day_are_as_good_as_one() -> None:
    known = past(LAW + VERIFIED).on("2024-03-01")
    for name in ("V", "W"):
        known.verify("P1", name)
        known.verified(name)

    assert asked(known, "2024-08-31").result == "ELIGIBLE"


def test_a_hold_holds_until_it_is_lifted_and_is_looked_at_again_on_its_day() -> None:
    known = past().on("2024-03-01")
    known.hold("P1:1", "promotion", "2024-06-01")
    known.hold("P1:2", "document", "2024-06-01", target="deed 7")
    known.hold("P1:3", "reward", "2024-05-01", blocks=("reward",))
    answer = asked(known, "2024-04-01")
    assert told(answer) == ("HELD", None, ["hold:promotion:investigation"])
    assert answer.review_on == date(2024, 6, 1)

    stream, later = holds_stream("P1"), date(2024, 9, 1)
    known.on("2024-05-30")
    review = HoldReviewed(hold="P1:1", on=known.today, review_on=later, text="still")
    known.add(stream, review)
    assert asked(known, "2024-04-01").review_on == later
    override = HoldOverridden(
        hold="P1:1", override="O", target="B1", proposed_by="chief"
    )
    known.add(stream, override)
    cleared = ActionCleared(person="P1", type="reward", target="B1", on=known.today)
    known.add(stream, cleared)
    answer = asked(known, "2024-06-01")
    assert [(r.effect, r.code) for r in answer.reasons] == [
        ("holds", "hold:promotion:investigation"),
        ("shown", "hold_overridden:B1"),
    ]
    known.on("2024-07-01")
    known.add(stream, HoldLifted(hold="P1:1", on=known.today, text="over"))
    assert asked(known, "2024-07-01").result == "ELIGIBLE"
    assert asked(known, "2024-06-30").result == "HELD"


def test_the_worst_decides_and_all_reasons_are_listed() -> None:
    known = past(LAW + REQUIRES + VERIFIED).on("2024-03-01")
    assert asked(known, "2024-03-01").result == "UNDETERMINED"
    known.hold("P1:1", "promotion", "2024-06-01")
    assert asked(known, "2024-03-01").result == "HELD"
    known.sanction("P1:government:1", "warning", "2024-09-01")

    answer = asked(known, "2024-03-01")
    assert answer.result == "NOT_ELIGIBLE"
    assert [reason.effect for reason in answer.reasons] == ["bars", "holds", "missing"]
    assert (answer.review_on, answer.missing) == (date(2024, 6, 1), ("verification",))


def test_a_requirement_may_be_for_some_purposes_only() -> None:
    only = 'what = "sanctions"\npurposes = ["promotion"]\n'
    known = past(f"{LAW}[[eligibility.requires]]\n{only}").on("2024-03-01")
    blocks = ("promotion", "reward")
    known.sanction("P1:government:1", "warning", "2024-09-01", blocks=blocks)

    assert asked(known, "2024-03-01").result == "NOT_ELIGIBLE"
    assert asked(known, "2024-03-01", purpose="reward").result == "ELIGIBLE"


def test_before_the_first_post_it_is_not_known_who_somebody_is() -> None:
    known = past().on("2024-03-01")
    known.history.person("P9")

    assert asked(known, "2009-12-31").missing == ("post",)
    assert asked(known, "2024-03-01", number="P9").result == "UNDETERMINED"


def test_what_cannot_be_asked_is_refused() -> None:
    known = past()
    for wrong, kind in {
        "nobody": Unknown,
        "unknown": Unknown,
        "early": WrongStage,
        "other": Invalid,
        "ladder": Invalid,
    }.items():
        wanted = question(
            "P0" if wrong == "nobody" else "P1",
            "1999-01-01" if wrong == "early" else "2024-01-01",
            rulebook={"unknown": "none", "other": "strict"}.get(wrong, "plain"),
            ladder="rope" if wrong == "ladder" else "post",
        )
        with pytest.raises(kind):
            ask(known.known(), wanted)


def test_the_basis_says_what_was_read_and_is_enough_to_compute_it_again() -> None:
    known = past().on("2024-03-01")
    known.sanction("P1:government:1", "warning", "2024-09-01")
    wanted = question(rulebook="plain", as_of="2024-03-01")
    answer, basis = ask(known.known(), wanted)

    records = known.known().records
    kept = [
        r for r in records if r.originator_version <= basis.get(str(r.originator_id), 0)
    ]
    assert sum(basis.values()) == len(kept)
    assert ask(type(known.known())(kept), wanted) == (answer, basis)
