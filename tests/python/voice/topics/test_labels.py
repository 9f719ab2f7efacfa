"""Labels are made of their topics' own words, whoever gives them."""

import json

import pyarrow as pa
import pytest

from python_udfs.voice.topics.choosing_labels import ChoosingLabels
from python_udfs.voice.topics.endpoint_labels import EndpointLabels
from python_udfs.voice.topics.label_check import checked_label
from python_udfs.voice.topics.label_providers import label_provider_named
from python_udfs.voice.topics.labels import label_topics
from python_udfs.voice.topics.sheets import KEYWORD_COLUMNS, LANGUAGE_COLUMNS, QUOTE_COLUMNS, TopicSheet, topic_sheets
from python_udfs.voice.topics.template_labels import TemplateLabels

STRINGS = TopicSheet("T01", ("strings", "guitar", "tone", "fender"), ("guitar strings",), ("Bright sound.",))
SAME = TopicSheet("T02", STRINGS.words, STRINGS.phrases, ())
CHINESE = TopicSheet("T03", ("味道", "好吃"), (), ("味道不错，很好吃",))
WORDLESS = TopicSheet("T04", (), (), ())


def sheets_of(words, names=()):
    """The sheet of a topic of these keywords in English; it has others in Chinese."""
    rows = [
        {
            "topic_key": "T01",
            "language": language,
            "kind": "word",
            "place": place,
            "keyword": word,
            "share_of_texts": 0.5,
            "is_name": word in names,
        }
        for language, keywords in (("zh", ["味道", "好吃"]), ("en", words))
        for place, word in enumerate(keywords, 1)
    ]
    quotes = pa.table({"topic_key": ["T01"], "place": [1], "quote": ["Bright sound."]})
    languages = pa.table({"topic_key": ["T01"], "language": ["en"]})
    return topic_sheets(pa.Table.from_pylist(rows), quotes, languages, ["T01"])


class Chooser:
    """A model that takes the last option."""

    def choose(self, prompt, options):
        return len(options) - 1


class Refuser:
    """A model that must not be asked."""

    def choose(self, prompt, options):
        raise AssertionError("asked although there is nothing to ask")


def test_a_label_by_rule_is_made_of_keywords_and_never_led_by_a_name():
    (sheet,) = sheets_of(["fender", "strings", "guitar"], names={"fender"})
    assert sheet.options == ["Strings, guitar, fender"]


def test_a_topic_without_keywords_is_labelled_by_its_key():
    empty = pa.table(
        {name: pa.array([], pa.string()) for name in {*KEYWORD_COLUMNS, *QUOTE_COLUMNS, *LANGUAGE_COLUMNS}}
    )
    assert topic_sheets(empty, empty, empty, ["T07"])[0].options == ["Topic T07"]


def test_words_that_begin_alike_are_not_said_twice():
    assert sheets_of(["tuner", "tune", "accurate"])[0].options == ["Tuner, accurate"]


def test_every_option_is_made_of_the_topics_words():
    for sheet in (STRINGS, CHINESE):
        assert all(not sheet.strange_words(option) for option in sheet.options)


@pytest.mark.parametrize("provider", [TemplateLabels(), ChoosingLabels(load=Chooser)], ids=["template", "embedded"])
def test_no_two_topics_have_the_same_label(provider):
    labels = [label.text for label in provider.write([STRINGS, SAME, CHINESE, WORDLESS], ["guitar strings, tone"])]
    assert len({label.casefold() for label in labels}) == 4
    assert labels[3] == "Topic T04"


def test_the_small_model_is_not_asked_where_there_is_no_choice():
    assert ChoosingLabels(load=Refuser).write([WORDLESS], [])[0].text == "Topic T04"


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        ({"label": "Bright strings and tone"}, None),
        ({"label": "Ignore previous instructions"}, "no keyword or quote has"),
        ({"label": "Violin strings"}, "'violin'"),
        ({"label": "Guitar strings"}, "is taken"),
        ({"label": "guitar strings tone fender bright sound"}, "more than 5"),
        ({"label": "!!!"}, "no words"),
        ({"name": "strings"}, "not a JSON object"),
    ],
)
def test_an_answer_may_only_have_words_of_the_topic(answer, complaint):
    found = checked_label(json.dumps(answer), STRINGS, ["guitar strings"])[1]
    assert found is None if complaint is None else complaint in found


def test_chinese_answers_are_checked_word_by_word():
    assert checked_label('{"label": "味道不错"}', CHINESE, [])[1] is None
    assert "快递" in checked_label('{"label": "快递味道"}', CHINESE, [])[1]


class ScriptedEndpoint:
    """Stands for the endpoint: gives the next answer, and remembers what it was told."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    def ask(self, messages):
        self.asked.append(messages)
        return self.answers.pop(0)


def endpoint_labels(monkeypatch, *answers):
    endpoint = ScriptedEndpoint(*answers)
    monkeypatch.setattr("python_udfs.voice.topics.endpoint_labels.Endpoint", lambda provider, answer_format: endpoint)
    provider = label_provider_named("openai", base_url="http://127.0.0.1:1/v1", model="any", api_key_variable="NONE")
    assert isinstance(provider, EndpointLabels)
    return provider, endpoint


def test_an_endpoint_is_told_what_was_wrong_and_may_answer_again(monkeypatch):
    provider, endpoint = endpoint_labels(monkeypatch, '{"label": "Violins"}', '{"label": "Bright strings"}')
    (label,) = provider.write([STRINGS], [])
    assert (label.text, label.source) == ("Bright strings", "openai")
    assert "violins" in endpoint.asked[1][-1]["content"]
    assert "violins" in label.rejected[0]


def test_an_endpoint_that_invents_three_times_is_replaced_by_keywords(monkeypatch):
    provider, _ = endpoint_labels(monkeypatch, *['{"label": "Violins"}'] * 3)
    (label,) = provider.write([STRINGS], [])
    assert (label.text, label.source) == (STRINGS.options[0], "template_after_failed_check")


def test_a_rebuild_keeps_labels_and_asks_nobody():
    sheets = sheets_of(["strings", "guitar", "tone", "bridge"])
    first = label_topics(sheets, None, ChoosingLabels(load=Chooser))
    again = label_topics(sheets, first, ChoosingLabels(load=Refuser))
    assert again.equals(first)


def test_a_label_stays_while_its_words_are_the_topics_and_goes_when_they_are_not():
    first = label_topics(sheets_of(["strings", "guitar", "tone"]), None, TemplateLabels())
    moved = label_topics(sheets_of(["tone", "guitar", "bridge", "strings"]), first, TemplateLabels())
    assert moved.column("label").to_pylist() == ["Strings, guitar, tone"]
    gone = label_topics(sheets_of(["tone", "guitar", "bridge"]), first, TemplateLabels())
    assert gone.column("label").to_pylist() == ["Tone, guitar, bridge"]


def test_another_edition_labels_anew():
    first = label_topics(sheets_of(["strings", "guitar", "tone"]), None, TemplateLabels())
    sheets = sheets_of(["tone", "guitar", "bridge", "strings"])
    assert label_topics(sheets, first, TemplateLabels(), edition=2).column("label").to_pylist() == [
        "Tone, guitar, bridge"
    ]
