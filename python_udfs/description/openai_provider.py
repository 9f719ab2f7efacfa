"""Any OpenAI-compatible endpoint writes freely; what the facts don't bear out is sent back, then replaced."""

import json
import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from python_udfs.description.grounding import ungrounded_claims
from python_udfs.description.prompts import (
    ANSWER_FORMAT,
    LONGEST,
    PROMPT_VERSION,
    SYSTEM_PROMPT,
    correction,
    fact_sheet,
)
from python_udfs.description.providers import DescriptionProviderError
from python_udfs.description.template_provider import TemplateProvider
from python_udfs.description.wording import SegmentSheet, SegmentText
from python_udfs.progress import Progress, logger

DEFAULT_TIMEOUT_SECONDS = 60.0
ATTEMPTS = 3
MOST_ANSWER_TOKENS = 500

Answer = dict[str, str]
Message = dict[str, str]


class UnreachableError(RuntimeError):
    """The endpoint didn't answer, although it was asked more than once."""


def openai_provider(
    base_url: str | None, model: str | None, api_key_variable: str | None, timeout_seconds: float | None
) -> "OpenAIProvider":
    """A provider from its configuration. The key is read from the environment variable that is named, and stays there.

    Raises DescriptionProviderError when no model is named, or no key is set for the public endpoint.
    """
    if not model:
        raise DescriptionProviderError(
            "description_provider is openai, but no model is named: set the var llm_model, for example "
            "`--vars '{description_provider: openai, llm_model: gpt-4o-mini}'`"
        )
    variable = api_key_variable or "OPENAI_API_KEY"
    key = os.environ.get(variable, "")
    if not key and not base_url:
        raise DescriptionProviderError(
            f"description_provider is openai, but the environment variable {variable} is empty: put the key there, or "
            "set llm_base_url to an endpoint that needs none"
        )
    return OpenAIProvider(model, base_url or None, key or "none", float(timeout_seconds or DEFAULT_TIMEOUT_SECONDS))


@dataclass
class OpenAIProvider:
    """Asks for each segment's text, checks it, asks again at most twice, and falls back to template text."""

    model: str
    base_url: str | None
    api_key: str
    timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS
    source: str = "openai"
    prompt_version: str = PROMPT_VERSION

    def __repr__(self) -> str:
        return f"OpenAIProvider({self.model!r}, {self.base_url!r})"

    def write(
        self, sheets: Sequence[SegmentSheet], reserved: Collection[str], previous: Mapping[str, str]
    ) -> list[SegmentText]:
        """One text per sheet, as `DescriptionProvider` promises. Calls the endpoint only if there is a sheet.

        Text that fails the check three times becomes template text (source template_after_failed_check). An endpoint
        that can't be reached isn't asked for the rest, which get template text (template_after_failed_call) and are
        asked for again in the next build. Raises DescriptionProviderError when it refuses the key, model or request.
        """
        if not sheets:
            return []
        templates = {text.segment_key: text for text in TemplateProvider().write(sheets, reserved, {})}
        names = {key: text.name for key, text in templates.items()}
        endpoint: Endpoint | None = Endpoint(self)
        progress = Progress(len(sheets), "segments described")
        texts = []
        for sheet in sheets:
            key = sheet.segment_key
            taken = [*reserved, *(name for other, name in [*names.items(), *previous.items()] if other != key)]
            template = templates[key]
            if endpoint is None:
                text = replace(template, source="template_after_failed_call", is_final=False)
            else:
                try:
                    text = _checked_text(endpoint, sheet, taken, template, previous.get(key))
                except UnreachableError as error:
                    logger.warning(
                        "The language model's endpoint %s; template text is used, and the next build tries again", error
                    )
                    endpoint = None
                    text = replace(template, source="template_after_failed_call", is_final=False)
            names[key] = text.name
            texts.append(text)
            progress.advance(1)
        return texts


