from collections.abc import Callable
from importlib.metadata import version

import pyarrow as pa
import pytest

from python_udfs.voice.language import REVIEW_LANGUAGE, detect_languages, language_version, languages_of

LANGUAGES = ["de", "en", "es", "fr", "it", "nl", "pt", "zh"]


def told(text: str) -> str:
    return languages_of([text], LANGUAGES, least_confidence=0.5)[0].language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I love this dress, it fits", "en"),
        ("Delivery was quick and the quality is better than I expected", "en"),
        ("Chegou antes do prazo, recomendo", "pt"),
        ("otimo produto chegou rapido", "pt"),
        ("No me gusta, llegó tarde", "es"),
        ("Sehr gut, schnelle Lieferung", "de"),
        ("Très bien, je recommande", "fr"),
        ("Molto bello, spedizione veloce", "it"),
        ("Heel mooi, snelle levering", "nl"),
        ("味道不错，送得很快", "zh"),
        ("質量很好，非常滿意", "zh"),
        ("配送很快，APP好用", "zh"),
        ("好", "zh"),
    ],
)
def test_each_expected_language_is_told(text: str, language: str) -> None:
    assert told(text) == language


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("👍👍", id="emoji"),
        pytest.param("12345 !!!", id="no letters"),
        pytest.param("<EMAIL> <PHONE>", id="placeholders"),
        pytest.param("ok", id="short"),
        pytest.param("I love it, great quality. Adorei, ótima qualidade, recomendo muito.", id="two languages"),
        pytest.param("Great product 非常好用", id="two scripts"),
        pytest.param("これはとても良いです", id="a language that isn't expected"),
        pytest.param("Очень хорошо", id="a script that isn't expected"),
        pytest.param("Excelente", id="Spanish as well as Portuguese"),
    ],
)
def test_short_and_mixed_texts_are_undetermined(text: str) -> None:
    assert told(text) == "und"


def test_placeholders_and_emoji_tell_nothing() -> None:
    plain, decorated = languages_of(
        ["Adorei, bom demais", "👍🏽 Adorei, bom demais <EMAIL> <ADDRESS> 😍"], LANGUAGES, 0.5
    )
    assert plain == decorated
    assert plain.language == "pt"


def test_the_confidence_is_kept_where_the_language_is_not_told() -> None:
    (unsure,) = languages_of(["I love it so much"], LANGUAGES, least_confidence=0.99)
    assert unsure.language == "und"
    assert 0 < unsure.confidence < 0.99


def test_other_texts_of_the_batch_change_nothing() -> None:
    texts = ["Love it", "Adorei", "Muy bueno, llegó rápido", "不错", "", "Very good. Muito bom. Muy bueno."]
    alone = [languages_of([text], LANGUAGES, 0.5)[0] for text in texts]
    assert languages_of(texts, LANGUAGES, 0.5) == alone
    assert languages_of(texts[::-1] * 50, LANGUAGES, 0.5) == alone[::-1] * 50


def batch(*texts: str) -> pa.RecordBatch:
    columns = [[str(number) for number in range(len(texts))], ["1"] * len(texts), list(texts)]
    names = ["text_id", "language_version", "text"]
    return pa.RecordBatch.from_arrays([pa.array(column, pa.string()) for column in columns], names=names)


def test_a_batch_of_texts_becomes_a_batch_of_languages() -> None:
    result = detect_languages(LANGUAGES, 0.5)(batch("I love this dress, it fits", "Não gostei do tecido"))
    assert result.schema == REVIEW_LANGUAGE
    assert result["language"].to_pylist() == ["en", "pt"]


def test_an_empty_batch_stays_empty() -> None:
    result = detect_languages(LANGUAGES, 0.5)(batch())
    assert result.schema == REVIEW_LANGUAGE
    assert result.num_rows == 0


def test_the_version_names_all_that_a_language_depends_on() -> None:
    one = language_version(["pt", "EN"], 0.5)
    assert one == language_version(["en", "pt", "pt"], 0.5)
    assert one.startswith(f"lingua-{version('lingua-language-detector')}:")
    assert len({one, language_version(["en", "es"], 0.5), language_version(["en", "pt"], 0.4)}) == 3


@pytest.mark.parametrize(
    ("languages", "message"), [(["en", "xx"], "no language xx"), (["en"], "one language"), ([], "one language")]
)
def test_languages_that_can_not_be_told_are_refused(languages: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=f"{message}.*the var review_languages takes two or more of af, ar,"):
        detect_languages(languages, 0.5)


def shares(texts: list[str], language: str) -> tuple[float, float]:
    """Which share is told rightly, and which wrongly."""
    found = [text.language for text in languages_of(texts, LANGUAGES, 0.5)]
    return found.count(language) / len(found), sum(text not in (language, "und") for text in found) / len(found)


def test_real_reviews_are_told_rightly(real_reviews: Callable[[str], list[dict[str, str]]]) -> None:
    """Of all 22,641 English ones 99.9%, of their titles 66.4%, and 0.6% wrongly; of 11,987 Chinese ones all."""
    clothing = real_reviews("womens_clothing/womens_clothing_reviews.csv.gz")[::20]
    right, wrong = shares([row["Review Text"] for row in clothing if row["Review Text"]], "en")
    assert right >= 0.995
    assert wrong == 0
    right, wrong = shares([row["Title"] for row in clothing if row["Title"]], "en")
    assert right >= 0.6
    assert wrong <= 0.015
    assert shares([row["review"] for row in real_reviews("waimai_10k/waimai_10k.csv.gz")[::5]], "zh") == (1, 0)
