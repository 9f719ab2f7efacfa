"""Personal data out of review texts, before any encoder, language model, endpoint or mart sees them.

Typed placeholders stand for what was there: <EMAIL>, <PHONE>, <CARD>, <URL>, <IP>, and <ID> for tax, identity,
passport, social security and bank account numbers, device ids and messenger names, <ADDRESS> for streets with a house
number, and, with a recogniser of names, <NAME>.
"""

import hashlib
import re
from collections.abc import Callable, Sequence

import pyarrow as pa

from python_udfs.progress import Progress
from python_udfs.voice.person_names import NameRecogniser, load_name_recogniser
from python_udfs.voice.personal_data import (
    without_cards,
    without_emails,
    without_ids,
    without_ip_addresses,
    without_messenger_names,
    without_named_ids,
    without_phone_numbers,
    without_urls,
)
from python_udfs.voice.phone_numbers import checked_regions
from python_udfs.voice.street_addresses import without_street_addresses
from python_udfs.voice.text_cleaning import clean

# Raise it with every change of the rules: what an older version redacted is redacted again.
REDACTION_VERSION = 2
DEFAULT_REGIONS = ("BR", "CN", "ES", "GB", "PT", "US")
# How much of a review is read. Encoders average over the whole text, so a page more would hardly move the vector.
MAX_CHARACTERS = 4_000
# Fewer digits are no personal number.
SIX_DIGITS = re.compile(r"(?:\d\D*+){6}")
PLACEHOLDER = re.compile(r"<(?:EMAIL|PHONE|CARD|URL|ID|IP|ADDRESS|NAME)>")
UNFINISHED_PLACEHOLDER = re.compile(r"<[A-Z]{0,7}$")

REDACTED_DOCUMENTS = pa.schema(
    [
        pa.field("document_id", pa.string()),
        pa.field("redaction_version", pa.string()),
        pa.field("text_id", pa.string()),
        pa.field("text", pa.string()),
    ]
)


def redaction_version(regions: Sequence[str], names: str = "") -> str:
    """What a stored redaction depends on: the rules' version, the telephone regions, and what finds names, if anything.

    For example "2:BR,US" or "2:BR,US:lists1@faker40.54.0". names: as for `load_name_recogniser`.
    """
    recogniser = load_name_recogniser(names)
    version = f"{REDACTION_VERSION}:{','.join(checked_regions(tuple(regions)))}"
    return f"{version}:{recogniser.identity}" if recogniser else version


def redact(text: str, regions: Sequence[str] = DEFAULT_REGIONS, recogniser: NameRecogniser | None = None) -> str:
    """The text, cleaned, without personal data, and at most MAX_CHARACTERS long; empty when nothing is left.

    regions: two-letter codes of the countries whose telephone numbers are known without a country code.
    recogniser: what finds names of persons; without one they stay.
    Redacting a redacted text changes nothing. Raises ValueError for an unknown region.
    """
    checked = checked_regions(tuple(regions))
    text = clean(text)
    # A placeholder may bring a word and the number it names closer together, so once is not always enough.
    while (redacted := _cut(_redact_once(text, checked, recogniser))) != text:
        text = clean(redacted)
    return text


def redact_documents(
    regions: Sequence[str] = DEFAULT_REGIONS, total: int | None = None, names: str = ""
) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
    """A function from batches of document_id, redaction_version, raw_text to batches of REDACTED_DOCUMENTS.

    text_id is the SHA-256 of the redacted text in hexadecimal digits; both are null where no text is left.
    total: how many documents there are in all, for the progress. names: as for `load_name_recogniser`.
    """
    checked = checked_regions(tuple(regions))
    recogniser = load_name_recogniser(names)
    progress = Progress(total, "reviews redacted")

    def redact_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
        texts = [redact(raw_text or "", checked, recogniser) or None for raw_text in batch["raw_text"].to_pylist()]
        progress.advance(len(texts))
        columns = [
            batch["document_id"],
            batch["redaction_version"],
            pa.array([text and text_id(text) for text in texts], pa.string()),
            pa.array(texts, pa.string()),
        ]
        return pa.RecordBatch.from_arrays(columns, schema=REDACTED_DOCUMENTS)

    return redact_batch


def text_id(text: str) -> str:
    """The key of a redacted text: equal texts have equal keys, whoever wrote them."""
    return hashlib.sha256(text.encode()).hexdigest()


def _redact_once(text: str, regions: tuple[str, ...], recogniser: NameRecogniser | None) -> str:
    text = _without_structured(text, regions)
    return recogniser.without_names(text) if recogniser else text


def _without_structured(text: str, regions: tuple[str, ...]) -> str:
    text = without_messenger_names(without_urls(without_emails(text)))
    text = without_street_addresses(text)
    if not SIX_DIGITS.search(text):
        return without_ip_addresses(text)
    # A card behind "银行卡" is a card, a Chinese identity number whose digits would do for a card is none.
    text = without_named_ids(without_cards(without_ids(without_ip_addresses(text))))
    return without_phone_numbers(text, regions)


def _cut(text: str) -> str:
    if len(text) <= MAX_CHARACTERS:
        return text
    return UNFINISHED_PLACEHOLDER.sub("", text[:MAX_CHARACTERS]).rstrip()
