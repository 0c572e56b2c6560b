"""Signed notes are read and written to the letter of C2SP signed-note."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as some

from projections.ledger.standard.note import (
    LONGEST,
    BadNote,
    Note,
    Signature,
    ed25519_signer,
    parse,
    parse_vkey,
    verified,
)
from projections.ledger.standard.signature import key_id

EXAMPLE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE = """\
This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
"""  # noqa: E501  the note stands in the specification like this
WITH_EMPTY_LINES = """\
Ognuno sta solo sul cuor della terra
trafitto da un raggio di sole:

ed è subito sera.

— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
"""  # noqa: E501  the note stands in the specification like this
GO_SUMS_KEY = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
GO_SUMS = """\
go.sum database tree
6476701
mb8QLQIs0Z0yP5Cstq6guj87oXWeC9gEM8oVikmm9Wk=

— sum.golang.org Az3grsLX85Gz+s1SiTbgkuqxgItqFq7gsMUEyVnrsa9LM7Us9S+1xbFIGu95949rj4nPRYfvimWEPWL+o3GeoWwOoAw=
"""  # noqa: E501  signed by the checksum database of Go
TEXT = "one\n\ntwo\n"
SIGNER = ed25519_signer("example.org/log", bytes(32))
VERIFIER = parse_vkey(SIGNER.vkey)
LINE = SIGNER.sign(TEXT).line()
WHOLE = f"{TEXT}\n{LINE}"

names = some.text(min_size=1).filter(
    lambda name: not any(c.isspace() or c in "+\x7f" or c < " " for c in name)
)
texts = some.text(
    some.characters(exclude_categories=["Cs", "Cc"]) | some.just("\n")
).map(lambda text: text + "\n")
signatures = some.builds(
    Signature,
    names,
    some.binary(min_size=4, max_size=4),
    some.binary(min_size=1, max_size=80),
)


@pytest.mark.parametrize(
    "vkey_and_note", [(EXAMPLE_KEY, EXAMPLE), (GO_SUMS_KEY, GO_SUMS)]
)
def test_a_note_that_others_signed_is_verified(vkey_and_note: tuple[str, str]) -> None:
    vkey, whole = vkey_and_note
    note = parse(whole)

    assert verified(note, [parse_vkey(vkey)]) == list(note.signatures)
    assert str(note) == whole
    assert parse_vkey(vkey).vkey == vkey


def test_the_last_empty_line_separates_the_text_from_the_signatures() -> None:
    note = parse(WITH_EMPTY_LINES)

    assert note.text.endswith("sole:\n\ned è subito sera.\n")
    assert [one.name for one in note.signatures] == ["quasimodo.example/salvatore"]
    assert str(note) == WITH_EMPTY_LINES


@given(texts, some.lists(signatures, min_size=1, max_size=16))
def test_what_is_written_is_read_back(text: str, under: list[Signature]) -> None:
    note = Note(text, tuple(under))

    assert parse(str(note)) == note


@given(some.text())
def test_whatever_is_read_as_a_note_is_written_the_same(text: str) -> None:
    for whole in (text, f"{text}\n\n{LINE}", f"{TEXT}\n— {text}\n"):
        try:
            note = parse(whole)
        except BadNote:
            continue
        assert str(note) == whole


@given(texts, some.binary(min_size=32, max_size=32), names)
def test_what_a_key_signs_its_verifier_key_verifies(
    text: str, seed: bytes, name: str
) -> None:
    signer = ed25519_signer(name, seed)
    verifier = parse_vkey(signer.vkey)
    signature = signer.sign(text)

    assert verified(Note(text, (signature,)), [verifier]) == [signature]
    assert not verifier.verify(f"x{text}", signature.value)


@pytest.mark.parametrize(
    "whole",
    {
        "nothing": "",
        "no signature": TEXT,
        "no signature line": f"{TEXT}\n",
        "no empty line": f"one\n{LINE}",
        "no newline at the end": WHOLE.removesuffix("\n"),
        "an empty line at the end": f"{WHOLE}\n",
        "a line that is no signature": f"{WHOLE}and more\n",
        "a hyphen for a dash": WHOLE.replace("— ", "- "),
        "no space behind the dash": WHOLE.replace("— ", "—"),
        "two spaces behind the dash": WHOLE.replace("— ", "—  "),
        "two spaces behind the name": WHOLE.replace("log ", "log  "),
        "a space at the end": WHOLE.replace("=\n", "= \n"),
        "no name": f"{TEXT}\n—  AAAAAAA=\n",
        "no value": f"{TEXT}\n— name\n",
        "an empty value": f"{TEXT}\n— name \n",
        "a key identifier alone": f"{TEXT}\n— name AAAAAA==\n",
        "a plus in the name": f"{TEXT}\n— na+me AAAAAAA=\n",
        "a no-break space in the name": f"{TEXT}\n— na\u00a0me AAAAAAA=\n",
        "an ideographic space in the name": f"{TEXT}\n— na\u3000me AAAAAAA=\n",
        "base64 for URLs": f"{TEXT}\n— name ____AAA=\n",
        "base64 without its end": f"{TEXT}\n— name AAAAAAA\n",
        "base64 with other bits": f"{TEXT}\n— name AAAAAAB=\n",
        "base64 with more behind its end": f"{TEXT}\n— name AAAAAAA=AAAA\n",
        "a base64 that is not ASCII": f"{TEXT}\n— name AAAAAA\N{LATIN SMALL LETTER E WITH ACUTE}=\n",  # noqa: E501
        "a carriage return": WHOLE.replace("\n", "\r\n"),
        "a tab in the text": f"a\tb\n\n{LINE}",
        "a zero byte in the text": f"a\x00b\n\n{LINE}",
        "an escape in a name": f"{TEXT}\n— na\x1bme AAAAAAA=\n",
        "text that was no UTF-8": f"\udcff\n\n{LINE}",
        "a name that was no UTF-8": f"{TEXT}\n— \udcff AAAAAAA=\n",
        "no end": f"{'a' * LONGEST}\n\n{LINE}",
        "too many signatures": f"{TEXT}\n{LINE * 101}",
    }.items(),
    ids=lambda pair: pair[0],
)
def test_what_is_no_note_to_the_letter_is_refused(whole: tuple[str, str]) -> None:
    with pytest.raises(BadNote):
        parse(whole[1])


@pytest.mark.parametrize("control", [c for c in map(chr, range(32)) if c != "\n"])
def test_no_control_character_is_signed(control: str) -> None:
    with pytest.raises(BadNote, match="control character"):
        SIGNER.sign(f"a{control}b\n")


def test_a_text_without_its_last_newline_is_not_signed() -> None:
    with pytest.raises(BadNote, match="ends with a newline"):
        SIGNER.sign("one")


def test_sixteen_long_signatures_are_read() -> None:
    long = Signature("name", b"1234", bytes(5000))

    assert len(parse(str(Note(TEXT, (long,) * 16))).signatures) == 16


def test_a_signature_by_an_unknown_key_is_ignored() -> None:
    other = ed25519_signer("example.org/other", bytes(32)).sign(TEXT)
    same_name = Signature(SIGNER.name, b"none", b"nonsense")
    same_key_id = Signature("example.org/none", SIGNER.key_id, b"nonsense")
    ours = SIGNER.sign(TEXT)

    note = Note(TEXT, (other, same_name, ours, same_key_id))

    assert verified(note, [VERIFIER]) == [ours]


def test_a_note_by_unknown_keys_alone_is_refused() -> None:
    note = Note(TEXT, (ed25519_signer("example.org/other", bytes(32)).sign(TEXT),))

    with pytest.raises(BadNote, match="no key that we know"):
        verified(note, [VERIFIER])
    with pytest.raises(BadNote, match="no key that we know"):
        verified(parse(WHOLE), [])


@pytest.mark.parametrize("value", [bytes(64), b"short", bytes(65)], ids=len)
def test_a_bad_signature_by_a_known_key_spoils_the_whole_note(value: bytes) -> None:
    good = ed25519_signer("example.org/good", b"1" * 32)
    bad = Signature(SIGNER.name, SIGNER.key_id, value)
    known = [parse_vkey(good.vkey), VERIFIER]

    for under in ((good.sign(TEXT), bad), (SIGNER.sign(TEXT), bad)):
        with pytest.raises(BadNote, match=r"the signature by example\.org/log"):
            verified(Note(TEXT, under), known)


def test_a_key_that_signed_twice_is_verified_twice() -> None:
    once = SIGNER.sign(TEXT)

    assert verified(Note(TEXT, (once, once)), [VERIFIER, VERIFIER]) == [once, once]


def test_two_keys_with_one_identifier_are_not_told_apart() -> None:
    twin = type(VERIFIER)(VERIFIER.name, VERIFIER.key_id, VERIFIER.kind, bytes(32))

    with pytest.raises(BadNote, match="one identifier"):
        verified(parse(WHOLE), [VERIFIER, twin])


def vkey_of(name: str, kind: int, public: bytes) -> str:
    key = base64.b64encode(bytes([kind]) + public).decode()
    return f"{name}+{key_id(name, kind, public).hex()}+{key}"


@pytest.mark.parametrize(
    "vkey",
    {
        "nothing": "",
        "a name alone": "example.com/foo",
        "two parts": "example.com/foo+530d903a",
        "another name": EXAMPLE_KEY.replace("foo", "bar"),
        "another identifier": EXAMPLE_KEY.replace("530d903a", "530d903b"),
        "an identifier in capitals": EXAMPLE_KEY.replace("530d903a", "530D903A"),
        "a short identifier": EXAMPLE_KEY.replace("530d903a", "530d903"),
        "another key": EXAMPLE_KEY.replace("ekye", "ekyf"),
        "a newline at the end": f"{EXAMPLE_KEY}\n",
        "a space before it": f" {EXAMPLE_KEY}",
        "an empty key": f"foo+{key_id('foo', 1, b'').hex()}+",
        "no name": vkey_of("", 1, bytes(32)),
        "a space in the name": vkey_of("a b", 1, bytes(32)),
        "a short key": vkey_of("foo", 1, bytes(31)),
        "a long key": vkey_of("foo", 1, bytes(33)),
        "ECDSA": vkey_of("foo", 2, bytes(32)),
        "RFC 6962": vkey_of("foo", 5, bytes(32)),
        "a short key of ML-DSA-44": vkey_of("foo", 6, bytes(32)),
        "a type without a number": vkey_of("foo", 255, bytes(32)),
    }.items(),
    ids=lambda pair: pair[0],
)
def test_what_is_no_verifier_key_is_refused(vkey: tuple[str, str]) -> None:
    with pytest.raises(BadNote):
        parse_vkey(vkey[1])


@given(names, some.sampled_from([(1, 32), (4, 32), (6, 1312)]), some.data())
def test_a_verifier_key_is_read_as_it_is_written(
    name: str, kind: tuple[int, int], data: some.DataObject
) -> None:
    public = data.draw(some.binary(min_size=kind[1], max_size=kind[1]))
    vkey = vkey_of(name, kind[0], public)

    assert parse_vkey(vkey).vkey == vkey
    assert not parse_vkey(vkey).verify(TEXT, bytes(64))


def test_no_secret_shows_where_a_key_is_printed() -> None:
    seed = b"what nobody may read in a log..."

    assert repr(seed)[2:-1] not in repr(ed25519_signer("name", seed))
