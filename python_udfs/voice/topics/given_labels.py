"""A label that a topic is given, and what everybody who gives labels does."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from python_udfs.voice.topics.sheets import TopicSheet


@dataclass(frozen=True)
class TopicLabel:
    """A label and who gave it. is_final: whether the next build may keep it. rejected: what was refused, and why."""

    topic_key: str
    text: str
    source: str
    is_final: bool = True
    rejected: tuple[str, ...] = ()


class LabelProvider(Protocol):
    """Labels topics."""

    source: str
    model: str
    prompt_version: str

    def write(self, sheets: Sequence[TopicSheet], taken: Collection[str]) -> list[TopicLabel]:
        """One label per sheet, different from each other and from those `taken`, upper and lower case apart."""


def free_options(sheet: TopicSheet, taken: Collection[str]) -> list[str]:
    """The sheet's options that aren't taken; at least one, with the topic's key as the last resort."""
    used = {label.casefold() for label in taken}
    free = [option for option in sheet.options if option.casefold() not in used]
    return free or [f"{sheet.options[0]} ({sheet.topic_key})"]
