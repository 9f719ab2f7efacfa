"""Aspects of clauses, measured on labelled sentences that were written before the code was seen to read them."""

import csv
from pathlib import Path

import pyarrow as pa
import pytest

from python_udfs.voice.aspect_phrases import AspectPhrases
from python_udfs.voice.aspects import CLAUSE_ASPECTS, AspectModel, aspects_version, tell_aspects
from python_udfs.voice.clauses import MOST_CLAUSES, clauses_of
from python_udfs.voice.encoders import Encoder
from python_udfs.voice.sentence_transformer_encoder import SentenceTransformerEncoder

LABELLED = Path(__file__).parent / "labelled" / "aspect_sentences.csv"
SEED = Path(__file__).parents[3] / "seeds" / "aspect_phrases.csv"


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def phrases() -> AspectPhrases:
    return AspectPhrases(pa.Table.from_pylist(read(SEED)))


@pytest.fixture(scope="module")
def model(phrases: AspectPhrases, multilingual: Encoder) -> AspectModel:
    return AspectModel(phrases, multilingual)


def told_of(model: AspectModel, *texts: tuple[str, str]) -> list[dict[str, float]]:
    """For each text, with its language: the mean sentiment towards each aspect, as review_aspects has it."""
    clauses = [(row, clause, language) for row, (text, language) in enumerate(texts) for clause in clauses_of(text)]
    found: list[dict[str, list[float]]] = [{} for _ in texts]
    told = model.told_of([clause for _, clause, _ in clauses], [language for _, _, language in clauses])
    for (row, _, _), said in zip(clauses, told, strict=True):
        for aspect, sentiment in said:
            found[row].setdefault(aspect, []).append(sentiment)
    return [{aspect: sum(values) / len(values) for aspect, values in one.items()} for one in found]


@pytest.fixture(scope="module")
def told(model: AspectModel) -> list[dict[str, float]]:
    """What is told of each labelled sentence."""
    return told_of(model, *((sentence["text"], sentence["language"]) for sentence in read(LABELLED)))


def figures(told: list[dict[str, float]], languages: set[str]) -> tuple[float, float, float]:
    """Precision and recall of the aspects, and the share of those found whose sentiment has the right sign."""
    pairs = [
        (said, {label[:-1]: label[-1] == "+" for label in sentence["aspects"].split()})
        for said, sentence in zip(told, read(LABELLED), strict=True)
        if sentence["language"] in languages
    ]
    found = [(said[aspect] > 0) == meant[aspect] for said, meant in pairs for aspect in said if aspect in meant]
    precision = len(found) / sum(len(said) for said, _ in pairs)
    recall = len(found) / sum(len(meant) for _, meant in pairs)
    return precision, recall, sum(found) / len(found)


def test_the_labelled_set_has_two_hundred_sentences_of_all_kinds() -> None:
    sentences = read(LABELLED)
    assert len({sentence["text"] for sentence in sentences}) >= 200
    assert {sentence["language"] for sentence in sentences} == {"en", "pt", "es", "zh"}
    assert sum(len(sentence["aspects"].split()) > 1 for sentence in sentences) >= 30
    assert sum(not sentence["aspects"] for sentence in sentences) >= 30


def test_no_labelled_sentence_is_a_phrase_of_the_seed() -> None:
    written = {row["phrase"].strip(".!。！").casefold() for row in read(SEED)}
    taught = [
        sentence["text"]
        for sentence in read(LABELLED)
        if sentence["aspects"] and sentence["text"].strip(".!。！").casefold() in written
    ]
    assert taught == []


def test_aspects_are_found_in_the_labelled_sentences(told: list[dict[str, float]]) -> None:
    precision, recall, sign = figures(told, {"en", "pt", "es", "zh"})
    assert precision >= 0.90
    assert recall >= 0.82
    assert sign >= 0.77


@pytest.mark.parametrize("language", ["en", "pt", "es", "zh"])
def test_aspects_are_found_in_each_language(told: list[dict[str, float]], language: str) -> None:
    precision, recall, sign = figures(told, {language})
    assert precision >= 0.85
    assert recall >= 0.75
    assert sign >= 0.70


