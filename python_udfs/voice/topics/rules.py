"""The rules for keywords, from vars and from the shop's own list of words."""

from collections.abc import Mapping

import pyarrow as pa

from python_udfs.voice.topics.terms import TermRules

TOPIC_WORD_COLUMNS = ["language", "word", "use"]
KEEP, DROP = "keep", "drop"


def term_rules(settings: Mapping[str, float], words: pa.Table) -> TermRules:
    """settings: the fields of TermRules that are numbers. words: the seed `topic_words`, with TOPIC_WORD_COLUMNS.

    Raises ValueError for a use that is neither keep nor drop.
    """
    lists: dict[str, dict[str, frozenset[str]]] = {KEEP: {}, DROP: {}}
    for row in words.to_pylist():
        if row["use"] not in lists:
            raise ValueError(f"topic_words: the use of '{row['word']}' is '{row['use']}', not {KEEP} or {DROP}")
        of_use = lists[row["use"]]
        of_use[row["language"]] = of_use.get(row["language"], frozenset()) | {row["word"].lower()}
    return TermRules(**settings, kept=lists[KEEP], dropped=lists[DROP])
