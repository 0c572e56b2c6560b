"""Wrapping keys in a hardware module (PKCS #11), which never leave it."""

import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import pkcs11
from pkcs11 import (
    Attribute,
    GCMParams,
    KeyType,
    Mechanism,
    ObjectClass,
    PKCS11Error,
    SecretKey,
    Session,
)

from domain.errors import VaultClosed
from projections.vault.datakey import KEY_BYTES, NONCE_BYTES
from projections.vault.keyfile import read_private
from projections.vault.uri import SCHEME, Named

T = TypeVar("T")
ID_BYTES = 8
TAG_BITS = 128
WRONG_PIN = (
    pkcs11.PinIncorrect,
    pkcs11.PinInvalid,
    pkcs11.PinLenRange,
    pkcs11.PinLocked,
    pkcs11.PinExpired,
)
NEVER_OUT = {
    Attribute.SENSITIVE: True,
    Attribute.EXTRACTABLE: False,
    Attribute.PRIVATE: True,
}


class Token:
    """The AES keys of one label in a token; the one with the greatest id is the last.

    Safe to share between threads, and good in a process that was forked from another
    that used it.
    """

    def __init__(self, named: Named) -> None:
        """Take what the URI names; the module is loaded on first use."""
        self.named = named
        self.place = f"the label {named.label} of the token {named.token}"
        self.session: Session | None = None
        self.opened_by = 0
        self.refused_pin = ""
        self.keys: Mapping[str, SecretKey] = {}
        self.turn = threading.Lock()  # a session does one thing at a time

    def versions(self) -> Sequence[str]:
        with self._answering():
            return list(self._ask(self._look))

    def wrap(self, version: str, secret: bytes, bound_to: bytes) -> bytes:
        with self._answering():
            return self._ask(lambda s: wrapped(self._key(s, version), secret, bound_to))

    def unwrap(self, version: str, box: bytes, bound_to: bytes) -> bytes:
        try:
            return self._ask(lambda s: unwrapped(self._key(s, version), box, bound_to))
        except PKCS11Error as error:
            # Modules say many things of a box that is not as it was; and of other woes.
            with self._answering():
                self._ask(lambda s: try_out(self._key(s, version)))
            raise ValueError("the box does not authenticate") from error

    def add(self) -> str:
        with self._answering("it can be made there by hand, with a greater id"):
            return self._ask(self._generated)

    def drop(self, version: str) -> bool:
        with self._answering("it can be destroyed there by hand"):
            self._ask(lambda _: self._destroy(version))
        return True

    def _key(self, session: Session, version: str) -> SecretKey:
        return (self.keys if version in self.keys else self._look(session))[version]

    def _look(self, session: Session) -> Mapping[str, SecretKey]:
        """Find out which versions there are now."""
        wanted = {
            Attribute.CLASS: ObjectClass.SECRET_KEY,
            Attribute.KEY_TYPE: KeyType.AES,
            Attribute.LABEL: self.named.label,
            Attribute.ENCRYPT: True,
            Attribute.DECRYPT: True,
        }
        found = [
            key for key in session.get_objects(wanted) if isinstance(key, SecretKey)
        ]
        self.keys = {name_of(key): key for key in sorted(found, key=number)}
        return self.keys

    def _generated(self, _: Session) -> str:
        id_ = (time.time_ns() // 1_000_000).to_bytes(ID_BYTES)
        with self._token().open(rw=True) as session:
            key = session.generate_key(
                KeyType.AES,
                KEY_BYTES * 8,
                id=id_,
                label=self.named.label,
                store=True,
                template=NEVER_OUT,
            )
            return name_of(key)

    def _destroy(self, version: str) -> None:
        with self._token().open(rw=True) as session:
            if key := self._look(session).get(version):
                key.destroy()
        self.keys = {}

    def _ask(self, do: Callable[[Session], T]) -> T:
        """Do something in the session; once more in a new one if that one is lost."""
        with self.turn:
            try:
                return do(self._logged_in())
            except PKCS11Error:
                self._close()
                return do(self._logged_in())

    def _logged_in(self) -> Session:
        if self.session is None or self.opened_by != os.getpid():
            self.session = self._log_in(read_private(self.named.pin).strip())
            self.opened_by = os.getpid()
            self.keys = {}
        return self.session

    def _log_in(self, pin: str) -> Session:
        if pin == self.refused_pin:  # a token is locked after a few wrong ones
            raise self._wrong_pin()
        try:
            return self._token().open(user_pin=pin)
        except pkcs11.UserAlreadyLoggedIn:
            return self._token().open()  # this process has, in another session
        except WRONG_PIN as error:
            self.refused_pin = pin
            raise self._wrong_pin() from error

    def _token(self) -> pkcs11.Token:
        library = pkcs11.lib(self.named.module)
        if self.opened_by not in (0, os.getpid()):
            library.reinitialize()
            self.opened_by = os.getpid()
        return library.get_token(token_label=self.named.token)

    def _close(self) -> None:
        with suppress(PKCS11Error):
            if self.session:
                self.session.close()
        self.session, self.keys = None, {}

    def _wrong_pin(self) -> VaultClosed:
        return VaultClosed(
            f"the token {self.named.token} refuses the PIN in {self.named.pin}. Put the"
            " right one there; see with the module's own tool whether it is locked."
        )

    @contextmanager
    def _answering(
        self, otherwise: str = "see with its own tool what it lacks"
    ) -> Iterator[None]:
        try:
            yield
        except PKCS11Error as error:
            raise VaultClosed(
                f"the hardware module {self.named.module} does not do what it is asked"
                f" with {self.place}: {said_by(error)}. Nothing is lost; {otherwise}."
            ) from error


def said_by(error: PKCS11Error) -> str:
    return f"{type(error).__name__} {error}".strip()


def name_of(key: SecretKey) -> str:
    """Return the name of a key: its label, id, and what tells it from another of both.

    The check value is what modules tell of a key: three bytes of zeroes, encrypted.
    """
    try:
        check = bytes(key[Attribute.CHECK_VALUE]).hex()
    except PKCS11Error:
        check = ""
    return f"{SCHEME}{key.label}:{key.id.hex()}:{check}"


def number(key: SecretKey) -> int:
    return int.from_bytes(key.id)


# What a key can do depends on the module, and so does its class.


def wrapped(key: Any, secret: bytes, bound_to: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + bytes(key.encrypt(secret, **gcm(nonce, bound_to)))


def unwrapped(key: Any, box: bytes, bound_to: bytes) -> bytes:
    return bytes(key.decrypt(box[NONCE_BYTES:], **gcm(box[:NONCE_BYTES], bound_to)))


def gcm(nonce: bytes, bound_to: bytes) -> dict[str, Any]:
    parameters = GCMParams(nonce=nonce, aad=bound_to, tag_bits=TAG_BITS)
    return {"mechanism": Mechanism.AES_GCM, "mechanism_param": parameters}


def try_out(key: SecretKey) -> None:
    """Raise what the module raises where it cannot unwrap what it has just wrapped."""
    unwrapped(key, wrapped(key, bytes(KEY_BYTES), b""), b"")
