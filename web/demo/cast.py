"""The cast: two hundred invented people in twelve units of an invented department."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

SEED = 2017
TOP = "DEMO"
INSPECTION = "DEMO-INS"
# Code, name, unit above, staff, and whether its ranks are those of the police.
UNITS = (
    (TOP, "Department of Public Security (invented)", None, 8, True),
    (INSPECTION, "Integrity Inspection Office", TOP, 10, False),
    ("DEMO-PER", "Personnel Office", TOP, 16, False),
    ("DEMO-TRA", "Traffic Corps", TOP, 18, True),
    ("DEMO-CRI", "Criminal Investigation Corps", TOP, 18, True),
    ("DEMO-INS-N", "Inspection Group North", INSPECTION, 8, False),
    ("DEMO-INS-S", "Inspection Group South", INSPECTION, 8, False),
    ("DEMO-PER-T", "Training School", "DEMO-PER", 14, False),
    ("DEMO-TRA-M", "Motorway Brigade", "DEMO-TRA", 26, True),
    ("DEMO-TRA-U", "Urban Brigade", "DEMO-TRA", 26, True),
    ("DEMO-CRI-F", "Forensic Institute", "DEMO-CRI", 22, True),
    ("DEMO-CRI-M", "Financial Crime Brigade", "DEMO-CRI", 26, True),
)
# Ranks by place in the unit: its head, the deputies, then everybody else.
DEPUTIES = 3
MARRIED, PARENTS = 0.7, 0.5
POLICE = {
    TOP: ("agency_head", "deputy_agency_head", ("department_director",)),
    "corps": (
        "department_director",
        "deputy_department_director",
        ("section_head", "deputy_section_head", "officer"),
    ),
    "brigade": (
        "deputy_department_director",
        "section_head",
        ("deputy_section_head", "officer", "officer"),
    ),
}
CIVIL = ("county", "deputy_county", ("deputy_county", "section", "section"))
FAMILY = (
    "An Bai Cen Deng Feng Gao Han Jiang Kong Lan Meng Ning Ou Pang Qiao Ren Shao Tan"
    " Wei Xiang Yan Zhai"
)
GIVEN = (
    "Aiqing Boyan Chunlai Dongmei Enhui Fangze Guiying Haoran Jiali Kexin Lihua Minzhe"
    " Nianci Peilin Qiming Ruoxi Shuting Tianyu Weiguo Xiulan Yichen Zhenhai"
)


class Member(NamedTuple):
    """One of the cast. `nth` is the place in the unit; 0 is its head."""

    number: str
    name: str
    unit: str
    nth: int
    rank: str
    spouse: str | None
    child: str | None

    @property
    def title(self) -> str:
        if self.nth == 0:
            return "Head"
        return "Deputy head" if self.nth <= DEPUTIES else "Member of staff"

    @property
    def category(self) -> str | None:
        return "integrity_staff" if self.unit.startswith(INSPECTION) else None


def cast() -> list[Member]:
    """Return the cast, the same every time. Their names are drawn by lot."""
    draw = Random(SEED)  # noqa: S311  a lot that must fall the same again
    names = [
        f"{family} {given}" for family in FAMILY.split() for given in GIVEN.split()
    ]
    draw.shuffle(names)
    supply = iter(names)
    return [
        member(number, place, next(supply), draw)
        for number, place in enumerate(places(), 1)
    ]


class Place(NamedTuple):
    """A place in a unit: which one, from 0 (its head), and with whose ranks."""

    unit: str
    nth: int
    police: bool


def places() -> Iterator[Place]:
    for unit, _, _, size, police in UNITS:
        for nth in range(size):
            yield Place(unit, nth, police)


def member(number: int, place: Place, name: str, draw: Random) -> Member:
    married = draw.random() < MARRIED
    return Member(
        number=f"D{number:04}",
        name=name,
        unit=place.unit,
        nth=place.nth,
        rank=rank(place, draw),
        spouse=f"Spouse of {name}" if married else None,
        child=f"Child of {name}" if draw.random() < PARENTS else None,
    )


def rank(place: Place, draw: Random) -> str:
    level = place.unit.count("-")
    kind = (TOP, "corps", "brigade")[level]
    head, deputy, others = POLICE[kind] if place.police else CIVIL
    if place.nth == 0:
        return head
    return deputy if place.nth <= DEPUTIES else draw.choice(others)
