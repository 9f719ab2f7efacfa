import numpy as np
import pyarrow as pa
import pytest

from python_udfs.segmentation.planted_truth import AGREEMENT_SCHEMA, compare_with_truth

KEYS = pa.array([f"c{number:03d}" for number in range(120)])
PERSONAS = [f"persona {number % 3}" for number in range(120)]


def figures(segment_keys: list[str | None], customers: int = 120) -> dict[str, float]:
    """Vectors tell the persona, recency, frequency and monetary tell nothing."""
    vectors = np.eye(3)[np.arange(120) % 3] + np.random.default_rng(0).normal(0, 0.01, (120, 3))
    rfm = np.random.default_rng(1).uniform(1, 9, (3, 120))
    table = compare_with_truth(
        truth=pa.table({"customer_id": KEYS, "persona": PERSONAS}),
        clusters=pa.table({"customer_id": KEYS, "segment_key": pa.array(segment_keys, pa.string())}).slice(
            0, customers
        ),
        vectors=pa.table(
            {"customer_id": KEYS, "vector": pa.FixedSizeListArray.from_arrays(pa.array(vectors.ravel()), 3)}
        ),
        rfm=pa.table(
            {
                "customer_id": KEYS,
                "recency_days": pa.array(rfm[0]),
                "frequency": pa.array(rfm[1]),
                "monetary": pa.array([None, *rfm[2, 1:].tolist()]),
            }
        ),
        seed=1,
        largest_k=5,
    )
    assert table.schema == AGREEMENT_SCHEMA
    return {row["metric"]: row["value"] for row in table.to_pylist()}


def test_segments_that_are_the_personas_find_all_that_can_be_known():
    found = figures([f"S0{number % 3 + 1}" for number in range(120)])
    assert found["planted_truth_ari"] == 1
    assert found["planted_truth_ari_oracle"] == 1
    assert found["planted_truth_share_of_oracle"] == 1
    assert found["planted_truth_ari_rfm"] < 0.1


def test_segments_of_chance_find_nothing():
    found = figures([f"S0{number // 40 + 1}" for number in range(120)])
    assert found["planted_truth_ari"] == pytest.approx(0, abs=0.05)


def test_noise_is_a_group_of_its_own():
    assert figures([None if number % 3 == 0 else f"S0{number % 3}" for number in range(120)])["planted_truth_ari"] == 1


def test_only_customers_of_a_segment_are_compared():
    assert figures([f"S0{number % 3 + 1}" for number in range(120)], customers=60)["planted_truth_ari"] == 1
    assert figures(["S01"] * 120, customers=0) == {}
