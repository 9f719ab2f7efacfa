"""Names of persons in running text: an optional recogniser, chosen by one name in the configuration.

- empty: none (the default)
- `lists`: lists of names and the words around them, in four languages; needs the package Faker
- `transformers:<name or folder>`: a token classifier of the Hugging Face hub, or of a local folder

A name has no check digit: every recogniser takes words for names, and misses names. The README says how many.
"""

from functools import lru_cache
from typing import Protocol

TAGGER_PREFIX = "transformers:"


class NameRecogniserError(RuntimeError):
    """A recogniser of names can't be used; the message says what to do."""


class NameRecogniser(Protocol):
    """Finds names of persons in clean text."""

    @property
    def identity(self) -> str:
        """What a stored redaction depends on: the recogniser, and the version of its lists or weights."""

    def without_names(self, text: str) -> str:
        """The text with <NAME> in place of each name. Raises NameRecogniserError."""


@lru_cache(maxsize=4)
def load_name_recogniser(name: str) -> NameRecogniser | None:
    """The recogniser of that name, None for the empty one. Raises NameRecogniserError, which says what to do."""
    if not name:
        return None
    if name == "lists":
        from python_udfs.voice.listed_names import ListedNames

        return ListedNames()
    if name.startswith(TAGGER_PREFIX):
        from python_udfs.voice.tagged_names import TaggedNames

        return TaggedNames(name.removeprefix(TAGGER_PREFIX))
    raise NameRecogniserError(
        f"redaction_names is {name!r}; it takes 'lists', 'transformers:<name or folder>', or '' for none"
    )
