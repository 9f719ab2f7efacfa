"""The phrases reviews are made of, one module per language."""

from python_udfs.demo_shop.phrases.chinese import CHINESE
from python_udfs.demo_shop.phrases.english import ENGLISH
from python_udfs.demo_shop.phrases.language import ASPECTS, Language
from python_udfs.demo_shop.phrases.portuguese import PORTUGUESE

LANGUAGES: dict[str, Language] = {"en": ENGLISH, "pt": PORTUGUESE, "zh": CHINESE}

__all__ = ["ASPECTS", "LANGUAGES", "Language"]
