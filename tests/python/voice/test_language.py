import pytest

from python_udfs.voice.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I love this dress, it fits", "en"),
        ("Awesome tone", "en"),
        ("Ótimo", "pt"),
        ("Produto veio quebrado", "pt"),
        ("Chegou antes do prazo, recomendo", "pt"),
        ("Muy bueno", "es"),
        ("No me gusta, llegó tarde", "es"),
        ("味道不错，送得很快", "zh"),
        ("配送很快，APP好用", "zh"),
        ("これはとても良いです", "und"),
        ("Sehr gut, schnelle Lieferung", "und"),
        ("très bien", "und"),
        ("👍👍", "und"),
        ("", "und"),
    ],
)
def test_frequent_words_tell_the_language(text: str, language: str) -> None:
    assert language_of(text) == language
