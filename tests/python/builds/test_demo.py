"""The demo shop, as `make build` builds it."""

import json
import shutil
from pathlib import Path

import pytest

from benchmarks.demo_seeds import measure
from tests.python.builds.conftest import WITHOUT_DATA_TESTS, Build, run_build, run_dbt


def test_the_summary_tells_the_segments_and_where_they_are(demo: Build):
    segments = demo.query("select segment_key, segment_name from marts.segments")
    assert len(segments) >= 4
    for key, name in segments:
        assert key in demo.output
        assert name in demo.output
    assert str(demo.published) in demo.output


def test_every_customer_has_one_row_and_the_states_add_up(demo: Build):
    ((customers, rows),) = demo.query(
        "select (select count(*) from entities.customers), (select count(*) from marts.customer_segments)"
    )
    assert customers == rows
    ((segmented, in_segments),) = demo.query(
        "select (select count(*) from marts.customer_segments where assignment_state = 'assigned'), "
        "(select sum(customers) from marts.segments)"
    )
    assert segmented == in_segments


def test_accepted_and_rejected_rows_add_up_to_the_files(demo: Build):
    for entity in ("customers", "orders", "order_lines", "products", "reviews", "events"):
        ((landed, accepted, rejected),) = demo.query(
            f"select (select count(*) from landing_shop.{entity}), (select count(*) from entities.{entity}), "
            f"(select count(*) from marts.rejected_rows where entity = '{entity}' and outcome = 'rejected')"
        )
        assert landed == accepted + rejected, entity


def test_the_segments_recover_most_of_what_an_oracle_can_know(demo: Build):
    figures = dict(demo.query("select metric, value from marts.segmentation_quality where is_current"))
    assert figures["planted_truth_ari_oracle"] < 0.97
    assert figures["planted_truth_share_of_oracle"] >= 0.85
    assert figures["planted_truth_ari"] - figures["planted_truth_ari_rfm"] >= 0.25


def test_another_shop_of_the_same_kind_is_segmented_as_well(tmp_path):
    figures = measure(1, tmp_path)
    assert figures["planted_truth_ari_oracle"] < 0.97
    assert figures["planted_truth_share_of_oracle"] >= 0.85
    assert figures["planted_truth_ari"] - figures["planted_truth_ari_rfm"] >= 0.25


def test_only_evaluation_and_tests_read_the_planted_truth(demo: Build, demo_folder):
    manifest = json.loads((demo_folder / "target" / "manifest.json").read_text())
    children = {
        child: sorted(reader for reader in readers if reader.startswith("model."))
        for child, readers in manifest["child_map"].items()
    }
    model = "model.customer_segments."
    evaluations = {"planted_truth_agreement": "quality_figures", "planted_truth_figures": "segmentation_ablation"}
    assert children["seed.customer_segments.demo_personas"] == [f"{model}{evaluation}" for evaluation in evaluations]
    for evaluation, reader in evaluations.items():
        assert children[f"{model}{evaluation}"] == [f"{model}{reader}"]
    assert children[f"{model}quality_figures"] == [f"{model}segmentation_quality"]
    assert children[f"{model}segmentation_quality"] == []
    assert children[f"{model}segmentation_ablation"] == []


def test_text_pays_where_it_was_planted(demo: Build):
    verdicts = {
        (metric, segmentation): verdict
        for metric, segmentation, verdict in demo.query(
            "select metric, segmentation, verdict from marts.segmentation_ablation"
        )
    }
    assert len(verdicts) == 24
    for segmentation in ("behaviour_only", "rfm_scores", "rfm_segments", "rfm_k_means"):
        assert verdicts["planted_truth_ari", segmentation] == "fused is better"
        assert verdicts["next_rating_explained", segmentation] == "fused is better"


def test_the_models_before_the_cut_read_only_each_other_and_what_has_no_date(demo: Build, demo_folder):
    manifest = json.loads((demo_folder / "target" / "manifest.json").read_text())
    family = {name.removesuffix("_before_cut") for name in names_of(manifest["nodes"]) if name.endswith("_before_cut")}
    assert "customer_features" in family
    for key, node in manifest["nodes"].items():
        if key.startswith("model.") and node["name"].endswith("_before_cut"):
            parents = names_of(node["depends_on"]["nodes"])
            assert not parents & (family | {"as_of"}), node["name"]


def names_of(keys) -> set[str]:
    return {key.split(".")[-1] for key in keys}


@pytest.fixture(scope="module")
def copy(demo: Build, demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a warehouse of its own, and what was published from it."""
    return Path(shutil.copytree(demo_folder, tmp_path_factory.mktemp("copy") / "demo", symlinks=True))


@pytest.fixture(scope="module")
def again(copy: Path) -> Build:
    """The demo, built for the second time, more of its models side by side."""
    build = run_build(copy, FORCE="1", DBT_THREADS="4")
    assert build.returncode == 0, build.output
    return build


def test_a_second_build_on_other_threads_encodes_nothing_and_changes_no_byte(demo: Build, again: Build):
    assert "Concurrency: 4 threads" in again.output
    assert demo.texts_encoded() > 1000
    assert again.texts_encoded() == 0
    assert again.published_bytes() == demo.published_bytes()
    assert list((again.published / ".builds").iterdir()) == [(again.published / "current").resolve()]


def test_a_build_of_what_has_not_changed_says_so_and_is_quick_to_say_it(again: Build, copy: Path):
    third = run_build(copy)
    assert third.returncode == 0, third.output
    assert "Nothing has changed since the last build" in third.output
    assert "S01" in third.output
    assert "Running with dbt" not in third.output


def test_a_second_build_leaves_no_temporary_tables(again: Build):
    assert again.query("select table_name from duckdb_tables() where table_name like '%dbt_tmp%'") == []


def test_every_dbt_unit_test_passes(again: Build, copy: Path):
    tested = run_dbt(copy, "test", "--select", "test_type:unit")
    assert tested.returncode == 0, tested.stdout
    assert "ERROR=0" in tested.stdout
    assert "PASS=0" not in tested.stdout


def test_the_docs_can_be_generated_and_every_column_of_every_model_is_described(again: Build, copy: Path):
    generated = run_dbt(copy, "docs", "generate")
    assert generated.returncode == 0, generated.stdout
    manifest = json.loads((copy / "target" / "manifest.json").read_text())
    catalog = json.loads((copy / "target" / "catalog.json").read_text())
    undescribed = [
        f"{node['name']}.{column}"
        for key, node in manifest["nodes"].items()
        if node["resource_type"] == "model"
        for column in [*catalog["nodes"].get(key, {"columns": {}})["columns"], None]
        if not (node["columns"].get(column, {}) if column else node).get("description")
    ]
    assert undescribed == []


def test_another_number_of_numeric_threads_gives_the_same_segments(demo: Build, build):
    # What is compared with RFM, and how, is no part of a customer's segment.
    segments = (*WITHOUT_DATA_TESTS, "--exclude", "path:models/ablation", "segmentation_ablation")
    one = build(*segments, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
    assert one.returncode == 0, one.output
    query = "select customer_id, segment_key, confidence, sentiment from marts.customer_segments order by 1"
    for (customer, key, *figures), (other, other_key, *other_figures) in zip(
        demo.query(query), one.query(query), strict=True
    ):
        assert (customer, key) == (other, other_key)
        for figure, other_figure in zip(figures, other_figures, strict=True):
            assert figure == other_figure or abs(figure - other_figure) <= 1e-6
