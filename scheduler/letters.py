"""What the mails say: what is due, when, under which rule; never what was declared."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid5

from domain.obligation import Obligation, ReminderSent
from domain.person import CoveredPerson, person_stream
from domain.record import Citation, Recorded
from domain.regime.types import Rule, Rulebook
from domain.rulebook import title
from domain.sealing import sealed_in
from projections.outbox import Letter
from scheduler.settings import Settings

REMINDER = """\
Dear {name},

this is due by {day}:

    {what}

It is asked of you under {rule} ({book}).
Legal basis: {basis}

How to file: {how}.
The day of receipt counts, on paper too; what comes later is late.{nil}

Reference: {reference}

Please do not put what you declare into an answer to this mail.
"""
NOTICE = """\
Dear {name},

these rules apply to you from {day} on: {book}.

They ask you to report:

{duties}

Legal basis: {basis}

How to file: {how}.
When each is due, the rulebook {title} says. Please confirm there that you know it.
"""
NIL = """
If there is nothing to report, say so: a nil return is asked for."""


def reminder(
    event: Recorded[ReminderSent],
    obligation: Obligation,
    person: CoveredPerson,
    ruling: tuple[Rulebook, Rule],
    settings: Settings,
) -> Letter:
    """Return the mail for a `ReminderSent`, to the person's address as it is now."""
    book, rule = ruling
    what, day = rule.label or rule.category, _written(obligation.due_on)
    body = _to(
        person,
        REMINDER,
        day=day,
        what=what,
        rule=obligation.citation,
        book=_label(book),
        basis=_basis(obligation.citation),
        how=_how(settings, rule),
        nil=NIL if rule.nil_return else "",
        reference=event.originator_id,
    )
    return Letter(
        id=event.event_id,
        message_id=_message_id(event.event_id, settings),
        kind="reminder",
        person=person.number,
        obligation=event.originator_id,
        address=_open(person.email),
        subject=f"Due by {day}: {what}",
        body=body,
    )


def notice(
    person: CoveredPerson, book: Rulebook, rules: Sequence[Rule], settings: Settings
) -> Letter:
    """Return the mail that tells a person of the rules which bind them (S3-08).

    There is one for each version of a rulebook, whenever it can be sent.
    """
    id_ = uuid5(person_stream(person.number), f"notice of {title(book)}")
    body = _to(
        person,
        NOTICE,
        day=_written(book.effective_from),
        book=_label(book),
        duties="\n".join(f"- {rule.label or rule.category}" for rule in rules),
        basis="; ".join(entry.cite for entry in book.legal_basis),
        how=_how(settings, rules[0]),
        title=title(book),
    )
    return Letter(
        id=id_,
        message_id=_message_id(id_, settings),
        kind="notice",
        person=person.number,
        obligation=None,
        address=_open(person.email),
        subject=f"Rules that apply to you: {_label(book)}",
        body=body,
    )


def _to(person: CoveredPerson, text: str, **words: object) -> str | None:
    """Return the text to the person; None where the key of their name is destroyed."""
    name = _open(person.name)
    return name and text.format(name=name, **words)


def _open(text: str | None) -> str | None:
    return None if sealed_in(text) else text or None


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _label(book: Rulebook) -> str:
    return book.labels.get("en") or next(iter(book.labels.values()), book.id)


def _basis(citation: Citation) -> str:
    return "; ".join(citation.legal_basis)


def _how(settings: Settings, rule: Rule) -> str:
    register = (
        f"in the register at {settings.url}" if settings.url else "in the register"
    )
    return f"{register}, or on paper with the {rule.recipient}"


def _message_id(id_: UUID, settings: Settings) -> str:
    return f"<{id_}@{settings.domain}>"
