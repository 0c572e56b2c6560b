"""The first act: the law is made, the department established, its people entered."""

from collections.abc import Callable
from datetime import date, timedelta

from domain.campaign import LaunchCampaign
from domain.personnel import (
    AssumePosition,
    DeclareRelative,
    NotifyRules,
    RegisterPerson,
)
from domain.record import Actor
from domain.rulebook import DraftRulebook, PublishRulebook
from domain.unit import EstablishUnit, NameHead
from web.demo.cast import UNITS, Member
from web.demo.law import ANNUAL, CAMPAIGN, CARDS, EXTENDED, INSTANT, texts
from web.demo.script import HR, STEWARDS, Script

POST = "main"
SERVED = 400  # days by which most took up their posts before the year began


def open_register(script: Script) -> None:
    """Write down everything that is there before the first report."""
    first = script.year.first
    for code, name, parent, _, _ in UNITS:
        script.add(first, HR, EstablishUnit(code=code, name=name, parent=parent))
    for member in script.cast:
        enter(script, member, first - timedelta(days=SERVED + member.nth))
    for unit, head in script.heads.items():
        script.add(first, HR, NameHead(code=unit, head=head))
    publish(script)


def enter(script: Script, member: Member, since: date) -> None:
    first, number = script.year.first, member.number
    register = RegisterPerson(
        number=number, name=member.name, email=f"{number.lower()}@example.org"
    )
    script.add(first, HR, register)
    script.add(
        first,
        HR,
        AssumePosition(
            number=number,
            post=POST,
            unit=member.unit,
            title=member.title,
            from_on=since,
            rank=member.rank,
            category=member.category,
            employer_type="police",
        ),
    )
    for relation in ("spouse", "child"):
        name = getattr(member, relation)
        if name:
            declared = DeclareRelative(
                number=number, relative=relation, relation=relation, name=name
            )
            script.add(first, HR, declared)


def publish(script: Script) -> None:
    """Make each rulebook the law some days before its date, and tell whom it binds."""
    drafter, publisher = (Actor(id=s, role="rulebook_steward") for s in STEWARDS)
    for text, book in zip(texts(script.year), script.books.values(), strict=True):
        day = max(script.year.first, book.effective_from - timedelta(days=20))
        script.add(day, drafter, DraftRulebook(rulebook=book.id, text=text))
        publication = PublishRulebook(rulebook=book.id, version=book.version)
        script.add(day, publisher, publication)
        for member in told(script, book.id, book.version):
            notice = NotifyRules(
                number=member.number, rulebook=book.id, version=book.version
            )
            script.add(day + timedelta(days=1), HR, notice)
    launch = LaunchCampaign(
        campaign=CARDS,
        name="Return of membership cards",
        rulebook=CARDS,
        rule="membership_cards",
        launched_on=script.year.day(CAMPAIGN),
    )
    script.add(script.year.day(CAMPAIGN), publisher, launch)


def told(script: Script, rulebook: str, version: int) -> list[Member]:
    day = script.year.day(EXTENDED if version > 1 else 0)
    binds: dict[str, Callable[[Member], bool]] = {
        INSTANT: lambda member: script.bound(member, day),
        ANNUAL: annual,
        CARDS: lambda member: member.category is not None,
    }
    bound = binds.get(rulebook)
    return [m for m in script.cast if bound is None or bound(m)]


def annual(member: Member) -> bool:
    """Return whether the yearly report is asked of the member, from their rank."""
    return member.rank in ("county", "deputy_county")
