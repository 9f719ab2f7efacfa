"""Names for segments: what sets each apart, and never the same name twice in a build."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from python_udfs.description.facts import SegmentFacts
from python_udfs.description.phrases import Candidate, PhraseTable, candidates

# What the segment says of itself: a mood in front of such a name would say it twice, or contradict it.
VOICE_TOPICS = frozenset({"voice", "reviewing", "trend"})

# In standard deviations, as scores are. A name is short unless a detail is worth a strong fact, or is needed to tell
# two segments apart; then comparisons read better than categories, and those better than figures.
DETAIL_COST = 1.5
CATEGORY_COST = 0.5
WORD_COST = 0.5
MOST_WORDS = 4
FIGURE_COST = 1.5
LAST_RESORT = -100.0
KEPT_NAME = 50.0


@dataclass(frozen=True)
class NamedSegment:
    """What a segment may be called, the best first."""

    segment_key: str
    names: tuple[Candidate, ...]


def name_candidates(table: PhraseTable, segment: SegmentFacts) -> NamedSegment:
    """All names whose facts hold: a name alone, behind a mood, before a detail, or both; the best first.

    The segment's key in brackets after its best name is the last resort, when nothing else is left to tell it apart.
    """
    heads = _headed(candidates(table, "name", segment), candidates(table, "mood", segment))
    details = candidates(table, "detail", segment)
    names: dict[str, Candidate] = {}
    # What is true of anybody is no name, but may be the first part of one.
    alone = [head for head in heads if not head.says_nothing]
    for name in [
        *alone,
        *(_detailed(head, detail) for head in heads for detail in details if not head.topics & detail.topics),
    ]:
        best = names.get(name.text.casefold())
        if best is None or name.score > best.score:
            names[name.text.casefold()] = name
    ordered = sorted(names.values(), key=lambda name: (-name.score, name.text))
    best_text = [*ordered, *heads][0].text
    by_key = Candidate(f"{best_text} ({segment.segment_key})", LAST_RESORT, (), frozenset(), frozenset())
    return NamedSegment(segment.segment_key, (*ordered, by_key))


def assign_names(segments: Sequence[NamedSegment], reserved: Collection[str] = ()) -> dict[str, Candidate]:
    """One name per segment key, all different, none in `reserved`, with the greatest sum of scores.

    Names that differ only in upper and lower case are the same. Solved as an assignment problem (Kuhn 1955), in the
    order of keys and texts, so that the order of the segments doesn't matter.
    """
    if not segments:
        return {}
    from scipy.optimize import linear_sum_assignment

    ordered = sorted(segments, key=lambda segment: segment.segment_key)
    taken = {name.casefold() for name in reserved}
    texts = sorted({name.text.casefold() for segment in ordered for name in segment.names} - taken)
    column = {text: position for position, text in enumerate(texts)}
    # Less than any name's score: a name that doesn't hold for the segment must never be given.
    scores = np.full((len(ordered), len(texts)), 1000 * LAST_RESORT)
    chosen: dict[tuple[int, int], Candidate] = {}
    for row, segment in enumerate(ordered):
        for name in segment.names:
            place = column.get(name.text.casefold())
            if place is not None:
                scores[row, place] = name.score
                chosen[row, place] = name
    pairs = zip(*linear_sum_assignment(scores, maximize=True), strict=True)
    return {ordered[row].segment_key: chosen[int(row), int(place)] for row, place in pairs}


def prefer(segment: NamedSegment, text: str | None, bonus: float) -> NamedSegment:
    """The same names with one of them raised by `bonus`, if it is among them."""
    names = tuple(
        replace(name, score=name.score + bonus) if text and name.text.casefold() == text.casefold() else name
        for name in segment.names
    )
    return NamedSegment(segment.segment_key, names)


def keep_names(segments: Sequence[NamedSegment], previous: Mapping[str, str]) -> list[NamedSegment]:
    """Segments that prefer the name they had, as long as it's still true of them: readers have learned it."""
    return [prefer(segment, previous.get(segment.segment_key), KEPT_NAME) for segment in segments]


def _headed(names: Sequence[Candidate], moods: Sequence[Candidate]) -> list[Candidate]:
    """The names alone and behind each mood that doesn't repeat or contradict them."""
    behind = [
        _joined(mood, name, f"{mood.text} {name.text[:1].lower()}{name.text[1:]}", mood.score + name.score)
        for mood in moods
        for name in names
        if not name.topics & (VOICE_TOPICS | mood.topics)
    ]
    return [*names, *behind]


def _detailed(head: Candidate, detail: Candidate) -> Candidate:
    cost = DETAIL_COST + CATEGORY_COST * detail.says_data + FIGURE_COST * detail.says_figure
    text = f"{head.text} {detail.text}"
    length_cost = WORD_COST * max(0, len(text.split()) - MOST_WORDS)
    return _joined(head, detail, text, head.score + detail.score / 2 - cost - length_cost)


def _joined(first: Candidate, second: Candidate, text: str, score: float) -> Candidate:
    return Candidate(
        text=text,
        score=score,
        facts=tuple(dict.fromkeys([*first.facts, *second.facts])),
        stated=first.stated | second.stated,
        topics=first.topics | second.topics,
        says_data=first.says_data or second.says_data,
        says_figure=first.says_figure or second.says_figure,
    )
