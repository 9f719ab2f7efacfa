"""Who writes the texts: the provider named by the configuration."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from python_udfs.description.wording import SegmentSheet, SegmentText


class DescriptionProviderError(RuntimeError):
    """A provider that can't work as it is configured; the message says what to do."""


class DescriptionProvider(Protocol):
    """Writes the texts of segments."""

    source: str
    """The provider's name, as the rows give it."""
    model: str
    """Which model, or 'none'."""
    prompt_version: str
    """Changes with the prompt and the rules, so that cached texts of other ones are not used."""

    def write(
        self, sheets: Sequence[SegmentSheet], reserved: Collection[str], previous: Mapping[str, str]
    ) -> list[SegmentText]:
        """One text per sheet, with names that differ from each other and from `reserved`.

        previous: names that this provider gave before, by segment key; kept where they are still true.
        """


def provider_named(
    name: str,
    base_url: str | None = None,
    model: str | None = None,
    api_key_variable: str | None = None,
    timeout_seconds: float | None = None,
) -> DescriptionProvider:
    """The provider of that name: embedded, openai or template. The other arguments are for openai.

    Raises DescriptionProviderError for another name, or when something that the provider needs is missing.
    """
    if name == "embedded":
        from python_udfs.description.embedded_provider import EmbeddedProvider

        return EmbeddedProvider()
    if name == "openai":
        from python_udfs.description.openai_provider import openai_provider

        return openai_provider(base_url, model, api_key_variable, timeout_seconds)
    if name == "template":
        from python_udfs.description.template_provider import TemplateProvider

        return TemplateProvider()
    raise DescriptionProviderError(
        f"description_provider is '{name}': set it to embedded (a small local model), openai (any compatible "
        "endpoint) or template (no model)"
    )
