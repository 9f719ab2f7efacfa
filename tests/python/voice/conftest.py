"""What the tests of voice share: the default encoder, loaded once, and reviews of real shops where they are at hand."""

import csv
import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from python_udfs.voice.encoders import Encoder, load_encoder

PROJECT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def multilingual() -> Encoder:
    return load_encoder("builtin:use-multilingual")


@pytest.fixture(scope="session")
def real_reviews() -> Callable[[str], list[dict[str, str]]]:
    """Reads a gzipped CSV of the folder of real data beside the repository, or skips the test."""
    folder = Path(os.environ.get("CUSTOMER_SEGMENTS_TEST_DATA", PROJECT.parent / "shared" / "data"))

    def read(name: str) -> list[dict[str, str]]:
        if not (folder / name).is_file():
            pytest.skip(f"needs {name} in {folder} (CUSTOMER_SEGMENTS_TEST_DATA)")
        with gzip.open(folder / name, "rt", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read
