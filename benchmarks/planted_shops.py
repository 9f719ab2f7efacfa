"""Generated shops with personas drawn by lot, so that no rule can be tuned to the demo's eight.

There are two ways of drawing. `recombined`: a shop draws a few ways of buying, of shopping and of speaking, and
combines them into personas; so many pairs of personas differ in a single trait. `independent`: every persona draws
every trait itself, from continuous ranges, as somebody would who wrote the personas one by one; but some buy like
another one, twins to RFM. Shares lie between 1% and 40%.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np

from python_udfs.demo_shop.catalogue import CATEGORIES
from python_udfs.demo_shop.personas import Buying, Habits, Persona, Voice
from python_udfs.demo_shop.shop import open_shop
from python_udfs.demo_shop.write import write_shop

SMALLEST_SHARE, LARGEST_SHARE = 0.01, 0.40
ASPECTS = ("quality", "delivery", "service", "price", "fit")
MOODS = (1.4, 3.0, 4.7)
TRAITS = ("plain", "browses", "in_and_out", "discounts", "returns", "cancels")
# Orders, days since the last one, days from one to the next; far enough apart that a taught model tells them.
BUYING_LEVELS = ((1.3, 25, 20), (1.5, 330, 20), (4, 60, 110), (4, 400, 25), (5, 15, 20), (11, 25, 55), (14, 210, 22))
SILENT = Voice(silent=1.0, reviews_per_order=0.0, mood=4.0, drift=0.0, talks_about=dict.fromkeys(ASPECTS, 1.0))
RECOMBINED, INDEPENDENT = "recombined", "independent"
WAYS = (RECOMBINED, INDEPENDENT)
# Of the independent personas, so many buy like an earlier one: RFM alone then finds half of what can be known.
TWINS = 0.5
Choice = TypeVar("Choice")


@dataclass(frozen=True)
class PlantedShop:
    """What a generated shop is drawn from: a seed, how many customers and personas, whether anybody reviews.

    way: how personas are drawn, one of WAYS.
    """

    seed: int
    customers: int
    personas: int
    reviews: bool = True
    way: str = RECOMBINED

    @property
    def name(self) -> str:
        """What a line of the report calls it."""
        reviews = "" if self.reviews else ", no reviews"
        return f"{self.way} {self.seed}: {self.customers:,} customers, {self.personas} personas{reviews}"


def planted_shops(count: int, largest: int = 5000, first_seed: int = 1000, way: str = RECOMBINED) -> list[PlantedShop]:
    """`count` shops of 2,000 to `largest` customers and 4 to 12 personas, every fifth without reviews."""
    rng = np.random.default_rng(1024 + first_seed)
    return [
        PlantedShop(
            seed=first_seed + number,
            customers=int(round(float(np.exp(rng.uniform(np.log(2000), np.log(largest)))), -2)),
            personas=int(rng.integers(4, 13)),
            reviews=number % 5 != 4,
            way=way,
        )
        for number in range(count)
    ]


def write_planted_shop(shop: PlantedShop, folder: Path, truth: Path) -> None:
    """Write the shop's files into `folder` and customer_id and persona into the file `truth`."""
    opened = open_shop(shop.seed, shop.customers, personas=drawn_personas(shop))
    write_shop(opened, shop.seed, folder, truth)


def drawn_personas(shop: PlantedShop) -> list[Persona]:
    """The shop's personas, by the way of drawing that the shop names."""
    rng = np.random.default_rng([shop.seed, shop.personas])
    return (_independent if shop.way == INDEPENDENT else _recombined)(rng, shop)


def _recombined(rng: np.random.Generator, shop: PlantedShop) -> list[Persona]:
    """No two with the same three parts; without reviews, no two that do the same."""
    buyings = [_buying(rng, *level) for level in _drawn(rng, BUYING_LEVELS, 3, 5)]
    habits = [_habits(rng, trait) for trait in _drawn(rng, TRAITS, 3, 5)]
    voices = [_voice(rng, mood) for mood in _drawn(rng, MOODS, 2, 3)] + [_tight_lipped(rng)]
    pairs = [(buying, habit) for buying in range(len(buyings)) for habit in range(len(habits))]
    parts = [(*pair, voice) for pair in pairs for voice in range(len(voices))] if shop.reviews else pairs
    chosen = [parts[int(place)] for place in rng.permutation(len(parts))[: shop.personas]]
    shares = _shares(rng, len(chosen))
    return [
        Persona(
            f"persona_{number:02d}",
            share,
            buyings[part[0]],
            habits[part[1]],
            voices[part[2]] if shop.reviews else SILENT,
        )
        for number, (part, share) in enumerate(zip(chosen, shares, strict=True), start=1)
    ]


