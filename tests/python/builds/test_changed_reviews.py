"""What a build does with reviews that are new, edited or gone, and what it does when the encoder is another one."""

import json
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from tests.python.builds.conftest import WITHOUT_DATA_TESTS, Build, run_build
from tests.python.builds.embeddings_server import DIMENSIONS, EmbeddingsServer
from tests.python.builds.shops import CONTENT, DISCONTENT, Shopper, write_reviews, write_shoppers

CUSTOMERS = 160
QUICKLY = {"description_provider": "template", "segment_largest_count": 6, "segment_resamples": 10}
BY_TEXT = ("review_texts", "review_embeddings", "lexicon_scores", "text_meaning")


@dataclass(frozen=True)
class Finding:
    """A build, which of its reviews it encoded, which tables still tell of the quokka, and the texts of each table."""

    build: Build
    encoded: set[str]
    tables_with_quokka: set[str]
    texts: dict[str, set[str]]


def shop(folder: Path, *more: str) -> Path:
    """Two kinds of shoppers, each with a review of their own words; the first ones also wrote `more`."""
    shoppers = [Shopper(views=2 + 4 * (n % 2), discount=0.3 * (n % 2), returned=n // 2 % 2) for n in range(CUSTOMERS)]
    reviews = []
    for number in range(CUSTOMERS):
        is_happy = number // 2 % 2 == 0
        words = (CONTENT if is_happy else DISCONTENT)[number % 3]
        reviews.append((f"c{number:03d}", 5 if is_happy else 1, f"{words}, number {number}"))
    reviews += [(f"c{number:03d}", 5, text) for number, text in enumerate(more)]
    return write_reviews(write_shoppers(folder, shoppers), reviews)


def tables_with(database: Path, word: str) -> set[str]:
    """The tables of a DuckDB file in any of whose values the word occurs."""
    with duckdb.connect(str(database), read_only=True) as connection:
        names = connection.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
        query = "select count(*) from {} as row where contains(cast(to_json(row) as varchar), ?)"
        return {name for (name,) in names if connection.execute(query.format(name), [word]).fetchall() != [(0,)]}


def look_into(folder: Path, data: Path, server: EmbeddingsServer, *arguments: str, model: str = "words") -> Finding:
    """Build the shop as it is now, on what is in the folder."""
    built = run_build(folder, *arguments, "--vars", json.dumps(QUICKLY | server.variables(model)), data=data)
    assert built.returncode == 0, built.output
    found = tables_with(built.warehouse, "quokka") | tables_with(built.published / "marts.duckdb", "quokka")
    texts = {table: {key for (key,) in built.query(f"select text_id from voice.{table}")} for table in BY_TEXT}
    # Clauses and phrases of aspects are encoded too.
    reviews = {text for (text,) in built.query("select text from voice.review_texts")}
    return Finding(built, reviews.intersection(server.asked_since()), found, texts)


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory, server: EmbeddingsServer) -> list[Finding]:
    """Three builds of one shop: the first, one of other reviews, and one of the same reviews with another encoder."""
    folder = tmp_path_factory.mktemp("changed")
    # A first build of such a shop is nothing new to dbt's tests; what comes after it is.
    first = look_into(folder, shop(folder / "data", "For my quokka", "It is fine"), server, *WITHOUT_DATA_TESTS)
    changed = shop(folder / "data", "For my wombat, edited", "It is fine", "It is new")
    return [first, *(look_into(folder, changed, server, model=model) for model in ("words", "other-words"))]


def test_only_new_and_edited_reviews_are_encoded(findings: list[Finding]) -> None:
    first, changed, _ = findings
    assert len(first.encoded) == CUSTOMERS + 2
    assert changed.encoded == {"For my wombat, edited", "It is new"}


def test_a_review_that_is_gone_is_in_no_table_and_no_published_file(findings: list[Finding]) -> None:
    first, changed, _ = findings
    assert {"landing_shop.reviews", "entities.reviews", "voice.redacted_documents"} <= first.tables_with_quokka
    assert changed.tables_with_quokka == set()
    assert set(map(len, changed.texts.values())) == {CUSTOMERS + 3}
    assert len(set(map(frozenset, changed.texts.values()))) == 1
    assert first.texts["review_embeddings"] - changed.texts["review_embeddings"]


def test_another_encoder_encodes_all_texts_again_and_says_so(findings: list[Finding]) -> None:
    _, changed, encoded_anew = findings
    assert "The encoder changed" not in changed.build.output
    assert "The encoder changed from openai:words@" in encoded_anew.build.output
    assert " to openai:other-words@" in encoded_anew.build.output
    assert f": all {CUSTOMERS + 3} texts are encoded again." in encoded_anew.build.output
    assert len(encoded_anew.encoded) == CUSTOMERS + 3
    assert encoded_anew.texts == changed.texts
    lengths = encoded_anew.build.query("select distinct encoder, len(embedding) from voice.review_embeddings")
    assert [length for _, length in lengths] == [DIMENSIONS["other-words"]]
