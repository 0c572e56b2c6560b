"""What another rulebook would have changed, without anything being recorded."""

from datetime import date

import pytest

from domain.duties import MarkOverdue
from domain.errors import Invalid
from domain.replaying.whatif import RulebookImpact, Supposing, impact
from tests.domain.cast import PERSONAL, SHIPPED, V1, V2, joins, police
from tests.domain.papers import files, wedding
from tests.domain.replaying.logs import Records, sealed
from tests.domain.replaying.stories import much_computed, owed
from tests.spec import Scenario

SEVEN = 'due = { anchor = "event_date", offset = "-7d" }'
TEN = SEVEN.replace("-7d", "-10d")
TWO = SEVEN.replace("-7d", "-2d")


def text(file: str, *changes: tuple[str, str]) -> str:
    """Return a shipped rulebook with something else in it."""
    found = SHIPPED[f"{file}.toml"]
    for old, new in changes:
        assert old in found
        found = found.replace(old, new)
    return found


def supposed(scenario: Scenario, law: str) -> RulebookImpact:
    log = Records(sealed(scenario))
    replay = Supposing(log, law)
    replay.take(log.records)
    return impact(replay.outcome, law)


def told_on(day: str) -> Scenario:
    """Let Shen tell on a day of the wedding of 20 December 2016."""
    scenario = police(V1, V2, PERSONAL).on(day).declarant("shen")
    return scenario.given(files("wedding", wedding()))


def kinds(found: RulebookImpact) -> set[tuple[str, str]]:
    return {(change.kind, change.field) for change in found.changes}


def test_the_law_as_it_is_would_have_changed_nothing() -> None:
    found = supposed(much_computed(), text(V1))

    assert (found.changed, found.changes, found.differences) == (0, (), ())
    assert found.replayed > 10
    assert found.rulebook == "cn-zj-psd-instant-report v1"


def test_an_earlier_due_date_would_have_made_it_late() -> None:
    found = supposed(told_on("2016-12-12"), text(V1, (SEVEN, TEN)))

    assert {("earlier", "due_on"), ("late", "late")} <= kinds(found)
    due = next(d for d in found.differences if d.field == "due_on")
    assert (due.stored, due.recomputed) == ("2016-12-13", "2016-12-10")
    days = next(d for d in found.differences if d.field == "days_late")
    assert (days.stored, days.recomputed) == (0, 2)


def test_a_later_due_date_would_have_made_it_come_in_time() -> None:
    found = supposed(told_on("2016-12-15"), text(V1, (SEVEN, TWO)))

    assert {("later", "due_on"), ("in time", "late")} <= kinds(found)
    assert found.changed == 2


def test_a_new_version_binds_from_its_own_day_and_no_earlier() -> None:
    new = text(V1, ("version = 1", "version = 9"), (SEVEN, TEN))
    begins = "effective_from = 2016-12-01"
    then = next(line for line in new.splitlines() if line[:14] == "effective_from")

    before = supposed(
        told_on("2016-12-12"), new.replace(then, "effective_from = 2019-01-01")
    )
    after = supposed(told_on("2016-12-12"), new.replace(then, begins))

    assert before.changed == 0
    assert ("earlier", "due_on") in kinds(after)


def test_a_duty_that_it_does_not_know_would_not_have_arisen_nor_gone_overdue() -> None:
    scenario = police(PERSONAL, V1).on("2017-01-02").clerk()

    yearly = owed("tan", 2017)
    scenario.given(*joins("tan", rank="county"), yearly).on("2017-03-01")
    scenario.given(MarkOverdue(obligation=yearly.stream, today=date(2017, 3, 1)))
    law = text(
        PERSONAL,
        (
            'serving_officials = { rank_at_least = "deputy_county" }',
            'serving_officials = { rank_at_least = "provincial" }',
        ),
    )

    found = supposed(scenario, law)

    assert kinds(found) == {("not demanded", "demanded")}
    assert found.changed == 1


def test_a_duty_put_off_would_not_have_gone_overdue() -> None:

    scenario = police(PERSONAL).on("2017-01-02").clerk()
    yearly = owed("tan", 2017)
    scenario.given(*joins("tan", rank="county"), yearly).on("2017-02-10")
    scenario.given(MarkOverdue(obligation=yearly.stream, today=date(2017, 2, 10)))

    found = supposed(scenario, text(PERSONAL, ('"01-31"', '"03-31"')))

    assert ("not overdue", "overdue") in kinds(found)


def test_a_rule_that_it_lacks_makes_reports_under_it_impossible() -> None:
    scenario = much_computed()
    law = text(V1, ('id = "wedding"', 'id = "nuptials"'))

    found = supposed(scenario, law)

    assert {("not demanded", "demanded"), ("refused", "decision")} <= kinds(found)


def test_another_form_of_review_is_otherwise() -> None:
    scenario = told_on("2016-12-12")
    law = text(
        V1,
        ('classes = { default = "confidential"', 'classes = { default = "restricted"'),
    )

    assert ("otherwise", "confidentiality") in kinds(supposed(scenario, law))


def test_what_is_no_rulebook_is_refused_before_anything_is_read() -> None:
    with pytest.raises(Invalid, match="not TOML"):
        supposed(told_on("2016-12-12"), "id =")
