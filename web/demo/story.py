"""The stories told once: leave asked, papers keyed, a journey left out and added."""

from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from domain.amending import AmendDisclosure, WithdrawDisclosure
from domain.approval import DecideApproval, RequestApproval
from domain.disclosure import item_key
from domain.filing import RecordPaper
from domain.obligation import obligation_stream
from domain.record import Actor
from domain.review import AssignReviewer, Certify, CloseUncertified
from domain.rulebook import ActivatePeriod
from web.demo.answers import (
    bidding_after,
    bidding_before,
    funeral,
    leave,
    overseas_trip,
    real_estate,
    vehicle,
)
from web.demo.cast import TOP, Member
from web.demo.duties import overdue
from web.demo.law import INSTANT, LEAVE
from web.demo.script import CLERK, STEWARDS, Script, own

SCAN = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
PERIODS = {"winter": (40, 80), "summer": (330, 362)}  # from and to, as days of the year


def play_stories(script: Script) -> str:
    """Tell them all; return the number of the report that was amended late."""
    for name, (start, end) in PERIODS.items():
        special_period(script, name, start, end)
    paper(script)
    bidding(script)
    taken_back(script)
    return late_amendment(script)


def staff(script: Script, unit: str) -> list[Member]:
    return [member for member in script.cast if member.unit == unit]


def late_amendment(script: Script) -> str:
    """A journey is reported and certified; another was left out, and comes late."""
    member, year = staff(script, "DEMO-TRA")[1], script.year
    departs = year.day(250)
    trip = overseas_trip(departs, script.draw)
    filed = departs - timedelta(days=10)
    number = script.report(filed, member, INSTANT, "overseas_trip", trip)
    judge = script.reviewer(member)
    if number is None or judge is None:
        raise LookupError("the cast has nobody for this story")
    by = Actor(id=judge.number, role="certifier")
    script.add(
        filed + timedelta(days=2),
        by,
        AssignReviewer(disclosure=number, reviewer=judge.number),
    )
    script.add(filed + timedelta(days=5), by, Certify(disclosure=number))
    second = overseas_trip(departs + timedelta(days=40), script.draw)
    amended = AmendDisclosure(
        disclosure=number,
        items=(trip, second),
        reason="the second journey had been left out",
    )
    script.add(departs + timedelta(days=70), own(member), amended)
    return number


def special_period(script: Script, name: str, start: int, end: int) -> None:
    """Leave to leave the city is asked, granted or not, and reported on after."""
    first, last = script.year.day(start), script.year.day(end)
    period = ActivatePeriod(
        rulebook=LEAVE, rule="leave_city", period=name, from_on=first, to_on=last
    )
    script.add(first, Actor(id=STEWARDS[0], role="rulebook_steward"), period)
    for nth, member in enumerate(staff(script, "DEMO-TRA-M")[1:16]):
        away = script.later(first, 3, (last - first).days - 6)
        trip(script, member, f"{name}-{nth}", away, nth)


def trip(script: Script, member: Member, name: str, away: date, nth: int) -> None:
    back = away + timedelta(days=script.draw.randint(1, 4))
    answers = leave(away, back, script.draw)
    approval = str(uuid5(NAMESPACE_URL, f"probity:demo/leave/{name}"))
    wanted = RequestApproval(
        approval=approval,
        person=member.number,
        rulebook=LEAVE,
        rule="leave_city",
        contents=answers,
    )
    asked = script.add(away - timedelta(days=3), own(member), wanted)
    head = Actor(id=script.heads[member.unit], role="certifier")
    denied = nth % 7 == 3  # noqa: PLR2004  two of fifteen
    decision = DecideApproval(
        approval=approval,
        granted=not denied,
        reason="the brigade is short of staff on these days" if denied else None,
    )
    decided = asked and script.add(away - timedelta(days=2), head, decision)
    if not decided or denied:
        return
    if nth % 5 == 4:  # noqa: PLR2004  three of fifteen forget the report
        duty = obligation_stream(member.number, LEAVE, "leave_city", approval)
        overdue(script, duty, back + timedelta(days=3))
        return
    script.report(
        script.later(back, 0, 3),
        member,
        LEAVE,
        "leave_city",
        answers,
        approval=approval,
    )


def paper(script: Script) -> None:
    """Two reports come on paper: one is keyed in full, of the other there is a scan."""
    for nth, (member, day) in enumerate(
        zip(staff(script, "DEMO-CRI")[1:3], (120, 200), strict=True)
    ):
        received = script.year.day(day)
        items = (funeral(received - timedelta(days=4), script.draw),)
        command = RecordPaper(
            disclosure=str(uuid5(NAMESPACE_URL, f"probity:demo/paper/{nth}")),
            person=member.number,
            rulebook=INSTANT,
            rule="funeral",
            items=items if nth == 0 else (),
            received_on=received,
            content_known=nth == 0,
            scan_sha256=SCAN,
            reason="keyed from the original",
        )
        clerk = Actor(id=CLERK, role="clerk", on_behalf_of=member.number)
        script.add(received + timedelta(days=6), clerk, command)


def bidding(script: Script) -> None:
    """What is bought is reported before the bids are opened, and again after."""
    for nth, (member, day) in enumerate(
        zip(staff(script, TOP)[1:5], (90, 160, 230, 310), strict=True)
    ):
        opens = script.year.day(day)
        answers = bidding_before(opens, script.draw)
        filed = opens - timedelta(days=4)
        number = script.report(filed, member, INSTANT, "bidding_before", answers)
        if number is None:
            continue
        key = item_key(number, 0)
        duty = obligation_stream(member.number, INSTANT, "bidding_after", key)
        if nth == 2:  # noqa: PLR2004  one of four forgets
            overdue(script, duty, script.due("bidding_after", opens, "opening_date"))
            continue
        outcome = bidding_after(script.draw)
        script.report(
            script.later(opens, 1, 6),
            member,
            INSTANT,
            "bidding_after",
            outcome,
            obligation=duty,
        )


def taken_back(script: Script) -> None:
    """One report is withdrawn, another closed without being certified."""
    withdrawn, closed = staff(script, "DEMO-CRI")[0], staff(script, "DEMO-TRA")[0]
    day = script.year.day(265)
    number = script.report(
        day, withdrawn, INSTANT, "vehicle", vehicle(day, script.draw)
    )
    if number:
        reason = "the purchase was cancelled"
        script.add(
            day + timedelta(days=2),
            own(withdrawn),
            WithdrawDisclosure(disclosure=number, reason=reason),
        )
    home = real_estate(day, script.draw)
    number = script.report(day, closed, INSTANT, "real_estate", home)
    judge = script.reviewer(closed)
    if number and judge:
        reason = "the notary's record is with the anti-corruption bureau"
        script.add(
            day + timedelta(days=15),
            Actor(id=judge.number, role="certifier"),
            CloseUncertified(disclosure=number, reason=reason),
        )
