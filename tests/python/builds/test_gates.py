"""Each gate is shut by a shop that has what it is there for, and by no other; shops without it go through."""

import json
import random
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from scripts.try_gates import FIGURES, PUBLISHED, grow
from tests.python.builds.conftest import WITHOUT_DATA_TESTS, run_build, run_dbt
from tests.python.builds.gates import GATES
from tests.python.builds.shops import CONTENT, DISCONTENT, Shopper, write_reviews, write_shoppers
from tests.python.conftest import BuildResult

QUICKLY = {"description_provider": "template", "segment_largest_count": 6}


@pytest.fixture(scope="module")
def gated(build_shop) -> Callable[..., BuildResult]:
    """Builds a shop with its gates and no other test; `variables` are vars of dbt, `after` the build before."""

    def build(data: Path, select: Sequence[str] = FIGURES, after: BuildResult | None = None, **variables):
        return build_shop(data, select=" ".join(select), tests="empty", after=after, variables=QUICKLY | variables)

    return build


def shut(built: BuildResult, word: str = "FAIL") -> set[str]:
    """The gates that failed the build, or that it was warned by."""
    assert len(re.findall(r"START test gate_", built.output)) == len(GATES), built.output
    return set(re.findall(rf"{word} \d+ gate_(\w+)", built.output))


