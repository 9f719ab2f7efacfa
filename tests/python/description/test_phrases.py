"""The phrase table: its conditions, and that nothing in it can be a slip of the pen."""

import pyarrow as pa
import pytest

from python_udfs.description.conditions import parse_conditions
from python_udfs.description.facts import KNOWN_FACTS, LONGEST_TEXT, read_facts, say, tame
from python_udfs.description.grounding import ungrounded_claims
from python_udfs.description.phrases import Phrase, candidates, read_phrases


def holds(text, segment):
    return parse_conditions(text).hold(segment)


def test_known_facts_are_those_of_the_sql_model(facts_in_sql, kinds):
    assert set(facts_in_sql) == KNOWN_FACTS == set(kinds)


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.314, "share", "31%"),
        (0.145, "share", "15%"),
        (0.042, "share", "4.2%"),
        (0.05, "share", "5%"),
        (0.0, "share", "0%"),
        (1.0, "share", "100%"),
        (1.94, "stars", "1.9"),
        (4.0, "stars", "4"),
        (-0.61, "score", "-0.61"),
        (-0.001, "score", "0"),
        (18.5, "money", "18.50"),
        (1240.37, "money", "1,240"),
        (2.5, "orders", "2.5"),
        (212.4, "days", "212"),
    ],
)
def test_figures_are_said_as_people_round_them(value, unit, said):
    assert say(value, unit) == said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, True),
        ("median_frequency is high", True),
        ("median_frequency is very high", True),
        ("median_frequency is low", False),
        ("median_frequency is not high", False),
        ("median_frequency >= 9", True),
        ("median_frequency > 9", False),
        ("average_rating is lowest and average_rating <= 3", True),
        ("average_rating is highest", False),
        ("median_monetary is known", False),
        ("median_monetary is unknown", True),
        ("median_monetary <= 100", False),
        ("median_monetary is not high", False),
        ("average_rating is unknown", False),
        ("everything is typical", False),
    ],
)
def test_conditions_hold_when_the_facts_say_so(unhappy_regulars, text, expected):
    assert holds(text, unhappy_regulars) is expected


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("median_frequncy is high", "not a fact"),
        ("median_frequency is hihg", "not a condition"),
        ("median_frequency => 3", "not a condition"),
        ("median_frequency is high and", "not a condition"),
        ("median_frequency", "not a condition"),
    ],
)
def test_a_misspelt_condition_is_an_error(text, complaint):
    with pytest.raises(ValueError, match=complaint):
        parse_conditions(text)


def test_high_needs_the_figures_to_differ_as_they_are_said(facts_of):
    table = facts_of({"S01": {"return_rate": (0.1204, 0.1196, 0.9)}})
    assert not holds("return_rate is high", read_facts(table)[0])


def test_the_first_place_is_nobodys_when_two_share_it(facts_of):
    table = facts_of({"S01": {"median_frequency": (5.0, 4.0, 0.5)}, "S02": {"median_frequency": (5.0, 4.0, 0.5)}})
    assert not any(holds("median_frequency is highest", segment) for segment in read_facts(table))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"slot": "title"}, "the slot is 'title'"),
        ({"tone": "sad"}, "the tone is 'sad'"),
        ({"phrase": "with {median_frequncy} orders"}, "stands for nothing"),
        ({"phrase": "with {median_frequency:loud} orders"}, "stands for nothing"),
        ({"phrase": "  "}, "empty phrase"),
        ({"conditions": "often"}, "phrase 'Regulars': 'often' is not a condition"),
    ],
)
def test_a_slip_in_the_phrase_table_is_an_error_that_names_the_phrase(phrases, change, complaint):
    row = {"slot": "name", "phrase": "Regulars", "conditions": None, "tone": None} | change
    with pytest.raises(ValueError, match=complaint):
        read_phrases(pa.Table.from_pylist([*phrases.to_pylist(), row]))


@pytest.mark.parametrize("slot", ["name", "typical", "action"])
def test_a_table_that_could_leave_a_segment_without_words_is_an_error(phrases, slot):
    rows = [row for row in phrases.to_pylist() if not (row["slot"] == slot and row["conditions"] is None)]
    with pytest.raises(ValueError, match=f"slot '{slot}'"):
        read_phrases(pa.Table.from_pylist(rows))


