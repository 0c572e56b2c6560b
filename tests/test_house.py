"""The house keeps its own rules, as far as a machine can see them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest

HOME = Path(__file__).parents[1]
ROOMS = ("domain", "projections", "web", "scheduler")
DECISIONS = sorted((HOME / "docs/decisions").glob("*.md"))
TARGETS = "install demo serve test check format lock bench soak mutants clean"
VAGUE = "^(Abstract|Base)|(Service|Manager|Handler|Helper|Utils?|Base|Impl|Data|Info)$"
PERIODS = {"days", "working_days", "weeks", "months", "years"}
LIKELY_PERIODS = {30, 45, 60, 90, 180, 365}
T = TypeVar("T", bound=ast.AST)


def files(suffix: str, *places: str) -> list[Path]:
    return [
        path for place in places for path in sorted((HOME / place).rglob(f"*{suffix}"))
    ]


def nodes(kind: type[T], *places: str) -> Iterator[tuple[str, T]]:
    """Yield every piece of Python of a kind in these places, with where it stands."""
    for path in files(".py", *places):
        place = path.relative_to(HOME)
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, kind):
                yield f"{place}:{getattr(node, 'lineno', 0)}", node


def found(pattern: str, paths: list[Path]) -> list[str]:
    """Return where *pattern* stands in these files, whatever its case."""
    return [
        f"{path.relative_to(HOME)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(pattern, line, re.IGNORECASE)
    ]


def test_every_module_says_in_one_sentence_what_lives_in_it() -> None:
    texts = {
        path: path.read_text() for path in files(".py", *ROOMS, "tests", "benchmarks")
    }
    sentences = {
        path: (ast.get_docstring(ast.parse(text)) or "").split("\n\n")[0]
        for path, text in texts.items()
        if text.strip()
    }

    assert [
        str(path) for path, said in sentences.items() if not said.endswith((".", ":"))
    ] == []


def test_no_module_is_longer_than_300_lines() -> None:
    lengths = {
        path: len(path.read_text().splitlines()) for path in files(".py", *ROOMS)
    }

    assert {str(path): length for path, length in lengths.items() if length > 300} == {}


def test_no_class_and_no_module_has_a_name_that_says_nothing() -> None:
    classes = [
        f"{place}: {node.name}"
        for place, node in nodes(ast.ClassDef, *ROOMS, "tests", "benchmarks")
        if re.search(VAGUE, node.name)
    ]
    modules = [
        str(path)
        for path in files(".py", *ROOMS)
        if path.stem in {"utils", "util", "common", "helpers"}
    ]

    assert classes + modules == []


def test_no_statement_selects_a_star() -> None:
    assert (
        found(r"select\s+(\w+\.)?\*", files(".py", *ROOMS) + files(".sql", *ROOMS))
        == []
    )


def test_no_number_of_days_stands_in_the_domain() -> None:
    calls = [
        place
        for place, node in nodes(ast.keyword, "domain")
        if node.arg in PERIODS
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, int)
        and node.value.value > 1
    ]
    numbers = [
        place
        for place, node in nodes(ast.Constant, "domain")
        if type(node.value) is int and node.value in LIKELY_PERIODS
    ]

    assert calls + numbers == []


def test_the_domain_never_asks_the_clock() -> None:
    asked = [
        place
        for place, node in nodes(ast.Call, "domain")
        if isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "utcnow", "today"}
    ]

    assert asked == []


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [path.name[:4] for path in DECISIONS] == [
        f"{n:04}" for n in range(1, len(DECISIONS) + 1)
    ]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_context_decision_and_consequences(path: Path) -> None:
    text = path.read_text()

    assert text.startswith(f"# {path.name[:4]}. ")
    assert re.search(
        r"^(Accepted|Superseded by \d{4}), \d{4}-\d\d-\d\d\.$", text, re.MULTILINE
    )
    assert re.findall("^## (.+)$", text, re.MULTILINE) == [
        "Context",
        "Decision",
        "Consequences",
    ]


def test_make_has_its_targets_and_each_says_what_it_does() -> None:
    explained = re.findall(
        r"^([a-z]+):.* ## \w", (HOME / "Makefile").read_text(), re.MULTILINE
    )

    assert set(TARGETS.split()) - set(explained) == set()


def test_nothing_is_left_undone_or_kept_out_of_the_measure() -> None:
    left = r"\b(TO[D]O|FIX[M]E|X[X]X)\b|pragma: no[ ]cover"

    assert (
        found(left, files(".py", *ROOMS, "tests", "benchmarks") + files(".sql", *ROOMS))
        == []
    )


def test_nothing_speaks_of_the_place_where_it_was_written() -> None:
    words = r"\bfarm[-]\w|before[-]stop|\bsub[-]?agent|/wor[k]/|/ro[o]t/|/home/\w"
    papers = [
        HOME / name
        for name in ("README.md", "CHANGELOG.md", "Makefile", "setup.cfg", ".ci/run")
    ]
    sources = [
        path
        for suffix in (".py", ".sql", ".toml")
        for path in files(suffix, *ROOMS, "tests", "benchmarks")
    ]

    assert found(words, sources + files(".md", "docs") + papers) == []
