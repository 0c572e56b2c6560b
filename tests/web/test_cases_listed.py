"""Lists of cases, and who takes part in one: within reach, and never the recused."""

import pytest

from tests.web.casing import Chamber, enact, notice
from tests.web.office import Caller, Office


@pytest.fixture
def chamber(office: Office) -> Chamber:
    enact(office)
    return Chamber(office)


def listed(chamber: Chamber, caller: Caller, **query: str) -> list[str]:
    chamber.office.projector.catch_up()
    rows = caller.read("/v1/cases", **query)["rows"]
    return [f"/v1/cases/{row['case']}" for row in rows]


def test_open_cases_within_reach_are_listed_and_closed_ones_on_demand(
    chamber: Chamber,
) -> None:
    opened, told = chamber.opened(person="shen"), chamber.told()
    nothing = {"text": "It was another."}
    chamber.han.do(f"{chamber.opened(person='wang')}/no-case", nothing)

    auditor = chamber.office.caller("auditor")
    training = chamber.office.caller("deciding_authority", "wei", "training")
    assert listed(chamber, auditor) == [told, opened]
    assert len(listed(chamber, auditor, all="true")) == 3
    assert listed(chamber, auditor, stage="inquiry") == [opened]
    assert listed(chamber, auditor, person="li") == [told]
    assert listed(chamber, auditor, due_before="2000-01-01") == []
    assert listed(chamber, training) == [told]


def test_t12_the_person_lists_a_case_from_the_notice_on(chamber: Chamber) -> None:
    case = chamber.investigated()
    before = listed(chamber, chamber.li)
    chamber.jia.do(f"{case}/notice", notice())

    assert (before, listed(chamber, chamber.li)) == ([], [case])
    assert listed(chamber, chamber.office.shen) == []


def test_a_cursor_of_another_list_is_refused(chamber: Chamber) -> None:
    refused = chamber.han.get("/v1/cases", cursor="x")

    assert refused.status_code == 422
    assert "cursor" in str(refused.get_json())


def test_a_clerk_answers_for_the_person_once_they_were_told(chamber: Chamber) -> None:
    case = chamber.investigated()
    clerk = chamber.office.caller("clerk", "wang")
    words = {"text": "It was another.", "representative": "Ms Gu"}
    anything = {"If-Match": "*"}

    early = clerk.post(f"{case}/responses", words, headers=anything)
    chamber.jia.do(f"{case}/notice", notice())
    taken = clerk.post(f"{case}/responses", words, headers=anything)

    assert (early.status_code, taken.status_code) == (404, 200)
    assert chamber.li.read(case)["response"]["representative"] == "Ms Gu"


def test_what_was_waived_and_what_was_never_answered(chamber: Chamber) -> None:
    case = chamber.told()

    silent = chamber.try_(chamber.han, f"{case}/silence", {})
    chamber.li.do(f"{case}/waiver", {"text": "I have nothing to say."})

    assert silent.status_code == 409
    assert "in time until" in silent.get_json()["detail"]
    assert chamber.li.read(case)["waived"] == "said"


def test_art_47_the_person_asks_that_somebody_take_no_part(chamber: Chamber) -> None:
    case = chamber.told()
    ask = {"who": "jia", "ground": "interest", "text": "He owes me money."}
    chamber.li.do(f"{case}/recusals/requests", ask)
    more = {"who": "luo", "ground": "other", "text": "She is his wife."}
    chamber.han.do(f"{case}/recusals/others", more)
    chamber.office.caller("investigator", "luo", "department").do(
        f"{case}/recusals", {"ground": "witness", "text": "I was there."}
    )

    pending = chamber.try_(chamber.jia, f"{case}/notice", notice())
    decided = {"who": "jia", "recused": True, "text": "He does."}
    chamber.han.do(f"{case}/recusals/decision", decided)
    again = chamber.try_(chamber.han, f"{case}/investigators", {"investigator": "jia"})

    assert (pending.status_code, again.status_code) == (403, 403)
    assert "not decided yet" in pending.get_json()["detail"]
    shown = chamber.han.read(case)
    assert (shown["recusals"], shown["recused"]) == (["luo"], ["jia"])
    assert chamber.li.read(case)["recusals"] == []


def test_interim_measures_extensions_and_the_team(chamber: Chamber) -> None:
    case = chamber.investigated()
    by = chamber.han.read(case)["decide_by"]

    for path, body in (
        ("interim", {"measure": "suspension", "text": "He hides papers."}),
        ("interim/lift", {"measure": "suspension", "text": "He does not."}),
        ("extensions", {"decide_by": f"{int(by[:4]) + 1}-01-01", "text": "Abroad."}),
        ("investigators/relief", {"investigator": "luo", "reason": "She is ill."}),
    ):
        answer = chamber.try_(chamber.han, f"{case}/{path}", body)
        late = "extensions end on" in str(answer.get_json())
        assert answer.status_code == 200 or late, (path, answer.get_json())

    shown = chamber.han.read(case)
    assert (shown["interim"], shown["investigators"]) == ([], ["jia"])


def test_a_case_is_heard_referred_restored_and_reopened(chamber: Chamber) -> None:
    case = chamber.answered()
    today = chamber.han.read(case)["notice"]["served_on"]
    chamber.han.do(f"{case}/hearing", {"held_on": today, "text": "He was ill."})
    more = {"conduct": "other", "text": "And that.", "violation": "dereliction"}
    alleged = {**more, "from_on": "2020-08-01"}
    chamber.jia.do(f"{case}/allegations", {"allegation": alleged})

    unnoticed = chamber.han.read(case)["unnoticed"]
    chamber.han.do(f"{case}/no-case", {"text": "It was another."})
    chamber.han.do(f"{case}/reputation", {"scope": "unit", "text": "It was another."})
    unfounded = chamber.try_(
        chamber.han, f"{case}/reopening", {"text": "A letter.", "evidence": ["x:1"]}
    )
    letter = chamber.evidence(case)
    anew = {"text": "A letter was found.", "evidence": [letter]}
    chamber.han.do(f"{case}/reopening", anew)

    shown = chamber.han.read(case)
    assert unnoticed == ["other"]
    assert (unfounded.status_code, "evidence" in unfounded.text) == (422, True)
    assert (shown["stage"], shown["restored"]) == ("investigation", ["unit"])
