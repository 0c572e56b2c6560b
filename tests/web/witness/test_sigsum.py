"""Requests of a log that others wrote are answered as their own witness answers them.

The log is one of Sigsum, with hashes that are made up; with these requests litewitness
is tested (FiloSottile/torchwood).
"""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from projections.ledger.seen import Seen
from projections.ledger.standard.cosignature import ed25519_cosigner, ml_dsa_cosigner
from projections.ledger.standard.note import parse, parse_vkey, verified
from projections.ledger.standard.signature import ED25519, encoded, vkey_text
from tests.web.witness.watched import request
from web.witness.app import create_app
from web.witness.observer import Observer

LOG = bytes.fromhex("ffdc2d4d98e4124d3feaf788c0c2f9abfd796083d1f0495437f302ec79cf100f")
TREE = "4d6d8825a6bb689d459628312889dfbb0bcd41b5211d9e1ce768b0ff0309e562"
ORIGIN = f"sigsum.org/v1/tree/{TREE}"
OTHER = f"{ORIGIN[:-1]}3"
SEED = bytes(32)
COSIGNERS = [
    ed25519_cosigner("example.com", SEED),
    ml_dsa_cosigner("example.com", SEED),
]
FIRST = (
    "UgIom7fPZTqpxWWhyjWduBvTvGVqsokMbqTArsQilegKoFBJQjUFAmQ0+YeSPM3wfUQMFSzVnnNuWRTYra"
    "jXpNUbIQY="
)
SECOND = (
    "UgIom2VbtIcdFbwFAy1n7s6IkAxIY6J/GQOTuZF2ORV39d75cbAj2aQYwyJre36kezNobZs4SUUdrcawfA"
    "B8WVrx6go="
)
ONE, TWO, WRONG = (
    encoded(bytes([42, second, *[0] * 29, last]))
    for second, last in ((1, 0), (2, 0), (2, 16))
)


def note(size: int, root: str, signature: str, origin: str = ORIGIN) -> str:
    return f"{origin}\n{size}\n{root}\n\n\u2014 {origin} {signature}\n"


OF_ONE = note(1, "KgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", FIRST)
ROOT = "RcCI1Nk56ZcSmIEfIn0SleqtV7uvrlXNccFx595Iwl0="
OF_THREE = note(3, ROOT, SECOND)
BROKEN = note(3, ROOT, SECOND.replace("6go=", "6gw="))
BY_ANOTHER = note(3, ROOT, SECOND, OTHER)


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    log = parse_vkey(vkey_text(ORIGIN, ED25519, LOG))
    return create_app(Observer(COSIGNERS, [log], Seen(tmp_path / "seen"))).test_client()


def test_the_requests_of_a_sigsum_log_are_answered(client: FlaskClient) -> None:
    asked = [
        (["old 0"], OF_ONE, 200),
        (["old 1", ONE, TWO], BROKEN, 403),
        (["old 1", ONE, TWO], BY_ANOTHER, 404),
        (["old 1"], OF_THREE, 422),
        (["old 1", ONE, WRONG], OF_THREE, 422),
        (["old 1", ONE, TWO], OF_THREE, 200),
        (["old 1", ONE, TWO], OF_THREE, 409),
        (["old 3"], OF_THREE, 200),
    ]

    for lines, checkpoint, status in asked:
        body = request(*lines, note=checkpoint)
        assert client.post("/add-checkpoint", data=body).status_code == status, lines


def test_what_it_gets_verifies(client: FlaskClient) -> None:
    answer = client.post("/add-checkpoint", data=request("old 0", note=OF_ONE)).text
    cosigned = parse(OF_ONE + answer)

    keys = [parse_vkey(one.vkey) for one in COSIGNERS]
    assert len(verified(cosigned, keys)) == 2
