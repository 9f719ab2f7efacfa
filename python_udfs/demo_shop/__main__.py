"""Write a demo shop: `python -m python_udfs.demo_shop --seed 7 --to seeds/demo`."""

import argparse
from pathlib import Path

from python_udfs.demo_shop.shop import open_shop
from python_udfs.demo_shop.write import write_shop

SHIPPED_SEED = 7
SHIPPED_CUSTOMERS = 1500


def main(arguments: list[str] | None = None) -> None:
    """Generate a shop and write its files; argparse explains itself and ends the program on wrong arguments."""
    parser = argparse.ArgumentParser(prog="python -m python_udfs.demo_shop", description=__doc__)
    parser.add_argument("--seed", type=int, default=SHIPPED_SEED, help="the same seed gives the same bytes")
    parser.add_argument("--to", type=Path, required=True, help="folder for the shop's files")
    parser.add_argument("--customers", type=int, default=SHIPPED_CUSTOMERS, help="how many customers")
    parser.add_argument("--truth", type=Path, help="file for the planted personas (default: beside the folder)")
    chosen = parser.parse_args(arguments)
    if chosen.customers < 0 or chosen.seed < 0:
        parser.error("--customers and --seed can't be negative")
    truth = chosen.truth or chosen.to.parent / "demo_personas.csv"
    write_shop(open_shop(chosen.seed, chosen.customers), chosen.seed, chosen.to, truth)


if __name__ == "__main__":
    main()
