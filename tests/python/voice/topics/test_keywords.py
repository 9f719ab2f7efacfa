import pyarrow as pa
import pytest

from python_udfs.voice.topics.candidates import TopicCandidate, TopicRules, choose_topics
from python_udfs.voice.topics.keywords import keywords_table
from python_udfs.voice.topics.rules import term_rules

NO_WORDS = pa.table({"language": pa.array([], pa.string()), "word": [], "use": []})
TERMS = {"keywords": 10, "fewest_share": 0.02, "fewest_lift": 1.2, "most_names": 1}


def table(texts_by_topic, language="en"):
    rows = [(text, language, key) for key, texts in texts_by_topic.items() for text in texts]
    texts, languages, keys = zip(*rows, strict=True)
    return pa.table({"text": list(texts), "language": list(languages), "topic_key": list(keys)})


def keywords(texts, kind="word", rules=None):
    rows = keywords_table(texts, ["T01", "T02"], rules or term_rules(TERMS, NO_WORDS)).to_pylist()
    return {
        key: [row["keyword"] for row in rows if row["topic_key"] == key and row["kind"] == kind]
        for key in ("T01", "T02")
    }


STRINGS = ["nice guitar strings, a bright string and tone"] * 30
DELIVERY = ["nice parcel, a late delivery by the courier"] * 30


def test_keywords_tell_a_topic_from_the_others_in_one_form_of_a_word():
    found = keywords(table({"T01": STRINGS, "T02": DELIVERY}))
    assert set(found["T01"]) == {"guitar", "strings", "bright", "tone"} or set(found["T01"]) == {
        "guitar",
        "string",
        "bright",
        "tone",
    }
    assert set(found["T02"]) == {"parcel", "late", "delivery", "courier"}


def test_phrases_are_words_that_stand_side_by_side():
    found = keywords(table({"T01": STRINGS, "T02": DELIVERY}), kind="phrase")
    assert "guitar strings" in found["T01"]
    assert "late delivery" in found["T02"]


def test_names_do_not_fill_a_topic():
    brands = ["my Fender and my Gibson and my Ibanez and my Yamaha guitar"] * 30
    found = keywords(table({"T01": brands, "T02": DELIVERY}))["T01"]
    assert len({"fender", "gibson", "ibanez", "yamaha"} & set(found)) == 1
    assert "guitar" in found


def test_one_text_that_repeats_a_word_makes_no_keyword():
    found = keywords(table({"T01": [*STRINGS, "banana " * 50], "T02": DELIVERY}))
    assert "banana" not in found["T01"]


def test_each_language_has_words_of_its_own():
    portuguese = table({"T01": ["cordas da guitarra e timbre"] * 60, "T02": ["entrega atrasada"] * 60}, "pt")
    both = pa.concat_tables([table({"T01": STRINGS, "T02": DELIVERY}), portuguese])
    rows = keywords_table(both, ["T01", "T02"], term_rules(TERMS, NO_WORDS)).to_pylist()
    assert {row["language"] for row in rows if row["keyword"] == "cordas"} == {"pt"}
    assert {row["language"] for row in rows if row["keyword"] == "guitar"} == {"en"}


def test_a_shop_without_texts_has_no_keywords():
    empty = pa.table({name: pa.array([], pa.string()) for name in ("text", "language", "topic_key")})
    assert keywords_table(empty, [], term_rules(TERMS, NO_WORDS)).num_rows == 0


def test_an_unknown_use_of_a_word_is_refused():
    with pytest.raises(ValueError, match="'banana' is 'eat'"):
        term_rules(TERMS, pa.table({"language": ["en"], "word": ["banana"], "use": ["eat"]}))


RULES = TopicRules([4, 8, 12], 0.7, 0.05, 0.2, 0.01, 20, None, 1, 1)


def candidate(topics, coherence, diversity, smallest_share=0.05):
    return TopicCandidate(topics, coherence, diversity, smallest_share)


def test_the_finest_division_is_chosen_whose_keywords_differ_and_hold_together():
    fine = [candidate(4, 0.20, 0.95), candidate(8, 0.19, 0.80), candidate(12, 0.21, 0.60)]
    assert choose_topics(fine, RULES, None)[0] == 8
    loose = [candidate(4, 0.20, 0.95), candidate(8, 0.10, 0.80)]
    assert choose_topics(loose, RULES, None)[0] == 4
    small = [candidate(4, 0.20, 0.95), candidate(8, 0.20, 0.80, smallest_share=0.001)]
    assert choose_topics(small, RULES, None)[0] == 4


def test_the_published_number_stays_while_it_is_as_good():
    good = [candidate(4, 0.20, 0.95), candidate(8, 0.19, 0.80)]
    assert choose_topics(good, RULES, 4)[0] == 4
    assert choose_topics(good, RULES, 6)[0] == 8
    assert choose_topics([*good, candidate(12, 0.19, 0.66)], RULES, 12)[0] == 12
    assert choose_topics([*good, candidate(12, 0.19, 0.64)], RULES, 12)[0] == 8


def test_without_texts_there_is_no_number_and_repetitive_ones_still_give_one():
    assert choose_topics([], RULES, None) == (None, "too few texts")
    assert choose_topics([candidate(4, 0.1, 0.5), candidate(8, 0.2, 0.3)], RULES, None)[0] == 4
