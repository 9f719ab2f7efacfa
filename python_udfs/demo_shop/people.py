"""The customers: where they live, which persona they are, and how far they stray from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import TypeVar

import numpy as np

from python_udfs.demo_shop.chance import around, happens, pick, share_around, weighted_pick
from python_udfs.demo_shop.noise import Noise
from python_udfs.demo_shop.personas import Buying, Habits, Persona, Voice
from python_udfs.demo_shop.tables import Customer

OPENS = datetime(2023, 1, 1)
CLOSES = datetime(2025, 1, 1)
# Days since somebody's last order, so that their earlier ones find room in the two years.
_LONGEST_AGO = 660


@dataclass(frozen=True)
class Country:
    """A country the shop ships to, the language its customers write in, and its share of customers."""

    code: str
    language: str
    share: float
    regions: tuple[str, ...]


COUNTRIES = (
    Country("GB", "en", 0.34, ("London", "Scotland", "Wales", "North West", "South West", "Yorkshire")),
    Country("US", "en", 0.14, ("California", "Colorado", "Oregon", "New York", "Vermont")),
    Country("IE", "en", 0.08, ("Dublin", "Cork", "Galway")),
    Country("AU", "en", 0.05, ("Victoria", "Tasmania", "Queensland")),
    Country("BR", "pt", 0.15, ("São Paulo", "Minas Gerais", "Paraná", "Santa Catarina", "Bahia")),
    Country("PT", "pt", 0.09, ("Lisboa", "Porto", "Algarve", "Madeira")),
    Country("CN", "zh", 0.15, ("上海", "北京", "浙江", "四川", "广东")),
)


@dataclass(frozen=True)
class Hand:
    """How somebody writes: habits of the hand, not of the mood."""

    typos: float
    emoji: float
    lowercase: bool
    talkative: float


@dataclass(frozen=True)
class Shopper:
    """A customer, the persona planted in them, and what they are like in person."""

    customer_id: str
    persona: str
    country: Country
    buying: Buying
    habits: Habits
    voice: Voice
    writes: bool
    hand: Hand


Part = TypeVar("Part", Buying, Habits, Voice)


def shoppers(rng: np.random.Generator, count: int, personas: Sequence[Persona], noise: Noise) -> list[Shopper]:
    """`count` customers by customer_id, each persona with its share of them, in no particular order."""
    of_customers = _apportioned(personas, count)
    order = rng.permutation(count)
    return [
        _shopper(rng, f"C{number:05d}", of_customers[int(place)], personas, noise)
        for number, place in enumerate(order, start=1)
    ]


def customers(
    rng: np.random.Generator, first_orders: Mapping[str, datetime], people: list[Shopper], noise: Noise
) -> list[Customer]:
    """The customers table; everybody signed up at their first order or some time before it."""
    return [_customer(rng, person, first_orders[person.customer_id], noise) for person in people]


def _apportioned(personas: Sequence[Persona], count: int) -> list[Persona]:
    bounds = np.round(np.cumsum([persona.share for persona in personas]) * count).astype(int)
    sizes = np.diff(bounds, prepend=0)
    return [persona for persona, size in zip(personas, sizes, strict=True) for _ in range(int(size))]


def _shopper(
    rng: np.random.Generator, customer_id: str, persona: Persona, personas: Sequence[Persona], noise: Noise
) -> Shopper:
    other = pick(rng, [candidate for candidate in personas if candidate != persona])
    weight = _second_nature(rng, noise)
    voice = _between(persona.voice, other.voice, weight)
    return Shopper(
        customer_id=customer_id,
        persona=persona.name,
        country=weighted_pick(rng, {country: country.share for country in COUNTRIES}),
        buying=_own_buying(rng, _between(persona.buying, other.buying, weight), noise),
        habits=_own_habits(rng, _between(persona.habits, other.habits, weight), noise),
        voice=replace(voice, mood=voice.mood + noise.mood_spread * float(rng.standard_normal())),
        writes=not happens(rng, voice.silent),
        hand=Hand(
            typos=pick(rng, [0.0, 0.0, 0.05, 0.2]),
            emoji=pick(rng, [0.0, 0.0, 0.1, 0.4]),
            lowercase=happens(rng, 0.12),
            talkative=around(rng, 1.0, 0.3),
        ),
    )


def _second_nature(rng: np.random.Generator, noise: Noise) -> float:
    """How much of another persona a customer has: 0 for most, 1 for a stray."""
    halfway = float(rng.uniform(0, 0.5))
    return weighted_pick(
        rng,
        {
            1.0: noise.strays,
            halfway: noise.in_between,
            0.0: 1 - noise.strays - noise.in_between,
        },
    )


def _between(own: Part, other: Part, weight: float) -> Part:
    """The part that lies `weight` of the way (0 to 1) from one's own persona to the other."""
    if weight == 0:
        return own
    return replace(
        own,
        **{field.name: _mean(getattr(own, field.name), getattr(other, field.name), weight) for field in fields(own)},
    )


def _mean(
    own: float | Mapping[str, float], other: float | Mapping[str, float], weight: float
) -> float | dict[str, float]:
    if isinstance(own, Mapping) and isinstance(other, Mapping):
        return {
            key: (1 - weight) * own[key] / sum(own.values()) + weight * other[key] / sum(other.values()) for key in own
        }
    return (1 - weight) * float(own) + weight * float(other)


def _own_buying(rng: np.random.Generator, buying: Buying, noise: Noise) -> Buying:
    return replace(
        buying,
        orders=around(rng, buying.orders, noise.orders_spread),
        days_since_last=around(rng, buying.days_since_last, noise.days_since_last_spread, below=_LONGEST_AGO),
        days_between=around(rng, buying.days_between, noise.days_between_spread),
        price_taste=buying.price_taste + noise.price_taste_spread * float(rng.standard_normal()),
    )


def _own_habits(rng: np.random.Generator, habits: Habits, noise: Noise) -> Habits:
    weights = np.array(list(habits.categories.values()))
    shares = rng.dirichlet(noise.category_concentration * weights / weights.sum())
    return replace(
        habits,
        discounted=share_around(rng, habits.discounted, noise.share_concentration),
        returned=share_around(rng, habits.returned, noise.share_concentration),
        cancelled=share_around(rng, habits.cancelled, noise.share_concentration),
        views=around(rng, habits.views, noise.views_spread),
        carts=around(rng, habits.carts, noise.views_spread),
        categories=dict(zip(habits.categories, (float(share) for share in shares), strict=True)),
    )


def _customer(rng: np.random.Generator, person: Shopper, first_order: datetime, noise: Noise) -> Customer:
    days_before = 0.0 if happens(rng, 0.6) else around(rng, 20, 1.0)
    before = timedelta(minutes=5 + int(24 * 60 * days_before))
    birth_year = int(np.clip(round(rng.normal(1983, 13)), 1935, 2005))
    gender = weighted_pick(rng, {"female": 0.52, "male": 0.45, "other": 0.03})
    return Customer(
        customer_id=person.customer_id,
        signed_up_at=first_order - before,
        birth_year=None if happens(rng, noise.birth_year_unknown) else birth_year,
        gender=None if happens(rng, noise.gender_unknown) else gender,
        country=person.country.code,
        region=pick(rng, person.country.regions),
        marketing_consent=happens(rng, 0.55),
    )
