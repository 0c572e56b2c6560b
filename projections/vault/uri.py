"""PKCS #11 URIs (RFC 7512), as far as they name a key in a token."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from domain.errors import VaultClosed

SCHEME = "pkcs11:"
NEEDED = ("token", "object", "module-path", "pin-source")
EXAMPLE = (
    "pkcs11:token=probity;object=kek?module-path=/usr/lib/softhsm/libsofthsm2.so"
    "&pin-source=file:/etc/probity/pin"
)


class Named(NamedTuple):
    """What a URI names: keys of a label in a token, its module, the file of a PIN."""

    token: str
    label: str
    module: str
    pin: Path


def named_in(uri: str) -> Named:
    """Return what the URI names.

    Raises:
        VaultClosed: something is missing, is not understood, or is the PIN itself.
    """
    said = attributes(uri)
    if "pin-value" in said:
        raise VaultClosed(
            "a PIN does not belong in a PKCS #11 URI, where others may read it: put it"
            " into a file of mode 600, and name that as pin-source=file:..."
        )
    if said.keys() != set(NEEDED):
        raise VaultClosed(
            f"the PKCS #11 URI has {', '.join(said) or 'nothing'}, and should have"
            f" {', '.join(NEEDED)}: for example {EXAMPLE}"
        )
    pin = Path(said["pin-source"].removeprefix("file://").removeprefix("file:"))
    return Named(said["token"], said["object"], said["module-path"], pin)


def attributes(uri: str) -> Mapping[str, str]:
    path, _, query = uri.removeprefix(SCHEME).partition("?")
    pairs = [pair.partition("=") for pair in [*path.split(";"), *query.split("&")]]
    return {name.strip(): unquote(value) for name, _, value in pairs if name.strip()}
