"""Puts what real people wrote into the reviews of a generated shop: by stars, so that texts and stars still agree."""

import csv
import gzip
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

# How published collections name the two columns.
RATING_COLUMNS = ("rating", "Rating", "overall", "stars")
TEXT_COLUMNS = ("body", "Review Text", "reviewText", "text")


def read_texts(file: Path) -> dict[int, list[str]]:
    """Texts by stars, 1 to 5, of a CSV file, gzipped or not; rows that lack either are skipped.

    Raises ValueError when the file has no column of ratings or of texts that is known.
    """
    texts: dict[int, list[str]] = defaultdict(list)
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        reader = csv.DictReader(lines)
        columns = reader.fieldnames or ()
        rating = next((name for name in RATING_COLUMNS if name in columns), None)
        text = next((name for name in TEXT_COLUMNS if name in columns), None)
        if rating is None or text is None:
            raise ValueError(f"{file} has no columns of ratings and texts that are known: {', '.join(columns)}")
        for row in reader:
            if row[text] and row[rating]:
                texts[round(float(row[rating]))].append(row[text])
    return dict(texts)


def replace_texts(reviews: Path, texts: Mapping[int, Sequence[str]], seed: int) -> None:
    """Give every review of the file `reviews` that has stars and a text a text of as many stars, and no title."""
    rng = np.random.default_rng(seed)
    with reviews.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    columns = rows[0]
    rating, title, body = (columns.index(name) for name in ("rating", "title", "body"))
    for row in rows[1:]:
        # Lines with too few columns, or stars that are none, are dirt that was put there on purpose.
        stars = row[rating] if len(row) == len(columns) else ""
        if stars in {"1", "2", "3", "4", "5"} and row[body]:
            choices = texts[int(stars)]
            row[title], row[body] = "", choices[int(rng.integers(len(choices)))]
    with reviews.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
