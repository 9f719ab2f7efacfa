from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from python_udfs.demo_shop.chance import streams
from python_udfs.demo_shop.dirt import (
    BLANK_TEXT,
    DIRT,
    FUTURE_DATE,
    IMPOSSIBLE_DATE,
    RATING_OUT_OF_RANGE,
    UNKNOWN_CUSTOMER,
    UNREADABLE_AMOUNT,
    Dirt,
    Sheet,
)
from python_udfs.demo_shop.noise import NOISE
from python_udfs.demo_shop.shop import open_shop
from python_udfs.demo_shop.tables import DemoShop
from python_udfs.demo_shop.write import exported
from tests.python.demo_shop.conftest import rows

CLEAN = Dirt(**dict.fromkeys(Dirt.__dataclass_fields__, 0))


def _counts(sheets: dict[str, Sheet]) -> Dirt:
    """How much of each kind of dirt there is."""
    orders, lines, reviews, events = (sheets[name] for name in ("orders", "order_lines", "reviews", "events"))
    texts = [row for row in reviews.rows if len(row) == len(reviews.columns)]
    title, body = reviews.place("title"), reviews.place("body")
    return Dirt(
        repeated_orders=_repeated(orders),
        repeated_order_lines=_repeated(lines),
        repeated_reviews=_repeated(reviews),
        repeated_events=_repeated(events),
        conflicting_orders=len({tuple(row) for row in orders.rows}) - len({row[0] for row in orders.rows}),
        unreadable_amounts=_having(orders, "net_amount", UNREADABLE_AMOUNT),
        impossible_order_dates=_having(orders, "ordered_at", IMPOSSIBLE_DATE),
        impossible_review_dates=_having(reviews, "reviewed_at", IMPOSSIBLE_DATE),
        future_orders=_having(orders, "ordered_at", FUTURE_DATE),
        ratings_out_of_range=_having(reviews, "rating", RATING_OUT_OF_RANGE),
        orders_of_unknown_customers=_having(orders, "customer_id", UNKNOWN_CUSTOMER),
        reviews_of_unknown_customers=_having(reviews, "customer_id", UNKNOWN_CUSTOMER),
        events_of_unknown_customers=_having(events, "customer_id", UNKNOWN_CUSTOMER),
        short_order_lines=sum(len(row) < len(lines.columns) for row in lines.rows),
        long_reviews=sum(len(row) > len(reviews.columns) for row in reviews.rows),
        blank_texts=len({row[0] for row in texts if row[body] == BLANK_TEXT}),
        titles_without_text=len({row[0] for row in texts if row[title] and not row[body]}),
    )


def _repeated(sheet: Sheet) -> int:
    return sum(count - 1 for count in Counter(map(tuple, sheet.rows)).values())


def _having(sheet: Sheet, column: str, value: str) -> int:
    return len({row[0] for row in sheet.rows if len(row) > sheet.place(column) and row[sheet.place(column)] == value})


def _read(folder: Path) -> dict[str, Sheet]:
    sheets = {}
    for path in folder.glob("*.csv"):
        header, *body = rows(path)
        sheets[path.stem] = Sheet(tuple(header), body)
    return sheets


def test_the_shipped_files_have_each_kind_of_dirt_as_often_as_told(written: Path):
    assert _counts(_read(written / "demo")) == DIRT


def test_dirt_is_a_few_dozen_rows():
    assert 24 <= sum(vars(DIRT).values()) <= 72


@settings(max_examples=12)
@given(seed=st.integers(0, 2**32 - 1))
def test_any_shop_has_each_kind_of_dirt_as_often_as_told(seed: int):
    shop = open_shop(seed, 50)
    sheets = exported(shop, streams(seed)["dirt"])
    assert _counts(sheets) == DIRT


def test_without_dirt_there_is_none(shop: DemoShop):
    assert _counts(exported(shop, streams(1)["dirt"], CLEAN)) == CLEAN


def test_the_clean_rows_are_all_there(shop: DemoShop, written: Path):
    clean = exported(shop, streams(1)["dirt"], CLEAN)
    dirty = _read(written / "demo")
    for entity, sheet in clean.items():
        missing = set(map(tuple, sheet.rows)) - set(map(tuple, dirty[entity].rows))
        blanked = DIRT.blank_texts + DIRT.titles_without_text if entity == "reviews" else 0
        assert len(missing) == blanked, entity


def test_some_orders_are_guests_cancelled_or_returned(shop: DemoShop):
    orders = len(shop.orders)
    guests = sum(order.customer_id is None for order in shop.orders)
    assert guests / orders == pytest.approx(NOISE.guest_orders, abs=0.002)
    statuses = Counter(order.order_status for order in shop.orders)
    assert set(statuses) == {"completed", "cancelled", "returned"}
    assert min(statuses.values()) > 0.02 * orders


def test_lines_that_came_back_have_a_negative_quantity(shop: DemoShop):
    back = [line for line in shop.order_lines if line.quantity < 0]
    sold = Counter((line.order_id, line.product_id) for line in shop.order_lines if line.quantity > 0)
    assert len(back) > 100
    assert all((line.order_id, line.product_id) in sold for line in back)


def test_some_customers_do_not_tell_their_age_or_gender(shop: DemoShop):
    customers = len(shop.customers)
    ageless = sum(customer.birth_year is None for customer in shop.customers)
    genderless = sum(customer.gender is None for customer in shop.customers)
    assert ageless / customers == pytest.approx(NOISE.birth_year_unknown, abs=0.03)
    assert genderless / customers == pytest.approx(NOISE.gender_unknown, abs=0.03)
