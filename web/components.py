"""The types of all answers, as components of the OpenAPI document."""

from typing import Any

import msgspec

REFERENCE = "#/components/schemas/{name}"

# The JSON Schema of every type that an answer was said to have, by its name.
ANSWERS: dict[str, dict[str, Any]] = {}


def schema_of(kind: Any) -> dict[str, Any]:
    """Return the JSON Schema of a type, its parts noted among the `ANSWERS`."""
    (schema,), parts = msgspec.json.schema_components([kind], ref_template=REFERENCE)
    for name, part in parts.items():
        if ANSWERS.setdefault(name, part) != part:
            raise TypeError(f"two types of answers are called {name}")
    return schema
