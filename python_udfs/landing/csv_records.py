"""Splits CSV text into records, so that a quote that nobody closes costs one line and not all that follow."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator


class Lines:
    """The lines of a text stream, of which those that a record swallowed can be given back."""

    def __init__(self, stream: Iterable[str]) -> None:
        self.stream = iter(stream)
        self.waiting: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        line = self.waiting.popleft() if self.waiting else next(self.stream)
        self.taken.append(line)
        return line

    def give_back_all_but_first(self) -> str:
        """Return the first of the taken lines; the others will be read again."""
        first, *others = self.taken
        self.waiting.extendleft(reversed(others))
        return first


def csv_records(lines: Lines, delimiter: str) -> Iterator[list[str] | str]:
    """Each record as its values, or, where its quotes don't come out even, its first line as it stands.

    A quote that nobody closes would swallow what follows up to the next one. Strict reading trips over that one, or
    over csv's limit for a field, 128 KB, and only the line with the stray quote is given up.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.taken.clear()
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield lines.give_back_all_but_first()
        else:
            if values:
                yield values


def complaint(record: list[str] | str, columns: int, delimiter: str) -> tuple[str, str] | None:
    """What is wrong with a record of a table with this many columns, and its text; None when nothing is."""
    if isinstance(record, str):
        return "a quote is not closed, or stands inside a quoted value without being doubled", record.rstrip("\r\n")
    if len(record) != columns:
        return f"expected {columns} columns, found {len(record)}", delimiter.join(record)
    return None