def test_a_review_of_two_minds_has_two_aspects_of_opposite_sentiment(model: AspectModel) -> None:
    (told,) = told_of(model, ("The quality is wonderful, but the delivery was terribly slow.", "en"))
    assert set(told) == {"quality", "delivery"}
    assert told["quality"] > 0 > told["delivery"]


def test_small_is_a_complaint_about_fit(model: AspectModel) -> None:
    (told,) = told_of(model, ("It is much too small for me.", "en"))
    assert told["fit"] < 0


def test_a_shop_adds_an_aspect_by_rows(phrases: AspectPhrases, multilingual: Encoder) -> None:
    own = [
        ("praise", "The colour is beautiful."),
        ("praise", "I love the bright colours."),
        ("complaint", "The colour is ugly."),
        ("complaint", "The colour is not the one of the picture."),
        ("term", "colour*"),
    ]
    rows = [{"aspect": "colour", "language": "en", "kind": kind, "phrase": phrase} for kind, phrase in own]
    larger = AspectPhrases(pa.concat_tables([phrases.seed, pa.Table.from_pylist(rows)]))
    (told,) = told_of(AspectModel(larger, multilingual), ("What an ugly colour.", "en"))
    assert "colour" in told
    assert aspects_version(larger, multilingual) != aspects_version(phrases, multilingual)


def test_the_order_of_the_seed_changes_nothing(phrases: AspectPhrases, multilingual: Encoder) -> None:
    turned = AspectPhrases(phrases.seed.take(list(reversed(range(len(phrases.seed))))))
    assert aspects_version(turned, multilingual) == aspects_version(phrases, multilingual)
    assert turned.texts == phrases.texts


def test_each_clause_has_a_row_also_one_that_speaks_of_nothing(model: AspectModel) -> None:
    clauses = ["Fast delivery at a good price", "I live in a small town"]
    columns = {"clause_id": ["a", "b"], "clause": clauses, "language": ["en"] * 2, "aspects_version": ["1"] * 2}
    table = tell_aspects(model)(pa.RecordBatch.from_pydict(columns))
    assert table.schema == CLAUSE_ASPECTS
    told = [(row["clause_id"], row["aspect"]) for row in table.to_pylist()]
    assert told == [("a", "delivery"), ("a", "price"), ("b", None)]


def test_no_clauses_have_no_rows_and_need_no_encoder(phrases: AspectPhrases) -> None:
    names = ("clause_id", "clause", "language", "aspects_version")
    empty = pa.RecordBatch.from_arrays([pa.array([], pa.string())] * 4, names=list(names))
    unneeded = SentenceTransformerEncoder("missing", lambda: pytest.fail("was loaded"), 1, 2)
    assert tell_aspects(AspectModel(phrases, unneeded))(empty).num_rows == 0


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("fit", "en", "prais", "Fits.")], "kind is one of"),
        ([("fit", "en", "praise", "Fits.")], "speak of no aspect"),
        ([("none", "en", "neutral", "Hello.")], "needs phrases of an aspect"),
    ],
)
def test_a_seed_that_cannot_be_used_says_why(rows: list[tuple[str, ...]], message: str) -> None:
    names = ("aspect", "language", "kind", "phrase")
    with pytest.raises(ValueError, match=message):
        AspectPhrases(pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in rows]))


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Lovely quality, but it arrived a week late.", ["Lovely quality,", "but it arrived a week late."]),
        ("Yes, it works.", ["Yes, it works."]),
        ("东西不错，就是快递太慢了。", ["东西不错，", "就是快递太慢了。"]),
        ("Bom. Muito bom mesmo!\nRecomendo a todos", ["Bom.", "Muito bom mesmo!", "Recomendo a todos"]),
        ("Same here. Same here.", ["Same here."]),
        ("😍😍 !!!", []),
        ("", []),
    ],
)
def test_clauses_end_where_something_else_is_spoken_of(text: str, clauses: list[str]) -> None:
    assert clauses_of(text) == clauses


def test_a_long_text_has_a_bounded_number_of_clauses() -> None:
    assert len(clauses_of(" ".join(f"This is sentence {number}." for number in range(500)))) == MOST_CLAUSES
