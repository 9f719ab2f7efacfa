"""Amazon reviews: of each edition and format, a review is a review and the purchase behind it."""

import gzip
import json
from pathlib import Path

import pytest

# reviewerID, asin, overall, summary, reviewText, unixReviewTime
REVIEWS_2014 = [
    ("A1", "B1", 5.0, "ok", "Fine.", 1393545600),
    ("A1", "B1", 1.0, "no", "Broke.", 1393632000),
    ("A2", "B2", 4.0, None, "", 1363392000),
    ("A2", "B2", 4.0, None, "", 1363392000),
    ("A3", "B3", "many", None, "Secret", 1363392000),
    ("A3", "B1", 3.0, None, "Secret", "soon"),
    (None, "B1", 3.0, None, "Secret", 1363392000),
]
METADATA_2014 = [
    {"asin": "B1", "title": "Pop filter", "price": 6.99, "categories": [["Instruments", "Microphones", "Filters"]]},
    {"asin": "B2", "title": "It's a cable", "categories": [["Instruments"]]},
    {"asin": "B9", "price": "$12.99 - $24.99", "categories": []},
]


def review_2014(values: tuple) -> str:
    names = ("reviewerID", "asin", "overall", "summary", "reviewText", "unixReviewTime")
    return json.dumps({"helpful": [0, 0]} | dict(zip(names, values, strict=True)))


@pytest.fixture(scope="module")
def edition_2014(build_shop, tmp_path_factory):
    """JSON lines, with metadata as the Python literals that this edition has, and a line that is neither."""
    folder: Path = tmp_path_factory.mktemp("amazon")
    with gzip.open(folder / "reviews_Instruments_5.json.gz", "wt") as file:
        file.write("\n".join([*map(review_2014, REVIEWS_2014), '{"reviewerID": "A4", "Secret']))
    with gzip.open(folder / "meta_Instruments.json.gz", "wt") as file:
        file.write("\n".join(str(product) for product in METADATA_2014))
    result = build_shop(folder, source="amazon_reviews", command="run")
    assert result.returncode == 0, result.output
    return result


def test_a_review_is_a_purchase_at_the_products_price(edition_2014) -> None:
    columns = "order_id, customer_id, order_status, cast(net_amount as varchar), currency, cast(ordered_at as varchar)"
    assert edition_2014.query(f"select {columns} from entities.orders order by 1") == [
        ("A1-B1", "A1", "completed", "6.99", "USD", "2014-02-28 00:00:00"),
        ("A1-B1-1393632000", "A1", "completed", "6.99", "USD", "2014-03-01 00:00:00"),
        ("A2-B2", "A2", "completed", None, None, "2013-03-16 00:00:00"),
        ("A3-B3", "A3", "completed", None, None, "2013-03-16 00:00:00"),
    ]
    lines = "select order_id, line_number, product_id, quantity, cast(line_amount as varchar) from entities.order_lines"
    assert edition_2014.query(f"{lines} order by 1") == [
        ("A1-B1", 1, "B1", 1.0, "6.99"),
        ("A1-B1-1393632000", 1, "B1", 1.0, "6.99"),
        ("A2-B2", 1, "B2", 1.0, None),
        ("A3-B3", 1, "B3", 1.0, None),
    ]


def test_reviews_keep_their_words_and_their_purchase(edition_2014) -> None:
    columns = "review_id, customer_id, product_id, order_id, rating, title, body"
    assert edition_2014.query(f"select {columns} from entities.reviews order by 1") == [
        ("A1-B1", "A1", "B1", "A1-B1", 5.0, "ok", "Fine."),
        ("A1-B1-1393632000", "A1", "B1", "A1-B1-1393632000", 1.0, "no", "Broke."),
        ("A2-B2", "A2", "B2", "A2-B2", 4.0, None, None),
    ]


def test_what_cannot_be_used_is_told_and_what_customers_wrote_is_no_order(edition_2014) -> None:
    reasons = "select rejection_reason from entities.checked_{} where rejection_reason is not null order by 1"
    assert edition_2014.query(reasons.format("reviews")) == [
        ("duplicate review_id",),
        ("not a JSON object",),
        ("overall cannot be read",),
        ("review_id is missing",),
        ("unix_review_time cannot be read",),
    ]
    assert edition_2014.query(reasons.format("orders")) == [
        ("duplicate order_id",),
        ("order_id is missing",),
        ("unix_review_time cannot be read: soon",),
    ]
    for entity in ("orders", "order_lines", "products"):
        told = f"select count(*) from entities.checked_{entity} where source_row like '%Secret%'"
        assert edition_2014.query(told) == [(0,)], entity


def test_products_are_those_of_the_metadata_and_those_reviewed(edition_2014) -> None:
    assert edition_2014.query("select product_id, product_name, category from entities.products order by 1") == [
        ("B1", "Pop filter", "Microphones"),
        ("B2", "It's a cable", "Instruments"),
        ("B3", None, None),
        ("B9", None, None),
    ]
    dropped = "select product_id, dropped_values from entities.checked_products where dropped_values is not null"
    assert edition_2014.query(dropped) == [("B9", "price cannot be read")]


def test_the_edition_of_2023_is_read_too(build_shop, tmp_path) -> None:
    review = {"rating": 4.0, "title": "Good", "text": "Nice", "asin": "B1-red", "parent_asin": "B1", "user_id": "U1",
              "timestamp": 1588687728923, "images": [{"url": "x"}]}  # fmt: skip
    product = {
        "main_category": "Instruments",
        "title": "Kazoo",
        "price": "$1,299.99",
        "parent_asin": "B1",
        "categories": [],
    }
    (tmp_path / "Instruments.jsonl").write_text(json.dumps(review))
    (tmp_path / "meta_Instruments.jsonl").write_text(json.dumps(product))
    result = build_shop(tmp_path, source="amazon_reviews", command="run")
    assert result.returncode == 0, result.output
    columns = "review_id, customer_id, product_id, rating, title, body, cast(reviewed_at as varchar)"
    assert result.query(f"select {columns} from entities.reviews") == [
        ("U1-B1-red", "U1", "B1", 4.0, "Good", "Nice", "2020-05-05 14:08:48.923")
    ]
    assert result.query("select cast(net_amount as varchar) from entities.orders") == [("1299.99",)]
    assert result.query("select product_id, product_name, category from entities.products") == [
        ("B1", "Kazoo", "Instruments")
    ]


def test_the_real_reviews_are_all_accepted(build_shop, shared_data) -> None:
    result = build_shop(shared_data("amazon_musical"), source="amazon_reviews")
    assert result.returncode == 0, result.output
    orders = "select count(*), count(distinct customer_id), count(net_amount) from entities.orders"
    assert result.query(orders) == [(10_261, 1_429, 0)]
    reviews = (
        "select count(*), count(distinct customer_id), count(distinct product_id), count(rating) from entities.reviews"
    )
    assert result.query(reviews) == [(10_261, 1_429, 900, 10_261)]
    assert result.query("select count(*) from entities.customers") == [(1_429,)]
