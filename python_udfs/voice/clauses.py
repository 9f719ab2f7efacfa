"""The clauses of a review: what is short enough to speak of one thing, and to praise or blame it."""

import re

import pyarrow as pa

from python_udfs.voice.redaction import text_id

# Ends of sentences, line breaks, and before words that turn to something else.
SENTENCE_END = re.compile(r"(?<=[.!?;…])\s+|(?<=[。！？；…])|\n+")
COMMA = re.compile(r"(?<=[,:])\s+|(?<=[，：、])|\s[-–—]\s")
TURN = re.compile(
    r"\s+(?=(?:but|although|though|however|yet|except|while|mas|porém|embora|só que|pero|aunque|sino|solo que)\s)"
    r"|(?=但是|但|不过|可是|就是|只是|而且)",
    re.IGNORECASE,
)
LETTER = re.compile(r"[^\W\d_]")
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
# A shorter piece ("Yes,", "in fact,") says nothing alone and stays with the next one. A Chinese word has two
# characters.
FEWEST_LETTERS = 12
LETTERS_OF_A_HAN_CHARACTER = 4
# A review of 4,000 characters has no more that differ; it bounds what is encoded.
MOST_CLAUSES = 40

REVIEW_CLAUSES = pa.schema(
    [
        pa.field("text_id", pa.string()),
        pa.field("clause_number", pa.int64()),
        pa.field("clause_id", pa.string()),
        pa.field("clause", pa.string()),
        pa.field("language", pa.string()),
    ]
)


def clauses_of(text: str) -> list[str]:
    """The clauses of a text in their order, at most MOST_CLAUSES; equal ones once."""
    clauses = [
        clause
        for sentence in SENTENCE_END.split(text)
        for part in TURN.split(sentence)
        for clause in _joined([piece.strip() for piece in COMMA.split(part)])
    ]
    return list(dict.fromkeys(clause for clause in clauses if LETTER.search(clause)))[:MOST_CLAUSES]


def _joined(pieces: list[str]) -> list[str]:
    """The pieces of a sentence, each that is too short together with the next one, or with the last."""
    joined: list[str] = []
    waiting = ""
    for piece in pieces:
        waiting = f"{waiting} {piece}".strip()
        if _letters(waiting) >= FEWEST_LETTERS:
            joined.append(waiting)
            waiting = ""
    if waiting and joined:
        joined[-1] = f"{joined[-1]} {waiting}"
        waiting = ""
    return [*joined, waiting] if waiting else joined


def _letters(text: str) -> int:
    return len(LETTER.findall(text)) + (LETTERS_OF_A_HAN_CHARACTER - 1) * len(HAN.findall(text))


def split_into_clauses(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Batches of text_id, text, language to batches of REVIEW_CLAUSES: a row per clause, in the order of the text."""
    rows = [
        (row, number, clause)
        for row, text in enumerate(batch["text"].to_pylist())
        for number, clause in enumerate(clauses_of(text), start=1)
    ]
    numbers = pa.array([row for row, _, _ in rows], pa.int64())
    columns = [
        batch["text_id"].take(numbers),
        pa.array([number for _, number, _ in rows], pa.int64()),
        pa.array([text_id(clause) for _, _, clause in rows], pa.string()),
        pa.array([clause for _, _, clause in rows], pa.string()),
        batch["language"].take(numbers),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=REVIEW_CLAUSES)
