"""What people write on the forms: plausible answers, drawn by lot."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

Answers = dict[str, Any]
PLACES = ("Heyang", "Lindu", "Beishi", "Qingwan", "Nanpo", "Xihe")
ABROAD = ("Lisbon", "Nairobi", "Osaka", "Lima", "Tallinn", "Auckland")
ITEMS = (
    "private_travel",
    "hk_macau_taiwan",
    "family_employment",
    "pay",
    "other_earnings",
    "real_estate",
    "securities",
    "businesses",
    "foreign_assets",
)
NONE = (
    "own_marriage",
    "child_foreign_marriage",
    "child_hk_macau_taiwan_marriage",
    "family_abroad",
    "family_liability",
)


def yuan(draw: Random, least: int, most: int) -> dict[str, str]:
    return {"amount": str(draw.randrange(least, most, 500)), "currency": "CNY"}


def wedding(day: date, draw: Random) -> Answers:
    return {
        "event_date": day,
        "location": f"Guest house, {draw.choice(PLACES)}",
        "tables": draw.randint(6, 24),
        "guests": draw.randint(50, 230),
        "cost": yuan(draw, 20_000, 120_000),
    }


def funeral(day: date, draw: Random) -> Answers:
    return {
        "event_date": day,
        "location": draw.choice(PLACES),
        "relation": draw.choice(("grandparent", "uncle", "parent")),
        "cost": yuan(draw, 5_000, 30_000),
    }


def overseas_trip(day: date, draw: Random) -> Answers:
    return {
        "departure_date": day,
        "return_date": day + timedelta(days=draw.randint(4, 12)),
        "destination": draw.choice(ABROAD),
        "purpose": draw.choice(("tourism", "visiting a child", "medical treatment")),
        "paid_by": "the family",
        "cost": yuan(draw, 8_000, 45_000),
    }


def part_time_post(day: date, draw: Random) -> Answers:
    return {
        "appointment_date": day,
        "organisation": draw.choice(("Evening university", "Sports club")),
        "position": "lecturer",
        "explanation": "two hours a week, outside office hours",
    }


def social_organisation(day: date, draw: Random) -> Answers:
    return {
        "appointment_date": day,
        "organisation": draw.choice(("Calligraphy society", "Alumni association")),
        "position": "member of the board",
        "explanation": "elected, unpaid",
    }


def vehicle(day: date, draw: Random) -> Answers:
    return {
        "purchase_date": day,
        "model": draw.choice(("family car", "electric car", "motorcycle")),
        "price": yuan(draw, 60_000, 180_000),
        "source_of_funds": "savings",
    }


def real_estate(day: date, draw: Random) -> Answers:
    return {
        "contract_date": day,
        "transaction": draw.choice(("purchase", "sale")),
        "location": f"Riverside, {draw.choice(PLACES)}",
        "size": draw.randint(48, 140),
        "price": yuan(draw, 600_000, 2_400_000),
        "source_of_funds": "savings, and the sale of another flat",
        "loan": draw.choice((True, False)),
    }


def bidding_before(day: date, draw: Random) -> Answers:
    return {
        "opening_date": day,
        "project": draw.choice(("uniforms", "patrol cars", "radio equipment")),
        "estimate": yuan(draw, 200_000, 3_000_000),
        "participants": ["head of logistics", "accountant"],
    }


def bidding_after(draw: Random) -> Answers:
    return {
        "winner": draw.choice(("Bidder A", "Bidder B")),
        "price": yuan(draw, 200_000, 3_000_000),
        "bidders": ["Bidder A", "Bidder B", "Bidder C"],
    }


def leave(first: date, last: date, draw: Random) -> Answers:
    return {
        "reason": draw.choice(("visit to ill parent", "training course", "inspection")),
        "destination": draw.choice(PLACES),
        "from": first,
        "to": last,
        "contact": "office telephone, forwarded",
    }


def annual(draw: Random, *, spouse_abroad: bool = False) -> Answers:
    said = {name: draw.choice(("none", "no change")) for name in ITEMS}
    return {
        "spouse_abroad": spouse_abroad,
        "child_abroad": False,
        **dict.fromkeys(NONE, "none"),
        **said,
    }


def baseline(draw: Random) -> Answers:
    said = annual(draw)
    return {name: said[name] for name in (*NONE, *ITEMS)}


def abroad(since: date) -> Answers:
    return {
        "country": "Portugal",
        "since": since,
        "legal_status": "right of residence",
        "occupation": "lecturer",
    }


# What happens to anybody, how often, and the date from which its due date counts.
COMMON: Mapping[str, tuple[int, str, Callable[[date, Random], Answers]]] = {
    "overseas_trip": (6, "departure_date", overseas_trip),
    "vehicle": (4, "purchase_date", vehicle),
    "wedding": (3, "event_date", wedding),
    "funeral": (3, "event_date", funeral),
    "part_time_post": (2, "appointment_date", part_time_post),
    "social_organisation": (2, "appointment_date", social_organisation),
    "real_estate": (2, "contract_date", real_estate),
}
# Whom it may concern besides the declarant.
RELATIVES: Mapping[str, tuple[str, ...]] = {
    "overseas_trip": ("spouse", "child"),
    "vehicle": ("spouse",),
    "wedding": ("child",),
}
