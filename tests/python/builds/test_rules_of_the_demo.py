"""The printed rules of the demo shop, run as an analyst runs them: pasted into a query."""

from statistics import mean

from tests.python.builds.conftest import Build

FIGURES = """
    with by_rules as (
        select customer_id, {case_sql} as by_rules, {conditions} as conditions_met from features.customer_features
    )
    select
        segments.segment_key,
        count(*) filter (where by_rules = segments.segment_key),
        round(
            count(*) filter (where by_rules = customer_segments.segment_key and by_rules = segments.segment_key)
            / count(*) filter (where by_rules = segments.segment_key),
            6
        ),
        round(
            count(*) filter (where by_rules = customer_segments.segment_key and by_rules = segments.segment_key)
            / count(*) filter (where customer_segments.segment_key = segments.segment_key),
            6
        ),
        count(*) filter (where conditions_met <> 1)
    from marts.segments
    cross join by_rules
    inner join marts.customer_segments using (customer_id)
    group by segments.segment_key
    order by segments.segment_key
"""


def test_the_printed_sql_gives_the_figures_that_stand_beside_it(demo: Build):
    rules = demo.query(
        "select segment_key, matched_customers, precision, recall, condition_sql, case_sql "
        "from marts.segment_rules order by segment_key"
    )
    ((case_sql,),) = {(row[-1],) for row in rules}
    conditions = " + ".join(f"case when {condition_sql} then 1 else 0 end" for *_, condition_sql, _ in rules)
    measured = demo.query(FIGURES.format(case_sql=case_sql, conditions=conditions))
    assert measured == [(*row[:4], 0) for row in rules]
    ((customers,),) = demo.query("select count(*) from features.customer_features")
    assert sum(row[1] for row in rules) == customers


def test_each_condition_alone_finds_the_customers_that_the_case_finds(demo: Build):
    for key, condition_sql, case_sql in demo.query(
        "select segment_key, condition_sql, case_sql from marts.segment_rules"
    ):
        ((different,),) = demo.query(
            "select count(*) from features.customer_features "
            f"where coalesce({condition_sql}, false) <> ({case_sql} = '{key}')"
        )
        assert different == 0


def test_the_rules_stand_in_for_the_segments_and_can_be_read(demo: Build):
    rules = demo.query("select condition_sql, cross_validated_f1, f1 from marts.segment_rules")
    assert mean(f1 for _, f1, _ in rules) >= 0.85
    assert mean(f1 for *_, f1 in rules) >= mean(f1 for _, f1, _ in rules)
    assert sum(len(condition_sql.splitlines()) for condition_sql, *_ in rules) <= 2 * len(rules)


def test_the_quality_of_the_build_says_how_faithful_the_rules_are(demo: Build):
    ((value, threshold, verdict),) = demo.query(
        "select value, warn_threshold, verdict from marts.segmentation_quality where metric = 'surrogate_macro_f1'"
    )
    cross_validated = demo.query("select cross_validated_f1 from marts.segment_rules")
    assert abs(value - mean(f1 for (f1,) in cross_validated)) < 1e-6
    assert (threshold, verdict) == (0.85, "pass")
