"""Runs of digit groups in a text, "+55 (11) 98765-4321", and the numbers that may stand in one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

SEPARATOR = r"[ .()\-‐-―−（）]"
# At most three separators between two groups: ") - " is one number's, more is two numbers'.
RUN = re.compile(rf"\+?[(（]?\+?\d+(?:{SEPARATOR}{{1,3}}\d+)*")
GROUP = re.compile(r"\d+")


@dataclass(frozen=True)
class Number:
    """Some neighbouring digit groups of a text. start and end are places in the text, end exclusive."""

    start: int
    end: int
    groups: tuple[str, ...]

    @property
    def digits(self) -> str:
        """All digits without separators."""
        return "".join(self.groups)


def runs(text: str) -> Iterator[list[Number]]:
    """Each run of digit groups as the list of its single groups, from left to right."""
    for run in RUN.finditer(text):
        start = run.start()
        found = GROUP.finditer(run[0])
        groups = [Number(start + group.start(), start + group.end(), (group[0],)) for group in found]
        # Its first group begins with the sign or bracket before it.
        yield [Number(start, groups[0].end, groups[0].groups), *groups[1:]]


def windows(groups: list[Number], shortest: int, longest: int) -> Iterator[Number]:
    """Neighbouring groups joined, of `shortest` to `longest` digits in all; from the left, the longest first."""
    for first in range(len(groups)):
        joined = []
        length = 0
        for last in range(first, len(groups)):
            length += len(groups[last].digits)
            if length > longest:
                break
            if length >= shortest:
                joined.append(join(groups[first : last + 1]))
        yield from reversed(joined)


def join(groups: list[Number]) -> Number:
    """Neighbouring numbers as one."""
    return Number(groups[0].start, groups[-1].end, tuple(digits for number in groups for digits in number.groups))
