"""A receipt exchanged for a proof that an outsider checks, without us and a token."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from projections.ledger.keyfile import log_key_file, read
from projections.ledger.seen import Seen
from projections.ledger.sequencer import Sequencer
from projections.ledger.signing import Keys, Signing
from projections.ledger.standard.checkpoint import parse_checkpoint
from projections.ledger.standard.note import ed25519_signer, parse, parse_vkey, verified
from projections.ledger.standard.proof import parse as parse_proof
from projections.ledger.standard.tree import check_inclusion
from projections.postgres.address import Address
from tests.postgres import as_role
from tests.web.office import Office


class Clerk:
    """Whoever brings the log into the tree and signs, when the test says so."""

    def __init__(self, sequencer: Sequencer, memory: Path) -> None:
        seeds = read(log_key_file())
        assert seeds.ml_dsa
        self.sequencer = sequencer
        self.signing = Signing(Keys(seeds.ed25519, seeds.ml_dsa), Seen(memory))

    def sign(self) -> None:
        self.sequencer.catch_up()
        self.signing.sign(self.sequencer.connection)


@pytest.fixture
def clerk(database: Address, tmp_path: Path) -> Iterator[Clerk]:
    with as_role(database, "probity_ledger") as connection:
        yield Clerk(Sequencer(connection), tmp_path / "signed")


def ask(office: Office, path: str) -> TestResponse:
    """Ask without a token."""
    return office.app.test_client().get(path)


def test_a_receipt_is_exchanged_for_a_proof_without_a_token(
    office: Office, clerk: Clerk
) -> None:
    name = office.shen.file()
    receipt = office.shen.do(f"/v1/disclosures/{name}/withdrawal", {"reason": "Error"})
    clerk.sign()

    response = ask(office, f"/v1/receipts/{receipt['digest']}/proof")

    assert (response.status_code, response.mimetype) == (200, "text/plain")
    proof = parse_proof(response.text)
    note = parse(proof.checkpoint)
    vkey = ed25519_signer(office.desk.log.origin, read(log_key_file()).ed25519).vkey
    assert verified(note, [parse_vkey(vkey)])
    tree = parse_checkpoint(note.text)
    assert (tree.origin, tree.size) == (office.desk.log.origin, office.size())
    leaf = bytes.fromhex(receipt["digest"])
    check_inclusion(leaf, proof.index, tree.size, proof.hashes, tree.root)


def test_whoever_asks_too_early_is_told_when_to_ask_again(
    office: Office, clerk: Clerk
) -> None:
    clerk.sign()
    name = office.shen.file()
    receipt = office.shen.do(f"/v1/disclosures/{name}/withdrawal", {"reason": "Error"})
    path = f"/v1/receipts/{receipt['digest']}/proof"

    early = ask(office, path)
    clerk.sign()
    then = ask(office, path)

    assert (early.status_code, then.status_code) == (503, 200)
    assert int(early.headers["Retry-After"]) > 0
    assert "not under a published checkpoint yet" in early.get_json()["detail"]


@pytest.mark.parametrize("digest", ["0" * 64, "0" * 63, "F" * 64, "x"])
def test_no_proof_is_given_of_what_is_not_there(office: Office, digest: str) -> None:
    response = ask(office, f"/v1/receipts/{digest}/proof")

    assert response.status_code == 404
    assert response.mimetype == "application/problem+json"


def test_the_checkpoint_is_there_for_anybody_once_there_is_one(
    office: Office, clerk: Clerk
) -> None:
    before = ask(office, "/v1/ledger/checkpoint")
    clerk.sign()
    after = ask(office, "/v1/ledger/checkpoint")

    assert (before.status_code, after.status_code) == (404, 200)
    assert parse_checkpoint(parse(after.text).text).size == office.size()
