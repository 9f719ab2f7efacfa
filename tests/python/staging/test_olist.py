"""Olist: nine files in two shapes become the contract's entities, and nothing gets lost on the way."""

import gzip
from pathlib import Path

import pytest

FILES = {
    "olist_orders_dataset": """order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at
o1,k1,delivered,2017-10-02 10:56:33,2017-10-02 11:07:15
o2,k2,shipped,10/3/2017 9:05,
o3,k3,canceled,2017-10-04 00:00:00,
o4,k4,lost,2017-10-05 00:00:00,
o5,k9,delivered,2017-10-06 00:00:00,
o6,k5,delivered,2017-10-07 00:00:00,
o7,k5,delivered,some day,
o8,k5,invoiced,2017-10-08 00:00:00,
""",
    "olist_customers_dataset": """customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state
k1,ana,14409,franca,SP
k2,ana,1151,sao paulo,RJ
k3,ana,1151,sao paulo,RJ
k4,bea,1151,sao paulo,SP
k5,caio,9790,recife,PE
k6,,9790,recife,PE
k7,dora,9790
""",
    "olist_order_items_dataset": """order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value
o1,1,p1,s,2017-10-06 11:07:15,10.00,2.50
o1,2,p1,s,2017-10-06 11:07:15,10.00,2.50
o2,1,p1,s,2017-10-06 11:07:15,5.00,1.00
o2,2,p2,s,2017-10-06 11:07:15,7.00,
o6,1.0,p3,s,2017-10-06 11:07:15,20.00,1.00
o8,1,p2,s,2017-10-06 11:07:15,3.00,free
o99,1,p1,s,2017-10-06 11:07:15,1.00,1.00
""",
    "olist_order_payments_dataset": """order_id,payment_sequential,payment_type,payment_installments,payment_value
o1,1,credit_card,1,20.00
o1,2,voucher,1,5.00
o1,2,voucher,1,5.00
o3,1,boleto,1,9.99
o6,1,boleto,1,much
o77,1,boleto,1,1.00
o8
""",
    "olist_order_reviews_dataset": (
        "review_id,order_id,review_score,review_comment_title,review_comment_message,review_creation_date\n"
        'r1,o1,5,Ótimo,"Chegou antes\ndo prazo, ""adorei""",2017-10-12 00:00:00\n'
        "r2,o2,1,,,10/13/2017 0:00\n"
        "r2,o3,1,,,10/13/2017 0:00\n"
        "r3,o66,4,,,2017-10-12 00:00:00\n"
        "r4,o6,cinco,,segredo,2017-10-12 00:00:00\n"
    ),
    "olist_products_dataset": """product_id,product_category_name,product_name_lenght
p1,beleza_saude,44
p2,pc_gamer,10
p3,,
""",
    "product_category_name_translation": """\ufeffproduct_category_name,product_category_name_english
beleza_saude,health_beauty
broken
""",
    "olist_geolocation_dataset": "geolocation_zip_code_prefix\n1037\n",
}


@pytest.fixture(scope="module")
def olist(build_shop, tmp_path_factory):
    """The files above, every other one gzipped."""
    folder: Path = tmp_path_factory.mktemp("olist")
    for position, (name, text) in enumerate(FILES.items()):
        content = text.encode()
        (folder / f"{name}.csv{'.gz' * (position % 2)}").write_bytes(
            gzip.compress(content) if position % 2 else content
        )
    result = build_shop(folder, source="olist", command="run")
    assert result.returncode == 0, result.output
    return result


def rejected(result, entity: str, key: str) -> list[tuple]:
    return result.query(
        f"select {key}, rejection_reason from entities.checked_{entity} where rejection_reason is not null order by all"
    )


