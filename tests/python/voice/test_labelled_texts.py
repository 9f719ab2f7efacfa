"""How much of the personal data in the labelled texts is found, and what is taken for some by mistake."""

import pytest

from python_udfs.voice.person_names import NameRecogniserError, load_name_recogniser
from python_udfs.voice.redaction import redact
from tests.python.voice.labelled_texts import LANGUAGES, STRUCTURED, LabelledText, Measured, labelled_texts, measure

KINDS = (*STRUCTURED, "NAME")


@pytest.fixture(scope="module")
def texts() -> list[LabelledText]:
    return labelled_texts()


@pytest.fixture(scope="module")
def structured(texts: list[LabelledText]) -> Measured:
    measured = measure(texts, redact, STRUCTURED)
    print(f"\n{measured.table(STRUCTURED)}")
    return measured


@pytest.fixture(scope="module")
def with_names(texts: list[LabelledText]) -> Measured:
    recogniser = load_name_recogniser("lists")
    measured = measure(texts, lambda text: redact(text, recogniser=recogniser), KINDS)
    print(f"\n{measured.table(KINDS)}")
    return measured


def test_there_are_enough_texts_of_each_language_and_items_of_each_type(texts: list[LabelledText]) -> None:
    assert len(texts) >= 300
    for language in LANGUAGES:
        own = [text for text in texts if text.language == language]
        assert len(own) >= 100
        assert sum(not text.spans for text in own) >= 30, "texts without personal data"
        assert {span.kind for text in own for span in text.spans} == set(KINDS)
    for kind in KINDS:
        assert sum(span.kind == kind for text in texts for span in text.spans) >= 35


@pytest.mark.parametrize("kind", STRUCTURED)
def test_structured_personal_data_are_found(structured: Measured, kind: str) -> None:
    assert structured.recall(kind) >= 0.97, [text for text in structured.missed if f"{{{kind} " in text]


@pytest.mark.parametrize("language", LANGUAGES)
def test_structured_personal_data_are_found_in_each_language(structured: Measured, language: str) -> None:
    kinds = [kind for kind in STRUCTURED if structured.items[language, kind]]
    found = sum(structured.found[language, kind] for kind in kinds)
    assert found / sum(structured.items[language, kind] for kind in kinds) >= 0.97, structured.missed


def test_hardly_anything_else_is_taken_for_personal_data(structured: Measured) -> None:
    assert len(structured.false_alarms) <= 0.01 * structured.texts, structured.false_alarms


def test_names_are_found_where_words_introduce_them(with_names: Measured) -> None:
    assert with_names.recall("NAME") >= 0.9, with_names.missed
    assert len(with_names.false_alarms) <= 0.01 * with_names.texts, with_names.false_alarms


def test_the_measure_sees_what_is_missed_what_is_mistyped_and_what_is_taken_by_mistake() -> None:
    first = labelled_texts()[:11]
    nothing = measure(first, lambda text: text, STRUCTURED)
    assert nothing.recall("EMAIL") == 0
    assert nothing.false_alarms == []
    mistyped = measure(first, lambda text: redact(text).replace("<EMAIL>", "<PHONE>"), STRUCTURED)
    assert mistyped.recall("EMAIL") == 0
    everything = measure(first, lambda _: "<EMAIL>", STRUCTURED)
    assert everything.recall("EMAIL") == 1
    assert len(everything.false_alarms) == len(first)


def test_no_recogniser_of_names_is_the_default_and_names_stay() -> None:
    assert load_name_recogniser("") is None
    assert redact("I spoke to Sarah Johnson, 谢谢王小明师傅") == "I spoke to Sarah Johnson, 谢谢王小明师傅"


def test_an_unknown_recogniser_is_refused_with_those_there_are() -> None:
    with pytest.raises(NameRecogniserError, match="'spacy'; it takes 'lists', 'transformers:"):
        load_name_recogniser("spacy")
