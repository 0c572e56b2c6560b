"""COPY text is read as PostgreSQL writes it: every escape, and every form of bytes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.ledger.verifier.sources.copytext import (
    NULL,
    blocks,
    bytea,
    fields_of,
    rows_of,
    unescaped,
)
from projections.ledger.verifier.verdict import CannotCheck
from projections.postgres.address import Address
from tests.ledger.verifying.conftest import Auditor
from tests.ledger.verifying.register import made
from tests.postgres import admin

ODD = "a\\b\tc\nd\re\bf\fg\vh \\N \\. é\N{CJK UNIFIED IDEOGRAPH-5EC9}"
COPIED = "COPY (SELECT %s::text, %s::bytea, NULL::text) TO STDOUT"


def copied(connection: Any, *values: object) -> list[bytes]:
    """Return one row as the server writes it."""
    with connection.cursor() as cursor, cursor.copy(COPIED, values) as rows:
        return fields_of(b"".join(map(bytes, rows))[:-1])


def test_what_the_server_writes_is_read_back(database: Address) -> None:
    data = bytes(range(256))
    with admin(database) as connection:
        for form in ("hex", "escape"):
            connection.execute(f"SET bytea_output = {form}".encode())
            text, field, null = copied(connection, ODD, data)

            assert unescaped(text).decode() == ODD
            assert bytea(field) == data
            assert null == NULL


@given(st.text(st.characters(exclude_characters="\0", codec="utf-8")))
def test_any_text_is_read_back(text: str) -> None:
    escapes = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    written = "".join(escapes.get(character, character) for character in text)

    assert unescaped(written.encode()).decode() == text


def test_octal_and_hexadecimal_escapes_are_read() -> None:
    assert unescaped(rb"\101\x42\103\q") == b"ABCq"


def test_blocks_are_found_among_other_statements() -> None:
    dump = (
        b"SET x = 'COPY a.b (c) FROM stdin;';\nCOPY one.t (a, \"b\") FROM stdin;\n"
        b"1\t2\n\\.\n\nCOPY two.t (a) FROM stdin;\n\\.\n"
    )

    one, two = blocks(dump)

    assert (one.table, one.columns, two.table) == ("one.t", ("a", "b"), "two.t")
    assert list(rows_of(dump, one)) == [{"a": b"1", "b": b"2"}]
    assert list(rows_of(dump, two)) == []


def test_a_dump_that_was_cut_cannot_be_checked() -> None:
    with pytest.raises(CannotCheck, match=r"ends within the rows of one\.t"):
        list(blocks(b"COPY one.t (a) FROM stdin;\n1\n"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"PGDMP...", "pg_restore -f"),
        (b"\x1f\x8b...", "compressed by gzip"),
        (b"SELECT 1;\n", "has no rows of log.probity_events and log.head"),
        (
            (
                b"COPY log.probity_events (a) FROM stdin;\n\\.\n"
                b"COPY log.head (size, origin, first) FROM stdin;\n\\.\n"
            ),
            "does not say which log it is of",
        ),
        (
            (
                b"COPY log.probity_events (a) FROM stdin;\n\\.\n"
                b"COPY log.head (size, origin, first) FROM stdin;\nx\to\t1\n\\.\n"
            ),
            "a row of the ledger is unreadable",
        ),
        (
            (
                b"COPY log.probity_events (a) FROM stdin;\n1\n\\.\n"
                b"COPY log.head (size, origin, first) FROM stdin;\n0\to\t1\n\\.\n"
            ),
            "the events have no column notification_id",
        ),
    ],
)
def test_what_is_no_dump_cannot_be_checked(
    auditor: Auditor, content: bytes, said: str
) -> None:
    path = auditor.home / "dump.sql"
    path.write_bytes(content)

    found = auditor.check(path)

    assert found.code == 2
    assert said in found.obstacles


def test_a_row_without_a_position_cannot_be_checked(auditor: Auditor) -> None:
    register = made(5)
    register.events[2]["notification_id"] = "x"

    path = register.dump(auditor.home / "dump.sql")

    assert "a row of events is unreadable" in auditor.check(path).obstacles


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("recorded_at", "infinity"),
        ("originator_version", "x"),
        ("state", "\\x0"),
        ("topic", "two\nlines"),
    ],
)
def test_an_event_that_cannot_be_one_was_edited(
    auditor: Auditor, column: str, value: str
) -> None:
    register = made(20)
    copy = register.export(auditor.home / "copy")
    register.events[6][column] = value

    found = auditor.judge(register, "--against", copy)

    (said,) = found.said["differences"]
    assert (said["kind"], said["index"]) == ("edited", 6)
    assert column in said["fields"]


def test_two_events_at_one_position_are_one_too_many(auditor: Auditor) -> None:
    register = made(20)
    register.events.append({**register.events[3], "topic": "another"})

    found = auditor.judge(register)

    (said,) = found.said["differences"]
    assert (said["kind"], said["index"]) == ("inserted", 3)


def test_an_event_far_beyond_the_end_has_no_place(auditor: Auditor) -> None:
    register = made(20)
    register.events.append({**register.events[3], "notification_id": 10**15})

    found = auditor.judge(register)

    assert found.kinds == ["inserted"]
    assert "no event can be at position 1000000000000000" in str(found.said)
