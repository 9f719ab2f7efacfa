from hypothesis import given
from hypothesis import strategies as st

from python_udfs.voice.topics.words import WordReader, spoken_words, stop_words


def forms(text, language="en", **lists):
    return [word.form for word in WordReader(language, **lists).words_of(text)]


def test_forms_of_one_word_share_a_stem():
    strings, string = WordReader("en").words_of("Strings! My guitar's string")[0::2]
    assert strings.stem == string.stem


def test_stop_words_numbers_short_words_and_placeholders_are_left_out():
    assert forms("It is a <EMAIL> guitar of 1999, isn't it? ok <PHONE>") == ["guitar"]


def test_words_on_both_sides_of_something_else_are_no_phrase():
    words = WordReader("en").words_of("guitar strings, pedal\nboard and cable")
    assert [(word.form, word.follows) for word in words] == [
        ("guitar", False),
        ("strings", True),
        ("pedal", False),
        ("board", False),
        ("cable", False),
    ]


def test_a_capital_tells_a_name_only_inside_a_sentence_and_not_when_shouted():
    words = WordReader("en").words_of("Fender guitars: my Fender guitar needs USB cables")
    told = [(word.form, word.is_inside and word.is_capital) for word in words]
    assert ("fender", True) in told
    assert told[0] == ("fender", False)
    assert ("usb", False) in told


def test_chinese_is_segmented_and_other_signs_keep_words_apart():
    assert forms("送餐很快，味道不错", "zh") == ["送餐", "很快", "味道", "不错"]


def test_a_shop_keeps_and_drops_words_of_its_own():
    assert "small" in stop_words("en")
    lists = {"kept": frozenset({"small"}), "dropped": frozenset({"guitar"})}
    assert forms("small guitar strap", **lists) == ["small", "strap"]


def test_a_language_without_a_list_has_its_words_as_they_are():
    assert forms("sõnad sõna", "und") == ["sõnad", "sõna"]


@given(st.text(), st.sampled_from(["en", "pt", "zh", "de", "und"]))
def test_any_text_can_be_read(text, language):
    for word in WordReader(language).words_of(text):
        assert word.form == word.form.lower()
        assert word.stem


def test_spoken_words_are_all_words():
    assert spoken_words("The 2 strings 味道不错") == ["the", "2", "strings", "味道", "不错"]
