"""The axes along which texts differ most: as many as carry the share that is asked for, at most ten."""

import numpy as np
import pyarrow as pa
import pytest

from python_udfs.voice.meaning import FEWEST_TEXTS, MEANING_SCHEMA, MOST_AXES, fit_meaning, meanings
from python_udfs.voice.vectors import to_arrow


def texts(deviations: list[float], count: int = 400, seed: int = 1) -> pa.Table:
    """Embeddings that vary by these standard deviations along axes of their own."""
    values = np.random.default_rng(seed).normal(size=(count, len(deviations))) * deviations
    ids = pa.array([f"t{number:03d}" for number in range(count)])
    return pa.table({"text_id": ids, "embedding": to_arrow(values.astype(np.float32))})


def told(table: pa.Table, share: float) -> pa.Table:
    (batch,) = table.combine_chunks().to_batches()
    return pa.Table.from_batches([meanings(fit_meaning(table, share))(batch)])


@pytest.mark.parametrize(("share", "axes"), [(0.5, 1), (0.9, 2), (0.97, 3)])
def test_as_many_axes_as_carry_the_share_and_it_is_told(share, axes):
    fitted = fit_meaning(texts([10.0, 5.0, 2.0, 1.0]), share)
    assert len(fitted.axes) == axes
    exact = np.array([100.0, 25.0, 4.0, 1.0])
    assert fitted.variance_share == pytest.approx(exact[:axes].sum() / exact.sum(), abs=0.03)
    assert fitted.variance_share >= share


def test_more_than_ten_axes_are_never_used_and_the_share_says_what_they_carry():
    fitted = fit_meaning(texts([1.0] * 40), 0.9)
    assert len(fitted.axes) == MOST_AXES
    assert 0.25 < fitted.variance_share < 0.45


def test_embeddings_of_fewer_dimensions_than_ten_may_be_carried_whole():
    fitted = fit_meaning(texts([2.0, 1.0]), 1.0)
    assert (len(fitted.axes), fitted.variance_share) == (2, 1.0)


def test_too_few_texts_have_no_axes_but_rows():
    table = told(texts([2.0, 1.0], count=FEWEST_TEXTS - 1), 0.9)
    assert table.schema == MEANING_SCHEMA
    assert table.num_rows == FEWEST_TEXTS - 1
    assert table.column("meaning_1").null_count == table.num_rows
    assert set(table.column("variance_share").to_pylist()) == {0.0}


def test_places_are_those_of_the_principal_components_and_unused_axes_are_unknown():
    table = told(texts([10.0, 5.0, 0.1]), 0.95)
    places = table.column("meaning_1").to_numpy()
    assert places.std() == pytest.approx(10.0, rel=0.1)
    assert places.mean() == pytest.approx(0.0, abs=1e-4)
    assert table.column("meaning_3").null_count == table.num_rows


def test_a_text_lies_where_it_lies_whatever_the_texts_beside_it():
    table = texts([3.0, 2.0, 1.0])
    fitted = fit_meaning(table, 0.9)
    (whole,) = table.combine_chunks().to_batches()
    alone = meanings(fitted)(whole.slice(7, 1))
    assert alone.to_pylist() == meanings(fitted)(whole).slice(7, 1).to_pylist()
    assert meanings(fitted)(whole.slice(0, 0)).num_rows == 0
