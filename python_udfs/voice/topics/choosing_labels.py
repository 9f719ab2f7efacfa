"""Labels that a small local model chooses; it can't invent any."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from python_udfs.description.embedded_model import MODEL, EmbeddedModel
from python_udfs.voice.topics.given_labels import TopicLabel, free_options
from python_udfs.voice.topics.sheets import TopicSheet

MOST_OPTIONS = 3


@dataclass(frozen=True)
class ChoosingLabels:
    """The small local model chooses among options that are all made of the topic's own words."""

    source: str = "embedded"
    model: str = MODEL
    prompt_version: str = "1"
    load: Callable[[], EmbeddedModel] = field(default=EmbeddedModel)

    def write(self, sheets: Sequence[TopicSheet], taken: Collection[str]) -> list[TopicLabel]:
        """See `LabelProvider`. Loads the model only if there is a choice to make."""
        labels: list[TopicLabel] = []
        model: EmbeddedModel | None = None
        for sheet in sheets:
            options = free_options(sheet, [*taken, *(label.text for label in labels)])[:MOST_OPTIONS]
            chosen = 0
            if len(options) > 1:
                model = model or self.load()
                chosen = model.choose(f"Keywords: {', '.join(sheet.words)}.\nTopic:", options)
            labels.append(TopicLabel(sheet.topic_key, options[chosen], self.source))
        return labels
