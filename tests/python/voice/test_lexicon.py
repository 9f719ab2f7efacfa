from importlib.metadata import version

import pyarrow as pa

from python_udfs.voice.lexicon import LEXICON_SCORES, lexicon_version, score_with_lexicon


def texts(*written: tuple[str, str]) -> pa.RecordBatch:
    numbers = [str(number) for number in range(len(written))]
    languages, contents = [language for language, _ in written], [text for _, text in written]
    columns = [numbers, ["1"] * len(written), languages, contents]
    names = ["text_id", "lexicon_version", "language", "text"]
    return pa.RecordBatch.from_arrays([pa.array(column, pa.string()) for column in columns], names=names)


def test_only_english_is_looked_up_and_negation_counts() -> None:
    scores = score_with_lexicon()(
        texts(
            ("en", "I love it, it is great"),
            ("en", "This is not good at all"),
            ("pt", "No prazo, super"),
            ("zh", "太差了"),
        )
    )
    praise, complaint, portuguese, chinese = scores["vader_compound"].to_pylist()
    assert praise > 0.8
    assert complaint < 0
    assert portuguese is None
    assert chinese is None


def test_where_the_language_is_not_told_only_what_the_lexicon_knows_counts() -> None:
    scores = score_with_lexicon()(texts(("und", "Nice!"), ("und", "😢"), ("und", "Prima"), ("en", "Blue")))
    praise, complaint, unknown, neutral = scores["vader_compound"].to_pylist()
    assert praise > 0
    assert complaint < 0
    assert unknown is None
    assert neutral == 0


def test_an_empty_batch_stays_empty() -> None:
    scores = score_with_lexicon()(texts())
    assert scores.schema == LEXICON_SCORES
    assert scores.num_rows == 0


def test_the_stored_version_names_the_package_and_what_told_the_language() -> None:
    assert lexicon_version("lingua").startswith(f"vader-{version('vaderSentiment')}:")
    assert lexicon_version("lingua") != lexicon_version("another")
