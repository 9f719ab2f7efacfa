import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from python_udfs.voice.topics.quotes import choose_quotes, shortened


def candidates(*rows, foreign=()):
    names = ["review_id", "customer_id", "text", "nearness"]
    told = [dict(zip(names, row, strict=True)) for row in rows]
    return pa.Table.from_pylist(
        [{"topic_key": "T01", "is_in_topic_language": row["review_id"] not in foreign} | row for row in told]
    )


def quoted(*rows, longest=60, foreign=()):
    return choose_quotes(candidates(*rows, foreign=foreign), quotes=2, longest=longest).column("quote").to_pylist()


def test_the_nearest_texts_are_quoted():
    far, near, nearer = ("1", "a", "Late delivery", 0.2), ("2", "b", "Never came", 0.8), ("3", "c", "Rude courier", 0.9)
    assert quoted(far, near, nearer) == ["Rude courier", "Never came"]


def test_nobody_is_quoted_twice_and_nothing_said_twice():
    rows = [
        ("1", "a", "The strings sound great.", 0.9),
        ("2", "a", "A parcel that never came", 0.8),
        ("3", "b", "the strings sound great!!", 0.7),
        ("4", "c", "Bright tone, easy on fingers", 0.6),
    ]
    assert quoted(*rows) == ["The strings sound great.", "Bright tone, easy on fingers"]


def test_a_text_that_must_be_cut_comes_after_all_that_need_not():
    long = "word " * 30
    assert quoted(("1", "a", long, 0.9), ("2", "b", "Short and clear", 0.1)) == [
        "Short and clear",
        ("word " * 11).strip() + " …",
    ]


def test_other_languages_than_the_labels_only_fill_up_what_is_missing():
    chinese, english, long = ("1", "a", "很好", 0.9), ("2", "b", "Good quality", 0.5), ("3", "c", "fits " * 30, 0.1)
    assert quoted(chinese, english, long, foreign="1") == ["Good quality", ("fits " * 11).strip() + " …"]
    assert quoted(chinese, english, foreign="1") == ["Good quality", "很好"]


@given(st.text(min_size=1), st.integers(5, 50))
def test_a_quote_is_never_longer_than_allowed(text, longest):
    assert len(shortened(text, longest)) <= longest
