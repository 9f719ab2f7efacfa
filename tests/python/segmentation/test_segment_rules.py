from decimal import Decimal

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.tree import DecisionTreeClassifier

from python_udfs.segmentation.fidelity import RULES_SCHEMA, segment_rules
from python_udfs.segmentation.rule_sql import case_expression, column_name, condition
from python_udfs.segmentation.rules import Range, Rule
from python_udfs.segmentation.surrogate import SurrogateSettings, feature_of, features_asked, rules_of

warehouse = duckdb.connect()

SETTINGS = SurrogateSettings(leaves_per_segment=2, digits=3, folds=5, seed=1)

quarters = st.integers(-4000, 4000).map(lambda number: number / 4)
columns = {
    "sentiment": (pa.float64(), quarters),
    "money spent": (pa.decimal128(18, 2), st.decimals(-1000, 1000, places=2)),
    "orders": (pa.int64(), st.integers(-2000, 2000)),
    "consent": (pa.bool_(), st.booleans()),
    "score": (pa.float32(), quarters),
}


@st.composite
def shops(draw) -> tuple[pa.Table, pa.Table]:
    """Customers with some values unknown, and segments that have nothing to do with them: any tree may come of it."""
    size = draw(st.integers(1, 40))
    values = {
        name: pa.array(draw(st.lists(st.none() | value, min_size=size, max_size=size)), kind)
        for name, (kind, value) in columns.items()
    }
    keys = draw(st.lists(st.sampled_from(["S01", "S02", "S03", "it's S04"]), min_size=size, max_size=size))
    ids = [f"c{number:02d}" for number in range(size)]
    return pa.table({"customer_id": ids, **values}), pa.table({"customer_id": ids, "segment_key": keys})


def select(expression: str, customers: pa.Table) -> list:
    warehouse.register("customers", customers)
    return [row[0] for row in warehouse.execute(f"select {expression} from customers order by customer_id").fetchall()]


def rules_table(values: dict, keys: list[str | None], settings: SurrogateSettings = SETTINGS) -> list[dict]:
    ids = [f"c{number:04d}" for number in range(len(keys))]
    customers = pa.table({"customer_id": ids, **values})
    clusters = pa.table({"customer_id": ids, "segment_key": pa.array(keys, pa.string())})
    return segment_rules(customers, clusters, list(values), settings).to_pylist()


@settings(max_examples=150)
@given(shops(), st.integers(2, 12), st.sampled_from([1, 2, 3]))
def test_the_sql_predicts_what_the_tree_predicts_with_its_thresholds_rounded(shop, leaves, digits):
    customers, clusters = shop
    features = [feature_of(name, customers.column(name)) for name in columns]
    values = np.column_stack([feature.values for feature in features])
    tree = DecisionTreeClassifier(max_leaf_nodes=leaves, random_state=0)
    tree.fit(values, clusters.column("segment_key").to_pylist())
    rules = list(rules_of(tree, features, digits))
    inner = tree.tree_.children_left != -1
    tree.tree_.threshold[inner] = [
        features[feature].readable(threshold, digits)
        for feature, threshold in zip(tree.tree_.feature[inner], tree.tree_.threshold[inner], strict=True)
    ]
    # Trees see floats of 32 bits, in which 1.6 is more than 1.6; rules see what SQL sees.
    inexact = values[values != values.astype(np.float32)]
    assume(not np.isin(inexact, tree.tree_.threshold[inner]).any())
    conditions = {
        key: condition([rule for rule in rules if rule.segment_key == key], {f.name: f.sql for f in features})
        for key in tree.classes_
    }
    assert select(case_expression(conditions), customers) == tree.predict(values).tolist()


@settings(max_examples=100)
@given(shops())
def test_every_customer_meets_one_condition_and_the_figures_are_those_of_the_printed_sql(shop):
    customers, clusters = shop
    table = segment_rules(customers, clusters, list(columns), SETTINGS).to_pylist()
    keys = np.array(clusters.column("segment_key").to_pylist())
    met = {row["segment_key"]: np.array(select(f"coalesce({row['condition_sql']}, false)", customers)) for row in table}
    assert np.array_equal(sum(met.values()), np.ones(len(keys)))
    by_case = np.array(select(table[0]["case_sql"], customers))
    for row in table:
        matched, right = met[row["segment_key"]], met[row["segment_key"]] & (keys == row["segment_key"])
        assert np.array_equal(matched, by_case == row["segment_key"])
        assert row["matched_customers"] == matched.sum()
        assert row["precision"] == (right.sum() / matched.sum() if matched.any() else None)
        assert row["recall"] == right.sum() / (keys == row["segment_key"]).sum()


