"""The kinds of fields that requests have, strict where marshmallow is lenient."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# What stands in paths: no spaces, no controls, none of / ? # % and no backslash.
CODE = r"^[^\x00-\x20\x7f/?#%\\]+$"
LONG, SHORT = 4000, 200  # characters
LARGEST = 2**53 - 1  # what every reader of JSON can hold


class Whole(validate.Regexp):
    """A pattern that the whole text has to match."""

    def __call__(self, value: Any) -> Any:
        if self.regex.fullmatch(value) is None:
            raise ValidationError(self._format_error(value))
        return value


class Day(fields.Date):
    """A date as year-month-day, in no other of the ways that ISO 8601 knows."""

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> date:
        if not isinstance(value, str) or not DAY.fullmatch(value):
            raise self.make_error("invalid", input=value, obj_type="date")
        day: date = super()._deserialize(value, *rest, **more)
        return day


def happened(day: date) -> None:
    """Raise `ValidationError` of a day that has begun nowhere on earth yet."""
    if day > datetime.now(UTC).date() + timedelta(days=1):
        raise ValidationError("It lies in the future.")


class Number(fields.Integer):
    """A whole number of JSON, which may be written 3 or 3.0, and never "3"."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int:
        if isinstance(value, Decimal) and value == value.to_integral_value():
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class YesNo(fields.Boolean):
    """true or false of JSON, and nothing that looks like them."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


def written(
    most: int = SHORT, *, required: bool = False, says: str = ""
) -> fields.String:
    """Return a field for text that is not empty."""
    about = {"description": says} if says else {}
    return fields.String(
        required=required, validate=validate.Length(1, most), metadata=about
    )


def coded(*, required: bool = False, says: str = "") -> fields.String:
    """Return a field for what names a thing, and can stand in a path."""
    about = {"description": says} if says else {}
    return fields.String(
        required=required,
        validate=[
            Whole(CODE, error="No spaces and none of / ? # % \\ may stand in it."),
            validate.Length(1, SHORT),
        ],
        metadata=about,
    )


class Remarks(Schema):
    """What every command may say: why, and of which day."""

    reason = written(LONG, says="Why. Some commands are refused without it.")
    occurred_on = Day(
        validate=happened,
        metadata={"description": "The day it happened, where that is not today."},
    )
