"""Cosignatures are those of C2SP tlog-cosignature, by Ed25519 and by ML-DSA-44."""

import base64
import struct

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey
from hypothesis import given
from hypothesis import strategies as some

from projections.ledger.standard.checkpoint import LARGEST, Checkpoint
from projections.ledger.standard.cosignature import (
    Cosigner,
    ed25519_cosigner,
    ml_dsa_cosigner,
    timestamp_of,
)
from projections.ledger.standard.note import (
    BadNote,
    Note,
    Signature,
    ed25519_signer,
    parse,
    parse_vkey,
    verified,
)
from projections.ledger.standard.signature import key_id

EXAMPLE = """\
example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
"""  # noqa: E501  the note stands in the specification like this
SEED = bytes(range(32))
NAME = "witness.example.org/w"
AT = 1_679_315_147
TEXT = Checkpoint("example.org/log", 7, b"r" * 32).text()
COSIGNERS = [ed25519_cosigner(NAME, SEED), ml_dsa_cosigner(NAME, SEED)]

both = pytest.mark.parametrize("cosigner", COSIGNERS, ids=["Ed25519", "ML-DSA-44"])


def test_the_time_in_the_example_of_the_specification_is_read() -> None:
    _, cosignature = parse(EXAMPLE).signatures

    assert timestamp_of(cosignature) == 1_679_315_147
    assert len(cosignature.value) == 8 + 64


def test_by_ed25519_the_time_and_the_whole_text_are_signed() -> None:
    text = f"{TEXT}an extension line\n"
    key = Ed25519PrivateKey.from_private_bytes(SEED)
    signed = f"cosignature/v1\ntime 1679315147\n{text}".encode()
    public = key.public_key().public_bytes_raw()

    cosignature = COSIGNERS[0].cosign(text, AT)

    assert cosignature.value == struct.pack(">Q", AT) + key.sign(signed)
    assert cosignature.name == NAME
    assert cosignature.key_id == key_id(NAME, 4, public)
    assert parse_vkey(COSIGNERS[0].vkey).public == public


def test_by_ml_dsa_the_structure_of_the_specification_is_signed() -> None:
    key = MLDSA44PrivateKey.from_seed_bytes(SEED).public_key()
    name, origin = NAME.encode(), b"example.org/log"
    signed = (
        b"subtree/v1\n\0"
        + bytes([len(name)])
        + name
        + struct.pack(">Q", AT)
        + bytes([len(origin)])
        + origin
        + struct.pack(">QQ", 0, 7)
        + b"r" * 32
    )

    cosignature = COSIGNERS[1].cosign(TEXT, AT)

    assert cosignature.value[:8] == struct.pack(">Q", AT)
    assert len(cosignature.value) == 8 + 2420
    key.verify(cosignature.value[8:], signed)
    assert cosignature.key_id == key_id(NAME, 6, key.public_bytes_raw())


@given(
    some.integers(0, LARGEST),
    some.integers(0, LARGEST),
    some.binary(min_size=32, max_size=32),
)
def test_what_is_cosigned_is_verified_and_its_time_read(
    at: int, size: int, root: bytes
) -> None:
    text = Checkpoint("example.org/log", size, root).text()
    cosignatures = [cosigner.cosign(text, at) for cosigner in COSIGNERS]
    note = parse(str(Note(text, tuple(cosignatures))))

    found = verified(note, [parse_vkey(cosigner.vkey) for cosigner in COSIGNERS])

    assert found == cosignatures
    assert [timestamp_of(one) for one in found] == [at, at]


@both
@pytest.mark.parametrize(
    "other",
    [
        Checkpoint("example.org/log", 8, b"r" * 32).text(),
        Checkpoint("example.org/log", 7, b"s" * 32).text(),
        Checkpoint("example.org/gol", 7, b"r" * 32).text(),
        "no checkpoint\n",
        "",
    ],
)
def test_a_cosignature_is_of_one_checkpoint(cosigner: Cosigner, other: str) -> None:
    cosignature = cosigner.cosign(TEXT, AT)

    assert parse_vkey(cosigner.vkey).verify(TEXT, cosignature.value)
    assert not parse_vkey(cosigner.vkey).verify(other, cosignature.value)


