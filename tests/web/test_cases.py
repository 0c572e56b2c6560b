"""Cases over HTTP: in their order, by those who may, and told to whom they concern."""

import pytest

from tests.web.casing import ALLEGED, FINDING, Chamber, decision, enact, notice
from tests.web.office import Caller, Office


@pytest.fixture
def chamber(office: Office) -> Chamber:
    enact(office)
    return Chamber(office)


def test_a_case_is_decided_served_announced_and_closed(chamber: Chamber) -> None:
    case = chamber.decided()
    served = chamber.han.do(f"{case}/service", {"how": "in_person"})
    chamber.han.do(f"{case}/announcements", {"scope": "unit"})
    chamber.han.do(f"{case}/closure")

    shown = chamber.han.read(case)
    assert served["version"] + 2 == shown["version"]
    assert (shown["stage"], shown["closing"]) == ("closed", "sanction")
    assert list(shown["service"]["appeal_by"]) == ["review"]
    assert shown["announced"] == ["unit"]


def test_t12_of_a_case_that_is_not_told_yet_the_person_learns_nothing(
    chamber: Chamber,
) -> None:
    case = chamber.investigated()

    before = [chamber.li.get(case), chamber.li.get(f"{case}/history")]
    before.append(chamber.li.post(f"{case}/responses", {"text": "?"}, seen=1))
    chamber.jia.do(f"{case}/notice", notice())

    assert [answer.status_code for answer in before] == [404, 404, 404]
    assert chamber.li.get(case).status_code == 200


def test_the_person_sees_what_they_were_told_and_not_what_others_said(
    chamber: Chamber,
) -> None:
    case = chamber.investigated()
    said = {"interviewers": ["jia", "luo"], "held_on": ALLEGED["from_on"]}
    for who, words in (("the hotel", "He was here."), ("a neighbour", "He drinks.")):
        chamber.jia.do(f"{case}/interviews", said | {"who": who, "text": words})
    cited = f"{case.rpartition('/')[2]}:i1"
    chamber.jia.do(f"{case}/notice", notice(evidence=[cited]))

    seen, whole = chamber.li.read(case), chamber.han.read(case)
    told = chamber.li.read(f"{case}/history")["events"]

    assert [each["who"] for each in seen["interviews"]] == ["the hotel"]
    assert len(whole["interviews"]) == 2
    assert seen["allegations"][0]["text"] == ALLEGED["text"]
    assert (seen["basis"], seen["source"]) == (None, None)
    assert [event["topic"] for event in told] == [
        "case.allegation-added",
        "case.interview-recorded",
        "case.notice-served",
    ]
    assert len(chamber.han.read(f"{case}/history")["events"]) == whole["version"]


def test_their_own_history_tells_the_person_no_more_than_that(
    chamber: Chamber,
) -> None:
    case = chamber.investigated()
    key = case.rpartition("/")[2]
    said = {"interviewers": ["jia", "luo"], "held_on": ALLEGED["from_on"]}
    chamber.jia.do(f"{case}/interviews", said | {"who": "a neighbour", "text": "x"})
    chamber.jia.do(f"{case}/notice", notice())
    chamber.office.projector.catch_up()

    def topics(caller: Caller, path: str) -> set[str]:
        events = caller.read(path)["entries"]
        return {e["topic"] for e in events if e["topic"].startswith("case.")}

    for path in (f"/v1/history/case/{key}", "/v1/history/person/li"):
        seen = topics(chamber.li, path)
        assert seen == {"case.allegation-added", "case.notice-served"}
        assert "case.interview-recorded" in topics(chamber.han, path)


def test_what_is_found_and_decided_the_person_sees_once_it_is_served(
    chamber: Chamber,
) -> None:
    case = chamber.decided()
    before = chamber.li.read(case)
    chamber.han.do(f"{case}/service", {"how": "by_post"})

    after = chamber.li.read(case)
    topics = [e["topic"] for e in chamber.li.read(f"{case}/history")["events"]]

    assert (before["findings"], before["decision"]) == ([], None)
    assert after["decision"]["statements"]["seal"] == "What is said of seal."
    assert after["findings"][0]["reasons"] == "The border police saw him."
    assert {"case.finding-made", "case.decision-made"} <= set(topics)


def test_i1_a_decision_that_comes_too_soon_names_the_stage_and_the_rule(
    chamber: Chamber,
) -> None:
    case = chamber.told()

    unanswered = chamber.try_(chamber.han, f"{case}/decision", decision(case))
    early = chamber.try_(chamber.han, f"{case}/closure", {})

    assert (unanswered.status_code, early.status_code) == (409, 409)
    assert "was not answered" in unanswered.get_json()["detail"]
    assert "stage notice, not decided" in early.get_json()["detail"]
    assert "Art. 43" in unanswered.get_json()["rule"]


def test_s3_12_a_pattern_is_one_allegation_with_its_times(chamber: Chamber) -> None:
    days = [f"2018-{month:02}-{day:02}" for month in range(1, 7) for day in (3, 13, 23)]
    pattern = {
        "from_on": "2018-01-03",
        "to_on": "2018-06-23",
        "occurrences": [{"on": day} for day in days],
    }
    case = chamber.investigated(**pattern)

    refer = {"to": "the court", "reference": "2026-17", "text": "It may be a crime."}
    chamber.han.do(f"{case}/referral", refer)

    shown = chamber.han.read(case)
    assert [each["times"] for each in shown["allegations"]] == [18]
    assert (shown["stage"], shown["closing"]) == ("closed", "referred")
    assert shown["referral"]["reference"] == "2026-17"


def test_i5_t19_a_finding_of_concealment_says_what_speaks_for_intent(
    chamber: Chamber,
) -> None:
    case = chamber.answered()
    concealed = FINDING | {"class": "concealment"}

    silent = chamber.try_(chamber.han, f"{case}/findings", concealed)
    reasoned = concealed | {"on_intent": "He hid the ticket."}
    chamber.han.do(f"{case}/findings", reasoned)

    assert (silent.status_code, silent.get_json()["field"]) == (422, "on_intent")
    (found,) = chamber.han.read(case)["findings"]
    assert (found["class"], found["on_intent"]) == ("concealment", "He hid the ticket.")


def test_bad_input_is_refused_by_field_and_leaves_no_trace(chamber: Chamber) -> None:
    case = chamber.investigated()
    before = chamber.han.read(case)["version"]

    for path, body, field in (
        ("investigation", {"allegations": []}, "allegations"),
        ("allegations", {"allegation": ALLEGED | {"from_on": "soon"}}, "from_on"),
        ("notice", notice(answer_by="2000-01-01"), "answer_by"),
        ("notice", notice(at_most="beheading"), "at_most"),
        ("notice", notice(allegations=["another"]), "allegations"),
        ("recusals", {"ground": "boredom", "text": "x"}, "ground"),
        ("interim", {"measure": "arrest", "text": "x"}, "measure"),
        ("findings", {"conduct": "trip-2020", "mental": "madness"}, "mental"),
    ):
        caller = chamber.han if path in ("investigation", "interim") else chamber.jia
        caller = chamber.han if path == "findings" else caller
        refused = chamber.try_(caller, f"{case}/{path}", body)
        assert refused.status_code == 422, (path, refused.get_json())
        assert field in str(refused.get_json()), refused.get_json()

    assert chamber.han.read(case)["version"] == before
