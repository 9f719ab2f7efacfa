"""A stand-in for an encoder where only the memory and time around it are measured: one fixed random vector per word."""

from pathlib import Path

import numpy as np

from benchmarks.review_shop import SENTENCES

DIMENSIONS = 512


def save_stand_in(folder: Path) -> Path:
    """Save a sentence-transformers model that takes no time and tells nothing, of the default encoder's dimensions."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    words = sorted({word for group in SENTENCES for sentence in group for word in sentence.split()})
    vocabulary = {word: number for number, word in enumerate(["unknown", *words])}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="unknown"))
    tokenizer.pre_tokenizer = Whitespace()
    vectors = np.random.default_rng(1).standard_normal((len(vocabulary), DIMENSIONS)).astype(np.float32)
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=vectors)]).save(str(folder))
    return folder