class Endpoint:
    """One OpenAI-compatible endpoint, spoken to as simply as it wants. answer_format: the JSON that it's asked for."""

    def __init__(self, provider: OpenAIProvider, answer_format: dict[str, Any] = ANSWER_FORMAT) -> None:
        import openai

        self.model = provider.model
        self.errors = openai
        self.client = openai.OpenAI(
            base_url=provider.base_url, api_key=provider.api_key, timeout=provider.timeout_seconds, max_retries=2
        )
        self.options: dict[str, Any] = {
            "response_format": answer_format,
            "temperature": 0,
            "max_tokens": MOST_ANSWER_TOKENS,
        }

    def ask(self, messages: Sequence[Message]) -> str:
        """The answer to a conversation. Raises UnreachableError, or DescriptionProviderError for a refusal.

        Error bodies may repeat keys and prompts, so none is passed on.
        """
        try:
            return self._ask(messages)
        except (self.errors.APIConnectionError, self.errors.InternalServerError, self.errors.RateLimitError) as error:
            raise UnreachableError(f"could not be reached ({type(error).__name__})") from None
        except self.errors.APIStatusError as error:
            raise DescriptionProviderError(
                f"The language model's endpoint refused the request (HTTP {error.status_code}): check llm_base_url, "
                "llm_model and the key, or use `--vars 'description_provider: template'`"
            ) from None

    def _ask(self, messages: Sequence[Message]) -> str:
        try:
            answer = self.client.chat.completions.create(model=self.model, messages=list(messages), **self.options)
        except (self.errors.BadRequestError, self.errors.UnprocessableEntityError):
            if not self.options:
                raise
            # Not every endpoint knows JSON schemas, and some models want no temperature: the prompt alone must do.
            self.options = {}
            answer = self.client.chat.completions.create(model=self.model, messages=list(messages))
        return (answer.choices[0].message.content or "") if answer.choices else ""


def _checked_text(
    endpoint: Endpoint, sheet: SegmentSheet, taken: Sequence[str], template: SegmentText, previous_name: str | None
) -> SegmentText:
    """The model's text once it passes the check, else the template's; either with what was rejected on the way."""
    messages = [
        {"role": "system", "content": SYSTEM_PROMPT},
        {"role": "user", "content": fact_sheet(sheet, taken)},
    ]
    rejected: list[str] = []
    for _ in range(ATTEMPTS):
        raw = endpoint.ask(messages)
        answer, complaints = checked_answer(raw, sheet, taken)
        if not complaints:
            return SegmentText(
                segment_key=sheet.segment_key,
                name=_name_to_keep(previous_name, sheet, taken) or answer["name"],
                description=answer["description"],
                action=answer["suggested_action"],
                source="openai",
                facts_used=tuple(sorted(sheet.segment.facts)),
                rejected_claims=tuple(dict.fromkeys(rejected)),
            )
        rejected += complaints
        messages += [{"role": "assistant", "content": raw}, {"role": "user", "content": correction(complaints)}]
    return replace(template, source="template_after_failed_check", rejected_claims=tuple(dict.fromkeys(rejected)))


def checked_answer(raw: str, sheet: SegmentSheet, taken: Collection[str]) -> tuple[Answer, list[str]]:
    """The fields of a model's answer, and what is wrong with them; nothing when the answer may be published."""
    try:
        fields = json.loads(raw[raw.index("{") : raw.rindex("}") + 1])
        answer = {field: " ".join(str(fields[field]).split()) for field in LONGEST}
    except (ValueError, KeyError):
        return {}, [f"the answer is not a JSON object with {', '.join(LONGEST)}"]
    complaints = []
    for field, longest in LONGEST.items():
        if not 0 < len(answer[field]) <= longest:
            complaints.append(f"{field} is empty or longer than {longest} characters")
        is_advice = field == "suggested_action"
        complaints += [f"{field}: {claim}" for claim in ungrounded_claims(answer[field], sheet.segment, is_advice)]
    if answer["name"].casefold() in {name.casefold() for name in taken}:
        complaints.append(f"name: '{answer['name']}' is taken by another segment")
    return answer, complaints


def _name_to_keep(previous: str | None, sheet: SegmentSheet, taken: Collection[str]) -> str | None:
    if previous is None or previous.casefold() in {name.casefold() for name in taken}:
        return None
    return None if ungrounded_claims(previous, sheet.segment) else previous
