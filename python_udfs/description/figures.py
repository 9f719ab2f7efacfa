"""Figures in a sentence, and whether the facts hold them."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from python_udfs.description.facts import Fact, SegmentFacts

_NUMBER = re.compile(
    r"(?<![\w.,])(?P<sign>[-−])?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<power>[kKmM])?(?!\w)"
    r"(?P<percent>\s?%|\s?per\s?cent\b)?"
)
_UNIT_WORDS = {
    **dict.fromkeys(("day", "days"), "days"),
    **dict.fromkeys(("order", "orders", "purchase", "purchases"), "orders"),
    **dict.fromkeys(("star", "stars"), "stars"),
    **dict.fromkeys(("customer", "customers", "buyers", "people", "shoppers"), "customers"),
    **dict.fromkeys(("view", "views"), "views"),
    **dict.fromkeys(("category", "categories"), "categories"),
    **dict.fromkeys(("times", "x"), "times"),
}
_UNIT = re.compile(rf"[\s-]*(?:product |different |completed )?({'|'.join(_UNIT_WORDS)})\b", re.IGNORECASE)
_FROM_TWO = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNT_WORDS = {word: str(number) for number, word in enumerate(_FROM_TWO, start=2)}
_MULTIPLES = {"twice": "2 times", "double": "2 times", "triple": "3 times"}
_PARTS = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "fifth": 0.2, "tenth": 0.1}
_PART = re.compile(rf"\b(?:(?P<count>\d+)[\s-])?(?P<part>{'|'.join(_PARTS)})s?\b", re.IGNORECASE)
_WORDS = re.compile(rf"\b({'|'.join([*_COUNT_WORDS, *_MULTIPLES])})\b", re.IGNORECASE)

# The scale of stars, and that of sentiment: not figures of the segment.
_SCALES = re.compile(r"(?<=\d )(?:out )?of 5\b|(?<=\d)/5\b|(?:from )?[-−]1 to 1\b", re.IGNORECASE)
_SIZE_OF = re.compile(
    r"\s*of (?:(?:all |the |our |the shop['’]s )*customers|the shop(?!['’])|all(?! (?:the |our )?customers))\b"
    r"(?!\s+(?:who\s+)?(?:return|cancel|review|order|buy|are|rate|browse|come|spend|have))",
    re.IGNORECASE,
)

_SHOP_BEFORE = re.compile(
    r"\b(?:against|than|versus|vs|compared (?:with|to)|overall|(?<!of )(?<!of the )shop(?:['’]s)?)\b[^()]*$",
    re.IGNORECASE,
)
_SHOP_AFTER = re.compile(
    r"^[^()\d]*?\b(?:(?:in|for|across|among) the (?:whole )?shop|(?:for|across|among) all)\b"
    r"|^\s*(?:shop-wide|overall)\b",
    re.IGNORECASE,
)

_AT_LEAST = re.compile(r"\b(?:more than|over|at least|above|exceeding)\s*$", re.IGNORECASE)
_AT_MOST = re.compile(r"\b(?:less than|fewer than|under|below|at most|up to|nearly|almost|close to)\s*$", re.IGNORECASE)
_ABOUT = re.compile(r"(?:\b(?:about|around|roughly|approximately|some|circa)|~)\s*$", re.IGNORECASE)

# "Over 300" is said of 312 or 360, not of 900; "about 300" of 280 or 320.
MOST_BEYOND = 0.25
ABOUT = 0.1
PART_TOLERANCE = 0.035


@dataclass(frozen=True)
class Figure:
    """A number as a clause says it.

    words: as written. value: the number (a share for percentages). unit: what it counts, or None when the clause
    doesn't say. step: half of this may be lost to rounding. of_shop: whether it's said of the whole shop.
    bound: 1 at least, -1 at most, 0 exactly. of_customers: whether it's said to be a part of the customers.
    """

    words: str
    value: float
    unit: str | None
    step: float
    of_shop: bool = False
    bound: int = 0
    approximate: bool = False
    of_customers: bool = False


def figures_in(clause: str) -> Iterator[Figure]:
    """The figures that a clause says, number words, parts and multiples included."""
    text = _WORDS.sub(lambda match: (_COUNT_WORDS | _MULTIPLES)[match[0].lower()], _SCALES.sub(" ", clause))
    for match in _PART.finditer(text):
        value = int(match["count"] or 1) * _PARTS[match["part"].lower()]
        yield Figure(
            match[0], value, "share", 2 * PART_TOLERANCE, of_customers=bool(_SIZE_OF.match(text[match.end() :]))
        )
    text = _PART.sub(lambda match: " " * len(match[0]), text)
    numbers = list(_NUMBER.finditer(text))
    for position, match in enumerate(numbers):
        before = text[numbers[position - 1].end() if position else 0 : match.start()]
        after = text[match.end() : numbers[position + 1].start() if position + 1 < len(numbers) else len(text)]
        yield _figure(match, before, after)


def is_said_by(figure: Figure, segment: SegmentFacts, subjects: Collection[str]) -> Fact | None:
    """The fact that holds the figure, among the facts that the clause is about; None when none does."""
    names = list(subjects)
    if figure.unit == "customers":
        names = ["customers"]
    elif figure.of_customers:
        names.append("customer_share")
    known = [segment.facts[name] for name in names if name in segment.facts]
    return next((fact for fact in known if _holds(figure, fact)), None)


def _figure(match: re.Match[str], before: str, after: str) -> Figure:
    power = {"k": 1_000, "m": 1_000_000}.get((match["power"] or "").lower(), 1)
    digits = match["digits"].replace(",", "")
    decimals = len(digits.partition(".")[2])
    scale = 0.01 if match["percent"] else power
    unit = _UNIT.match(after)
    return Figure(
        words=match[0].strip(),
        value=float(digits) * scale * (-1 if match["sign"] else 1),
        unit="share" if match["percent"] else _UNIT_WORDS[unit[1].lower()] if unit else None,
        step=10.0**-decimals * scale,
        of_shop=bool(_SHOP_BEFORE.search(before) or _SHOP_AFTER.search(after)),
        bound=1 if _AT_LEAST.search(before) else -1 if _AT_MOST.search(before) else 0,
        approximate=bool(_ABOUT.search(before)),
        of_customers=bool(match["percent"] and _SIZE_OF.match(after)),
    )


def _holds(figure: Figure, fact: Fact) -> bool:
    value = fact.shop_value if figure.of_shop else fact.value
    if value is None:
        return False
    if figure.unit == "times" and fact.unit not in ("times", "carts"):
        return bool(fact.shop_value) and _agrees(figure, fact.value / (fact.shop_value or 1.0), figure.step)
    if (figure.unit == "share") != (fact.unit == "share") or (figure.unit not in (None, fact.unit, "times")):
        return False
    return _agrees(figure, value, figure.step)


def _agrees(figure: Figure, value: float, step: float) -> bool:
    slack = step / 2 + 1e-9
    if figure.bound:
        distance = (value - figure.value) * figure.bound
        return -1e-9 <= distance <= MOST_BEYOND * abs(figure.value) + slack
    return abs(value - figure.value) <= max(slack, ABOUT * abs(value) if figure.approximate else 0.0)
