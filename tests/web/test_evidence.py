"""Evidence over HTTP: files come in once, and leave only when that is on record."""

from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from werkzeug.test import TestResponse

from domain.case.case import case_stream
from domain.case.evidence import EvidenceAccessed
from domain.case.recusal import RequestRecusal
from projections.postgres.address import Address
from projections.vault.destruction import destroy
from tests.postgres import admin, as_role
from tests.web.evidence.pictures import photo
from tests.web.office import Caller, Office
from tests.web.proceedings import case, discipline, han, jia

ALL, ONE = "/v1/cases/C-1/evidence", "/v1/cases/C-1/evidence/1"
FOR = {"Probity-Purpose": "investigation"}


@pytest.fixture(name="office")
def with_a_case(office: Office) -> Office:
    discipline(office)
    case(office)
    return office


def send(caller: Caller, content: bytes, path: str = ALL, **more: Any) -> TestResponse:
    """Send a file as a photo that was found today, unless told otherwise."""
    key = more.pop("key", None)
    form = {"kind": "photo", "found_on": "2021-03-09", "text": "handed in"} | more
    file = (BytesIO(content), "x", form.pop("media_type", None))
    return caller.post(path, data=form | {"file": file}, key=key)


def added(caller: Caller, content: bytes, path: str = ALL, **more: Any) -> Any:
    response = send(caller, content, path, **more)
    assert response.status_code == 201, response.get_json()
    return response.get_json()


def fetched(caller: Caller, path: str, **headers: str) -> TestResponse:
    sent = {"Authorization": f"Bearer {caller.token}"} | headers
    return caller.client.get(path, headers=sent)


def accesses(office: Office) -> list[EvidenceAccessed]:
    history = office.desk.casework.history(case_stream("C-1"))
    return [r.fact for r in history if isinstance(r.fact, EvidenceAccessed)]


def test_s2_06_a_photo_is_kept_with_its_stamp_and_its_hash(office: Office) -> None:
    content = photo()
    response = send(jia(office), content)

    assert response.get_json()["id"] == "1"
    assert response.headers["Location"].endswith(ONE)
    (shown,) = jia(office).read(ALL)["evidence"]
    assert shown == jia(office).read(ONE)
    assert shown["evidence"] == "C-1:1"
    assert shown["sha256"] == sha256(content).hexdigest()
    assert shown["captured_at"] == "2021-03-01T10:20:30"
    assert shown["place"] == "30.250000, 120.170000"
    assert (shown["device"], shown["flags"]) == ("Maker Phone 7", [])


def test_s2_06_what_is_odd_about_a_photo_is_flagged(office: Office) -> None:
    case(office, "C-2", conduct="another")
    added(jia(office), photo(place=False))

    other = "/v1/cases/C-2/evidence"
    added(jia(office), photo(place=False), other)
    added(jia(office), photo(place=False, time=None), other)

    first, second = jia(office).read(other)["evidence"]
    assert first["flags"] == ["unstamped", "reused:C-1:1"]
    assert second["flags"] == [
        "unstamped",
        "reused-picture:C-2:1",
        "reused-picture:C-1:1",
    ]


def test_s5_18_readers_get_a_copy_that_hides_nothing_and_it_is_on_record(
    office: Office,
) -> None:
    added(jia(office), photo())

    response = fetched(jia(office), f"{ONE}/copy")

    assert response.status_code == 200
    assert response.mimetype == "image/jpeg"
    assert b"Maker" not in response.data
    digest = jia(office).read(ONE)["stripped_sha256"]
    assert sha256(response.data).hexdigest() == digest
    assert 'attachment; filename="C-1-1-copy.jpg"' in response.headers.values()
    assert accesses(office) == [
        EvidenceAccessed(evidence="C-1:1", original=False, purpose="investigation")
    ]


def test_s5_18_the_original_takes_a_purpose(office: Office) -> None:
    content = photo()
    added(jia(office), content)

    refused = fetched(jia(office), f"{ONE}/original")
    assert refused.status_code == 422
    assert refused.get_json()["field"] == "Probity-Purpose"
    assert accesses(office) == []

    response = fetched(jia(office), f"{ONE}/original", **FOR)
    assert response.data == content
    assert [access.original for access in accesses(office)] == [True]


def test_s5_18_who_may_not_be_recorded_gets_nothing(office: Office) -> None:
    proceeding = case(office, "C-3", conduct="third").notice()
    path = "/v1/cases/C-3/evidence"
    added(jia(office), photo(), path)
    proceeding.declarant(
        RequestRecusal(case="C-3", who="jia", ground="interest", text="x")
    )

    response = fetched(jia(office), f"{path}/1/copy")

    assert response.status_code == 403
    assert "jia" in response.get_json()["detail"]


def test_s5_18_s5_09_each_piece_has_its_chain_of_custody(office: Office) -> None:
    added(jia(office), photo())
    fetched(jia(office), f"{ONE}/copy")
    seen = jia(office).read(ALL)["version"]
    over = {"to": "the court", "text": "for the trial"}
    handed = jia(office).post(f"{ONE}/transfers", over, seen=seen)
    assert handed.status_code == 200, handed.get_json()
    out = han(office).post(f"{ONE}/exclusion", {"text": "no warrant"}, seen=seen + 1)
    assert out.status_code == 200, out.get_json()

    shown = han(office).read(ONE)

    assert shown["excluded"]
    assert [(link["event"], link["by"]) for link in shown["custody"]] == [
        ("added", "jia"),
        ("accessed", "jia"),
        ("transferred", "jia"),
        ("excluded", "han"),
    ]
    assert shown["custody"][2]["to"] == "the court"
    assert shown["custody"][1]["purpose"] == "investigation"