def test_orders_belong_to_persons_and_their_amount_is_what_was_paid(olist) -> None:
    columns = "order_id, customer_id, order_status, cast(net_amount as varchar), cast(ordered_at as varchar)"
    assert olist.query(f"select {columns} from entities.orders order by 1") == [
        ("o1", "ana", "completed", "25.00", "2017-10-02 10:56:33"),
        ("o2", "ana", "completed", "13.00", "2017-10-03 09:05:00"),
        ("o3", "ana", "cancelled", "9.99", "2017-10-04 00:00:00"),
        ("o6", "caio", "completed", "21.00", "2017-10-07 00:00:00"),
        ("o8", "caio", "completed", "3.00", "2017-10-08 00:00:00"),
    ]


def test_orders_and_payments_that_cannot_be_used_are_told(olist) -> None:
    assert rejected(olist, "orders", "order_id") == [
        ("o4", "order_status is none of completed, cancelled, returned"),
        ("o5", "customer_id is not in olist_customers_dataset"),
        ("o6", "a payment: payment_value cannot be read: much"),
        ("o7", "order_purchase_timestamp cannot be read: some day"),
        ("o77", "a payment: unknown order_id"),
        (None, "a payment: expected 5 columns, found 1"),
    ]


def test_persons_have_the_state_of_most_of_their_orders(olist) -> None:
    assert olist.query("select customer_id, country, region from entities.customers order by 1") == [
        ("ana", "BR", "RJ"),
        ("bea", "BR", "SP"),
        ("caio", "BR", "PE"),
    ]
    assert rejected(olist, "customers", "customer_id") == [
        (None, "customer_unique_id is missing"),
        (None, "expected 5 columns, found 3"),
    ]


def test_items_are_lines_of_one_piece(olist) -> None:
    lines = "select order_id, line_number, product_id, quantity, cast(line_amount as varchar) from entities.order_lines"
    assert olist.query(f"{lines} where order_id in ('o1', 'o6') order by 1, 2") == [
        ("o1", 1, "p1", 1.0, "10.00"),
        ("o1", 2, "p1", 1.0, "10.00"),
        ("o6", 1, "p3", 1.0, "20.00"),
    ]
    assert rejected(olist, "order_lines", "order_id") == [("o99", "unknown order_id, or an order that was rejected")]


def test_categories_are_english_where_they_are_translated(olist) -> None:
    assert olist.query("select product_id, category from entities.products order by 1") == [
        ("p1", "health beauty"),
        ("p2", "pc gamer"),
        ("p3", None),
    ]
    assert rejected(olist, "products", "product_id") == [(None, "a category: expected 2 columns, found 1")]


def test_reviews_are_by_the_orders_customer_and_of_its_only_product(olist) -> None:
    reviews = (
        "select review_id, customer_id, product_id, order_id, rating, title, body from entities.reviews order by 1"
    )
    assert olist.query(reviews) == [
        ("r1", "ana", "p1", "o1", 5.0, "Ótimo", 'Chegou antes\ndo prazo, "adorei"'),
        ("r2", "ana", None, "o2", 1.0, None, None),
    ]
    assert rejected(olist, "reviews", "review_id") == [
        ("r2", "duplicate review_id"),
        ("r3", "unknown order_id, or an order that cannot be read"),
        ("r4", "review_score cannot be read"),
    ]


def test_the_sample_joins_completely(build_shop, shared_data) -> None:
    result = build_shop(shared_data("olist_sample"), source="olist")
    assert result.returncode == 0, result.output
    orders = "select count(*), count(net_amount), count(distinct customer_id), cast(sum(net_amount) as varchar)"
    assert result.query(f"{orders} from entities.orders") == [(5_000, 5_000, 4_991, "797327.07")]
    assert result.query("select order_status, count(*) from entities.orders group by 1 order by 1") == [
        ("cancelled", 49),
        ("completed", 4_951),
    ]
    for entity, rows in {"customers": 4_991, "order_lines": 5_603, "products": 3_859, "reviews": 4_988}.items():
        assert result.query(f"select count(*) from entities.{entity}") == [(rows,)], entity
        assert result.query(f"select count(rejection_reason) from entities.checked_{entity}") == [(0,)], entity
