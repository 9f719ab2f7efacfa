"""A segment's sentences, put together from candidates that hold."""

from collections.abc import Sequence
from dataclasses import dataclass

from python_udfs.description.facts import SegmentFacts
from python_udfs.description.naming import NamedSegment, name_candidates
from python_udfs.description.phrases import Candidate, PhraseTable, candidates

# A merchant reads three sentences, not a list.
MOST_CLAUSES = 3


@dataclass(frozen=True)
class SegmentSheet:
    """A segment's facts and all that the phrase table can say of it, the most telling first in every slot."""

    segment: SegmentFacts
    names: NamedSegment
    opening: Candidate | None
    clauses: tuple[Candidate, ...]
    typical: Candidate
    actions: tuple[Candidate, ...]

    @property
    def segment_key(self) -> str:
        """The key of the segment."""
        return self.segment.segment_key


@dataclass(frozen=True)
class SegmentText:
    """What is published of one segment, who wrote it, and which facts it rests on.

    is_final: false when a provider could not be reached, so that the next build asks it again.
    """

    segment_key: str
    name: str
    description: str
    action: str
    source: str
    facts_used: tuple[str, ...]
    rejected_claims: tuple[str, ...] = ()
    is_final: bool = True


def segment_sheet(table: PhraseTable, segment: SegmentFacts) -> SegmentSheet:
    """Everything the phrase table can say of the segment."""
    openings = candidates(table, "opening", segment)
    return SegmentSheet(
        segment=segment,
        names=name_candidates(table, segment),
        opening=max(openings, key=lambda opening: (len(opening.facts), opening.text), default=None),
        clauses=tuple(candidates(table, "clause", segment)),
        typical=candidates(table, "typical", segment)[0],
        actions=tuple(candidates(table, "action", segment)),
    )


def segment_text(sheet: SegmentSheet, name: Candidate, source: str) -> SegmentText:
    """The segment's text from its sheet: the name given, a description of its most telling facts, and an action.

    What the name claims is told first, so that a reader finds its figures.
    """
    by_name = sorted(
        sheet.clauses, key=lambda clause: (not clause.stated & name.stated, not clause.topics & name.topics)
    )
    clauses = _one_per_topic(by_name)[:MOST_CLAUSES]
    opening = [sheet.opening] if sheet.opening else []
    used = [name, *opening, *(clauses or [sheet.typical]), sheet.actions[0]]
    return SegmentText(
        segment_key=sheet.segment_key,
        name=name.text,
        description=" ".join([*(sentence.text for sentence in opening), *_sentences(clauses, sheet.typical)]),
        action=sheet.actions[0].text,
        source=source,
        facts_used=tuple(sorted({fact for part in used for fact in part.facts})),
    )


def _sentences(clauses: Sequence[Candidate], typical: Candidate) -> list[str]:
    if not clauses:
        return [typical.text]
    first, *others = clauses
    if not others:
        return [f"They {first.text}."]
    second, *rest = others
    joint = ", yet" if {first.tone, second.tone} == {"good", "bad"} else " and"
    return [f"They {first.text}{joint} {second.text}.", *(_also(clause.text) for clause in rest)]


def _also(clause: str) -> str:
    verb, _, others = clause.partition(" ")
    return f"They {verb} also {others}." if verb in ("are", "have") else f"They also {clause}."


def _one_per_topic(clauses: Sequence[Candidate]) -> list[Candidate]:
    """Of each topic the first clause."""
    topics: set[str] = set()
    kept = []
    for clause in clauses:
        if not clause.topics & topics:
            kept.append(clause)
            topics |= clause.topics
    return kept
