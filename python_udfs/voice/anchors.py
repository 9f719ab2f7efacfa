"""Sentiment without any stars and without a lexicon: how near a text is to phrases of praise and of complaint."""

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from python_udfs.voice.language import UNDETERMINED
from python_udfs.voice.vectors import FloatMatrix, products

# The same five things, praised and complained of: in general, quality, use, delivery and service, would buy again.
PRAISE = {
    "en": (
        "Excellent, I love it.",
        "Great quality, very happy with it.",
        "Works perfectly, highly recommended.",
        "Fast delivery, wonderful service.",
        "Best purchase ever, I will buy again.",
    ),
    "pt": (
        "Excelente, adorei.",
        "Ótima qualidade, estou muito satisfeito.",
        "Funciona perfeitamente, recomendo.",
        "Entrega rápida, atendimento maravilhoso.",
        "Melhor compra, vou comprar de novo.",
    ),
    "es": (
        "Excelente, me encanta.",
        "Muy buena calidad, estoy muy contento.",
        "Funciona perfectamente, lo recomiendo.",
        "Entrega rápida, servicio maravilloso.",
        "La mejor compra, volveré a comprar.",
    ),
    "zh": (
        "非常好，我很喜欢。",
        "质量很好，非常满意。",
        "很好用，强烈推荐。",
        "送得很快，服务很好。",
        "味道不错，下次还会再买。",
    ),
}
COMPLAINT = {
    "en": (
        "Terrible, I hate it.",
        "Very poor quality, very disappointed.",
        "It broke, do not buy this.",
        "Late delivery, awful service.",
        "Worst purchase ever, I want my money back.",
    ),
    "pt": (
        "Péssimo, odiei.",
        "Qualidade muito ruim, estou decepcionado.",
        "Veio quebrado, não comprem.",
        "Entrega atrasada, atendimento horrível.",
        "Pior compra, quero meu dinheiro de volta.",
    ),
    "es": (
        "Pésimo, lo odio.",
        "Muy mala calidad, estoy decepcionado.",
        "Llegó roto, no lo compren.",
        "Entrega tarde, servicio horrible.",
        "La peor compra, quiero que me devuelvan el dinero.",
    ),
    "zh": (
        "太差了，很讨厌。",
        "质量很差，非常失望。",
        "坏了，千万不要买。",
        "送得太慢，服务态度很差。",
        "难吃，再也不会买了，要求退款。",
    ),
}


class AnchorSentiment:
    """Places vectors between the mean complaint (-1) and the mean praise (1) of their language, by the same encoder.

    encode: an encoder's `encode`; called once, when the first text needs it.
    """

    def __init__(self, encode: Callable[[Sequence[str]], FloatMatrix]) -> None:
        self.encode = encode

    def score(self, vectors: NDArray[np.float64], languages: Sequence[str]) -> NDArray[np.float64]:
        """(rows,) in [-1, 1] of (rows, dimensions) vectors; texts in other languages are compared with all phrases."""
        scores = np.zeros(len(vectors))
        known = np.array([language if language in PRAISE else UNDETERMINED for language in languages], dtype=object)
        for language in sorted(set(known)):
            rows = known == language
            praise, complaint = self._means[language]
            axis = praise - complaint
            scores[rows] = 2 * products(vectors[rows] - (praise + complaint) / 2, axis[None])[:, 0] / (axis @ axis)
        return np.clip(scores, -1, 1)

    @cached_property
    def _means(self) -> dict[str, tuple[NDArray[np.float64], NDArray[np.float64]]]:
        """The mean vectors of praise and complaint, by language and of all languages together."""
        praise = {language: self._encoded(phrases) for language, phrases in PRAISE.items()}
        complaint = {language: self._encoded(phrases) for language, phrases in COMPLAINT.items()}
        means = {language: (praise[language].mean(axis=0), complaint[language].mean(axis=0)) for language in PRAISE}
        means[UNDETERMINED] = (
            np.mean([mean for mean, _ in means.values()], axis=0),
            np.mean([mean for _, mean in means.values()], axis=0),
        )
        return means

    def _encoded(self, phrases: Sequence[str]) -> NDArray[np.float64]:
        return self.encode(phrases).astype(np.float64)