def test_the_version_follows_the_words_and_not_the_order_of_rows(phrases):
    rows = phrases.to_pylist()
    version = read_phrases(phrases).version
    assert read_phrases(pa.Table.from_pylist(rows[::-1])).version == version
    changed = [{**rows[0], "phrase": "Other words"}, *rows[1:]]
    assert read_phrases(pa.Table.from_pylist(changed)).version != version


def test_words_that_stand_twice_in_the_table_are_offered_once_with_their_best_reason(phrases, facts_of):
    figures = {"median_tenure_days": (10.0, 400.0, -1.2), "median_recency_days": (5.0, 70.0, -1.1)}
    names = candidates(read_phrases(phrases), "name", read_facts(facts_of({"S01": figures}))[0])
    assert [name.text for name in names].count("Newcomers") == 1
    assert names[0].text == "Newcomers"
    assert names[0].score == pytest.approx(2.3)
    assert [name.score for name in names] == sorted((name.score for name in names), reverse=True)


def facts_for(phrase: Phrase, facts_of, kinds):
    """A segment in which the phrase's conditions hold, found from the conditions themselves."""
    figures = {"customers": (200.0, 1000.0, None)}
    other = {}
    for name in phrase.needs:
        conditions = [condition for condition in phrase.conditions.all_of if condition.fact == name]
        levels = {condition.level for condition in conditions if condition.level and not condition.negated}
        bounds = {condition.comparison[0]: condition.bound for condition in conditions if condition.level is None}
        if "unknown" in levels:
            continue
        negated = {condition.level for condition in conditions if condition.negated}
        up = not ({"low", "very low", "lowest"} & levels) and "high" not in negated
        low, high = bounds.get(">", -0.9 if kinds[name][1] == "score" else 0.1), bounds.get("<", 0.9)
        value = (low + 0.02 if "<" not in bounds or ">" in bounds else high - 0.02) if bounds else 0.5
        if kinds[name][1] in ("orders", "days", "money", "views", "carts", "categories", "customers", "times"):
            value = (bounds[">"] + 3 if ">" in bounds else bounds["<"]) if bounds else 50.0
        if kinds[name][1] == "stars":
            value = bounds.get(">", bounds.get("<", 3.5)) + (0.2 if ">" in bounds else -0.2 if "<" in bounds else 0)
        shop = value * (0.5 if (up and value > 0) or (not up and value < 0) else 2.0)
        text = {"category": "Garden", "language": "Portuguese"}.get(name.rpartition("_")[2])
        figures[name] = (value, shop, 1.5 if up else -1.5, text)
        other[name] = (shop, shop, 0.0, text)
    return read_facts(facts_of({"S01": figures, "S02": other}))[0]


def test_every_phrase_is_reachable_and_grounded_by_its_own_facts(phrases, facts_of, kinds):
    table = read_phrases(phrases)
    wrong = []
    lead = {"clause": "They {}.", "mood": "{} customers", "detail": "Customers {}"}
    for phrase in table.phrases:
        segment = facts_for(phrase, facts_of, kinds)
        if phrase.text.startswith("A single customer"):
            segment = read_facts(
                facts_of({"S01": {"customers": (1.0, 9.0, None), "customer_share": (0.111, 1.0, None)}})
            )[0]
        filled = [one for one in candidates(table, phrase.slot, segment) if set(phrase.needs) >= set(one.facts)]
        starts = phrase.text.partition("{")[0]
        matching = [one for one in filled if one.text.startswith(starts)]
        assert matching, f"{phrase.slot}: '{phrase.text}' can't be reached"
        for one in matching:
            text = lead.get(phrase.slot, "{}").format(one.text)
            wrong += [(text, str(claim)) for claim in ungrounded_claims(text, segment, phrase.slot == "action")]
    assert not wrong


def test_text_from_the_shops_data_is_tamed():
    assert tame('Home\n & "Garden"\u202e\x00 {x}') == "Home & 'Garden' (x)"
    assert tame("x" * 400) == "x" * (LONGEST_TEXT - 1) + "…"
    assert tame("\u200b\x07") is None
    assert tame(None) is None


def test_facts_without_a_finite_value_are_left_out_and_double_ones_refused(facts_of):
    table = facts_of({"S01": {"median_frequency": (None, 1.0, 0.1), "return_rate": (float("nan"), 0.1, 0.2)}})
    assert read_facts(table)[0].facts == {}
    twice = facts_of({"S01": {"median_frequency": (2.0, 1.0, 0.1)}})
    with pytest.raises(ValueError, match="more than once"):
        read_facts(pa.concat_tables([twice, twice]))
