"""Art. 43: the person answers, in time or late, or waives it; nobody else does."""

from datetime import date

from domain.case.facts import ResponseReceived, ResponseWaived
from domain.case.notice import NoteSilence, ReceiveResponse, WaiveResponse
from domain.errors import Invalid, NotAllowed, OutOfTime, WrongStage
from tests.domain.case.proceeding import Proceeding, office, under

DAY = "2021-03-10"
SILENCE = NoteSilence(case="C-1")


def told(*changes: tuple[str, str]) -> Proceeding:
    scenario = under(*changes) if changes else office()
    return Proceeding(scenario, on=DAY).inquiry().investigation().notice()


def answer(day: str | None = None, **more: object) -> ReceiveResponse:
    received = date.fromisoformat(day) if day else None
    usual: dict[str, object] = {"text": "It was not I.", "received_on": received}
    return ReceiveResponse(case="C-1", **(usual | more))  # type: ignore[arg-type]  # as its fields are


def test_the_person_answers_and_may_want_to_be_heard() -> None:
    scenario = told().scenario.declarant("li")

    scenario.when(answer(hearing_wanted=True)).then(
        ResponseReceived(
            received_on=date(2021, 3, 10), text="It was not I.", hearing_wanted=True
        )
    )


def test_a_clerk_takes_in_what_came_on_paper_from_a_representative() -> None:
    case = told().at("2021-03-16")
    scenario = case.scenario.clerk(on_behalf_of="li")

    for day in ("2021-03-09", "2021-03-17"):
        scenario.when(answer(day)).then_refused(Invalid, match="received_on")
    fact = scenario.when(answer("2021-03-12", representative="Ms Gu, lawyer"))
    assert fact.one(ResponseReceived).received_on == date(2021, 3, 12)
    assert fact.one(ResponseReceived).representative == "Ms Gu, lawyer"


def test_nobody_else_answers_nor_waives_it() -> None:
    scenario = told().scenario
    for who, role, behalf in (
        ("wang", "declarant", None),
        ("han", "deciding_authority", None),
        ("clerk", "clerk", None),
        ("clerk", "clerk", "wang"),
        ("li", "clerk", "li"),
    ):
        scenario.by(who, role, on_behalf_of=behalf)
        scenario.when(answer()).then_refused(NotAllowed, match="may not answer")
        scenario.when(WaiveResponse(case="C-1")).then_refused(NotAllowed)


def test_the_person_says_it_and_not_when_it_came() -> None:
    case = told().at("2021-03-12")
    scenario = case.scenario.declarant("li")

    scenario.when(answer("2021-03-11")).then_refused(Invalid, match="received_on")
    scenario.when(answer(text=" ")).then_refused(Invalid, match="text")
    scenario.when(answer("2021-03-12")).then_kinds(ResponseReceived)


def test_where_the_rulebook_knows_no_representative_there_is_none() -> None:
    case = told(("representation = true", "representation = false"))
    scenario = case.scenario.declarant("li")

    scenario.when(answer(representative="Ms Gu")).then_refused(NotAllowed)


def test_an_answer_is_waived_once_and_by_the_person() -> None:
    scenario = told().scenario.declarant("li")
    waive = WaiveResponse(case="C-1", text="I have nothing to say.")

    scenario.when(waive).then(ResponseWaived(how="said", text="I have nothing to say."))
    scenario.when(waive).then_nothing()


def test_silence_counts_once_the_last_day_is_over() -> None:
    case = told().at("2021-03-17")
    scenario = case.scenario.by("han", "deciding_authority")

    scenario.when(SILENCE).then_refused(OutOfTime, match="until 2021-03-17")
    scenario.on("2021-03-18").when(SILENCE).then(ResponseWaived(how="silent"))
    scenario.when(SILENCE).then_nothing()


def test_a_late_answer_is_taken_in_as_long_as_nothing_is_decided() -> None:
    case = told().silence().response()
    assert case.state.response

    case.finding().decision("warning").scenario.declarant("li")
    case.scenario.when(answer()).then_refused(WrongStage, match="stage decided")


def test_there_is_nothing_to_answer_before_there_is_a_notice() -> None:
    case = Proceeding(office(), on=DAY).inquiry().investigation()

    case.scenario.declarant("li").when(answer()).then_refused(WrongStage)