def kinds(customers: int, more_views: int = 0, swapped: bool = False) -> list[Shopper]:
    """Some look twice and buy cheaply, some look longer and pay in full; half of either return as much as they keep."""
    dice = random.Random(1)
    cheap = [(number % 2 == 0) != swapped for number in range(customers)]
    return [
        Shopper(
            views=dice.choice((2, 3) if is_cheap else (6, 7)) + more_views,
            discount=dice.choice((0.3, 0.35) if is_cheap else (0.0, 0.05)),
            returned=4 * (number // 2 % 2),
        )
        for number, is_cheap in enumerate(cheap)
    ]


@pytest.fixture(scope="module")
def base(gated, tmp_path_factory) -> BuildResult:
    """A shop that passes, built once; what comes after is compared with it."""
    built = gated(write_shoppers(tmp_path_factory.mktemp("base") / "shop", kinds(160)), PUBLISHED)
    assert built.returncode == 0, built.output
    return built


def test_a_shop_with_structure_passes_every_gate_or_has_no_history(base):
    assert shut(base) == shut(base, "WARN") == set()
    verdicts = dict(base.query("select metric, verdict from marts.segmentation_quality where must_be is not null"))
    assert set(verdicts) == GATES
    assert verdicts["sentiment_agreement"] == "not measured"
    assert verdicts["driver_drift"] == verdicts["label_churn"] == "no history"


def test_two_percent_more_customers_shut_no_gate_and_are_the_second_build(base, gated, tmp_path):
    more = gated(write_shoppers(tmp_path / "shop", kinds(163)), PUBLISHED, after=base)
    assert more.returncode == 0, more.output
    assert shut(more, "WARN") == set()
    builds = more.query(
        "select build_number, is_current, count(distinct data_fingerprint) from marts.segmentation_quality "
        "group by all order by all"
    )
    assert builds == [(1, False, 1), (2, True, 1)]
    ((prints,),) = more.query("select count(distinct data_fingerprint) from marts.segmentation_quality")
    assert prints == 2


def test_drift_a_tracker_that_counts_one_view_too_many(base, gated, tmp_path):
    built = gated(write_shoppers(tmp_path / "shop", kinds(160, more_views=1)), PUBLISHED, after=base)
    assert shut(built) == {"driver_drift"}
    assert shut(built, "WARN") == set()
    assert "Gate (fail): driver_drift is" in built.output
    assert built.query("select count(*) from published.quality where build_number > 1") == [(0,)]


def test_drift_a_tracker_that_is_stuck_at_one_view(base, gated, tmp_path):
    """The feature is the same for everybody and left out of the vectors, which mustn't hide it. Segments change too."""
    stuck = [replace(shopper, views=1) for shopper in kinds(160)]
    built = gated(write_shoppers(tmp_path / "shop", stuck), after=base)
    assert "driver_drift" in shut(built)
    assert re.search(r"Gate \(fail\): driver_drift is .*, view_count\)\. Compare", built.output)


def test_churn_customers_who_got_the_numbers_of_others(base, gated, tmp_path):
    built = gated(write_shoppers(tmp_path / "shop", kinds(160, swapped=True)), after=base)
    assert shut(built) == {"label_churn"}
    assert shut(built, "WARN") == set()


def test_rejected_rows_most_orders_have_a_status_nobody_knows(gated, tmp_path):
    built = gated(write_shoppers(tmp_path / "shop", kinds(160), useless_orders=3000))
    assert shut(built) == {"rejected_share"}
    assert shut(built, "WARN") == set()


def test_sentiment_stars_that_belong_to_other_reviews(gated, tmp_path):
    dice = random.Random(1)
    reviews = [(f"c{number % 5:03d}", dice.choice((1, 5)), dice.choice(CONTENT + DISCONTENT)) for number in range(240)]
    data = write_reviews(write_shoppers(tmp_path / "shop", kinds(160)), reviews)
    deaf = {"behaviour": 1.0, "voice": 0.0, "taste": 0.0, "meaning": 0.0, "profile": 0.3}
    # Five customers' random moods would be a segment, and no good one.
    built = gated(data, fusion_block_weights=deaf)
    assert shut(built) == {"sentiment_agreement"}
    assert shut(built, "WARN") == set()


@pytest.mark.parametrize(("gate", "asked"), [("silhouette", [0.6, 0.5]), ("low_confidence_share", [0.02, 0.04])])
def test_segments_that_overlap(base, gated, tmp_path, gate, asked):
    """Customers spread evenly can be cut steadily, but the cuts part neighbours. Kinds that stand apart pass.

    By K-Means: the mixture has many ways to cut them, and would shut another gate as well.
    """
    dice = random.Random(1)
    spread = [Shopper(views=dice.randint(1, 30), discount=dice.uniform(0.0, 0.6)) for _ in range(320)]
    data = write_shoppers(tmp_path / "shop", spread)
    built = gated(data, segment_estimator="k_means", segment_count=4, **{f"gate_{gate}": asked})
    assert shut(built) == {gate}
    assert shut(built, "WARN") == set()
    ((value,),) = base.query(f"select value from marts.segmentation_quality where metric = '{gate}'")
    assert value > asked[0] if gate == "silhouette" else value < asked[0]


def test_smallest_share_three_of_320_are_a_segment(gated, tmp_path):
    dice = random.Random(1)
    cheap = [Shopper(views=dice.choice((2, 3)), discount=0.3) for _ in range(158)]
    shoppers = [*cheap, *[Shopper(views=12)] * 159, *[Shopper(views=2)] * 3]
    built = gated(write_shoppers(tmp_path / "shop", shoppers), segment_count=3)
    assert shut(built) == {"smallest_segment_share"}
    assert shut(built, "WARN") == set()


def test_stability_customers_without_structure_cut_into_five(gated, tmp_path):
    dice = random.Random(1)
    shoppers = [
        Shopper(
            views=dice.randint(1, 12),
            carts=dice.randint(1, 12),
            discount=dice.uniform(0, 0.5),
            cancelled=dice.randint(0, 12),
        )
        for _ in range(120)
    ]
    data = write_shoppers(tmp_path / "shop", shoppers)
    built = gated(data, segment_estimator="k_means", segment_count=5, segment_starts=200)
    assert shut(built) == {"smallest_jaccard"}
    assert shut(built, "WARN") <= {"seed_agreement", "surrogate_macro_f1"}


def test_seeds_two_habits_of_which_another_start_may_find_the_fainter_one(gated, tmp_path):
    """Bargain hunters look less, whatever they put in carts: of ten starts one always finds it, a single one mostly."""
    dice = random.Random(1)
    shoppers = []
    for number in range(160):
        carts = dice.choice((1, 3))
        shoppers.append(
            Shopper(views=2, carts=carts, discount=0.3) if number % 2 else Shopper(views=4, carts=carts, discount=0.1)
        )
    built = gated(
        write_shoppers(tmp_path / "shop", shoppers),
        segment_estimator="k_means",
        segment_count=2,
        segment_starts=1,
        # Of this seed and the twenty after it two find the other habit.
        segment_seed=7,
        segment_resample_starts=10,
        quality_other_seeds=20,
    )
    assert shut(built) == {"seed_agreement"}
    assert shut(built, "WARN") == set()


def test_rules_segments_that_no_single_feature_tells(gated, tmp_path):
    """Eagerness shows in views, carts and discounts alike, in none of them clearly; this gate only warns."""
    dice = random.Random(1)
    eager = [dice.choice((0, 1)) for _ in range(320)]
    shoppers = [
        Shopper(
            views=10 + 6 * much + dice.randint(-6, 6),
            carts=10 + 6 * much + dice.randint(-6, 6),
            discount=0.3 - 0.15 * much + dice.uniform(-0.15, 0.15),
        )
        for much in eager
    ]
    built = gated(write_shoppers(tmp_path / "shop", shoppers), segment_count=2, segment_rule_leaves=1)
    assert built.returncode == 0, built.output
    assert shut(built) == set()
    assert shut(built, "WARN") == {"surrogate_macro_f1"}


def test_a_relaxed_gate_lets_the_build_through_and_the_mart_says_why(base, gated, tmp_path):
    data = write_shoppers(tmp_path / "shop", kinds(160, more_views=1))
    reason = "the tracker's been mended"
    built = gated(data, after=base, relaxed_gates={"driver_drift": reason})
    assert built.returncode == 0, built.output
    assert shut(built) == shut(built, "WARN") == set()
    assert built.query(
        "select verdict, relaxed_because, value > fail_threshold, vars like '%mended%' "
        "from marts.segmentation_quality where is_current and metric = 'driver_drift'"
    ) == [("relaxed", reason, True, True)]


def test_a_figure_that_is_missing_shuts_its_gate(base, tmp_path):
    shutil.copy(base.warehouse, tmp_path / "shop.duckdb")
    with duckdb.connect(str(tmp_path / "shop.duckdb")) as connection:
        connection.execute("delete from marts.segmentation_quality where metric = 'silhouette'")
        # Bare dbt is told of no shop, and the warehouse belongs to one.
        connection.execute("drop table shop")
    tested = run_dbt(tmp_path, "test", "--select", "test_name:gate")
    assert set(re.findall(r"FAIL \d+ gate_(\w+)", tested.stdout)) == {"silhouette"}, tested.stdout


def test_a_build_that_a_gate_stops_is_not_published_though_nobody_ran_the_tests(tmp_path):
    data = write_shoppers(tmp_path / "shop", kinds(60), useless_orders=3000)
    variables = {**QUICKLY, "segment_resamples": 5}
    built = run_build(tmp_path, *WITHOUT_DATA_TESTS, "--vars", json.dumps(variables), data=data)
    assert built.returncode == 1
    assert "Nothing was published" in built.output
    assert "rejected_share is" in built.output.split("Nothing was published")[1]
    assert not built.published.exists()
    assert built.query("select count(*) from published.quality") == [(0,)]


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        (
            {"relaxed_gates": {"jaccard": "why not"}},
            "'jaccard', which is no gate. The gates are: smallest_segment_share,",
        ),
        ({"relaxed_gates": {"silhouette": " "}}, "gives no reason for 'silhouette'. Say why this build may pass"),
        ({"gate_label_churn": [0.5, 0.25]}, "gate_label_churn is [0.5, 0.25], and would fail before it warns"),
    ],
)
def test_vars_that_cannot_be_meant_stop_the_build_before_anything_runs(base, gated, tmp_path, variables, told):
    built = gated(write_shoppers(tmp_path / "shop", kinds(1)), after=base, select=["as_of"], **variables)
    assert built.returncode != 0
    assert told in built.output
    assert "sql table model" not in built.output


def test_a_clean_shop_that_grows_shuts_no_gate(tmp_path):
    """`make gates` tries twenty of them."""
    first, second = grow(1, tmp_path, customers=300)
    assert first.failed == second.failed == []
    assert (first.build_number, second.build_number) == (1, 2)
