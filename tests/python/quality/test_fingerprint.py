"""The fingerprint of the data: the same rows in another order are the same data, one cent more is not."""

import csv
from pathlib import Path

from tests.python.builds.shops import Shopper, write_shoppers

SHOPPERS = [Shopper(views=number % 3, returned=number % 2) for number in range(12)]


def rewrite(file: Path, change) -> None:
    with file.open(newline="") as read:
        heading, *rows = csv.reader(read)
    with file.open("w", newline="") as written:
        csv.writer(written).writerows([heading, *change(rows)])


def one_cent_more(rows: list[list[str]]) -> list[list[str]]:
    (first, *others) = rows
    return [[value.replace("100.00", "100.01") for value in first], *others]


def test_order_of_rows_does_not_count_but_content_does(build_shop, tmp_path):
    def prints() -> dict[str, tuple[int, str]]:
        built = build_shop(tmp_path / "shop", select="+entity_fingerprints")
        assert built.returncode == 0, built.output
        return {entity: told for entity, *told in built.query("from quality.entity_fingerprints")}

    orders = write_shoppers(tmp_path / "shop", SHOPPERS) / "orders.csv"
    before = prints()
    rewrite(orders, lambda rows: rows[::-1])
    assert prints() == before
    rewrite(orders, one_cent_more)
    after = prints()
    assert {entity for entity in before if before[entity] != after[entity]} == {"orders"}
    assert before["orders"][0] == after["orders"][0] == 54
    assert before["reviews"] == [0, ""]
