import csv
from pathlib import Path

import pytest

from benchmarks.planted_shops import (
    INDEPENDENT,
    LARGEST_SHARE,
    SILENT,
    SMALLEST_SHARE,
    WAYS,
    PlantedShop,
    drawn_personas,
    planted_shops,
)
from benchmarks.real_texts import read_texts, replace_texts

SEEDS = range(5)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_shop_has_as_many_personas_as_it_says_of_sizes_within_the_limits(seed, way):
    personas = drawn_personas(PlantedShop(seed, 2000, 8, way=way))
    assert len(personas) == 8
    assert sum(persona.share for persona in personas) == pytest.approx(1)
    assert all(SMALLEST_SHARE <= persona.share <= LARGEST_SHARE for persona in personas)


def test_independent_personas_share_nothing_but_the_buying_of_twins():
    shops = [drawn_personas(PlantedShop(seed, 2000, 10, way=INDEPENDENT)) for seed in SEEDS]
    for personas in shops:
        assert len({id(persona.habits) for persona in personas}) == len({id(p.voice) for p in personas}) == 10
    buyings = [len({id(persona.buying) for persona in personas}) for personas in shops]
    assert 10 > sum(buyings) / len(buyings) > 3


def test_independent_personas_of_a_shop_without_reviews_are_silent():
    shop = PlantedShop(1, 2000, 6, reviews=False, way=INDEPENDENT)
    assert {id(persona.voice) for persona in drawn_personas(shop)} == {id(SILENT)}


def test_other_first_seeds_are_other_shops():
    assert planted_shops(3) != planted_shops(3, first_seed=2000)
    assert [shop.seed for shop in planted_shops(3, first_seed=2000)] == [2000, 2001, 2002]


def written(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return path


def test_texts_of_as_many_stars_replace_those_of_reviews_and_dirt_stays(tmp_path):
    real = written(tmp_path / "real.csv", [["Rating", "Review Text"], ["5", "Lovely"], ["1", "Awful"], ["2", ""]])
    texts = read_texts(real)
    assert texts == {5: ["Lovely"], 1: ["Awful"]}
    header = ["review_id", "rating", "title", "body"]
    rows = [["R1", "5", "T", "generated"], ["R2", "1", "", ""], ["R3", "five", "T", "kept"], ["R4", "1"]]
    reviews = written(tmp_path / "reviews.csv", [header, *rows])
    replace_texts(reviews, texts, seed=1)
    with reviews.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [header, ["R1", "5", "", "Lovely"], *rows[1:]]


def test_a_file_without_known_columns_is_refused(tmp_path):
    with pytest.raises(ValueError, match="ratings and texts"):
        read_texts(written(tmp_path / "other.csv", [["a", "b"], ["1", "2"]]))
