"""Small shops whose customers differ in what a test wants them to differ in, and in nothing else."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CONTENT = ("What a wonderful thing, I love it", "Excellent quality, very happy", "Great, works perfectly, thank you")
DISCONTENT = ("Terrible, it broke at once", "Awful quality, very unhappy", "A waste of money, I want it back")


@dataclass(frozen=True)
class Shopper:
    """A customer with four like orders. Each field is a feature that no other field moves.

    views, carts: events. discount: share of the gross amount. returned, cancelled: orders beside the four.
    """

    views: int = 3
    carts: int = 0
    discount: float = 0.0
    returned: int = 0
    cancelled: int = 0


def write(folder: Path, table: str, rows: Sequence[dict[str, Any]]) -> None:
    """Write a file of the input contract."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{table}.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def write_shoppers(folder: Path, shoppers: Sequence[Shopper], useless_orders: int = 0) -> Path:
    """Write a shop of these customers; useless_orders have a status that nobody knows."""
    orders, events = [], []
    for number, shopper in enumerate(shoppers):
        customer = f"c{number:03d}"
        statuses = ["completed"] * 4 + ["returned"] * shopper.returned + ["cancelled"] * shopper.cancelled
        for place, status in enumerate(statuses):
            orders.append(order(f"o{len(orders)}", customer, place, status, shopper.discount))
        for kind, times in (("view", shopper.views), ("cart", shopper.carts)):
            for _ in range(times):
                moment = {"occurred_at": "2024-01-15T12:00:00", "event_type": kind}
                events.append({"event_id": f"e{len(events)}", "customer_id": customer, **moment})
    useless = [order(f"u{number}", "c000", 0, "paid", 0.0) for number in range(useless_orders)]
    write(folder, "orders", orders + useless)
    write(folder, "events", events)
    return folder


def order(order_id: str, customer: str, place: int, status: str, discount: float) -> dict[str, str]:
    """An order for which 100 is paid; a customer's first four are a month apart, the others on the day of the first."""
    return {
        "order_id": order_id,
        "customer_id": customer,
        "ordered_at": f"2024-{1 + place if place < 4 else 1:02d}-10T12:00:00",
        "order_status": status,
        "net_amount": "100.00",
        "discount_amount": f"{100 * discount / (1 - discount):.2f}",
    }


def write_reviews(folder: Path, rows: Sequence[tuple[str, int, str]]) -> Path:
    """Add reviews to a shop: customer, stars, words."""
    write(
        folder,
        "reviews",
        [
            {"review_id": f"r{number}", "customer_id": customer, "rating": stars, "body": body}
            for number, (customer, stars, body) in enumerate(rows)
        ],
    )
    return folder
