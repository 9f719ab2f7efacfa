"""What the customers do: orders, their lines, and what they click on."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np

from python_udfs.demo_shop.baskets import BasketLine, Shelves, fill_basket, send_back
from python_udfs.demo_shop.chance import around, happens, pick, weighted_pick
from python_udfs.demo_shop.noise import Noise
from python_udfs.demo_shop.people import CLOSES, OPENS, Shopper
from python_udfs.demo_shop.personas import Buying
from python_udfs.demo_shop.tables import Event, Order, OrderLine

CURRENCY = "EUR"
DISCOUNTS = (0.1, 0.15, 0.2, 0.25, 0.3)

# How many orders come in by hour, from midnight: few at night, most in the evening.
_HOURS = dict(enumerate((2, 1, 1, 1, 1, 1, 2, 4, 6, 7, 8, 8, 9, 8, 7, 7, 7, 8, 9, 11, 13, 13, 9, 5)))


@dataclass(frozen=True)
class Purchase:
    """An order before it has a number; `shopper` is None for a guest."""

    ordered_at: datetime
    shopper: Shopper | None
    status: str
    discount: float
    basket: list[BasketLine]


def purchases(rng: np.random.Generator, shopper: Shopper, shelves: Shelves, noise: Noise) -> list[Purchase]:
    """All orders of one shopper in the two years, oldest first; at least one."""
    return [_purchase(rng, shopper, shelves, moment) for moment in _moments(rng, shopper.buying, noise)]


def guest_purchases(rng: np.random.Generator, people: list[Shopper], shelves: Shelves, count: int) -> list[Purchase]:
    """Orders without an account, each by somebody who buys like one of the customers, on any day."""
    days = rng.uniform(0, (CLOSES - OPENS).days - 1, size=count)
    moments = [_time_of_day(rng, OPENS + timedelta(days=float(day))) for day in days]
    return [replace(_purchase(rng, pick(rng, people), shelves, moment), shopper=None) for moment in moments]


def numbered(made: list[Purchase]) -> list[tuple[str, Purchase]]:
    """The purchases with their order_id, in the order they came in."""
    came_in = sorted(made, key=lambda purchase: (purchase.ordered_at, _customer_id(purchase) or ""))
    return [(f"O{number:05d}", purchase) for number, purchase in enumerate(came_in, start=1)]


def order_row(order_id: str, purchase: Purchase) -> Order:
    """The purchase as a row of orders."""
    gross = round(sum(line.amount for line in purchase.basket), 2)
    discount = round(gross * purchase.discount, 2)
    return Order(
        order_id=order_id,
        customer_id=_customer_id(purchase),
        ordered_at=purchase.ordered_at,
        order_status=purchase.status,
        gross_amount=gross,
        discount_amount=discount,
        net_amount=round(gross - discount, 2),
        currency=CURRENCY,
    )


def line_rows(order_id: str, purchase: Purchase) -> list[OrderLine]:
    """The purchase's basket as rows of order_lines."""
    return [
        OrderLine(order_id, number, line.article.product.product_id, line.quantity, line.article.price, line.amount)
        for number, line in enumerate(purchase.basket, start=1)
    ]


def events(
    rng: np.random.Generator, made: dict[str, list[Purchase]], people: list[Shopper], shelves: Shelves
) -> list[Event]:
    """Everything everybody did on the site, in order of time; most of it in the days before an order.

    made: customer_id -> that customer's purchases.
    """
    happened = sorted(
        (happening for person in people for happening in _happenings(rng, person, made[person.customer_id], shelves)),
        key=lambda happening: (happening[1], happening[0], happening[2], happening[3] or ""),
    )
    return [Event(f"E{number:05d}", *happening) for number, happening in enumerate(happened, start=1)]


def _customer_id(purchase: Purchase) -> str | None:
    return purchase.shopper.customer_id if purchase.shopper else None


def _moments(rng: np.random.Generator, buying: Buying, noise: Noise) -> list[datetime]:
    """When somebody ordered, oldest first: back from their last order, closer together where the two years end."""
    count = max(1, round(buying.orders))
    shape = 1 / noise.gap_irregularity**2
    gaps = rng.gamma(shape, buying.days_between / shape, size=count - 1)
    room = ((CLOSES - OPENS).days - 1 - buying.days_since_last) * float(rng.uniform(0.85, 1))
    squeezed = min(1.0, room / gaps.sum()) if count > 1 else 1.0
    days_ago = buying.days_since_last + squeezed * np.concatenate([[0.0], np.cumsum(gaps)])
    return sorted(_time_of_day(rng, CLOSES - timedelta(days=float(days))) for days in np.maximum(days_ago, 1))


def _time_of_day(rng: np.random.Generator, day: datetime) -> datetime:
    midnight = datetime(day.year, day.month, day.day)
    return midnight + timedelta(hours=weighted_pick(rng, _HOURS), seconds=int(rng.integers(3600)))


def _purchase(rng: np.random.Generator, shopper: Shopper, shelves: Shelves, moment: datetime) -> Purchase:
    habits = shopper.habits
    basket = fill_basket(rng, shelves, shopper)
    discount = pick(rng, DISCOUNTS) if happens(rng, habits.discounted) else 0.0
    if happens(rng, habits.cancelled):
        return Purchase(moment, shopper, "cancelled", discount, basket)
    if happens(rng, habits.returned):
        kept = send_back(rng, basket)
        status = "returned" if kept is None else "completed"
        return Purchase(moment, shopper, status, discount, kept or basket)
    return Purchase(moment, shopper, "completed", discount, basket)


def _happenings(
    rng: np.random.Generator, person: Shopper, made: list[Purchase], shelves: Shelves
) -> list[tuple[str, datetime, str, str | None]]:
    habits = person.habits
    expected = {
        "view": habits.views,
        "cart": habits.carts,
        "wishlist": 0.06 * habits.views,
        "search": 0.08 * habits.views,
        "support": 0.2,
    }
    return [
        (person.customer_id, _before_an_order(rng, made), kind, _looked_at(rng, kind, person, shelves))
        for kind, count in expected.items()
        for _ in range(int(rng.poisson(count)))
    ]


def _before_an_order(rng: np.random.Generator, made: list[Purchase]) -> datetime:
    moment = pick(rng, made).ordered_at - timedelta(minutes=int(60 * 24 * around(rng, 2.0, 1.2)))
    return max(moment, OPENS + timedelta(seconds=int(rng.integers(86400))))


def _looked_at(rng: np.random.Generator, kind: str, person: Shopper, shelves: Shelves) -> str | None:
    if kind in ("search", "support"):
        return None
    return shelves.take(rng, person).product.product_id