def test_rules_read_as_an_analyst_would_write_them():
    ways = [
        Rule("S01", {"frequency": Range(lower=4, unknown=False), "rating": Range(upper=2.5)}),
        Rule("S01", {"frequency": Range(1, 4, unknown=False), "rating": Range(2.5, 3.25)}),
    ]
    names = {"frequency": "frequency", "rating": "rating"}
    conditions = {
        "S01": condition(ways, names),
        "S02": condition([Rule("S02", {"frequency": Range(upper=1, unknown=False)})], names),
        "S03": condition([], names),
    }
    assert case_expression(conditions) == (
        "case\n"
        "    when\n"
        "        (frequency > 4 and (rating is null or rating <= 2.5))\n"
        "        or (frequency > 1 and frequency <= 4 and (rating is null or (rating > 2.5 and rating <= 3.25)))\n"
        "        then 'S01'\n"
        "    when frequency <= 1 then 'S02'\n"
        "end"
    )
    assert conditions["S03"] == "false"


def test_whole_numbers_are_compared_with_whole_numbers():
    (few, many) = rules_table({"frequency": pa.array([1, 2, 3, 10, 11, 12])}, ["S01"] * 3 + ["S02"] * 3)
    assert (few["condition_sql"], many["condition_sql"]) == ("frequency <= 6", "frequency > 6")


def test_thresholds_have_no_more_digits_than_told_and_the_figures_know():
    values = {"money": pa.array([1234.1, 1234.2, 1234.3, 1234.4])}
    low, high = rules_table(values, ["S01", "S01", "S02", "S02"])
    assert (low["condition_sql"], low["recall"], low["precision"]) == ("money <= 1230", 0.0, None)
    assert (high["condition_sql"], high["matched_customers"], high["precision"]) == ("money > 1230", 4, 0.5)


def test_what_rounding_makes_impossible_is_no_rule():
    money = pa.chunked_array([[1.0, 1234.1, 1234.3, 1234.5]])
    tree = DecisionTreeClassifier(random_state=0).fit(money.to_numpy().reshape(-1, 1), ["S01", "S02", "S03", "S04"])
    rules = {digits: list(rules_of(tree, [feature_of("money", money)], digits)) for digits in (3, 5)}
    assert [rule.segment_key for rule in rules[5]] == ["S01", "S02", "S03", "S04"]
    assert [rule.segment_key for rule in rules[3]] == ["S01", "S02", "S04"]


def test_leaves_side_by_side_of_one_segment_are_one_rule():
    keys = ["S01"] * 8 + ["S02"] * 2 + ["S01"] * 10 + ["S02"] * 10
    table = rules_table({"frequency": pa.array([0] * 10 + [1] * 10 + [2] * 10)}, keys)
    assert [row["condition_sql"] for row in table] == ["frequency <= 1", "frequency > 1"]


def test_the_unknown_are_asked_for_in_so_many_words():
    values = {"sentiment": pa.array([None, None, None, 0.5, 0.6, -0.5])}
    silent, heard = rules_table(values, ["S01"] * 3 + ["S02"] * 3)
    assert (silent["condition_sql"], heard["condition_sql"]) == ("sentiment is null", "sentiment is not null")


def test_a_value_unknown_as_it_never_was_before_meets_no_condition():
    (row, _) = rules_table({"money": pa.array([1.0, 2.0])}, ["S01", "S02"])
    assert select(row["case_sql"], pa.table({"customer_id": ["new"], "money": pa.array([None], pa.float64())})) == [
        None
    ]


def test_any_name_of_a_column_can_be_asked_for():
    keywords = [name for (name,) in warehouse.execute("select keyword_name from duckdb_keywords()").fetchall()]
    for name in [*keywords, "two words", 'say "hello"', "Ärger", "1st", " ", "Frequency", "a;b--"]:
        customers = pa.table({"customer_id": ["a", "b"], name: [1.0, 2.0]})
        assert select(f"{column_name(name)} <= 1.5", customers) == [True, False], name


def test_plain_names_stand_without_quotes():
    (row, _) = rules_table({"average_order_value": pa.array([1.0, 2.0])}, ["S01", "S02"])
    assert row["condition_sql"] == "average_order_value <= 1.5"


