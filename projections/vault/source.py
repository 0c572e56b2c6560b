"""Where the wrapping key is: a hardware module, the environment, or a file."""

import os
from collections.abc import Mapping
from pathlib import Path

from domain.errors import VaultClosed
from projections.postgres.address import home
from projections.vault.keyfile import KeyFile
from projections.vault.uri import SCHEME, named_in
from projections.vault.wrapping import Given, Wrapping, secret_in

KEYS = "PROBITY_KEK"
FILE = "PROBITY_KEK_FILE"


def find_wrapping(environ: Mapping[str, str] = os.environ) -> Wrapping:
    """Return the wrapping key that the environment names, or that of our home.

    `$PROBITY_KEK` holds the key in base64, or several versions with commas between
    them, the last the newest; or it names a key in a hardware module by a PKCS #11 URI
    (RFC 7512). `$PROBITY_KEK_FILE` names a file, as `probity init` makes it. Else the
    file in `home()` is used, if it is there.

    Raises:
        VaultClosed: there is none, it cannot be read, or it is open to others.
    """
    given, file = environ.get(KEYS), environ.get(FILE)
    if given and file:
        raise VaultClosed(f"both {KEYS} and {FILE} are set: unset one of them")
    if given and given.startswith(SCHEME):
        return module(given)
    if given:
        return in_environment(given)
    path = Path(file) if file else home_file()
    if not file and not path.exists():
        raise VaultClosed(
            f"no wrapping key is given, and {path} is not there. Set {FILE} or {KEYS}"
            " to the one that this register was made with. For a new register `probity"
            f" init` makes one: on a server of your own, in the file that {FILE} names."
        )
    return KeyFile(path)


def home_file() -> Path:
    """Return where the wrapping keys of the embedded server's register are."""
    return home() / "keys" / "wrapping-keys"


def in_environment(given: str) -> Given:
    secrets = [secret_in(written) for written in given.split(",")]
    found = [secret for secret in secrets if secret]
    if len(found) < len(secrets):
        raise VaultClosed(
            f"{KEYS} is not a key of 32 bytes in base64, nor several with commas"
            " between them. `openssl rand -base64 32` makes a new one."
        )
    return Given(found, KEYS)


def module(uri: str) -> Wrapping:
    """Return the key in a hardware module; what is needed for it is an extra."""
    named = named_in(uri)
    try:
        from projections.vault.hsm import Token  # noqa: PLC0415  it may be missing
    except ImportError as error:
        raise VaultClosed(
            f"{KEYS} names a hardware module, for which python-pkcs11 is missing:"
            " install probity[hsm]"
        ) from error
    return Token(named)
