"""Texts in which the personal data are marked, "Call {PHONE 202-555-0143} now", and how well a redaction finds them.

The texts stand in labelled_texts/<language>.txt, one per line. They were written before the rules were tried on them.
All data are invented: reserved domains and networks, cards made for tests, telephone numbers that are reserved where a
country reserves any and plain runs of digits elsewhere.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from python_udfs.voice.text_cleaning import clean

FOLDER = Path(__file__).with_suffix("")
LANGUAGES = ("english", "portuguese", "spanish", "chinese")
STRUCTURED = ("EMAIL", "PHONE", "CARD", "URL", "ID", "IP", "ADDRESS")
MARK = re.compile(r"\{([A-Z]+) ([^}]*)\}")
PLACEHOLDER = re.compile(r"<(EMAIL|PHONE|CARD|URL|ID|IP|ADDRESS|NAME)>")
# Two of a type with nothing between them can't be told apart any more.
NEIGHBOURS = re.compile(r"<([A-Z]+)>(?:<\1>)+")
SIGNIFICANT = re.compile(r"\w")


class Span(NamedTuple):
    """A stretch of a text, end exclusive, and the type of personal data in it."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class LabelledText:
    """A text without its marks, and where they were."""

    language: str
    text: str
    marked: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Measured:
    """How many items of each type there are and were found, and what was taken for personal data by mistake."""

    items: Counter[tuple[str, str]]
    found: Counter[tuple[str, str]]
    missed: list[str]
    false_alarms: list[str]
    texts: int

    def recall(self, kind: str, language: str | None = None) -> float:
        """The found share of one type's items, in one language or all."""
        keys = [key for key in self.items if key[1] == kind and language in (None, key[0])]
        return sum(self.found[key] for key in keys) / sum(self.items[key] for key in keys)

    def table(self, kinds: tuple[str, ...]) -> str:
        """Recall by type and language, as Markdown."""
        lines = ["| | " + " | ".join(LANGUAGES) + " | all |", "|---" * (len(LANGUAGES) + 2) + "|"]
        for kind in kinds:
            keys = [(language, kind) for language in LANGUAGES]
            cells = [f"{self.found[key]} of {self.items[key]}" for key in keys]
            all_found, all_items = sum(self.found[key] for key in keys), sum(self.items[key] for key in keys)
            lines.append(f"| {kind} | {' | '.join(cells)} | {all_found} of {all_items} ({all_found / all_items:.3f}) |")
        alarms = f"{len(self.false_alarms)} false alarms in {self.texts} texts"
        return "\n".join([*lines, f"{alarms} ({len(self.false_alarms) / self.texts:.4f} per text)"])


def labelled_texts() -> list[LabelledText]:
    """All texts of all languages, in the order of their files."""
    return [
        _labelled(language, line)
        for language in LANGUAGES
        for line in (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    ]


def measure(texts: list[LabelledText], redact: Callable[[str], str], kinds: tuple[str, ...]) -> Measured:
    """Redacts each text and compares.

    An item is found when one placeholder of its type stands for all its letters and digits. A placeholder that stands
    for a letter or digit of no item is a false alarm, whatever else it stands for.
    """
    measured = Measured(Counter(), Counter(), [], [], len(texts))
    for labelled in texts:
        redacted = redact(labelled.text)
        spans = _spans(labelled.text, redacted)
        personal = {place for item in labelled.spans for place in range(item.start, item.end)}
        for item in labelled.spans:
            if item.kind not in kinds:
                continue
            measured.items[labelled.language, item.kind] += 1
            if any(span.kind == item.kind and _holds(labelled.text, span, item) for span in spans):
                measured.found[labelled.language, item.kind] += 1
            else:
                measured.missed.append(f"{labelled.marked} -> {redacted}")
        for span in spans:
            outside = (place for place in range(span.start, span.end) if place not in personal)
            if any(SIGNIFICANT.match(labelled.text[place]) for place in outside):
                measured.false_alarms.append(f"{labelled.marked} -> {redacted}")
    return measured


def _labelled(language: str, line: str) -> LabelledText:
    marked = clean(line)
    spans, text, end = [], "", 0
    for mark in MARK.finditer(marked):
        text += marked[end : mark.start()]
        spans.append(Span(mark[1], len(text), len(text) + len(mark[2])))
        text += mark[2]
        end = mark.end()
    return LabelledText(language, text + marked[end:], marked, tuple(spans))


def _spans(text: str, redacted: str) -> list[Span]:
    """What the placeholders stand for, found by the words between them."""
    pieces = PLACEHOLDER.split(NEIGHBOURS.sub(r"<\1>", redacted))
    kinds, kept = pieces[1::2], pieces[0::2]
    pattern = "(.+?)".join(re.escape(piece) for piece in kept)
    match = re.fullmatch(pattern, text, re.DOTALL)
    if match is None:
        raise AssertionError(f"redaction changed more than personal data: {text!r} -> {redacted!r}")
    return [Span(kind, *match.span(number)) for number, kind in enumerate(kinds, start=1)]


def _holds(text: str, span: Span, item: Span) -> bool:
    places = (place for place in range(item.start, item.end) if SIGNIFICANT.match(text[place]))
    return all(span.start <= place < span.end for place in places)
