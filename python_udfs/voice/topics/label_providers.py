"""Who labels topics: the counterpart of the provider of descriptions that the configuration names."""

from python_udfs.description.openai_provider import OpenAIProvider
from python_udfs.description.providers import provider_named
from python_udfs.voice.topics.choosing_labels import ChoosingLabels
from python_udfs.voice.topics.endpoint_labels import EndpointLabels
from python_udfs.voice.topics.given_labels import LabelProvider
from python_udfs.voice.topics.template_labels import TemplateLabels


def label_provider_named(name: str, **settings: object) -> LabelProvider:
    """The counterpart of the description provider of that name, with its settings. Raises DescriptionProviderError."""
    provider = provider_named(name, **settings)
    if isinstance(provider, OpenAIProvider):
        return EndpointLabels(provider, provider.model)
    return ChoosingLabels() if name == "embedded" else TemplateLabels()
