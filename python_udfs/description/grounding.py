"""Checks free-form text against the facts: every figure, every claim, and no word for what isn't a fact."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from python_udfs.description.claims import (
    CLAIMS,
    COMPARATIVES,
    INTENSIFIED,
    NEGATION,
    QUOTE,
    QUOTED_FACTS,
    SUBJECTS,
    SUPERLATIVES,
)
from python_udfs.description.conditions import LEVELS, any_holds
from python_udfs.description.facts import SegmentFacts
from python_udfs.description.figures import figures_in, is_said_by
from python_udfs.description.vocabulary import is_known, words_in

_SENTENCE_END = re.compile(r"[.!?…](?=\s|$)")
_CLAUSE_END = re.compile(
    r",(?!\d)|[;:]|\s[-–—]\s|\b(?:and|but|yet|while|whereas|though|although|despite)\b", re.IGNORECASE
)
_QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”')
_CURRENCY = re.compile(r"[$€£¥₹]")
_COMPARED_WITH = re.compile(r"\b(?:than|against|average|shop)\b", re.IGNORECASE)
_BOUND = re.compile(r"\s+(?:than\s+)?\d")
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)


@dataclass(frozen=True)
class UngroundedClaim:
    """Words of a text that the facts don't bear out, and why not."""

    words: str
    reason: str

    def __str__(self) -> str:
        return f"'{self.words}' {self.reason}"


def ungrounded_claims(text: str, segment: SegmentFacts, is_advice: bool = False) -> list[UngroundedClaim]:
    """What a text says that the facts don't, in the order of reading; empty when all of it is grounded.

    Figures must be those of the facts that their clause is about, within the rounding that they are written with.
    Words that claim something (loyal, unhappy, more, highest, ...) must hold. Any other word must be a neutral one:
    traits, motives, places and times that no fact knows are inventions. Text from the shop's data may only be quoted.

    is_advice: the text suggests what to do, so that words for the shop's own deeds are allowed.
    """
    masked, unknown_quotes = _mask_quotes(text, segment)
    found = [UngroundedClaim(quote, "is quoted, but no fact holds it") for quote in unknown_quotes]
    found += [
        UngroundedClaim(match[0], "is a currency, and the facts have none") for match in _CURRENCY.finditer(masked)
    ]
    for sentence in _SENTENCE_END.split(masked):
        found += _figures(sentence, segment)
        rest, claims = _claims(sentence, segment)
        found += claims
        found += _comparisons(sentence, rest, segment, is_advice)
        found += [
            UngroundedClaim(word, "is not what any fact says")
            for word in words_in(rest)
            if not is_known(word, is_advice)
        ]
    return list(dict.fromkeys(found))


def _mask_quotes(text: str, segment: SegmentFacts) -> tuple[str, list[str]]:
    """The text with its quotes of the shop's data masked, and the quotes that are of nothing in the facts."""
    data = {fact.text for fact in segment.facts.values() if fact.text is not None}
    unknown: list[str] = []

    def mask(match: re.Match[str]) -> str:
        quote = match[1] if match[1] is not None else match[2]
        if quote not in data:
            unknown.append(quote)
        return QUOTE

    return _QUOTED.sub(mask, text.replace(QUOTE, " ")), unknown


def _figures(sentence: str, segment: SegmentFacts) -> Iterator[UngroundedClaim]:
    clauses = _CLAUSE_END.split(sentence)
    for position, clause in enumerate(clauses):
        for figure in figures_in(clause):
            if is_said_by(figure, segment, _subjects_near(clauses, position)) is None:
                whose = "of the shop" if figure.of_shop else "of this segment"
                yield UngroundedClaim(figure.words, f"in '{clause.strip()}' is not a fact {whose}")


def _placed_subjects(clause: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """What a clause is about, in the order of reading: start and end of the words, and the facts they mean."""
    placed = [(*match.span(), facts) for pattern, facts in SUBJECTS for match in pattern.finditer(clause)]
    quotes = [(*match.span(), QUOTED_FACTS) for match in re.finditer(QUOTE, clause)]
    return sorted([*placed, *quotes])


def _subjects(clause: str) -> list[str]:
    """The facts that a clause is about."""
    return list(dict.fromkeys(fact for _, _, facts in _placed_subjects(clause) for fact in facts))


def _subjects_near(clauses: Sequence[str], position: int) -> list[str]:
    """The clause's own subjects, or else those of the nearest one before it, or else after it."""
    nearest = [clauses[position], *reversed(clauses[:position]), *clauses[position + 1 :]]
    return next((subjects for subjects in map(_subjects, nearest) if subjects), [])


def _compared_fact(clauses: Sequence[str], position: int, start: int, end: int) -> str | None:
    """The fact that the comparative at `start` to `end` of a clause means: that of the nearest word, or clause."""
    placed = _placed_subjects(clauses[position])
    if placed:
        return min(placed, key=lambda subject: (max(start - subject[1], subject[0] - end), -subject[0]))[2][0]
    return next(iter(_subjects_near(clauses, position)), None)


def _claims(sentence: str, segment: SegmentFacts) -> tuple[str, list[UngroundedClaim]]:
    """The sentence with its claims blanked out, and those that don't hold."""
    rest, untrue = sentence, []
    for claim in CLAIMS:
        for match in list(claim.pattern.finditer(rest)):
            negation = NEGATION.search(rest[: match.start()])
            if not any_holds(claim.negated_if if negation else claim.true_if, segment):
                words = (negation[0] if negation else "") + match[0]
                untrue.append(UngroundedClaim(words.replace(QUOTE, '"…"').strip(), "is not what the facts say"))
            start = (negation or INTENSIFIED.search(rest[: match.start()]) or match).start()
            rest = rest[:start] + " " * (match.end() - start) + rest[match.end() :]
    return rest, untrue


def _comparisons(sentence: str, rest: str, segment: SegmentFacts, is_advice: bool) -> Iterator[UngroundedClaim]:
    """Comparatives and superlatives that no claim has covered, against the fact that they are about."""
    # Advice looks ahead ("make the next order bigger"); only where it compares does it claim something.
    if is_advice and not _COMPARED_WITH.search(sentence):
        return
    for word in _WORD.finditer(rest):
        superlative, direction = SUPERLATIVES.get(word[0].lower()), COMPARATIVES.get(word[0].lower())
        is_bound = _BOUND.match(sentence[word.end() :])  # "more than 9": checked with the figure
        if superlative is None and (direction is None or is_bound):
            continue
        clauses, position, offset = _clause_at(sentence, word.start())
        name = _compared_fact(clauses, position, word.start() - offset, word.end() - offset)
        fact = segment.facts.get(name) if name else None
        if fact is None or not (LEVELS[superlative](fact) if superlative else fact.direction == direction):
            yield UngroundedClaim(clauses[position].strip(), f"('{word[0]}') is not what the facts say")


def _clause_at(sentence: str, place: int) -> tuple[list[str], int, int]:
    """The sentence's clauses, which of them holds the character at `place`, and where that one begins."""
    ends = [match.span() for match in _CLAUSE_END.finditer(sentence)]
    starts = [0, *(end for _, end in ends)]
    clauses = [sentence[start:end] for start, (end, _) in zip(starts, [*ends, (len(sentence), 0)], strict=True)]
    position = max(index for index, start in enumerate(starts) if start <= place or index == 0)
    return clauses, position, starts[position]
