"""Who shops here: what each persona does and what it says.

A persona is made of three parts, and the parts are shared on purpose. Personas with the same Buying and the same
Habits are twins to any RFM analysis and differ only in Voice (champions and the loyal but furious; the lapsed but
content and the lapsed and let down). Personas with the same Voice differ only in what they do (champions and
newcomers; bargain hunters and size samplers).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from python_udfs.demo_shop.catalogue import CAMP_KITCHEN, CLOTHING, FOOTWEAR, GARDEN, HOME, PACKS, TENTS


@dataclass(frozen=True)
class Buying:
    """When and how much a typical member buys: all that RFM sees.

    orders: orders in the two years. days_since_last: days from the last order to the end. days_between: days from
    one order to the next. lines: products on an order. price_taste: 0 takes any product of a category, above 0
    leans to the dear ones, below 0 to the cheap ones.
    """

    orders: float
    days_since_last: float
    days_between: float
    lines: float
    price_taste: float


@dataclass(frozen=True)
class Habits:
    """How a typical member shops, beyond RFM.

    discounted, returned, cancelled: shares of orders (returned: in part or as a whole). views, carts: events in the
    two years. categories: relative weight of each category in the basket.
    """

    discounted: float
    returned: float
    cancelled: float
    views: float
    carts: float
    categories: Mapping[str, float]


@dataclass(frozen=True)
class Voice:
    """What a typical member says.

    silent: share of members who never write. reviews_per_order: share of orders a member who writes reviews.
    mood: the stars a review is about to get, before its ups and downs. drift: by how many stars the mood changes
    from the first to the last review. talks_about: relative weight of each aspect in the texts.
    """

    silent: float
    reviews_per_order: float
    mood: float
    drift: float
    talks_about: Mapping[str, float]


@dataclass(frozen=True)
class Persona:
    """A kind of customer: its share of all customers, and its three parts."""

    name: str
    share: float
    buying: Buying
    habits: Habits
    voice: Voice


# Every two months for as long as they know the shop, and still.
LOYAL = Buying(orders=10, days_since_last=24, days_between=60, lines=2.0, price_taste=0.0)
# Now and then, small baskets.
STEADY = Buying(orders=5, days_since_last=60, days_between=95, lines=2.2, price_taste=-0.3)
# A few large orders within a season; nothing for more than a year.
LAPSED = Buying(orders=4, days_since_last=400, days_between=30, lines=2.6, price_taste=0.9)
# One or two small orders, lately.
NEW = Buying(orders=1.5, days_since_last=18, days_between=15, lines=1.6, price_taste=-0.6)

# Hikers: look around before they buy, and keep what they buy.
ENTHUSIASTIC = Habits(
    discounted=0.1,
    returned=0.04,
    cancelled=0.02,
    views=12,
    carts=4,
    categories={CLOTHING: 3, FOOTWEAR: 2, TENTS: 6, PACKS: 6, CAMP_KITCHEN: 3, GARDEN: 0.5, HOME: 0.5},
)
# Got everything for their first camping holiday, without much looking around.
ALL_AT_ONCE = Habits(
    discounted=0.1,
    returned=0.04,
    cancelled=0.02,
    views=5,
    carts=1.5,
    categories={CLOTHING: 2, FOOTWEAR: 2, TENTS: 6, PACKS: 2, CAMP_KITCHEN: 8, GARDEN: 1, HOME: 1},
)
# Look at everything, put it in the basket, and wait for the discount.
DEAL_SEEKING = Habits(
    discounted=0.88,
    returned=0.04,
    cancelled=0.04,
    views=23,
    carts=7,
    categories={CLOTHING: 2, FOOTWEAR: 2, TENTS: 1, PACKS: 3, CAMP_KITCHEN: 5, GARDEN: 4, HOME: 4},
)
# Clothes and shoes in two sizes, of which at least one goes back.
TRYING_ON = Habits(
    discounted=0.1,
    returned=0.75,
    cancelled=0.04,
    views=11,
    carts=4,
    categories={CLOTHING: 10, FOOTWEAR: 8, TENTS: 0.3, PACKS: 0.5, CAMP_KITCHEN: 0.3, GARDEN: 0.3, HOME: 0.3},
)
# Know what they want for home and garden, at full price, and leave.
IN_AND_OUT = Habits(
    discounted=0.06,
    returned=0.02,
    cancelled=0.02,
    views=2,
    carts=1,
    categories={CLOTHING: 0.3, FOOTWEAR: 0.3, TENTS: 0.3, PACKS: 0.3, CAMP_KITCHEN: 1, GARDEN: 5, HOME: 12},
)

# Love the things and the people.
DELIGHTED = Voice(
    silent=0.05,
    reviews_per_order=0.5,
    mood=4.8,
    drift=0.0,
    talks_about={"quality": 5, "delivery": 2, "service": 3, "price": 1, "fit": 1},
)
# Nothing arrives on time, and it gets worse.
FURIOUS = Voice(
    silent=0.05,
    reviews_per_order=0.5,
    mood=1.4,
    drift=-0.4,
    talks_about={"delivery": 8, "service": 3, "quality": 1, "price": 0.5, "fit": 0.5},
)
# Nothing to complain about.
CONTENT = Voice(
    silent=0.05,
    reviews_per_order=0.75,
    mood=4.7,
    drift=0.0,
    talks_about={"quality": 3, "price": 2, "delivery": 2, "fit": 1, "service": 1},
)
# It broke; the first time they still gave it a chance.
LET_DOWN = Voice(
    silent=0.05,
    reviews_per_order=0.75,
    mood=1.5,
    drift=-0.6,
    talks_about={"quality": 7, "price": 2, "service": 2, "delivery": 1, "fit": 1},
)
# Good things and bad things, mostly about price and size.
EVEN_HANDED = Voice(
    silent=0.12,
    reviews_per_order=0.5,
    mood=4.0,
    drift=0.0,
    talks_about={"price": 3, "fit": 3, "quality": 2, "delivery": 1, "service": 1},
)
# Content, but hardly any of them ever writes.
TIGHT_LIPPED = replace(CONTENT, silent=0.85, reviews_per_order=0.3)

PERSONAS = (
    Persona("champions", 0.13, LOYAL, ENTHUSIASTIC, DELIGHTED),
    Persona("loyal_but_furious", 0.13, LOYAL, ENTHUSIASTIC, FURIOUS),
    Persona("lapsed_but_content", 0.12, LAPSED, ALL_AT_ONCE, CONTENT),
    Persona("lapsed_and_let_down", 0.13, LAPSED, ALL_AT_ONCE, LET_DOWN),
    Persona("bargain_hunters", 0.14, STEADY, DEAL_SEEKING, EVEN_HANDED),
    Persona("size_samplers", 0.12, STEADY, TRYING_ON, EVEN_HANDED),
    Persona("quiet_regulars", 0.13, STEADY, IN_AND_OUT, TIGHT_LIPPED),
    Persona("newcomers", 0.10, NEW, ENTHUSIASTIC, DELIGHTED),
)
