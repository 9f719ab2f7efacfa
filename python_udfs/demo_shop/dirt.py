"""The dirt that real exports have, scattered over the rows of a clean shop.

Broken rows are rows of their own, with keys of their own, so that the clean shop stays whole beside them. Guests,
unknown birth years and star-only reviews are no dirt but part of the shop (see noise.py).
"""

from dataclasses import dataclass

import numpy as np

Row = list[str]


@dataclass
class Sheet:
    """A table as it is exported: its columns and its rows, all text."""

    columns: tuple[str, ...]
    rows: list[Row]

    def place(self, column: str) -> int:
        """Where the column stands."""
        return self.columns.index(column)


@dataclass(frozen=True)
class Dirt:
    """How many rows of each kind of dirt there are; together a few dozen."""

    # Whole rows twice.
    repeated_orders: int = 6
    repeated_order_lines: int = 6
    repeated_reviews: int = 5
    repeated_events: int = 5
    # An order_id that exists, with another customer, day and amount.
    conflicting_orders: int = 3
    # "12,3x" as the net amount of an order.
    unreadable_amounts: int = 3
    # "2024-13-45" as the day of an order or a review.
    impossible_order_dates: int = 2
    impossible_review_dates: int = 2
    # An order of the year 2087.
    future_orders: int = 1
    # Nine stars.
    ratings_out_of_range: int = 3
    # A customer_id that customers.csv does not have.
    orders_of_unknown_customers: int = 3
    reviews_of_unknown_customers: int = 2
    events_of_unknown_customers: int = 2
    # A row that ends too early, and one that goes on too long.
    short_order_lines: int = 1
    long_reviews: int = 1
    # Reviews whose text is nothing but spaces, and whose text is empty though they have a title.
    blank_texts: int = 6
    titles_without_text: int = 4


DIRT = Dirt()
UNREADABLE_AMOUNT = "12,3x"
IMPOSSIBLE_DATE = "2024-13-45"
FUTURE_DATE = "2087-06-15 12:00:00"
RATING_OUT_OF_RANGE = "9"
UNKNOWN_CUSTOMER = "C-unknown"
BLANK_TEXT = "   "


def scatter(rng: np.random.Generator, sheets: dict[str, Sheet], dirt: Dirt = DIRT) -> None:
    """Put the dirt into the sheets, which are changed in place. A sheet without rows stays as it is."""
    _scatter_over_orders(rng, sheets["orders"], dirt)
    _scatter_over_order_lines(rng, sheets["order_lines"], dirt)
    _scatter_over_reviews(rng, sheets["reviews"], dirt)
    _scatter_over_events(rng, sheets["events"], dirt)


def _scatter_over_orders(rng: np.random.Generator, orders: Sheet, dirt: Dirt) -> None:
    broken = [
        *_alike(rng, orders, "OX1", dirt.unreadable_amounts, net_amount=UNREADABLE_AMOUNT),
        *_alike(rng, orders, "OX2", dirt.impossible_order_dates, ordered_at=IMPOSSIBLE_DATE),
        *_alike(rng, orders, "OX3", dirt.future_orders, ordered_at=FUTURE_DATE),
        *_alike(rng, orders, "OX4", dirt.orders_of_unknown_customers, customer_id=UNKNOWN_CUSTOMER),
    ]
    places = [int(place) for place in rng.permutation(len(orders.rows))]
    keys, contents, doubles = np.split(places, [dirt.conflicting_orders, 2 * dirt.conflicting_orders])
    conflicting = [
        [orders.rows[key][0], *orders.rows[content][1:]] for key, content in zip(keys, contents, strict=False)
    ]
    _repeat(orders, [int(place) for place in doubles[: dirt.repeated_orders]])
    orders.rows.extend(conflicting)
    _put_anywhere(rng, orders, broken)


def _scatter_over_order_lines(rng: np.random.Generator, order_lines: Sheet, dirt: Dirt) -> None:
    short = [row[:2] for row in _alike(rng, order_lines, "OX5", dirt.short_order_lines)]
    _repeat(order_lines, _some_places(rng, order_lines, dirt.repeated_order_lines))
    _put_anywhere(rng, order_lines, short)


def _scatter_over_reviews(rng: np.random.Generator, reviews: Sheet, dirt: Dirt) -> None:
    broken = [
        *_alike(rng, reviews, "RX1", dirt.impossible_review_dates, reviewed_at=IMPOSSIBLE_DATE),
        *_alike(rng, reviews, "RX2", dirt.ratings_out_of_range, rating=RATING_OUT_OF_RANGE),
        *_alike(rng, reviews, "RX3", dirt.reviews_of_unknown_customers, customer_id=UNKNOWN_CUSTOMER),
        *([*row, "and one more thing"] for row in _alike(rng, reviews, "RX4", dirt.long_reviews)),
    ]
    _empty_texts(rng, reviews, dirt)
    _repeat(reviews, _some_places(rng, reviews, dirt.repeated_reviews))
    _put_anywhere(rng, reviews, broken)


def _scatter_over_events(rng: np.random.Generator, events: Sheet, dirt: Dirt) -> None:
    broken = _alike(rng, events, "EX1", dirt.events_of_unknown_customers, customer_id=UNKNOWN_CUSTOMER)
    _repeat(events, _some_places(rng, events, dirt.repeated_events))
    _put_anywhere(rng, events, broken)


def _alike(rng: np.random.Generator, sheet: Sheet, key_start: str, count: int, **values: str) -> list[Row]:
    """New rows like existing ones of known customers, with a new key and with the given values."""
    alike = [list(row) for row in sheet.rows if "customer_id" not in sheet.columns or row[sheet.place("customer_id")]]
    rows = [alike[int(place)] for place in rng.permutation(len(alike))[:count]]
    for number, row in enumerate(rows):
        row[0] = f"{key_start}{number}"
        for column, value in values.items():
            row[sheet.place(column)] = value
    return rows


def _empty_texts(rng: np.random.Generator, reviews: Sheet, dirt: Dirt) -> None:
    """Blank the text of some reviews, and take it from some others."""
    title, body = reviews.place("title"), reviews.place("body")
    titled = [row for row in reviews.rows if row[title] and row[body]]
    chosen = [titled[int(place)] for place in rng.permutation(len(titled))]
    for row in chosen[: dirt.blank_texts]:
        row[body] = BLANK_TEXT
    for row in chosen[dirt.blank_texts : dirt.blank_texts + dirt.titles_without_text]:
        row[body] = ""


def _repeat(sheet: Sheet, places: list[int]) -> None:
    """The same row again, right after itself."""
    for place in sorted(places, reverse=True):
        sheet.rows.insert(place, list(sheet.rows[place]))


def _put_anywhere(rng: np.random.Generator, sheet: Sheet, rows: list[Row]) -> None:
    for row in rows:
        sheet.rows.insert(int(rng.integers(len(sheet.rows) + 1)), row)


def _some_places(rng: np.random.Generator, sheet: Sheet, count: int) -> list[int]:
    """`count` different places in the sheet, or all of them if there are fewer."""
    return [int(place) for place in rng.permutation(len(sheet.rows))[:count]]
