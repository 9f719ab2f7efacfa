"""Which language a text is in, by lingua: letter n-grams of the languages that a shop expects (Stahl 2021)."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from python_udfs.progress import Progress
from python_udfs.voice.text_cleaning import EMOJI

if TYPE_CHECKING:
    from lingua import LanguageDetector

UNDETERMINED = "und"
# Raise it with every change of the rules below: what an older version told is told again.
RULES_VERSION = 1
# lingua adds up in an order that differs between runs, which moves the sixteenth digit.
DECIMALS = 6

PLACEHOLDER_OR_EMOJI = re.compile(rf"<[A-Z]{{2,12}}>|{EMOJI}")
LETTER = re.compile(r"[^\W\d_]")
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
# "ok", "Poor" and "meh" would be Dutch and German. Longer single words mostly are what they seem.
FEWEST_LETTERS = 5
# A Chinese word has two characters, a European one six letters.
LETTERS_OF_A_HAN_CHARACTER = 3
# A third of the text in another script isn't a brand's name any more.
LARGEST_SHARE_OF_ANOTHER_SCRIPT = 0.33
# Of 22,641 English reviews 3% are told with less; of texts half and half in two languages, all that were tried.
CERTAIN = 0.95
# Shorter sentences are too often told wrongly to say that a text is mixed.
FEWEST_LETTERS_OF_A_SENTENCE = 15
LARGEST_SHARE_IN_OTHER_LANGUAGES = 0.25
SENTENCE_END = re.compile(r"[.!?;…。！？；\n]+")

REVIEW_LANGUAGE = pa.schema(
    [
        pa.field("text_id", pa.string()),
        pa.field("language_version", pa.string()),
        pa.field("language", pa.string()),
        pa.field("confidence", pa.float64()),
    ]
)


class Told(NamedTuple):
    """A text's language (ISO 639-1, or UNDETERMINED), and the confidence in the likeliest one, 0 to 1."""

    language: str
    confidence: float


def language_version(languages: Sequence[str], least_confidence: float) -> str:
    """What a stored language depends on, for example "lingua-2.1.1:1:0.5:en,pt"."""
    codes = ",".join(checked_languages(languages))
    return f"lingua-{version('lingua-language-detector')}:{RULES_VERSION}:{least_confidence}:{codes}"


def detect_languages(
    languages: Sequence[str], least_confidence: float, total: int | None = None
) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
    """A function from batches of text_id, language_version, text to batches of REVIEW_LANGUAGE.

    languages, least_confidence: see `languages_of`; total: how many texts there are in all, for the progress.
    """
    checked = checked_languages(languages)
    progress = Progress(total, "texts' languages told")

    def detect_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
        told = languages_of(batch["text"].to_pylist(), checked, least_confidence)
        progress.advance(len(told))
        columns = [
            batch["text_id"],
            batch["language_version"],
            pa.array([text.language for text in told], pa.string()),
            pa.array([text.confidence for text in told], pa.float64()),
        ]
        return pa.RecordBatch.from_arrays(columns, schema=REVIEW_LANGUAGE)

    return detect_batch


def languages_of(texts: Sequence[str], languages: Sequence[str], least_confidence: float) -> list[Told]:
    """The language of each text: one of `languages`, or UNDETERMINED for a text that is short, mixed or in another.

    languages: ISO 639-1 codes; least_confidence: a language that is less certain isn't told.
    Raises ValueError for codes that lingua doesn't know, or fewer than two.
    """
    codes = checked_languages(languages)
    plain = [PLACEHOLDER_OR_EMOJI.sub(" ", text) for text in texts]
    likeliest = _likeliest(plain, codes)
    doubtful = [
        number
        for number, told in enumerate(likeliest)
        if least_confidence <= told.confidence < CERTAIN and len(_sentences(plain[number])) > 1
    ]
    mixed = {
        number
        for number, share in zip(doubtful, _shares_in_other_languages(plain, likeliest, doubtful, codes), strict=True)
        if share > LARGEST_SHARE_IN_OTHER_LANGUAGES
    }
    return [
        told
        if told.confidence >= least_confidence and number not in mixed and _is_enough(text)
        # The confidence stays: it tells a text that nearly was told from noise.
        else Told(UNDETERMINED, told.confidence)
        for number, (text, told) in enumerate(zip(plain, likeliest, strict=True))
    ]


def checked_languages(languages: Sequence[str]) -> tuple[str, ...]:
    """The codes in lower case and alphabetical order, each once. Raises ValueError as `languages_of`."""
    codes = tuple(sorted({code.lower() for code in languages}))
    _detector(codes)
    return codes


def _likeliest(texts: Sequence[str], codes: tuple[str, ...]) -> list[Told]:
    """The likeliest language of each text; with a confidence of 0 where no letter is of any of them."""
    found = _detector(codes).compute_language_confidence_values_in_parallel(list(texts)) if texts else []
    return [Told(values[0].language.iso_code_639_1.name.lower(), round(values[0].value, DECIMALS)) for values in found]


def _shares_in_other_languages(
    texts: Sequence[str], likeliest: Sequence[Told], rows: Sequence[int], codes: tuple[str, ...]
) -> list[float]:
    """For each of `rows`, the share of its letters in sentences that are likelier in another language."""
    sentences = [(row, sentence) for row in rows for sentence in _sentences(texts[row])]
    letters, foreign = dict.fromkeys(rows, 0), dict.fromkeys(rows, 0)
    told = _likeliest([sentence for _, sentence in sentences], codes)
    for (row, sentence), (language, confidence) in zip(sentences, told, strict=True):
        count = len(LETTER.findall(sentence))
        letters[row] += count
        foreign[row] += count if language != likeliest[row].language and 2 * confidence >= 1 else 0
    return [foreign[row] / letters[row] for row in rows]


def _sentences(text: str) -> list[str]:
    """The sentences that are long enough to be judged on their own."""
    sentences = SENTENCE_END.split(text)
    return [part for part in sentences if len(LETTER.findall(part)) >= FEWEST_LETTERS_OF_A_SENTENCE]


def _is_enough(text: str) -> bool:
    """Whether there are letters enough, and mostly of one script."""
    letters = len(LETTER.findall(text))
    han = len(HAN.findall(text))
    if not han:
        return letters >= FEWEST_LETTERS
    chinese, others = han * LETTERS_OF_A_HAN_CHARACTER, letters - han
    return min(chinese, others) <= LARGEST_SHARE_OF_ANOTHER_SCRIPT * (chinese + others)


@lru_cache(maxsize=4)
def _detector(codes: tuple[str, ...]) -> "LanguageDetector":
    """A detector of these languages; it loads a language's n-grams, some 25 MB each, when a text first needs them."""
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    known = {name.lower(): getattr(IsoCode639_1, name) for name in dir(IsoCode639_1) if len(name) == 2}
    unknown = [code for code in codes if code not in known]
    if unknown or len(codes) < 2:
        wrong = f"no language {', '.join(unknown)}" if unknown else "one language can't be told from others"
        raise ValueError(f"{wrong}: the var review_languages takes two or more of {', '.join(sorted(known))}")
    return LanguageDetectorBuilder.from_iso_codes_639_1(*(known[code] for code in codes)).build()
