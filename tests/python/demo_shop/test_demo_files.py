import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from python_udfs.demo_shop.__main__ import main
from python_udfs.demo_shop.tables import DemoShop
from tests.python.demo_shop.conftest import SEEDS, rows

REPOSITORY = SEEDS.parent
FILES = ("customers.csv", "events.csv", "order_lines.csv", "orders.csv", "products.csv", "reviews.csv")


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.csv")}


def _generate(folder: Path, seed: int, hash_seed: str = "0") -> dict[str, bytes]:
    command = ["-m", "python_udfs.demo_shop", "--seed", str(seed), "--customers", "60", "--to", str(folder / "demo")]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    subprocess.run([sys.executable, *command], cwd=REPOSITORY, env=environment, check=True)
    return _contents(folder)


def test_the_same_seed_gives_the_same_bytes_in_another_process(tmp_path: Path):
    assert _generate(tmp_path / "one", 3, hash_seed="1") == _generate(tmp_path / "two", 3, hash_seed="2")


def test_another_seed_gives_another_shop(tmp_path: Path):
    one, other = _generate(tmp_path / "one", 3), _generate(tmp_path / "other", 4)
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] == other[name]] == ["demo/products.csv"]


def test_the_shipped_files_are_what_the_generator_writes(written: Path):
    shipped = {f"demo/{name}": (SEEDS / "demo" / name).read_bytes() for name in FILES}
    shipped["demo_personas.csv"] = (SEEDS / "demo_personas.csv").read_bytes()
    generated = _contents(written)
    assert generated.keys() == shipped.keys()
    differing = [name for name in shipped if shipped[name] != generated[name]]
    assert differing == [], "write them anew: python -m python_udfs.demo_shop --to seeds/demo"


def test_the_truth_goes_where_it_is_told(tmp_path: Path):
    main(["--customers", "3", "--to", str(tmp_path / "files"), "--truth", str(tmp_path / "elsewhere" / "truth.csv")])
    assert [row[0] for row in rows(tmp_path / "elsewhere" / "truth.csv")] == [
        "customer_id",
        "C00001",
        "C00002",
        "C00003",
    ]
    assert not (tmp_path / "demo_personas.csv").exists()


@pytest.mark.parametrize("customers", [0, 1])
def test_a_tiny_shop_has_all_files(tmp_path: Path, customers: int):
    main(["--customers", str(customers), "--to", str(tmp_path / "demo")])
    assert sorted(path.name for path in (tmp_path / "demo").iterdir()) == list(FILES)
    assert len(rows(tmp_path / "demo" / "customers.csv")) == 1 + customers


def test_the_files_have_the_columns_of_the_input_contract(written: Path):
    models = yaml.safe_load((REPOSITORY / "models" / "entities" / "_entities__models.yml").read_text())["models"]
    contract = {model["name"]: [column["name"] for column in model["columns"]] for model in models}
    for name in FILES:
        assert rows(written / "demo" / name)[0] == contract[Path(name).stem], name


def test_the_files_are_plain_utf_8_and_small(written: Path):
    for content in _contents(written).values():
        assert b"\r" not in content
        assert not content.startswith(b"\xef\xbb\xbf")
        content.decode("utf-8")
    assert sum(map(len, _contents(written).values())) < 4_000_000


def test_the_shop_is_as_large_as_promised(shop: DemoShop):
    assert len(shop.customers) == 1500
    assert 8_000 <= len(shop.orders) <= 9_500
    assert 3_500 <= len(shop.reviews) <= 4_500
    assert len(shop.events) < 25_000
    assert {order.ordered_at.year for order in shop.orders} == {2023, 2024}


def test_amounts_add_up(shop: DemoShop):
    amounts = defaultdict(float)
    for line in shop.order_lines:
        assert line.line_amount == pytest.approx(line.quantity * line.unit_price)
        amounts[line.order_id] += line.line_amount
    for order in shop.orders:
        assert order.gross_amount == pytest.approx(amounts[order.order_id])
        assert order.net_amount == pytest.approx(order.gross_amount - order.discount_amount)
        assert order.net_amount > 0


def test_everybody_signs_up_before_they_order(shop: DemoShop):
    signed_up = {customer.customer_id: customer.signed_up_at for customer in shop.customers}
    assert all(signed_up[order.customer_id] < order.ordered_at for order in shop.orders if order.customer_id)


def test_reviews_come_after_the_order_they_are_about(shop: DemoShop):
    orders = {order.order_id: order for order in shop.orders}
    products = defaultdict(set)
    for line in shop.order_lines:
        products[line.order_id].add(line.product_id)
    for review in shop.reviews:
        assert review.reviewed_at > orders[review.order_id].ordered_at
        assert review.customer_id == orders[review.order_id].customer_id
        assert review.product_id in products[review.order_id]
