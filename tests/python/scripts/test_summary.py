"""The printed summary says what the published marts hold."""

from pathlib import Path

import duckdb
import pytest

from scripts.summary import summary

MARTS = {
    "segments": "segment_key varchar, segment_name varchar, customers bigint, revenue_share double, "
    "description varchar",
    "customer_segments": "assignment_state varchar",
    "rejected_rows": "entity varchar, outcome varchar, reason varchar",
    "segmentation_quality": "metric varchar, value double, note varchar, verdict varchar, remedy varchar, "
    "relaxed_because varchar, is_current boolean",
    "topics": "topic_key varchar, label varchar, review_share double",
}


@pytest.fixture
def summary_of(tmp_path: Path):
    """The summary of marts that are empty, but for these rows of `topics`."""

    def made(*topics: tuple[str, str, float]) -> list[str]:
        path = tmp_path / "marts.duckdb"
        with duckdb.connect(str(path)) as connection:
            for mart, columns in MARTS.items():
                connection.execute(f"create table {mart} ({columns})")
            for row in topics:
                connection.execute("insert into topics values (?, ?, ?)", row)
        return summary(path).splitlines()

    return made


def told(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith("Topics")]


def test_the_three_largest_topics_are_named_and_what_fits_none_is_not_one(summary_of):
    lines = summary_of(
        ("other", "Other", 0.4),
        ("T01", "Strings", 0.1),
        ("T02", "Bow", 0.2),
        ("T03", "Tuner", 0.2),
        ("T04", "Oil", 0.1),
    )
    assert told(lines) == [
        'Topics of reviews: 4, the largest "Bow" (20.0%), "Tuner" (20.0%), "Strings" (10.0%); 40.0% fit none.'
    ]


def test_reviews_that_fit_no_topic_are_said_to_have_none(summary_of):
    assert told(summary_of(("other", "Other", 1.0))) == ["Topics of reviews: none, too few texts differ."]


def test_a_shop_without_reviews_hears_nothing_of_topics(summary_of):
    assert told(summary_of()) == []


def test_a_shop_whose_reviews_all_fit_has_none_left(summary_of):
    assert told(summary_of(("T01", "Strings", 1.0))) == ['Topics of reviews: 1, the largest "Strings" (100.0%).']
