"""The phrase table: wordings and the facts that each needs. Only phrases whose facts hold become candidates."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from python_udfs.description.conditions import Conditions, parse_conditions
from python_udfs.description.facts import KNOWN_FACTS, SegmentFacts

PHRASE_COLUMNS = ("slot", "phrase", "conditions", "tone")

SLOTS = ("name", "mood", "detail", "opening", "clause", "typical", "action")
# A segment of which nothing else holds must still have a name, a sentence and an action.
UNCONDITIONAL_SLOTS = ("name", "typical", "action")
TONES = ("good", "bad", "plain")

# Beyond this many standard deviations a fact is simply extreme, and more of it makes no better name.
MOST_STRENGTH = 3.0

_PLACEHOLDER = re.compile(r"\{(?P<fact>\w+)(?::(?P<form>\w+))?\}")
_FORMS = (None, "shop", "text", "counted")
_ONE = {"days": "day", "orders": "order", "customers": "customer", "views": "view", "carts": "cart"}


@dataclass(frozen=True)
class Phrase:
    """One row of the phrase table. `text` may hold placeholders: {fact}, {fact:shop}, {fact:text}, {fact:counted}."""

    slot: str
    text: str
    conditions: Conditions
    tone: str

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The facts whose figures or texts it says."""
        return tuple(match["fact"] for match in _PLACEHOLDER.finditer(self.text))

    @property
    def needs(self) -> tuple[str, ...]:
        """The facts that it looks at or says, each once."""
        return tuple(dict.fromkeys([*self.conditions.facts, *self.placeholders]))

    @property
    def says_nothing(self) -> bool:
        """Whether it holds for any segment whatever."""
        return not self.needs and not self.conditions.everything_is_typical


@dataclass(frozen=True)
class PhraseTable:
    """All phrases, in an order of their own, and a version that changes with any of them."""

    phrases: tuple[Phrase, ...]
    version: str


@dataclass(frozen=True)
class Candidate:
    """A phrase that holds for one segment, filled in.

    score: how far what it states sets the segment apart from the shop. facts: all that it rests on. stated: those it's
    about; the others only guard it. topics: of the stated ones. says_data: it quotes a text of the shop's data.
    says_nothing: it holds for any segment whatever.
    """

    text: str
    score: float
    facts: tuple[str, ...]
    stated: frozenset[str]
    topics: frozenset[str]
    tone: str = "plain"
    says_data: bool = False
    says_figure: bool = False
    says_nothing: bool = False


def read_phrases(table: pa.Table) -> PhraseTable:
    """The phrase table, checked.

    table: the seed `description_phrases`, with the columns PHRASE_COLUMNS.
    Raises ValueError that names the phrase, when a slot, tone, condition or placeholder is none that exists.
    """
    rows = sorted({tuple(row[column] or "" for column in PHRASE_COLUMNS) for row in table.to_pylist()})
    phrases = tuple(_phrase(*row) for row in rows)
    for slot in UNCONDITIONAL_SLOTS:
        if not any(phrase.slot == slot and phrase.says_nothing for phrase in phrases):
            raise ValueError(f"description_phrases needs a phrase without conditions and placeholders in slot '{slot}'")
    return PhraseTable(phrases, hashlib.sha256(json.dumps(rows).encode()).hexdigest())


def candidates(table: PhraseTable, slot: str, segment: SegmentFacts) -> list[Candidate]:
    """The slot's phrases that hold for the segment, filled in, the one that sets it apart most first."""
    holding = (phrase for phrase in table.phrases if phrase.slot == slot and phrase.conditions.hold(segment))
    filled = [_filled(phrase, segment) for phrase in holding if _can_be_filled(phrase, segment)]
    ordered = sorted(filled, key=lambda candidate: (-candidate.score, candidate.says_nothing, candidate.text))
    # The same words may stand in the table twice, with different conditions.
    best: dict[str, Candidate] = {}
    for candidate in ordered:
        best.setdefault(candidate.text, candidate)
    return list(best.values())


def strength(names: Iterable[str], segment: SegmentFacts) -> float:
    """How far the named facts together set the segment apart: of each topic the strongest, in standard deviations."""
    strongest: dict[str, float] = {}
    for fact in (segment.facts[name] for name in names if name in segment.facts):
        strongest[fact.topic] = max(strongest.get(fact.topic, 0.0), min(fact.strength, MOST_STRENGTH))
    return sum(strongest[topic] for topic in sorted(strongest))


def _phrase(slot: str, text: str, conditions: str, tone: str) -> Phrase:
    where = f"description_phrases, phrase '{text}'"
    if slot not in SLOTS:
        raise ValueError(f"{where}: the slot is '{slot}', not one of {', '.join(SLOTS)}")
    if not text.strip():
        raise ValueError(f"description_phrases has an empty phrase in slot '{slot}'")
    if tone and tone not in TONES:
        raise ValueError(f"{where}: the tone is '{tone}', not one of {', '.join(TONES)}")
    for match in _PLACEHOLDER.finditer(text):
        if match["fact"] not in KNOWN_FACTS or match["form"] not in _FORMS:
            raise ValueError(
                f"{where}: {match[0]} stands for nothing: write {{fact}}, {{fact:shop}}, {{fact:text}} or "
                f"{{fact:counted}} with one of {', '.join(sorted(KNOWN_FACTS))}"
            )
    try:
        return Phrase(slot, text.strip(), parse_conditions(conditions), tone or "plain")
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error


def _can_be_filled(phrase: Phrase, segment: SegmentFacts) -> bool:
    for match in _PLACEHOLDER.finditer(phrase.text):
        fact = segment.facts.get(match["fact"])
        if fact is None or (match["form"] == "shop" and fact.shop_value is None):
            return False
        if match["form"] == "text" and fact.text is None:
            return False
    return True


def _filled(phrase: Phrase, segment: SegmentFacts) -> Candidate:
    known = tuple(name for name in phrase.needs if name in segment.facts)
    stated = frozenset({*phrase.conditions.stated, *phrase.placeholders} & set(segment.facts))
    forms = {match["form"] for match in _PLACEHOLDER.finditer(phrase.text)}
    return Candidate(
        text=_PLACEHOLDER.sub(lambda match: _said(match, segment), phrase.text),
        score=strength(phrase.conditions.compared, segment),
        facts=known,
        stated=stated,
        topics=frozenset(segment.facts[name].topic for name in stated),
        tone=phrase.tone,
        says_data="text" in forms,
        says_figure=bool(forms - {"text"}),
        says_nothing=phrase.says_nothing,
    )


def _said(match: re.Match[str], segment: SegmentFacts) -> str:
    fact = segment.facts[match["fact"]]
    if match["form"] == "text":
        return f'"{fact.text}"'
    if match["form"] == "shop":
        return fact.shop_said or ""
    if match["form"] == "counted":
        return f"{fact.said} {_ONE.get(fact.unit, fact.unit) if fact.said == '1' else fact.unit}"
    return fact.said