def _independent(rng: np.random.Generator, shop: PlantedShop) -> list[Persona]:
    """Each with its own habits and voice, and its own buying unless it is a twin."""
    personas: list[Persona] = []
    for number, share in enumerate(_shares(rng, shop.personas), start=1):
        is_twin = bool(personas) and rng.random() < TWINS
        buying = personas[int(rng.integers(len(personas)))].buying if is_twin else _any_buying(rng)
        voice = _any_voice(rng) if shop.reviews else SILENT
        personas.append(Persona(f"persona_{number:02d}", share, buying, _any_habits(rng), voice))
    return personas


def _any_buying(rng: np.random.Generator) -> Buying:
    """Anything between one order a year ago and one a fortnight until yesterday."""
    orders, days_since_last = _log_uniform(rng, 1.2, 15), _log_uniform(rng, 10, 450)
    room = (600 - days_since_last) / max(orders - 1, 1)
    return Buying(
        orders=orders,
        days_since_last=days_since_last,
        days_between=min(_log_uniform(rng, 12, 110), room),
        lines=float(rng.uniform(1.3, 3.5)),
        price_taste=float(rng.uniform(-1.0, 1.0)),
    )


def _any_habits(rng: np.random.Generator) -> Habits:
    """Most habits are like everybody's, some are anything."""
    views = _log_uniform(rng, 2, 30)
    favourites = rng.dirichlet(np.full(len(CATEGORIES), 0.5))
    return Habits(
        discounted=_usual_or_any(rng, 0.5, (0.03, 0.15), (0.2, 0.9)),
        returned=_usual_or_any(rng, 0.6, (0.01, 0.08), (0.15, 0.7)),
        cancelled=_usual_or_any(rng, 0.75, (0.01, 0.05), (0.1, 0.4)),
        views=views,
        carts=views * float(rng.uniform(0.15, 0.5)),
        categories={name: 0.02 + float(share) for name, share in zip(CATEGORIES, favourites, strict=True)},
    )


def _any_voice(rng: np.random.Generator) -> Voice:
    """From the furious to the delighted, from those who always write to those who hardly do."""
    return replace(
        _voice(rng, float(rng.uniform(1.2, 4.9))),
        silent=_usual_or_any(rng, 0.7, (0.03, 0.2), (0.3, 0.9)),
        reviews_per_order=float(rng.uniform(0.3, 0.9)),
    )


def _usual_or_any(
    rng: np.random.Generator, probability: float, usual: tuple[float, float], any_one: tuple[float, float]
) -> float:
    return float(rng.uniform(*(usual if rng.random() < probability else any_one)))


def _log_uniform(rng: np.random.Generator, lowest: float, highest: float) -> float:
    return float(np.exp(rng.uniform(np.log(lowest), np.log(highest))))


def _shares(rng: np.random.Generator, count: int) -> list[float]:
    while True:
        shares = rng.dirichlet(np.full(count, 1.0))
        if shares.min() >= SMALLEST_SHARE and shares.max() <= LARGEST_SHARE:
            return [float(share) for share in shares]


def _drawn(rng: np.random.Generator, choices: Sequence[Choice], fewest: int, most: int) -> list[Choice]:
    """Between `fewest` and `most` of the choices, none twice."""
    places = rng.permutation(len(choices))[: int(rng.integers(fewest, most + 1))]
    return [choices[int(place)] for place in places]


def _near(rng: np.random.Generator, value: float) -> float:
    return value * float(np.exp(rng.uniform(-0.2, 0.2)))


def _buying(rng: np.random.Generator, orders: float, days_since_last: float, days_between: float) -> Buying:
    return Buying(
        orders=_near(rng, orders),
        days_since_last=_near(rng, days_since_last),
        days_between=_near(rng, days_between),
        lines=float(rng.uniform(1.4, 2.8)),
        price_taste=float(rng.uniform(-0.8, 0.9)),
    )


def _habits(rng: np.random.Generator, trait: str) -> Habits:
    views = _near(rng, {"browses": 25.0, "in_and_out": 2.0}.get(trait, 9.0))
    favourites = rng.dirichlet(np.full(len(CATEGORIES), 0.5))
    return Habits(
        discounted=_near(rng, 0.75 if trait == "discounts" else 0.1),
        returned=_near(rng, 0.65 if trait == "returns" else 0.04),
        cancelled=_near(rng, 0.35 if trait == "cancels" else 0.02),
        views=views,
        carts=views * float(rng.uniform(0.2, 0.5)),
        categories={name: 0.02 + float(share) for name, share in zip(CATEGORIES, favourites, strict=True)},
    )


def _voice(rng: np.random.Generator, mood: float) -> Voice:
    return Voice(
        silent=float(rng.choice([0.05, 0.1, 0.2])),
        reviews_per_order=float(rng.uniform(0.45, 0.8)),
        mood=mood,
        drift=float(rng.choice([0.0, 0.0, -0.4, 0.4])),
        talks_about={
            name: 0.1 + float(weight) for name, weight in zip(ASPECTS, rng.dirichlet(np.ones(5)), strict=True)
        },
    )


def _tight_lipped(rng: np.random.Generator) -> Voice:
    return replace(_voice(rng, 4.2), silent=0.85, reviews_per_order=0.3)
