"""The seed of RFM's named segments: ours follows its rule, and one that a shop puts in its place is checked."""

import csv

from tests.python.features.conftest import CELLS, PROJECT


def rule(r: int, f: int, m: int) -> str:
    """The segment of a cell, as the description of the seed says it."""
    if r >= 3 and (f >= 4 or (f == 3 and m >= 4)):
        return "Champions" if r >= 4 and f >= 4 and m >= 4 else "Loyal customers"
    if r >= 4:
        return "Potential loyalists" if f >= 2 else {5: "New customers", 4: "Promising"}[r]
    if r == 3:
        return "Need attention" if f + m >= 5 else "About to sleep"
    if f >= 4 and m >= 4:
        return "Cannot lose them"
    return "At risk" if f + m >= 5 else {2: "Hibernating", 1: "Lost"}[r]


def test_our_seed_names_every_cell_by_its_rule() -> None:
    """A shop that replaces the seed replaces this rule, or drops the test."""
    with (PROJECT / "seeds" / "rfm_segment_cells.csv").open(newline="") as file:
        _, *lines = csv.reader(file)
    named = [(tuple(map(int, cell)), name) for *cell, name in lines]
    assert sorted(named) == [(cell, rule(*cell)) for cell in CELLS]


def test_a_seed_that_misses_or_repeats_a_cell_stops_the_build_with_the_cells(
    build_shop, project_with_segments, tmp_path
) -> None:
    lines = [(*cell, "Everybody") for cell in CELLS if cell != (5, 5, 5)]
    project = project_with_segments([*lines, (1, 1, 1, "Nobody"), (2, 2, 6, "Everybody")])
    cells = "rfm_segment_cells assert_rfm_segment_cells_are_total_and_exclusive"
    (tmp_path / "orders.csv").write_text("order_id,customer_id,ordered_at,order_status\n1,1,2024-01-01,completed\n")
    built = build_shop(tmp_path, select=cells, project=project)
    assert built.returncode != 0
    assert (
        "exactly once. r 5, f 5, m 5 is missing; r 2, f 2, m 6 is no cell; r 1, f 1, m 1 stands there 2 times. "
        "Correct these lines of seeds/rfm_segment_cells.csv"
    ) in built.output
