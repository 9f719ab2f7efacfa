"""Whether a label that a model wrote may be published."""

import json
from collections.abc import Collection

from python_udfs.voice.topics.sheets import TopicSheet
from python_udfs.voice.topics.words import spoken_words

MOST_WORDS = 5
LONGEST = 60


def checked_label(raw: str, sheet: TopicSheet, taken: Collection[str]) -> tuple[str, str | None]:
    """The label of a model's answer, and what is wrong with it; None when it may be published."""
    try:
        label = " ".join(str(json.loads(raw[raw.index("{") : raw.rindex("}") + 1])["label"]).split())
    except (ValueError, KeyError, TypeError):
        return "", "the answer is not a JSON object with label"
    words = spoken_words(label)
    if not words or len(words) > MOST_WORDS or len(label) > LONGEST:
        return label, f"the label has no words, more than {MOST_WORDS} of them, or more than {LONGEST} characters"
    if strange := sheet.strange_words(label):
        return label, f"no keyword or quote has {', '.join(repr(word) for word in strange)}"
    if label.casefold() in {other.casefold() for other in taken}:
        return label, f"'{label}' is taken by another topic"
    return label, None
