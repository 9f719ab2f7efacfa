import pyarrow as pa

from python_udfs.voice.lexicon import LEXICON_SCORES, score_with_lexicon


def texts(*written: str) -> pa.RecordBatch:
    columns = [[str(number) for number in range(len(written))], ["1"] * len(written), list(written)]
    names = ["text_id", "lexicon_version", "text"]
    return pa.RecordBatch.from_arrays([pa.array(column, pa.string()) for column in columns], names=names)


def test_only_english_is_looked_up_and_negation_counts() -> None:
    scores = score_with_lexicon()(
        texts("I love it, it is great", "This is not good at all", "Adorei, muito bom", "太差了")
    )
    praise, complaint, portuguese, chinese = scores["vader_compound"].to_pylist()
    assert praise > 0.8
    assert complaint < 0
    assert portuguese is None
    assert chinese is None


def test_an_empty_batch_stays_empty() -> None:
    scores = score_with_lexicon()(texts())
    assert scores.schema == LEXICON_SCORES
    assert scores.num_rows == 0


def test_the_stored_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    from python_udfs.voice.lexicon import LEXICON_VERSION

    assert LEXICON_VERSION.startswith(f"vader-{version('vaderSentiment')}:")
