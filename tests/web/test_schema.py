"""The OpenAPI document keeps its word: whatever fits it or not, nothing breaks."""

import json
import os
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from domain.access import ACTIONS
from tests.domain.cast import INSTANT
from tests.web.office import Office

KEPT = [
    allow_header_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
]
# What takes no right: coming in, and what is public.
OPEN = {"none", "public.read"}
# What these change is not in the log, where keys are kept; or it must not be repeated.
UNKEPT = {
    "/v1/eligibility",
    "/v1/exports",
    "/v1/tokens",
    "/login/password",
    "/logout",
    "/v1/session/grant",
}
FEW = settings(
    max_examples=100 if os.environ.get("PROBITY_SOAK") else 2,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def document(office: Office) -> dict[str, Any]:
    found: dict[str, Any] = office.app.test_client().get("/openapi.json").get_json()
    return found


def operations(found: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield path, method and what is said of them."""
    for path, methods in found["paths"].items():
        for method, said in methods.items():
            if method != "parameters":
                yield path, method, said


@cache
def requests(app: Flask) -> list[st.SearchStrategy[Any]]:
    """Return, for each operation, whatever may be asked of it, documented or not."""
    api: Any = schemathesis.openapi.from_wsgi("/openapi.json", app)
    return [
        st.one_of(
            [
                operation.ok().as_strategy(generation_mode=mode)
                for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
            ]
        )
        for operation in api.get_all_operations()
    ]


@pytest.mark.soak
@pytest.mark.parametrize(
    ("role", "person"),
    [("auditor", None), ("clerk", None), ("declarant", "shen"), ("certifier", "wang")],
)
def test_whatever_is_asked_the_answer_is_as_documented(
    office: Office, role: str, person: str | None
) -> None:
    caller = office.caller(role, person)
    name = office.shen.file()
    (duty,) = office.shen.read(f"/v1/disclosures/{name}")["obligations"]
    office.projector.catch_up()
    there = {"disclosure": name, "obligation": duty, "number": "shen"}
    there |= {"code": "college", "rulebook": INSTANT, "version": 2}
    headers = {"Authorization": f"Bearer {caller.token}"}
    matches = st.sampled_from([{}, {"If-Match": '"1"'}, {"If-Match": "*"}])

    for cases in requests(office.app):

        @FEW
        @given(case=cases, match=matches, known=st.booleans())
        def ask(case: Any, match: dict[str, str], *, known: bool) -> None:
            if known:
                case.path_parameters.update(
                    {k: v for k, v in there.items() if k in case.path_parameters}
                )
            response = case.call(headers=headers | match)
            case.validate_response(response, checks=KEPT)
            # What somebody else has just recorded may be awaited in vain.
            assert response.status_code < 500 or "after" in (case.query or {})

        ask()


def test_the_document_is_openapi_3_1_and_names_a_right_for_each_operation(
    office: Office,
) -> None:
    found = document(office)

    assert found["openapi"] == "3.1.0"
    assert found["security"] == [{"token": []}, {"session": []}]
    for path, method, said in operations(found):
        assert said["summary"].endswith("."), (method, path)
        assert said["x-probity-right"] in OPEN | ACTIONS, (method, path)


def test_every_error_is_documented_as_a_problem(office: Office) -> None:
    found = document(office)

    for name, response in found["components"]["responses"].items():
        if name != "NOT_MODIFIED":
            assert list(response["content"]) == ["application/problem+json"], name
    for path, method, said in operations(found):
        always = {"400", "401", "403", "404", "429", "500", "503"}
        assert always <= said["responses"].keys(), (method, path)


def test_commands_take_their_keys_and_versions_in_headers(office: Office) -> None:
    key = {"$ref": "#/components/parameters/IDEMPOTENCY_KEY"}
    match = {"$ref": "#/components/parameters/IF_MATCH_VERSION"}

    for path, method, said in operations(document(office)):
        if method == "post" and path not in UNKEPT:
            assert key in said["parameters"], path
            changes = "428" in said["responses"]
            assert (match in said["parameters"]) == changes, path


def test_the_contents_of_a_form_are_said_to_be_the_rulebooks_to_judge(
    office: Office,
) -> None:
    found = document(office)

    items = found["components"]["schemas"]["FileDisclosure"]["properties"]["items"]
    assert items["items"] == {"type": "object", "additionalProperties": {}}
    assert "/v1/rulebooks/{rulebook}/versions/{version}" in items["description"]
    assert '"type": "number"' not in json.dumps(found)
