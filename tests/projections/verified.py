"""Verifications, draws and sources for the read models: facts alone, as the log has."""

from datetime import date
from typing import Any
from uuid import UUID

from domain.verification import facts
from domain.verification.draw import draw_stream
from domain.verification.source import SourceDeclared, source_stream
from domain.verification.state import verification_stream
from tests.history import History, cite

CITED = cite("verification")


def opened(history: History, number: str, name: str, **more: Any) -> UUID:
    stream = verification_stream(name)
    history.subjects[stream] = number
    fact = facts.VerificationOpened(
        verification=name, person=number, **({"basis": "random"} | more)
    )
    history.add(stream, fact)
    return stream


def detected(history: History, stream: UUID, number: int) -> None:
    fact = facts.DiscrepancyDetected(
        discrepancy=number, kind="differs", field="area", source="land", found="120"
    )
    history.add(stream, fact)


def asked(history: History, stream: UUID, answer_by: date) -> None:
    fact = facts.ExplanationRequested(
        discrepancies=(1,), answer_by=answer_by, text="whose is it?", cited=CITED
    )
    history.add(stream, fact)


def drawn(history: History, name: str, *numbers: str, as_of: date) -> UUID:
    fact = facts.SampleDrawn(
        draw=name,
        method="sha256-rank-v1",
        seed="x",
        population="all_staff",
        as_of=as_of,
        population_sha256="ab" * 32,
        population_size=9,
        size=len(numbers),
        drawn=numbers,
        cited=CITED,
    )
    history.add(stream := draw_stream(name), fact)
    return stream


def declared(history: History, name: str, purpose: str = "homes") -> UUID:
    fact = SourceDeclared(
        source=name, name=name.title(), purpose=purpose, legal_basis="art 3"
    )
    history.add(stream := source_stream(name), fact)
    return stream


def verified(history: History) -> None:
    """Let two people be asked to explain themselves, and a draw have been made."""
    today = history.now.date()
    declared(history, "land")
    drawn(history, "W-1", "P1", as_of=today)
    for number in ("P1", "P3"):
        stream = opened(history, number, f"V-{number}")
        detected(history, stream, 1)
        asked(history, stream, today)
