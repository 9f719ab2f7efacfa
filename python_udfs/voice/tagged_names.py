"""Names of persons by a token classifier of the transformers library, from the Hugging Face hub or a local folder."""

from functools import cached_property, partial
from pathlib import Path
from typing import Any

from python_udfs.voice.file_hashes import folder_hash
from python_udfs.voice.person_names import NameRecogniserError

# The label of persons in the models of CoNLL, OntoNotes and their kin.
PERSON_LABELS = frozenset({"PER", "PERSON"})
HASH_CHARACTERS = 12
# An eighth of a window is longer than a name.
OVERLAP = 8


class TaggedNames:
    """A `NameRecogniser` (see `person_names`) that loads its model at the first text.

    model: `owner/name` or `owner/name@revision` on the hub, or a folder with a token classifier and its tokenizer.
    """

    def __init__(self, model: str) -> None:
        self.model = model
        folder = Path(model)
        content = f"@{folder_hash(folder)[:HASH_CHARACTERS]}" if folder.is_dir() else ""
        self.identity = f"transformers:{model}{content}"

    @cached_property
    def tag(self) -> Any:
        """The pipeline from a text to its named entities. Raises NameRecogniserError."""
        from transformers import pipeline
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()
        name, _, revision = (self.model, "", "") if Path(self.model).is_dir() else self.model.partition("@")
        try:
            tag = pipeline("token-classification", model=name, revision=revision or None, aggregation_strategy="simple")
        except (OSError, ValueError, ImportError) as error:
            raise NameRecogniserError(
                f"redaction_names names the model {self.model!r}, which can't be loaded as a token classifier: "
                f"{type(error).__name__}. Save one in a folder, or unset HF_HUB_OFFLINE to fetch it from the hub"
            ) from error
        # Long texts go through in windows that overlap. Some tokenizers don't say how long a window may be.
        window = min(tag.tokenizer.model_max_length, tag.model.config.max_position_embeddings)
        tag.tokenizer.model_max_length = window
        return partial(tag, stride=window // OVERLAP)

    def without_names(self, text: str) -> str:
        """See `NameRecogniser`."""
        found = [entity for entity in self.tag(text) if entity["entity_group"].upper() in PERSON_LABELS]
        for entity in sorted(found, key=lambda entity: -entity["start"]):
            text = f"{text[: entity['start']]}<NAME>{text[entity['end'] :]}"
        return text