def test_an_auditor_gets_a_file_only_for_a_purpose(office: Office) -> None:
    added(jia(office), photo())
    auditor = office.caller("auditor")

    refused = fetched(auditor, f"{ONE}/copy")
    assert refused.get_json()["field"] == "Probity-Purpose"
    assert auditor.read(ONE)["sha256"] == {"sealed": "withheld", "class": "restricted"}
    assert accesses(office) == []
    assert fetched(auditor, f"{ONE}/copy", **{"Probity-Purpose": "audit"}).data


def test_who_is_charged_does_not_learn_of_it_here(office: Office) -> None:
    added(jia(office), photo())

    assert office.caller("declarant", "li").get(ALL).status_code in (403, 404)
    assert office.shen.get(ALL).status_code in (403, 404)


def test_nothing_opens_a_file_whose_key_was_destroyed(
    office: Office, database: Address
) -> None:
    added(jia(office), photo())
    with as_role(database, "probity_scheduler") as connection:
        assert destroy(connection, "li")

    gone = fetched(jia(office), f"{ONE}/copy")

    assert gone.status_code == 410
    assert accesses(office) == []
    assert jia(office).read(ONE)["sha256"]["sealed"] == "destroyed"
    assert added(jia(office), photo("PNG"))["id"] == "2"
    assert fetched(jia(office), "/v1/cases/C-1/evidence/2/copy").status_code == 200


def test_a_file_whose_own_key_alone_is_gone_is_gone_too(
    office: Office, database: Address
) -> None:
    added(jia(office), photo())
    with admin(database) as superuser:
        superuser.execute("UPDATE evidence.file SET data_key = gen_random_uuid()")

    assert fetched(jia(office), f"{ONE}/copy").status_code == 410
    assert accesses(office) == []


def test_of_a_pdf_there_is_only_the_original(office: Office) -> None:
    report = b"%PDF-1.7\nstartxref\n9\n%%EOF\n"
    added(jia(office), report, kind="document", media_type="application/pdf")

    assert fetched(jia(office), f"{ONE}/copy").status_code == 404
    assert fetched(jia(office), f"{ONE}/original", **FOR).data == report


def test_sent_again_with_its_key_it_is_the_same_piece(office: Office) -> None:
    first = added(jia(office), photo(), key="once")
    added(jia(office), photo("PNG"))

    assert added(jia(office), photo(), key="once") == first
    other = send(jia(office), photo("TIFF"), key="once")
    assert other.status_code == 422
    assert other.get_json()["type"].endswith("key-reused")
    assert len(jia(office).read(ALL)["evidence"]) == 2


BAD: list[tuple[dict[str, Any], bytes, str]] = [
    ({}, photo()[:300], "file"),
    ({}, b"", "file"),
    ({"media_type": "image/png"}, photo(), "file"),
    ({"kind": "attendance"}, photo(), "file"),
    ({"kind": "photo"}, b"I saw it.", "kind"),
    ({"kind": "template"}, photo(), "kind"),
    ({"found_on": "soon"}, photo(), "found_on"),
    ({"found_on": "9999-12-31"}, photo(), "found_on"),
    ({"text": ""}, photo(), "text"),
    ({"colour": "red"}, photo(), "colour"),
]


def test_s4_06_what_is_not_taken_names_its_field_and_leaves_nothing(
    office: Office, subtests: pytest.Subtests
) -> None:
    before = office.size()

    for said, content, field in BAD:
        with subtests.test(str(said)):
            problem = send(jia(office), content, **said).get_json()
            named = [
                problem.get("field"),
                *(f["field"] for f in problem.get("errors", ())),
            ]
            assert problem["status"] in (400, 422)
            assert field in named
    assert office.size() == before


def parts(*pairs: tuple[str, str]) -> dict[str, Any]:
    """Return a body of these fields, written out; a name may say that it is a file."""
    lines = [
        f'--x\r\nContent-Disposition: form-data; name="{name}\r\n\r\n{value}\r\n'
        for name, value in pairs
    ]
    body = "".join([*lines, "--x--\r\n"]).encode()
    return {"data": body, "content_type": "multipart/form-data; boundary=x"}


SAID = (("kind", "document"), ("found_on", "2021-03-09"), ("text", "found"))
WORDS = tuple((f'{name}"', value) for name, value in SAID)
FILE = 'file"; filename="x'


def test_what_is_no_form_is_refused(office: Office) -> None:
    before, form = office.size(), "multipart/form-data; boundary=x"

    assert jia(office).post(ALL, {"file": "x"}).status_code == 415
    for text in (b"", b"--x\r\n", b"--x--\r\n", b"x" * 900):
        assert jia(office).post(ALL, data=text, content_type=form).status_code == 422
    file = (f'{FILE}"', "I saw it.")
    twice = parts(*WORDS, file, ('text"', "again"))
    assert jia(office).post(ALL, **twice).status_code == 400
    nul = parts(*WORDS[:2], ('text"', "a\0b"), file)
    assert jia(office).post(ALL, **nul).status_code == 400
    words = parts(*WORDS, ('file"', "I saw it."))
    assert jia(office).post(ALL, **words).get_json()["errors"][0]["field"] == "file"
    assert office.size() == before


def test_a_file_may_be_larger_than_other_bodies_and_no_larger_than_is_said(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = b"It was so.\n" * 400_000
    assert len(large) > office.app.config["MAX_CONTENT_LENGTH"]
    form = parts(*WORDS, (f'{FILE}"', large.decode()))
    assert jia(office).post(ALL, **form).status_code == 201

    monkeypatch.setattr("web.evidence.uploads.MOST_BYTES", 1000)
    assert jia(office).post(ALL, **form).status_code == 413
