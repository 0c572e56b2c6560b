"""What of a record is sealed, with whose key, and how it is bound to its place."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, get_args, get_origin
from uuid import UUID

import msgspec
from msgspec.structs import fields, replace

from domain.errors import Tampered
from domain.record import Contents, Fact, Recorded, Sealed
from domain.vault import STANDING, DataKey, KeyName, Token, Vault, token_of

OPEN = "open"
# What is done with each value that is not open: (field, its class, value) -> the new.
Treatment = Callable[[str, str, Any], Any]


def key_name(record: Recorded[Any], year: int) -> KeyName:
    """Return whose key seals the record, in a stream that began in the *year*."""
    kept = STANDING if record.fact.STANDING else year
    relative = record.fact.relative_concerned or ""
    return KeyName(record.subject or "", relative, kept)


def seal_all(
    news: Sequence[tuple[Recorded[Any], int]], vault: Vault
) -> tuple[list[Recorded[Any]], list[UUID]]:
    """Return the records as they are stored, and the keys that were used for it.

    Each comes with the year in which its stream began.
    """
    names = [
        key_name(record, year) if has_contents(record) else None
        for record, year in news
    ]
    keys = vault.provide({name for name in names if name}) if any(names) else {}
    sealed = [
        seal(record, keys[name]) if name else record
        for (record, _), name in zip(news, names, strict=True)
    ]
    return sealed, [key.id for key in keys.values()]


def open_all(records: Sequence[Recorded[Any]], vault: Vault) -> list[Recorded[Any]]:
    """Return the records in the clear, as far as their keys are still there."""
    ids = keys_in(records)
    if not ids:
        return list(records)
    keys = vault.fetch(ids)
    return [opened(record, keys) for record in records]


def seal(record: Recorded[Any], key: DataKey) -> Recorded[Any]:
    """Return the record as it is stored: what is not open is locked with the *key*."""

    def lock(field: str, class_: str, value: Any) -> Sealed:
        place = record.originator_id, record.originator_version, field
        token = Token(key.id, *place)
        box = key.lock(msgspec.json.encode(value), token.bound_to(class_))
        return Sealed(sealed=token._replace(box=box).written(), class_=class_)

    return treated(record, lock)


def opened(record: Recorded[Any], keys: Mapping[UUID, DataKey]) -> Recorded[Any]:
    """Return the record in the clear; what no key opens any more stays `Sealed`.

    Raises `Tampered` where a value does not stand where it was sealed, or is not as it
    was.
    """

    def unlock(field: str, _: str, value: Any) -> Any:
        sealed = sealed_in(value)
        if sealed is None:
            return value
        token = token_of(sealed.sealed)
        place = record.originator_id, record.originator_version, field
        if (token.stream, token.version, token.field) != place:
            raise Tampered(f"{field} of {place[0]} version {place[1]}")
        return unlocked(sealed, keys[token.key]) if token.key in keys else value

    return treated(record, unlock)


def unlocked(sealed: Sealed, key: DataKey) -> Any:
    """Return what was sealed; raise `Tampered` if it is not as it was."""
    token = token_of(sealed.sealed)
    try:
        plain = key.unlock(token.box, token.bound_to(sealed.class_))
    except ValueError as error:
        place = f"{token.field} of {token.stream} version {token.version}"
        raise Tampered(place) from error
    return msgspec.json.decode(plain)


def keys_in(records: Iterable[Recorded[Any]]) -> set[UUID]:
    """Return the keys that open what is sealed in the records."""
    found: set[UUID] = set()

    def note(_: str, __: str, value: Any) -> Any:
        if sealed := sealed_in(value):
            found.add(token_of(sealed.sealed).key)
        return value

    for record in records:
        treated(record, note)
    return found


def has_contents(record: Recorded[Any]) -> bool:
    """Return whether anything in the record is to be sealed."""
    found: list[str] = []

    def note(field: str, _: str, value: Any) -> Any:
        found.append(field)
        return value

    treated(record, note)
    return bool(found)


def sealed_in(value: Any) -> Sealed | None:
    """Return the seal that stands in a value's place, as a struct or as plain JSON."""
    if isinstance(value, Sealed):
        return value
    if isinstance(value, dict) and "sealed" in value:
        return msgspec.convert(value, Sealed)
    return None


def treated(record: Recorded[Any], treat: Treatment) -> Recorded[Any]:
    """Return the record with each value that is sealed, or is to be, treated.

    What is about nobody has no key, and stays in the open.
    """
    plan = sealable(type(record.fact))  # type: ignore[arg-type]  # a class has a hash
    if record.subject is None or not (plan or record.reason):
        return record
    fact = record.fact
    news = {
        name: each(fact, name, held, treat)
        for name, each in plan
        if (held := getattr(fact, name))
    }
    said = record.reason
    return replace(
        record,
        fact=replace(fact, **news) if news else fact,
        reason=treat("reason", fact.class_of("reason"), said) if said else said,
    )


def _text(fact: Fact, name: str, held: Any, treat: Treatment) -> Any:
    return treat(name, fact.class_of(name), held)


def _contents(fact: Fact, name: str, held: Mapping[str, Any], treat: Treatment) -> Any:
    return {
        field: value if class_ == OPEN else treat(f"{name}.{field}", class_, value)
        for field, value in held.items()
        for class_ in (fact.class_of(field),)
    }


Each = Callable[[Fact, str, Any, Treatment], Any]


def _listed(each: Each) -> Each:
    return lambda fact, name, held, treat: tuple(
        each(fact, f"{name}.{nth}", one, treat) for nth, one in enumerate(held)
    )


@cache
def sealable(kind: type[Fact]) -> tuple[tuple[str, Each], ...]:
    """Return the fields of a kind of fact that are sealed, and how each is treated."""
    found = ((field.name, _treatment(field.type)) for field in fields(kind))
    return tuple((name, each) for name, each in found if each)


def _treatment(kind: Any) -> Each | None:
    if kind == Contents:
        return _contents
    if get_origin(kind) is tuple:
        each = _treatment(get_args(kind)[0])
        return _listed(each) if each else None
    return _text if Sealed in get_args(kind) else None
