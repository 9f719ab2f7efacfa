import csv
from pathlib import Path

import pytest

from python_udfs.demo_shop.__main__ import SHIPPED_CUSTOMERS, SHIPPED_SEED
from python_udfs.demo_shop.shop import open_shop
from python_udfs.demo_shop.tables import DemoShop
from python_udfs.demo_shop.write import write_shop

SEEDS = Path(__file__).parents[3] / "seeds"


@pytest.fixture(scope="session")
def shop() -> DemoShop:
    """The shipped shop, before its dirt."""
    return open_shop(SHIPPED_SEED, SHIPPED_CUSTOMERS)


@pytest.fixture(scope="session")
def written(shop: DemoShop, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with demo/ and demo_personas.csv, just as they are shipped."""
    folder = tmp_path_factory.mktemp("shop")
    write_shop(shop, SHIPPED_SEED, folder / "demo", folder / "demo_personas.csv")
    return folder


def rows(path: Path) -> list[list[str]]:
    """The rows of a CSV file, its header first, broken ones as they are."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))
