"""What is no request of a log is refused, as C2SP tlog-witness says."""

import http.client
import json
from contextlib import closing

import pytest

from projections.ledger.keyfile import read
from projections.ledger.standard.note import Note
from projections.ledger.standard.signature import encoded
from tests.web.witness.running import Running
from tests.web.witness.stored import address
from tests.web.witness.watched import FALSE, Head, WatchedLog, request

HASH = encoded(bytes(32))


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [""],
        ["old"],
        ["old "],
        ["old  0"],
        ["old 00"],
        ["old 01"],
        ["old -1"],
        ["old +0"],
        ["old 0 "],
        [" old 0"],
        ["Old 0"],
        ["old 0x0"],
        ["old \u0660"],
        [f"old {2**63}"],
        [f"old {'9' * 5000}"],
        ["size 0"],
        [HASH, "old 0"],
        ["old 0", "old 0"],
        ["old 0", HASH[:-1]],
        ["old 0", f"{HASH} "],
        ["old 0", f" {HASH}"],
        ["old 0", f"{HASH}\r"],
        ["old 0", HASH.replace("A=", "B=")],
        ["old 0", encoded(bytes(31))],
        ["old 0", encoded(bytes(33))],
        ["old 0", bytes(32).hex()],
        ["old 0", *[HASH] * 64],
        ["old 0", HASH, "", HASH],
        ["old 4"],
        ["0"],
    ],
    ids=lambda lines: f"{len(lines)} {lines[:2]}",
)
def test_a_request_that_is_none_is_bad(
    witness: Running, log: WatchedLog, lines: list[str]
) -> None:
    assert witness.post(request(*lines, note=log.note(Head(3)))).status == 400


def test_what_is_no_checkpoint_is_bad(witness: Running, log: WatchedLog) -> None:
    good = str(log.note(Head(3)))
    none = ["no checkpoint\n", f"{log.origin}\n3\nAAAA\n"]
    bodies = [
        b"",
        b"\xff",
        b"old 0",
        b"old 0\n",
        b"old 0\n\n",
        request("old 0", note=good).removesuffix(b"\n"),
        request("old 0", note=f"{good}\n"),
        request("old 0", note=f"\n{good}"),
        request("old 0", note=good.replace("\n3\n", "\n03\n")),
        request("old 0", note=good.replace("\u2014", "-")),
        request("old 0", note=good.replace("\n", "\r\n")),
        *(request("old 0", note=Note(text, (log.by_ed25519(text),))) for text in none),
        request("old 0", note=good) + b"\xff",
    ]

    assert [witness.post(body).status for body in bodies] == [400] * len(bodies)
    assert witness.get(address(log)).status == 404


def test_a_request_without_end_is_not_read(witness: Running, log: WatchedLog) -> None:
    body = log.body(0, Head(3)) + b"x" * 300_000
    connection = http.client.HTTPConnection("127.0.0.1", witness.port, timeout=60)

    assert witness.post(body).status == 413
    with closing(connection):
        # Without its length told before: it is cut, and what is left is no request.
        connection.request("POST", "/add-checkpoint", iter([body]), encode_chunked=True)
        assert connection.getresponse().status in (400, 413)
    assert witness.get(address(log)).status == 404


def test_other_methods_and_places_are_refused(witness: Running) -> None:
    assert witness.get("/add-checkpoint").status == 405
    assert witness.get("/").status == 404
    assert witness.get("/static/x").status == 404


def test_many_requests_go_over_one_connection(
    witness: Running, log: WatchedLog
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", witness.port, timeout=60)
    connection.connect()
    first = connection.sock
    for old in range(5):
        connection.request("POST", "/add-checkpoint", log.body(old, Head(old + 1)))
        assert connection.getresponse().read()
        assert connection.sock is first
    connection.close()


def test_no_secret_is_in_what_the_witness_says(
    witness: Running, log: WatchedLog
) -> None:
    for body in (log.body(0, Head(3)), log.body(3, Head(3, FALSE), [bytes(32)]), b"x"):
        witness.post(body)
    seeds = read(witness.directory / "witness.key")
    assert seeds.ml_dsa is not None

    for seed in (seeds.ed25519, seeds.ml_dsa):
        for form in (encoded(seed), seed.hex(), json.dumps(repr(seed))[1:-1]):
            assert form not in witness.said
