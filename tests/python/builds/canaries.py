"""A small shop in every text of which personal data are planted, each once, so that a leak tells where it's from."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from tests.python.builds.shops import CONTENT, DISCONTENT

AREA_CODES = (202, 212, 303, 312, 415, 617, 650, 702)
NETWORKS = ("192.0.2", "198.51.100", "203.0.113")
CUSTOMERS = 90
PRAISE = ("great lamp", "soft towel", "my cat loves it", "strong rope", "fine paint", "good soup bowl")


@dataclass(frozen=True)
class Canary:
    """A made-up personal datum: where it is planted, how it's written, and what of it may be found nowhere."""

    place: str
    written: str
    pieces: tuple[str, ...]


@dataclass
class CanaryShop:
    """Writes the files of a shop into `folder`, and remembers what was planted."""

    folder: Path
    canaries: list[Canary] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def plant(self, place: str) -> list[str]:
        """One new canary of each type, for one field."""
        number = next(self.numbers)
        area, last = AREA_CODES[number // 100], f"555 01{number % 100:02d}"
        card = with_luhn(f"4000{number:04d}1234567")
        person = with_check_digits(f"{700_000_000 + number}")
        network, host = NETWORKS[number // 250], 1 + number % 250
        spaced = " ".join(card[start : start + 4] for start in range(0, 16, 4))
        dotted = f"{person[:3]}.{person[3:6]}.{person[6:9]}-{person[9:]}"
        new = [
            Canary(place, f"canary-{number}@example.com", (f"canary-{number}@",)),
            Canary(place, f"+1 {area} {last}", (f"{area} {last}",)),
            Canary(place, spaced, (spaced, card)),
            Canary(place, dotted, (dotted[:11], person)),
            Canary(place, f"https://leak-{number}.example.org/me", (f"leak-{number}.",)),
            Canary(place, f"{network}.{host}", (f"{network}.{host}",)),
            Canary(place, f"{1000 + number} Canary Street", (f"{1000 + number} Canary",)),
        ]
        self.canaries += new
        return [canary.written for canary in new]

    def sentence(self, place: str, words: str) -> str:
        """The words, and one canary of each type as people tell them."""
        email, phone, card, person, url, address, street = self.plant(place)
        return (
            f"{words}. Write to {email} or call {phone}, card {card}, CPF {person}, see {url}, from {address}, "
            f"I live at {street}."
        )

    def write(self, table: str, rows: list[dict[str, Any]], broken: bool = True) -> None:
        """A file with a column that nobody knows, and lines that don't split into columns."""
        columns = list(dict.fromkeys(name for row in rows for name in row))
        with (self.folder / f"{table}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, [*columns, "remark"])
            writer.writeheader()
            writer.writerows(rows)
            writer.writerow({columns[0]: "remarked"} | {"remark": self.sentence(f"{table}.unknown column", "Hello")})
            if broken:
                file.write(f"b1,{self.sentence(f'{table}.too few columns', 'Oh').replace(',', ';')}\r\n")
                file.write(f'b2,"{self.sentence(f"{table}.open quote", "Oh")}\r\n')


def write_canary_shop(folder: Path) -> CanaryShop:
    """Customers of three kinds, with canaries in every text of every file; those of bad rows included."""
    folder.mkdir(parents=True)
    shop = CanaryShop(folder)
    _write_customers(shop)
    _write_products(shop)
    _write_orders(shop)
    _write_reviews(shop)
    _write_events(shop)
    return shop


def _write_customers(shop: CanaryShop) -> None:
    rows = [{"customer_id": f"c{number:03d}", "region": f"Region {number % 3}"} for number in range(CUSTOMERS)]
    for column in ("gender", "country", "region", "signed_up_at", "birth_year", "marketing_consent"):
        planted = shop.plant(f"customers.{column}")
        rows += [{"customer_id": f"x-{column}-{place}", column: text} for place, text in enumerate(planted)]
        # Of two rows with one key the second is rejected.
        rows += [{"customer_id": "c000", column: text} for text in shop.plant(f"customers.{column}, rejected")]
    shop.write("customers", rows)


def _write_products(shop: CanaryShop) -> None:
    rows: list[dict[str, Any]] = [
        {
            "product_id": f"p{number}",
            "product_name": shop.sentence("products.product_name", "Thing"),
            "category": shop.sentence("products.category", f"Kind {number}"),
        }
        for number in range(3)
    ]
    for column in ("product_name", "category"):
        bare = enumerate(shop.plant(f"products.{column}, bare"))
        rows += [{"product_id": f"p-{column}-{place}", column: text} for place, text in bare]
        rows += [{"product_id": "", column: text} for text in shop.plant(f"products.{column}, rejected")]
    shop.write("products", rows)


def _write_orders(shop: CanaryShop) -> None:
    orders, lines = [], []
    for customer in range(CUSTOMERS):
        for place in range(2 + customer % 3 * 2):
            order = {"order_id": f"o{len(orders)}", "customer_id": f"c{customer:03d}"}
            order |= {"ordered_at": f"2024-{1 + place:02d}-{1 + customer % 28:02d}", "order_status": "completed"}
            order |= {"net_amount": f"{20 * (1 + customer % 3)}.00", "currency": "EUR"}
            lines.append({"order_id": order["order_id"], "line_number": 1, "product_id": f"p{customer % 3}"})
            lines[-1] |= {"quantity": 1, "unit_price": order["net_amount"], "line_amount": order["net_amount"]}
            orders.append(order)
    good_order, good_line = orders[0], lines[0]
    for text in shop.plant("orders.currency"):
        orders.append(good_order | {"order_id": f"o{len(orders)}", "currency": text})
    for column in ("ordered_at", "order_status", "gross_amount", "discount_amount", "net_amount"):
        for text in shop.plant(f"orders.{column}"):
            orders.append(good_order | {"order_id": f"bad{len(orders)}", column: text})
    for column in ("line_number", "quantity", "unit_price", "line_amount"):
        for text in shop.plant(f"order_lines.{column}"):
            lines.append(good_line | {"order_id": f"o{len(lines) % 100}", column: text})
    shop.write("orders", orders)
    shop.write("order_lines", lines)


def _write_reviews(shop: CanaryShop) -> None:
    rows: list[dict[str, Any]] = []
    for customer in range(CUSTOMERS):
        happy = customer % 2 == 0
        words = f"{(CONTENT if happy else DISCONTENT)[customer % 3]}, {PRAISE[customer % 6]} {customer}"
        planted = customer < 6
        rows.append(
            {
                "review_id": f"r{customer}",
                "customer_id": f"c{customer:03d}",
                "rating": 5 if happy else 1,
                "title": shop.sentence("reviews.title", words) if planted else words,
                "body": shop.sentence("reviews.body", words) if planted else words,
            }
        )
    for column in ("title", "body"):
        bare = enumerate(shop.plant(f"reviews.{column}, bare"))
        rows += [{"review_id": f"r-{column}-{place}", "customer_id": "c001", column: text} for place, text in bare]
    for column in ("rating", "reviewed_at", "title", "body"):
        bad = enumerate(shop.plant(f"reviews.{column}, rejected"))
        rows += [{"review_id": f"x-{column}-{place}", "customer_id": "nobody", column: text} for place, text in bad]
    shop.write("reviews", rows)


def _write_events(shop: CanaryShop) -> None:
    rows = [
        {"event_id": f"e{number}", "customer_id": f"c{number % CUSTOMERS:03d}", "occurred_at": "2024-03-01"}
        | {"event_type": "view" if number % 3 else "cart"}
        for number in range(3 * CUSTOMERS)
    ]
    good = rows[0]
    kinds, bad = shop.plant("events.event_type"), shop.plant("events.occurred_at")
    rows += [good | {"event_id": f"k{place}", "event_type": text} for place, text in enumerate(kinds)]
    rows += [good | {"event_id": f"m{place}", "occurred_at": text} for place, text in enumerate(bad)]
    shop.write("events", rows)


def with_luhn(digits: str) -> str:
    """Fifteen digits and Luhn's check digit."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[::-2])
    return digits + str(-(sum(doubled) + sum(int(digit) for digit in digits[-2::-2])) % 10)


def with_check_digits(digits: str) -> str:
    """Nine digits and the two check digits of a Brazilian tax number."""
    for first in (10, 11):
        total = sum(int(digit) * weight for digit, weight in zip(digits, range(first, 1, -1), strict=True))
        digits += str(total * 10 % 11 % 10)
    return digits