@both
@given(some.data())
def test_a_cosignature_with_one_bit_turned_is_none(
    cosigner: Cosigner, data: some.DataObject
) -> None:
    value = bytearray(cosigner.cosign(TEXT, AT).value)
    bit = data.draw(some.integers(0, 8 * len(value) - 1))
    value[bit // 8] ^= 1 << bit % 8

    assert not parse_vkey(cosigner.vkey).verify(TEXT, bytes(value))


@both
@pytest.mark.parametrize("length", [0, 7, 8, 9, 71, 73, 2427, 2429])
def test_a_cosignature_of_another_length_is_none(
    cosigner: Cosigner, length: int
) -> None:
    value = cosigner.cosign(TEXT, AT).value.ljust(3000, b"\0")

    assert not parse_vkey(cosigner.vkey).verify(TEXT, value[:length])


def test_the_extension_lines_are_signed_by_ed25519_alone() -> None:
    text = f"{TEXT}an extension line\n"
    fits = [
        parse_vkey(cosigner.vkey).verify(text, cosigner.cosign(TEXT, AT).value)
        for cosigner in COSIGNERS
    ]

    assert fits == [False, True]


def test_by_ml_dsa_the_name_of_the_cosigner_is_signed_too() -> None:
    ours, other = COSIGNERS[1], ml_dsa_cosigner("another.example.org", SEED)

    assert not parse_vkey(other.vkey).verify(TEXT, ours.cosign(TEXT, AT).value)


def test_a_signature_without_a_time_is_no_cosignature_by_the_same_key() -> None:
    plain = ed25519_signer(NAME, SEED)
    cosigner = parse_vkey(COSIGNERS[0].vkey)
    signature = plain.sign(TEXT)

    assert plain.vkey != cosigner.vkey
    assert not cosigner.verify(TEXT, signature.value)
    assert not cosigner.verify(TEXT, struct.pack(">Q", AT) + signature.value)


@pytest.mark.parametrize("value", [b"", b"12345678", b"\x80" + bytes(71)])
def test_a_time_that_none_may_have_is_refused(value: bytes) -> None:
    with pytest.raises(BadNote):
        timestamp_of(Signature(NAME, b"1234", value))
    assert not parse_vkey(COSIGNERS[0].vkey).verify(TEXT, value)


@both
@pytest.mark.parametrize("at", [-1, 2**63, 2**64])
def test_nothing_is_cosigned_at_a_time_that_none_may_have(
    cosigner: Cosigner, at: int
) -> None:
    with pytest.raises(BadNote):
        cosigner.cosign(TEXT, at)


@both
@pytest.mark.parametrize("text", ["", "no checkpoint\n", TEXT.removesuffix("\n")])
def test_what_is_no_checkpoint_is_not_cosigned(cosigner: Cosigner, text: str) -> None:
    with pytest.raises(BadNote):
        cosigner.cosign(text, AT)


def test_names_that_the_structure_has_no_room_for_are_refused() -> None:
    long = Checkpoint("é" * 128, 7, bytes(32)).text()
    longest = Checkpoint("é" * 127 + "e", 7, bytes(32)).text()

    with pytest.raises(BadNote, match="1 to 255 bytes"):
        ml_dsa_cosigner("n" * 256, SEED)
    with pytest.raises(BadNote, match="1 to 255 bytes"):
        COSIGNERS[1].cosign(long, AT)
    assert not parse_vkey(COSIGNERS[1].vkey).verify(long, bytes(2428))
    assert COSIGNERS[1].cosign(longest, AT).name == NAME


def test_no_secret_shows_where_a_cosigner_is_printed() -> None:
    seed = b"what nobody may read in a log..."

    for cosigner in (ed25519_cosigner("name", seed), ml_dsa_cosigner("name", seed)):
        assert repr(seed)[2:-1] not in repr(cosigner)
        assert base64.b64encode(seed).decode() not in repr(cosigner)