def test_amounts_keep_their_value_so_that_one_on_a_threshold_is_where_sql_says():
    amounts = [Decimal(number) / 100 for number in range(2000)]
    column = pa.chunked_array([pa.array(amounts, pa.decimal128(18, 2))])
    assert feature_of("monetary", column).values.tolist() == [float(amount) for amount in amounts]


def test_one_segment_is_everybody():
    (row,) = rules_table({"frequency": pa.array([1, 2, 3])}, ["S01"] * 3)
    assert (row["condition_sql"], row["matched_customers"], row["f1"]) == ("true", 3, 1.0)
    assert row["cross_validated_f1"] == 1.0


def test_segments_that_no_feature_tells_apart_are_said_to_have_no_rule():
    values = {"frequency": pa.array([1] * 6), "sentiment": pa.nulls(6, pa.float64())}
    first, second = rules_table(values, ["S01"] * 3 + ["S02"] * 3)
    assert {first["condition_sql"], second["condition_sql"]} == {"true", "false"}
    assert sorted([first["recall"], second["recall"]]) == [0.0, 1.0]


def test_noise_makes_no_rules_but_counts_against_those_that_select_it():
    frequency = pa.array([1, 2, 3, 10, 11, 12, 2, 100])
    table = rules_table({"frequency": frequency}, ["S01"] * 3 + ["S02"] * 3 + [None] * 2)
    assert [row["condition_sql"] for row in table] == ["frequency <= 6", "frequency > 6"]
    assert [(row["matched_customers"], row["precision"], row["recall"]) for row in table] == [(4, 0.75, 1.0)] * 2
    assert [row["cross_validated_f1"] for row in table] == pytest.approx([6 / 7] * 2)


def test_where_everybody_is_noise_there_are_no_rules():
    assert rules_table({"frequency": pa.array([1, 2])}, [None, None]) == []


def test_without_segments_there_are_no_rules():
    customers = pa.table({"customer_id": ["a"], "frequency": [1]})
    clusters = pa.table({"customer_id": pa.array([], pa.string()), "segment_key": pa.array([], pa.string())})
    table = segment_rules(customers, clusters, ["frequency"], SETTINGS)
    assert (table.num_rows, table.schema) == (0, RULES_SCHEMA)


def test_a_segment_of_one_customer_can_not_be_cross_validated():
    table = rules_table({"frequency": pa.array([1, 2, 3, 4])}, ["S01", "S01", "S01", "S02"])
    assert [row["cross_validated_f1"] for row in table] == [None, None]


def test_cross_validation_learns_from_most_customers_and_measures_on_the_others():
    # Every fifth of ten stripes is enough to learn them from four fifths of the customers, but not from one.
    table = rules_table(
        {"frequency": pa.array(range(50))},
        [f"S0{stripe % 2 + 1}" for stripe in range(10) for _ in range(5)],
        SurrogateSettings(leaves_per_segment=5, digits=3, folds=5, seed=1),
    )
    assert all(row["cross_validated_f1"] > 0.8 for row in table)


def test_rules_of_pure_chance_are_not_praised():
    generator = np.random.default_rng(0)
    values = {name: pa.array(generator.normal(size=400)) for name in ("recency", "frequency", "monetary")}
    table = rules_table(values, generator.choice(["S01", "S02"], 400).tolist(), SurrogateSettings(20, 3, 5, 1))
    assert np.mean([row["f1"] for row in table]) > 0.65
    assert np.mean([row["cross_validated_f1"] for row in table]) < 0.6


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_changes_nothing(seed):
    generator = np.random.default_rng(seed)
    ids = [f"c{number:03d}" for number in range(200)]
    customers = pa.table({"customer_id": ids, "a": generator.normal(size=200), "b": generator.integers(0, 9, 200)})
    clusters = pa.table({"customer_id": ids, "segment_key": generator.choice(["S01", "S02", "S03"], 200)})
    shuffled = [table.take(pa.array(generator.permutation(200))) for table in (customers, clusters)]
    assert segment_rules(*shuffled, ["a", "b"], SETTINGS).equals(
        segment_rules(customers, clusters, ["a", "b"], SETTINGS)
    )


def test_rules_ask_about_what_vectors_are_made_of():
    dimensions = pa.table(
        {"feature": ["b", "dropped", "a"], "block": ["voice"] * 3, "position": pa.array([1, None, 0], pa.int32())}
    )
    assert features_asked(dimensions) == ["a", "b", "review_count"]
