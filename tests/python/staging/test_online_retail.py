"""Online Retail: the known totals, and the rules that lead to them on a few lines."""

import datetime as dt

import openpyxl
import pytest

HEADING = ("Invoice", "StockCode", "Description", "Quantity", "InvoiceDate", "Price", "Customer ID", "Country")


def at(minute: int) -> dt.datetime:
    return dt.datetime(2009, 12, 1, 7, minute)


LINES = [
    (489434, "85048", "GLASS BALL", 12, at(45), 6.95, 13085, "United Kingdom"),
    (489434, "85048", "GLASS BALL", 12, at(45), 6.95, 13085, "United Kingdom"),
    (489434, "POST", "POSTAGE", 1, at(46), 18.0, 13085, "United Kingdom"),
    (489435, "85123a", "WHITE HEART", 2, at(50), 0.001, 13086, "France"),
    (489435, "85123A", "WHITE HEART", 2, at(50), 2.55, 13086, "France"),
    (489435, "22350", None, -2, at(50), 0, 13086, "France"),
    ("C489449", "22087", "BUNTING", -12, at(55), 2.95, 13086, "Germany"),
    (489500, "22350", "damages", -5, at(56), 0, None, "United Kingdom"),
    (489501, "22350", "CAT BOWL", 1, at(57), 2.55, None, "United Kingdom"),
    (489502, "22350", "CAT BOWL", "many", at(58), 2.55, 13087, "Unspecified"),
]
ENTITIES = ("customers", "orders", "order_lines", "products")


@pytest.fixture(scope="module")
def second_edition(build_shop, tmp_path_factory):
    """The lines as the second edition has them: a workbook of two sheets."""
    folder = tmp_path_factory.mktemp("second")
    workbook = openpyxl.Workbook()
    for sheet, lines in ((workbook.active, LINES[:5]), (workbook.create_sheet("Year 2010-2011"), LINES[5:])):
        for line in (HEADING, *lines):
            sheet.append(line)
    workbook.save(folder / "online_retail_II.xlsx")
    result = build_shop(folder, source="online_retail", command="run")
    assert result.returncode == 0, result.output
    return result


def test_invoices_are_orders_and_those_that_begin_with_c_cancelled(second_edition) -> None:
    columns = "order_id, customer_id, order_status, cast(net_amount as varchar), currency, cast(ordered_at as varchar)"
    assert second_edition.query(f"select {columns} from entities.orders order by 1") == [
        ("489434", "13085", "completed", "184.80", "GBP", "2009-12-01 07:45:00"),
        ("489435", "13086", "completed", "5.10", "GBP", "2009-12-01 07:50:00"),
        ("C489449", "13086", "cancelled", "-35.40", "GBP", "2009-12-01 07:55:00"),
    ]


def test_what_is_no_sale_is_rejected_with_its_reason(second_edition) -> None:
    reasons = "select order_id, rejection_reason from entities.checked_{} where rejection_reason is not null order by 1"
    assert second_edition.query(reasons.format("orders")) == [
        ("489500", "no line of the invoice is a sale"),
        ("489501", "customer_id is missing: a guest order"),
        ("489502", "no line of the invoice is a sale"),
    ]
    assert second_edition.query(reasons.format("order_lines")) == [
        ("489435", "not a sale: the quantity is not positive"),
        ("489500", "not a sale: the quantity is not positive"),
        ("489501", "unknown order_id, or an order that was rejected"),
        ("489502", "quantity cannot be read: many"),
    ]


def test_lines_that_are_alike_to_the_letter_count_and_are_numbered(second_edition) -> None:
    lines = "select line_number, product_id, quantity from entities.order_lines where order_id = '489434' order by 1"
    assert second_edition.query(lines) == [(1, "85048", 12.0), (2, "85048", 12.0), (3, "POST", 1.0)]


def test_a_product_has_one_key_in_any_case_and_the_name_it_was_sold_under(second_edition) -> None:
    assert second_edition.query("select product_id, product_name, category from entities.products order by 1") == [
        ("22087", "BUNTING", None),
        ("22350", "CAT BOWL", None),
        ("85048", "GLASS BALL", None),
        ("85123A", "WHITE HEART", None),
        ("POST", "POSTAGE", None),
    ]


def test_a_customer_has_the_country_of_most_invoices_and_ties_go_by_name(second_edition) -> None:
    assert second_edition.query("select customer_id, country from entities.customers order by 1") == [
        ("13085", "United Kingdom"),
        ("13086", "France"),
        ("13087", None),
    ]


def test_the_first_edition_as_csv_in_another_order_and_encoding_is_the_same_shop(
    build_shop, write_csv, second_edition
) -> None:
    heading = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
    lines = [(*line[:4], f"12/1/2009 7:{line[4].minute}", *line[5:]) for line in reversed(LINES)]
    # A customer with an accent, so that the encoding matters.
    lines.append(("489600", "1", "CAFÉ SET", 1, "12/1/2009 8:00", 1, 13088, "España"))
    folder = write_csv("data.csv", heading, lines, encoding="cp1252")
    result = build_shop(folder, source="online_retail", command="run", ENCODING="cp1252")
    assert result.returncode == 0, result.output
    assert result.query("select country from entities.customers where customer_id = '13088'") == [("España",)]
    others = {"customers": "customer_id <> '13088'", "products": "product_id <> '1'"}
    for entity in ENTITIES:
        rows = f"select * from entities.{entity} where {others.get(entity, 'order_id <> $$489600$$')} order by all"
        assert result.query(rows) == second_edition.query(rows), entity


def test_the_known_totals_of_the_real_data(build_shop, shared_data) -> None:
    result = build_shop(shared_data("online_retail"), source="online_retail")
    assert result.returncode == 0, result.output
    totals = result.query("""
        select count(*), count(distinct customer_id), cast(sum(line_amount) as varchar)
        from entities.order_lines
        join entities.orders using (order_id)
        where order_status = 'completed'
    """)
    assert totals == [(397_884, 4_338, "8911407.90")]
    assert result.query("select count(*), count(country) from entities.customers") == [(4_372, 4_368)]
    outcomes = dict(
        result.query("select rejection_reason is null, count(*) from entities.checked_order_lines group by 1")
    )
    assert outcomes[True] + outcomes[False] == 541_909
    assert result.query(
        "select cast(sum(net_amount) as varchar) from entities.orders where order_status = 'completed'"
    ) == [("8911407.90",)]
