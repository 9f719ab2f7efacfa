"""Embeddings from an HTTP endpoint that speaks OpenAI's protocol: a hosted one, or a server of your own."""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from python_udfs.voice.encoder_errors import EncoderError
from python_udfs.voice.vectors import FloatMatrix, unit_vectors

if TYPE_CHECKING:
    from openai import OpenAI

DEFAULT_KEY_VARIABLE = "OPENAI_API_KEY"
# The client waits half a second before the second attempt, and twice as long before each further one.
RETRIES = 5
SECONDS_PER_REQUEST = 120.0


@dataclass
class EmbeddingsEndpoint:
    """An `Encoder` (see `encoders`) behind an endpoint. Its key stays in the environment until a request needs it.

    model: as the endpoint calls it; base_url: with its version, "http://localhost:8080/v1", None for OpenAI's own.
    batch_size: texts per request; known_dimensions: the length of the vectors, or None to ask by a request.
    api_key_variable: the environment variable that holds the key.
    """

    model: str
    base_url: str | None
    batch_size: int
    known_dimensions: int | None = None
    api_key_variable: str = DEFAULT_KEY_VARIABLE

    @property
    def identity(self) -> str:
        """The model's name and, for another endpoint than OpenAI's, a hash of its address."""
        address = f"@{hashlib.sha256(self.base_url.encode()).hexdigest()[:12]}" if self.base_url else ""
        return f"openai:{self.model}{address}"

    @cached_property
    def client(self) -> "OpenAI":
        """The connection. Raises EncoderError without a key, which only an endpoint of one's own may do without."""
        from openai import OpenAI

        key = os.environ.get(self.api_key_variable)
        if not key and not self.base_url:
            raise EncoderError(
                f"the encoder openai:{self.model} needs a key: set the environment variable {self.api_key_variable}"
            )
        return OpenAI(base_url=self.base_url, api_key=key or "none", max_retries=RETRIES, timeout=SECONDS_PER_REQUEST)

    @cached_property
    def dimensions(self) -> int:
        """The length of a vector; asked by encoding one word if it isn't known."""
        return self.known_dimensions or len(self._request(["dimensions"])[0])

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        """(texts, dimensions) float32 of unit length, by requests of `batch_size` texts. Raises EncoderError."""
        batches = (texts[start : start + self.batch_size] for start in range(0, len(texts), self.batch_size))
        vectors = [vector for batch in batches for vector in self._request(batch)]
        if len({len(vector) for vector in vectors}) > 1:
            raise EncoderError(f"{self.identity} gives vectors of different lengths: it can't be used as an encoder")
        return unit_vectors(vectors, len(texts), self.dimensions, self.identity)

    def _request(self, texts: Sequence[str]) -> list[list[float]]:
        from openai import OpenAIError

        try:
            answer = self.client.embeddings.create(model=self.model, input=list(texts), encoding_format="float")
        except OpenAIError as error:
            # Not the error itself: it may quote the request, and a review, or part of the key.
            status = getattr(error, "status_code", type(error).__name__)
            raise EncoderError(
                f"{self.identity} gave no embeddings ({status}) after {RETRIES} retries: check that the endpoint runs, "
                f"the model's name, the base URL and {self.api_key_variable}"
            ) from None
        vectors = [item.embedding for item in sorted(answer.data, key=lambda item: item.index)]
        if len(vectors) != len(texts):
            raise EncoderError(f"{self.identity} gave {len(vectors)} vectors for {len(texts)} texts: it can't be used")
        return vectors
