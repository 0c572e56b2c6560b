"""Timestamps: verified before they are kept, once a day, by whom we trust alone."""

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.x509 import load_pem_x509_certificates

from projections.ledger.errors import LedgerProblem
from projections.ledger.publishing.outlets import Outlets
from projections.ledger.publishing.publisher import Publisher
from projections.ledger.publishing.stamping import (
    NotStamped,
    Stamper,
    check_stamp,
    given_stamper,
)
from tests.ledger.publishing.authority import (
    Authority,
    found,
    missing,
    serving,
    stamped,
)
from tests.ledger.publishing.office import Office

NOTE = "example.org/log/e1\n1\nAAAA\n\n\u2014 example.org/log/e1 AAAA\n"
CHECKED = ("-data", "note", "-in", "kept.tsr", "-CAfile", "root.pem")
REFUSED = bytes.fromhex("30053003020102")  # a response of status 2, and nothing else


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[Authority]:
    if told := missing():
        pytest.skip(told)
    with serving(found(tmp_path / "authority")) as one:
        yield one


def stamper(authority: Authority, roots: Path | None = None) -> Stamper:
    given = (roots or authority.roots).read_bytes()
    return Stamper(authority.url, load_pem_x509_certificates(given))


def tokens(office: Office) -> list[tuple[int, bytes, datetime]]:
    return office.connection.execute(
        "SELECT size, token, stamped_at FROM ledger.timestamp ORDER BY stamped_at, size"
    ).fetchall()


def test_a_stamp_is_over_the_note_and_says_when(authority: Authority) -> None:
    before = datetime.now(UTC).replace(microsecond=0)

    stamp = stamper(authority).stamp(NOTE)

    assert before <= stamp.at <= datetime.now(UTC)
    assert check_stamp(stamp.token, NOTE, stamper(authority).roots) == stamp.at


def test_openssl_accepts_what_is_kept(authority: Authority) -> None:
    token = stamper(authority).stamp(NOTE).token
    (authority.directory / "note").write_bytes(NOTE.encode())
    (authority.directory / "kept.tsr").write_bytes(token)

    said = subprocess.run(
        ["openssl", "ts", "-verify", *CHECKED],
        cwd=authority.directory,
        capture_output=True,
        text=True,
        check=True,
    )

    assert "Verification: OK" in said.stdout + said.stderr


def test_a_stamp_over_another_note_does_not_hold(authority: Authority) -> None:
    token = stamper(authority).stamp(NOTE).token

    with pytest.raises(NotStamped, match="does not hold"):
        check_stamp(token, NOTE + "x", stamper(authority).roots)


def test_an_authority_that_nobody_trusts_is_refused(
    authority: Authority, tmp_path: Path
) -> None:
    stranger = found(tmp_path / "stranger")

    with pytest.raises(NotStamped, match="does not hold"):
        stamper(authority, stranger.roots).stamp(NOTE)


def test_the_answer_to_an_earlier_query_is_refused(authority: Authority) -> None:
    kept = stamper(authority).stamp(NOTE).token
    authority.reply = lambda _: (200, kept)

    with pytest.raises(NotStamped, match="Nonce mismatch"):
        stamper(authority).stamp(NOTE)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ((200, b"garbage"), "not the response of an authority"),
        ((200, b""), "not the response of an authority"),
        ((200, REFUSED), "it was refused: status 2"),
        ((200, bytes(1_000_000)), "out of reach"),
        ((503, b""), "status 503"),
    ],
)
def test_an_answer_that_is_no_timestamp_is_told_as_what_it_is(
    authority: Authority, answer: tuple[int, bytes], told: str
) -> None:
    authority.reply = lambda _: answer

    with pytest.raises(NotStamped, match=told):
        stamper(authority).stamp(NOTE)


def test_a_changed_token_does_not_hold(authority: Authority) -> None:
    token = stamper(authority).stamp(NOTE).token
    kept = len(token) - 10

    with pytest.raises(NotStamped):
        check_stamp(
            token[:kept] + bytes([token[kept] ^ 1]) + token[kept + 1 :],
            NOTE,
            stamper(authority).roots,
        )


def test_nobody_waits_for_a_slow_authority(authority: Authority) -> None:
    given = load_pem_x509_certificates(authority.roots.read_bytes())
    mute = Stamper("http://127.0.0.1:1", given)

    with pytest.raises(NotStamped, match="out of reach"):
        mute.stamp(NOTE)
    with pytest.raises(NotStamped, match="out of reach"):
        Stamper(authority.url, given, patience=0.0001).stamp(NOTE)


# Once a day


class Days:
    """A clock that a test moves by days."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now

    def on(self, **passed: float) -> None:
        self.now += timedelta(**passed)


def publisher(office: Office, authority: Authority, clock: Days) -> Publisher:
    outlets = Outlets(stamper=stamper(authority))
    return Publisher(office.connect, outlets, clock=clock)


def test_the_newest_checkpoint_is_stamped_once_a_day(
    office: Office, authority: Authority
) -> None:
    clock = Days()
    publishing = publisher(office, authority, clock)
    office.sign(3)
    publishing.publish(office.connection)
    office.sign(3)
    publishing.publish(office.connection)
    assert authority.asked == 1

    clock.on(days=1)
    publishing.publish(office.connection)
    clock.on(days=1)
    standing = publishing.publish(office.connection)

    assert authority.asked == 2
    assert [size for size, _, _ in tokens(office)] == [3, 6]
    _, token, at = tokens(office)[-1]
    note = str(office.signed())
    assert check_stamp(token, note, stamper(authority).roots) == at
    assert standing.stamped is not None
    assert (standing.stamped.size, standing.stamped.at) == (6, at)


def test_what_does_not_verify_is_not_kept_and_asked_for_again_later(
    office: Office, authority: Authority
) -> None:
    clock = Days()
    publishing = publisher(office, authority, clock)
    office.sign(3)
    authority.reply = lambda _: (200, REFUSED)
    for _ in range(3):
        publishing.publish(office.connection)
    assert (authority.asked, tokens(office)) == (1, [])
    assert "timestamp" in publishing.teller.said

    authority.reply = lambda query: (200, stamped(authority.directory, query))
    clock.on(minutes=11)
    publishing.publish(office.connection)

    assert [size for size, _, _ in tokens(office)] == [3]
    assert "timestamp" not in publishing.teller.said


# What the environment says


def test_the_environment_names_the_authority_and_its_roots(
    authority: Authority,
) -> None:
    named = {"PROBITY_TSA_URL": "http://tsa.example"}

    assert given_stamper({}) is None
    known = given_stamper(named | {"PROBITY_TSA_ROOTS": str(authority.roots)})
    assert known is not None
    assert known.url == "http://tsa.example"
    assert len(known.roots) == 1


@pytest.mark.parametrize("roots", [None, "/nowhere", "/dev/null"])
def test_an_authority_without_roots_is_refused(roots: str | None) -> None:
    named = {"PROBITY_TSA_URL": "http://tsa.example"}

    with pytest.raises(LedgerProblem, match="PROBITY_TSA_ROOTS has to name a file"):
        given_stamper(named | ({"PROBITY_TSA_ROOTS": roots} if roots else {}))
