import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from python_udfs.voice.text_cleaning import clean

MARKUP_PIECES = st.sampled_from(
    [
        *("<", ">", "&", ";", "&amp;", "&lt;", "&gt;", "&#60;", "amp;", "lt;"),
        *("br", "<b", "</b>", "<br/>", "<script>", "</script>", "<!--", "-->", "<EMAIL>"),
        *("x", "e", "\u0301", "😀", "\u200d", "１", " ", "\n", "\x00", "\u200b", "\ud800"),
    ]
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("  Great \t product \n\n\n it works ", "Great product\nit works"),
        ("Nice<br />and <b>soft</b>&nbsp;fabric", "Nice and soft fabric"),
        ("Tom &amp; Jerry &lt;3", "Tom & Jerry <3"),
        ("&amp;lt;br&amp;gt;hidden", "hidden"),
        ("<script>alert('x')</script>ok<!-- note -->", "ok"),
        ("size <M> fits, I <3 it, a<b", "size <M> fits, I <3 it, a<b"),
        ("<EMAIL> and <URL>", "<EMAIL> and <URL>"),
        ("cafe\u0301", "café"),
        ("a\x00b\x07c", "a b c"),
        ("lone \ud83d surrogate", "lone surrogate"),
        ("\u202eabc\u202c \u200fdef\ufeff", "abc def"),
        ("so\u200bft hyp\xadhen", "soft hyphen"),
        ("family 👨\u200d👩\u200d👧", "family 👨\u200d👩\u200d👧"),
        ("电话１３８００１３８０００", "电话13800138000"),
        ("٣ من ٥", "3 من 5"),
        ("ｊｏｅ＠ｍａｉｌ．ｃｏｍ", "joe@mail.com"),
        ("很好，推荐！", "很好，推荐！"),
        (" \u3000\n\t\u200b", ""),
        ("", ""),
    ],
)
def test_reads_what_a_person_would_read(written: str, read: str) -> None:
    assert clean(written) == read


@given(st.one_of(st.text(), st.lists(MARKUP_PIECES, max_size=25).map("".join)))
def test_cleaning_clean_text_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.one_of(st.text(), st.lists(MARKUP_PIECES, max_size=25).map("".join)))
def test_nothing_unreadable_is_left(text: str) -> None:
    cleaned = clean(text)
    assert not any(character < " " and character != "\n" for character in cleaned)
    cleaned.encode("utf-8")


@pytest.mark.parametrize(
    "hostile", ["&amp;" * 20_000, "<" * 100_000, "<b " * 30_000, " \n" * 50_000, "<!--" * 20_000, "<script>" * 10_000]
)
def test_hostile_text_takes_no_longer_than_any_other(hostile: str) -> None:
    started = time.process_time()
    clean(hostile)
    assert time.process_time() - started < 5
