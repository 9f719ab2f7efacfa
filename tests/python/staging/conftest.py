"""Writes the small files that the tests of staging build from."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest


@pytest.fixture
def write_csv(tmp_path: Path) -> Callable[..., Path]:
    """Writes a table as CSV into the folder `data` and returns that folder."""

    def write(name: str, heading: str, rows: Sequence[Sequence[object]] = (), encoding: str = "utf-8") -> Path:
        folder = tmp_path / "data"
        folder.mkdir(exist_ok=True)
        with (folder / name).open("w", newline="", encoding=encoding) as file:
            writer = csv.writer(file)
            writer.writerow(heading.split(","))
            writer.writerows(rows)
        return folder

    return write
