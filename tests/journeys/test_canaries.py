"""What people declare is planted, and looked for wherever it must not stand."""

import json
import logging
import subprocess
from base64 import b64encode
from collections.abc import Iterable, Iterator

import pytest
from structlog.testing import capture_logs

from projections.postgres import binaries
from projections.postgres.address import Address
from tests.domain.papers import wedding
from tests.postgres import environ
from tests.web.office import Office, at_work
from web.cli.supervisor import python

CANARY = "Kanarienvogel-7f3a"
SUM = "98765432"
PLANTED = wedding(
    location=f"{CANARY} by the lake", cost={"amount": SUM, "currency": "CNY"}
)


@pytest.fixture
def office(database: Address) -> Iterator[Office]:
    with at_work(database) as found:
        yield found


def dump(database: Address) -> str:
    """Return the whole database, keys and all, as a backup has it."""
    program = binaries.find().program("pg_dump")
    found = subprocess.run(
        [program, "--dbname", database.admin_url], capture_output=True, check=True
    )
    return found.stdout.decode()


def forms(text: str) -> tuple[str, ...]:
    """Return a text as it is, and as a dump writes bytes and programs encode them."""
    raw = text.encode()
    inner = b64encode(raw[3:-3] if len(raw) > 9 else raw).decode().rstrip("=")
    return text, raw.hex(), inner


def found_in(where: str, texts: Iterable[str]) -> list[str]:
    return [text for text in texts if any(form in where for form in forms(text))]


def plant(office: Office) -> list[str]:
    """Say something secret wherever something can be said; return all answers."""
    hr, clerk = office.caller("hr"), office.caller("clerk")
    answers = [
        hr.post("/v1/people", {"number": "P9", "name": f"Ms {CANARY}"}),
        clerk.post(
            "/v1/people/shen/identity",
            {"name": "Shen", "email": f"{CANARY}@example.org", "reason": CANARY},
        ),
        office.shen.post(
            "/v1/people/shen/relatives",
            {"relative": "R-1", "relation": "child", "name": CANARY},
        ),
    ]
    report = office.shen.file(PLANTED, justification=CANARY)
    place = f"/v1/disclosures/{report}"
    amended = PLANTED | {"location": f"{CANARY} in the hills"}
    office.shen.do(f"{place}/amendments", {"items": [amended], "reason": CANARY})
    office.wang.do(f"{place}/deficiencies", {"fields": ["venue"], "text": CANARY})
    office.wang.do(f"{place}/annotations", {"text": CANARY})
    office.shen.do(f"{place}/withdrawal", {"reason": CANARY})
    assert {answer.status_code for answer in answers} <= {200, 201}
    return [answer.text for answer in answers]


def mistakes(office: Office) -> Iterator[str]:
    """Make mistakes with the secret in hand; yield what is answered."""
    wrong = (
        wedding(tables=CANARY),
        wedding(event_date=CANARY),
        wedding(cost=CANARY),
        wedding(cost={"amount": CANARY, "currency": "CNY"}),
        {"event_date": "2016-12-20", "location": CANARY, "tables": 10**40},
    )
    for item in wrong:
        body = {"rulebook": "cn-zj-psd-instant-report", "rule": "wedding"}
        yield office.shen.post("/v1/disclosures", body | {"items": [item]}).text
    yield office.shen.post("/v1/disclosures", data=f'{{"items": "{CANARY}').text
    yield office.shen.post("/v1/disclosures", {"items": CANARY}).text
    yield office.shen.post("/v1/people/shen/relatives", {"name": CANARY}).text


def test_what_is_declared_reaches_no_log_no_metric_no_error_page_and_no_backup(
    office: Office, database: Address, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with capture_logs() as logs:
        answers = plant(office)
        pages = list(mistakes(office))
        office.projector.catch_up()
        office.wang.read("/v1/people/shen/file")
    metrics = office.app.test_client().get("/metrics").text

    for where in (*answers, *pages, metrics, str(logs), caplog.text, dump(database)):
        assert found_in(where, (CANARY, SUM)) == []


def test_who_may_read_it_does_read_it(office: Office) -> None:
    """Else the test above would find nothing because nothing is there."""
    plant(office)
    office.projector.catch_up()
    file = json.dumps(office.shen.read("/v1/people/shen/file"))

    assert found_in(file, (CANARY, SUM)) == [CANARY, SUM]


def test_a_bug_is_logged_without_what_it_stumbled_over(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise RuntimeError(f"could not read {CANARY}")

    monkeypatch.setattr(office.desk.casework, "handle", stumble)
    with capture_logs() as logs:
        answer = office.shen.post(
            "/v1/disclosures",
            {"rulebook": "x", "rule": "wedding", "items": [PLANTED]},
        )

    assert answer.status_code == 500
    assert "RuntimeError" in str(logs)
    assert found_in(str(logs) + answer.text, (CANARY, SUM)) == []


def test_anyone_can_look_for_what_the_demonstrations_people_declare(
    database: Address,
) -> None:
    def probity(*words: str) -> str:
        said = subprocess.run(
            python("web.cli", *words),
            env=environ(database),
            capture_output=True,
            text=True,
            check=True,
        )
        return said.stdout

    shown = probity("demo", "--check")
    canaries = json.loads(probity("demo", "--canaries", "--json"))

    assert len(canaries) > 300
    assert found_in(shown, canaries) != []
    assert found_in(dump(database), canaries) == []
