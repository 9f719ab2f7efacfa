"""What a build prints at its end: the segments, what was left out, and where everything is."""

import textwrap
from pathlib import Path
from typing import Any

import duckdb

WIDTH = 110
# So many topics fit a line.
LARGEST = 3
OTHER = "other"
STATES = {
    "assigned": "in a segment",
    "noise": "like too few others for a segment",
    "no_orders": "without a completed order",
    "insufficient_history": "with orders, in a shop too small for segments",
}


def summary(marts: Path) -> str:
    """The build's summary, from the published DuckDB file `marts`."""
    with duckdb.connect(str(marts), read_only=True) as connection:
        segments = _rows(
            connection,
            "select segment_key, segment_name, customers, revenue_share, description "
            "from segments order by segment_key",
        )
        states = _rows(
            connection,
            "select assignment_state, count(*) as customers from customer_segments group by all order by all",
        )
        topics = _rows(
            connection,
            "select topic_key, label, review_share from topics order by review_share desc, topic_key",
        )
        rejected = _rows(
            connection,
            "select entity, outcome, regexp_replace(reason, ': .*', '') as why, count(*) as number "
            "from rejected_rows group by all order by all",
        )
        gates = _rows(
            connection,
            "select verdict, remedy, relaxed_because from segmentation_quality "
            "where is_current and remedy is not null order by metric",
        )
        notes = _rows(
            connection,
            "select metric, value, note from segmentation_quality "
            "where is_current and metric = 'reviews_after_as_of_date' and value > 0",
        )
        left_out = _rows(
            connection,
            "select split_part(note, ';', 1) as reason, string_agg(metric[11:], ', ' order by metric) as features "
            "from segmentation_quality where is_current and metric like 'left out: %' group by all order by all",
        )
    told = [*_states(states), *_topics(topics), *_rejected(rejected), *_gates(gates), *_notes(notes, left_out)]
    return "\n".join([*_segments(segments), "", *told])


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    return connection.sql(query).to_arrow_table().to_pylist()


def _segments(segments: list[dict[str, Any]]) -> list[str]:
    if not segments:
        return ["No segments: too few different customers, or the estimator found no two."]
    width = max(len(row["segment_name"]) for row in segments)
    lines = [f"{'key':<5} {'name':<{width}}  {'customers':>9}  {'revenue':>7}  description"]
    for row in segments:
        share = "  ?" if row["revenue_share"] is None else f"{row['revenue_share']:.1%}"
        text = textwrap.shorten(row["description"], max(40, WIDTH - width), placeholder=" ...")
        lines.append(
            f"{row['segment_key']:<5} {row['segment_name']:<{width}}  {row['customers']:>9,}  {share:>7}  {text}"
        )
    return lines


def _states(states: list[dict[str, Any]]) -> list[str]:
    told = ", ".join(f"{row['customers']:,} {STATES[row['assignment_state']]}" for row in states)
    return [f"Customers: {told}."]


def _topics(topics: list[dict[str, Any]]) -> list[str]:
    """One line: how many, the largest, and how many reviews fit none; nothing where there are no reviews."""
    if not topics:
        return []
    named = [f'"{row["label"]}" ({row["review_share"]:.1%})' for row in topics if row["topic_key"] != OTHER]
    unfit = [f"; {row['review_share']:.1%} fit none" for row in topics if row["topic_key"] == OTHER]
    if not named:
        return ["Topics of reviews: none, too few texts differ."]
    return [f"Topics of reviews: {len(named)}, the largest {', '.join(named[:LARGEST])}{''.join(unfit)}."]


def _rejected(rejected: list[dict[str, Any]]) -> list[str]:
    if not rejected:
        return ["Rejected rows: none."]
    total = sum(row["number"] for row in rejected)
    lines = [f"Rejected rows and dropped values: {total:,}, each with its reason in rejected_rows."]
    return lines + [f"  {row['number']:>8,}  {row['entity']}: {row['why']} ({row['outcome']})" for row in rejected]


def _gates(gates: list[dict[str, Any]]) -> list[str]:
    lines = [f"  {row['verdict']:<7}  {row['remedy']}{_reason(row['relaxed_because'])}" for row in gates]
    return ["Gates that this build didn't pass:", *lines] if lines else []


def _reason(relaxed_because: str | None) -> str:
    return f" Let through: {relaxed_because}" if relaxed_because else ""


def _notes(notes: list[dict[str, Any]], left_out: list[dict[str, Any]]) -> list[str]:
    lines = [f"  {row['metric']} = {row['value']:g}: {row['note']}" for row in notes]
    lines += [f"  features left out, {row['reason']}: {row['features']}" for row in left_out]
    return ["Worth knowing:", *lines] if lines else []
