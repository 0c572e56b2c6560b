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
    what, day = rule.label or rule.category, written(obligation.due_on)
    body = addressed(
        person,
        REMINDER,
        day=day,
        what=what,
        rule=obligation.citation,
        book=label_of(book),
        basis=basis_of(obligation.citation),
        how=how_to_file(settings, rule),
        nil=NIL if rule.nil_return else "",
        reference=event.originator_id,
    )
    return Letter(
        id=event.event_id,
        message_id=message_id_of(event.event_id, settings),
        kind="reminder",
        person=person.number,
        obligation=event.originator_id,
        address=open_text(person.email),
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
    body = addressed(
        person,
        NOTICE,
        day=written(book.effective_from),
        book=label_of(book),
        duties="\n".join(f"- {rule.label or rule.category}" for rule in rules),
        basis="; ".join(entry.cite for entry in book.legal_basis),
        how=how_to_file(settings, rules[0]),
        title=title(book),
    )
    return Letter(
        id=id_,
        message_id=message_id_of(id_, settings),
        kind="notice",
        person=person.number,
        obligation=None,
        address=open_text(person.email),
        subject=f"Rules that apply to you: {label_of(book)}",
        body=body,
    )


def addressed(person: CoveredPerson, text: str, **words: object) -> str | None:
    """Return the text to the person; None where the key of their name is destroyed."""
    name = open_text(person.name)
    return name and text.format(name=name, **words)


def open_text(text: str | None) -> str | None:
    return None if sealed_in(text) else text or None


def written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def label_of(book: Rulebook) -> str:
    return book.labels.get("en") or next(iter(book.labels.values()), book.id)


def basis_of(citation: Citation) -> str:
    return "; ".join(citation.legal_basis)


def how_to_file(settings: Settings, rule: Rule) -> str:
    register = (
        f"in the register at {settings.url}" if settings.url else "in the register"
    )
    return f"{register}, or on paper with the {rule.recipient}"


def message_id_of(id_: UUID, settings: Settings) -> str:
    return f"<{id_}@{settings.domain}>"
