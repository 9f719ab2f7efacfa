"""The SQL functions: what they give is what the build's own steps give, and null where the build has nothing."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
import torch

from python_udfs.duckdb_plugin import voice_functions
from python_udfs.duckdb_plugin.voice_functions import register_functions
from python_udfs.voice.encoders import Encoder
from python_udfs.voice.learned_sentiment import LearnedSentiment, fit_languages
from python_udfs.voice.stored_sentiment import sentiment_table
from python_udfs.voice.unlearned_sentiment import UnlearnedSentiment

SETTINGS = json.dumps(
    {
        "encoder": {"name": "builtin:use-multilingual"},
        "names": "",
        "languages": ["de", "en", "es", "fr", "it", "nl", "pt", "zh"],
        "least_confidence": 0.5,
        "phone_regions": ["US"],
        "sentiment_model": {"schema": "voice", "table": "sentiment_model"},
    }
)
TEXTS = ["Never arrived, write to anna@mail.com", "Adorei, muito bom", "很好吃", "👍", "<p>Fine &amp; cheap</p>"]


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    register_functions(connection)
    connection.execute("create table voice_settings as select ? as settings", [SETTINGS])
    yield connection
    connection.close()


def store_sentiment(connection: duckdb.DuckDBPyConnection, learned: dict[str, LearnedSentiment]) -> None:
    connection.register("fitted", sentiment_table(learned))
    connection.execute("create schema if not exists voice")
    connection.execute("create or replace table voice.sentiment_model as select * from fitted")


def values(connection: duckdb.DuckDBPyConnection, function: str, texts: list[str | None]) -> list[object]:
    connection.register("texts", pa.table({"text": pa.array(texts, pa.string())}))
    return [value for (value,) in connection.execute(f"select {function} from texts").fetchall()]


def learned_from(texts: list[str], encoder: Encoder) -> dict[str, LearnedSentiment]:
    """Fitted on these texts and 80 more, every other one praise."""
    from tests.python.voice.test_real_reviews import review_batch

    known = texts + [f"{'Lovely' if number % 2 else 'Awful'} thing number {number}" for number in range(80)]
    batch = review_batch([(text, 5.0 if number % 2 else 1.0) for number, text in enumerate(known)], encoder)
    learned = fit_languages(
        pa.Table.from_batches([batch]), folds=3, fewest_reviews=10, unlearned=UnlearnedSentiment(encoder)
    )
    assert "en" in learned
    return learned


def test_texts_are_redacted_and_their_language_told(warehouse) -> None:
    assert values(warehouse, "redact(text)", TEXTS) == [
        "Never arrived, write to <EMAIL>",
        *TEXTS[1:4],
        "Fine & cheap",
    ]
    assert values(warehouse, "detect_language(text)", TEXTS) == ["en", "pt", "zh", "und", "en"]


def test_a_vector_is_that_of_the_redacted_text_whatever_else_is_asked(warehouse, multilingual: Encoder) -> None:
    # That a vector is the same in any company is promised, and made so, for MKL; other BLAS libraries add up otherwise.
    if not torch.backends.mkl.is_available():
        pytest.skip("without MKL, which texts share a batch changes the last digit")
    expected = multilingual.encode(values(warehouse, "redact(text)", TEXTS)).tolist()
    assert values(warehouse, "embed(text)", TEXTS) == expected
    assert values(warehouse, "embed(redact(text))", TEXTS) == expected
    assert [values(warehouse, "embed(text)", [text])[0] for text in TEXTS] == expected


def test_similarity_is_the_cosine_of_the_vectors(warehouse) -> None:
    assert values(warehouse, "similarity(text, text)", TEXTS) == [1.0] * len(TEXTS)
    apart = values(warehouse, "similarity(text, 'Muito bom, adorei')", TEXTS)
    assert max(apart) == apart[1]
    sql = "round(list_cosine_similarity(embed(text)::double[], embed('Muito bom, adorei')::double[]), 6)"
    assert apart == values(warehouse, sql, TEXTS)


def test_sentiment_is_what_the_build_gives_fitted_texts_as_well_as_new_ones(warehouse, multilingual: Encoder) -> None:
    from python_udfs.voice.sentiment import score_reviews
    from tests.python.voice.test_real_reviews import review_batch

    learned = learned_from(["Never arrived", "Adorei"], multilingual)
    store_sentiment(warehouse, learned)
    texts = ["Never arrived", "Adorei", "A text that nobody has seen", "不错"]
    batch = review_batch([(text, 3.0) for text in texts], multilingual)
    expected = score_reviews(learned, UnlearnedSentiment(multilingual))(batch)["sentiment"].to_pylist()
    assert values(warehouse, "sentiment(text)", texts) == expected


def test_sentiment_follows_a_model_that_is_built_anew_and_falls_back_as_the_build_does(
    warehouse, multilingual: Encoder
) -> None:
    store_sentiment(warehouse, {})
    assert values(warehouse, "sentiment(text)", ["I love it, it is great"])[0] > 0.8
    learned = learned_from([], multilingual)
    store_sentiment(warehouse, learned)
    assert values(warehouse, "sentiment(text)", ["Awful thing"])[0] < -0.1


@pytest.mark.parametrize("function", ["redact(text)", "detect_language(text)", "embed(text)", "sentiment(text)"])
def test_null_gives_null_and_so_does_a_text_without_anything_to_read(warehouse, function: str) -> None:
    store_sentiment(warehouse, {})
    assert values(warehouse, function, [None, "", " \t\n", "<br>", "\u200b"]) == [None] * 5
    assert values(warehouse, function, []) == []
    assert values(warehouse, "similarity(text, null)", ["a"]) == [None]
    assert values(warehouse, "similarity('', text)", ["a"]) == [None]


def test_more_texts_than_a_vector_of_duckdb_come_back_in_their_order(warehouse) -> None:
    texts = [f"call +1 650 253 {number:04d}" if number % 2 else str(number) for number in range(5_000)]
    redacted = values(warehouse, "redact(text)", texts)
    assert redacted == ["call <PHONE>" if number % 2 else str(number) for number in range(5_000)]


def test_before_any_build_a_function_says_what_to_run() -> None:
    with duckdb.connect() as connection:
        register_functions(connection)
        with pytest.raises(duckdb.Error, match="run dbt build"):
            connection.execute("select redact('a')").fetchall()


def test_a_missing_model_of_sentiment_says_what_to_build(warehouse) -> None:
    with pytest.raises(duckdb.Error, match=r"dbt build --select \+sentiment_model"):
        values(warehouse, "sentiment(text)", ["a"])


def test_functions_may_be_registered_again(warehouse) -> None:
    register_functions(warehouse)
    assert values(warehouse, "redact(text)", ["a"]) == ["a"]


def test_a_view_that_calls_a_function_fails_for_connections_without_it(warehouse, tmp_path) -> None:
    path = str(tmp_path / "warehouse.duckdb")
    with duckdb.connect(path) as connection:
        register_functions(connection)
        connection.execute("create view redacted as select redact('a') as text")
    with duckdb.connect(path) as reader, pytest.raises(duckdb.CatalogException, match="redact does not exist"):
        reader.execute("from redacted")


def test_registering_loads_no_model_and_neither_does_redaction() -> None:
    code = (
        "import sys, duckdb\n"
        "from python_udfs.duckdb_plugin.voice_functions import register_functions\n"
        "connection = duckdb.connect()\n"
        "register_functions(connection)\n"
        f"connection.execute('create table voice_settings as select ? as settings', [{SETTINGS!r}])\n"
        "assert connection.execute('select redact(null), embed(null)').fetchall() == [(None, None)]\n"
        "heavy = {'torch', 'sentence_transformers', 'sklearn', 'lingua', 'vaderSentiment'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    project = Path(voice_functions.__file__).parents[2]
    subprocess.run([sys.executable, "-c", code], check=True, cwd=project)
