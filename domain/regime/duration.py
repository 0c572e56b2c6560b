"""Durations as people write them in a rulebook: "-7d", "10wd", "3M", "6Y", "24h"."""

import re
from typing import Literal, Self, cast

Unit = Literal["d", "wd", "M", "Y", "h"]
WRITTEN = re.compile(r"(-?[0-9]{1,4})(d|wd|M|Y|h)")


class Duration(str):
    """So many days (d), working days (wd), months (M), years (Y) or hours (h).

    It is its own text: compared, stored and shown as it is written. A minus sign counts
    backwards. At most four digits, so that sums stay within what a calendar can hold.
    """

    __slots__ = ()

    def __new__(cls, text: object) -> Self:
        """Read *text*; ValueError says what is allowed."""
        if not isinstance(text, str) or not WRITTEN.fullmatch(text):
            raise ValueError(
                'expected a duration such as "-7d": a whole number of at most four'
                " digits, then d (days), wd (working days), M (months), Y (years)"
                " or h (hours)"
            )
        return super().__new__(cls, text)

    @property
    def unit(self) -> Unit:
        return cast("Unit", self.lstrip("-0123456789"))

    @property
    def amount(self) -> int:
        return int(self.removesuffix(self.unit))
