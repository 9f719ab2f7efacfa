"""What the tests of voice share: the default encoder, loaded once, and reviews of real shops where they are at hand."""

import csv
import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from python_udfs.voice.encoders import Encoder, load_encoder


@pytest.fixture(scope="session")
def multilingual() -> Encoder:
    return load_encoder("builtin:use-multilingual")


@pytest.fixture(scope="session")
def real_reviews(shared_data: Callable[[str], Path]) -> Callable[[str], list[dict[str, str]]]:
    """Reads a gzipped CSV, folder/name, of the real data, or skips the test."""

    def read(name: str) -> list[dict[str, str]]:
        path = shared_data(str(Path(name).parent)) / Path(name).name
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read
