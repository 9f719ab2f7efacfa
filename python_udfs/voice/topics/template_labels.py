"""Labels by rule, without a model."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from python_udfs.voice.topics.given_labels import TopicLabel, free_options
from python_udfs.voice.topics.sheets import TopicSheet


@dataclass(frozen=True)
class TemplateLabels:
    """The best option, by rule."""

    source: str = "template"
    model: str = "none"
    prompt_version: str = "1"

    def write(self, sheets: Sequence[TopicSheet], taken: Collection[str]) -> list[TopicLabel]:
        """See `LabelProvider`."""
        labels: list[TopicLabel] = []
        for sheet in sheets:
            used = [*taken, *(label.text for label in labels)]
            labels.append(TopicLabel(sheet.topic_key, free_options(sheet, used)[0], self.source))
        return labels
