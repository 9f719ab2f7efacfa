"""Conditions on facts: `median_frequency is high and average_rating <= 3`, as a phrase table writes them."""

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from python_udfs.description.facts import KNOWN_FACTS, Fact, SegmentFacts

# In standard deviations of the shop's customers: Cohen's small-to-medium and large effects (Cohen 1988).
HIGH = 0.4
VERY_HIGH = 1.0

COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}

LEVELS: dict[str, Callable[[Fact], bool]] = {
    "above the shop": lambda fact: fact.direction > 0,
    "below the shop": lambda fact: fact.direction < 0,
    "high": lambda fact: fact.direction > 0 and (fact.z_score or 0.0) >= HIGH,
    "very high": lambda fact: fact.direction > 0 and (fact.z_score or 0.0) >= VERY_HIGH,
    "low": lambda fact: fact.direction < 0 and (fact.z_score or 0.0) <= -HIGH,
    "very low": lambda fact: fact.direction < 0 and (fact.z_score or 0.0) <= -VERY_HIGH,
    "highest": lambda fact: fact.place_from_top == 1 and (fact.place_from_bottom or 1) > 1,
    "lowest": lambda fact: fact.place_from_bottom == 1 and (fact.place_from_top or 1) > 1,
}

KNOWN, UNKNOWN = "known", "unknown"
EVERYTHING_IS_TYPICAL = "everything is typical"
_ALL_LEVELS = (KNOWN, UNKNOWN, *LEVELS)

_CLAUSE = re.compile(
    rf"(?P<fact>\w+)\s+(?:is\s+(?P<negated>not\s+)?(?P<level>{'|'.join(_ALL_LEVELS)})|(?P<comparison>>=|<=|>|<)\s*(?P<number>-?\d+(?:\.\d+)?))"
)


@dataclass(frozen=True)
class Condition:
    """One condition on one fact: a level (`is high`) or a bound (`>= 0.25`). Of unknown facts only `unknown` holds."""

    fact: str
    level: str | None = None
    negated: bool = False
    comparison: str = ">="
    bound: float = 0.0

    def holds(self, segment: SegmentFacts) -> bool:
        """Whether the segment's facts meet it."""
        fact = segment.facts.get(self.fact)
        if fact is None or self.level == UNKNOWN:
            return fact is None and self.level == UNKNOWN
        if self.level is None:
            return COMPARISONS[self.comparison](fact.value, self.bound)
        return (self.level == KNOWN or LEVELS[self.level](fact)) != self.negated


@dataclass(frozen=True)
class Conditions:
    """Conditions that must all hold; none at all always holds."""

    all_of: tuple[Condition, ...] = ()
    everything_is_typical: bool = False

    def hold(self, segment: SegmentFacts) -> bool:
        """Whether the segment's facts meet every condition."""
        if self.everything_is_typical and any(fact.strength >= HIGH for fact in segment.strongest()):
            return False
        return all(condition.holds(segment) for condition in self.all_of)

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that are looked at, each once, in the order of writing."""
        return tuple(dict.fromkeys(condition.fact for condition in self.all_of))

    @property
    def stated(self) -> tuple[str, ...]:
        """The facts of which a level is said: a bound or a `not` guards the phrase, but isn't what it is about."""
        said = (item.fact for item in self.all_of if item.level not in (None, UNKNOWN) and not item.negated)
        return tuple(dict.fromkeys(said))

    @property
    def compared(self) -> tuple[str, ...]:
        """The facts that are compared with the shop or with the other segments."""
        return tuple(dict.fromkeys(item.fact for item in self.all_of if item.level in LEVELS and not item.negated))


def parse_conditions(text: str | None) -> Conditions:
    """Read conditions joined by `and`: `<fact> is <level>`, `<fact> is not <level>` or `<fact> >= <number>`.

    Also `everything is typical`: nothing is high or low. Levels: known, unknown, above the shop, below the shop, high,
    very high, low, very low, highest, lowest. No text is no condition. Raises ValueError that says what was expected.
    """
    all_of: list[Condition] = []
    typical = False
    clauses = re.split(r"\band\b", text) if text and text.strip() else []
    for clause in (part.strip() for part in clauses):
        if clause == EVERYTHING_IS_TYPICAL:
            typical = True
        else:
            all_of.append(_condition(clause))
    return Conditions(tuple(all_of), typical)


def any_of(*texts: str) -> tuple[Conditions, ...]:
    """Alternatives, each written as `parse_conditions` reads it."""
    return tuple(parse_conditions(text) for text in texts)


def any_holds(alternatives: Sequence[Conditions], segment: SegmentFacts) -> bool:
    """Whether at least one of the alternatives holds."""
    return any(alternative.hold(segment) for alternative in alternatives)


def _condition(clause: str) -> Condition:
    match = _CLAUSE.fullmatch(clause)
    if match is None:
        raise ValueError(
            f"'{clause}' is not a condition: write '<fact> is [not] <{'|'.join(_ALL_LEVELS)}>', "
            f"'<fact> >= <number>' or '{EVERYTHING_IS_TYPICAL}', joined by 'and'"
        )
    if match["fact"] not in KNOWN_FACTS:
        raise ValueError(f"'{match['fact']}' is not a fact: use one of {', '.join(sorted(KNOWN_FACTS))}")
    if match["level"] is not None:
        return Condition(match["fact"], level=match["level"], negated=match["negated"] is not None)
    return Condition(match["fact"], comparison=match["comparison"], bound=float(match["number"]))
