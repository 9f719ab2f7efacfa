from datetime import datetime
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest

from python_udfs.segmentation.columns import column_values, count_values

KINDS = [
    pa.array([1, None, 3], pa.int32()),
    pa.array([Decimal("1.00"), None, Decimal("3.00")], pa.decimal128(18, 2)),
    pa.array([1.0, None, 3.0], pa.float64()),
]


@pytest.mark.parametrize("column", KINDS)
def test_numbers_of_any_type_are_doubles_and_unknown_ones_are_not_a_number(column):
    values = column_values(pa.table({"x": column}), "x")
    assert values.dtype == np.float64
    assert np.array_equal(values, [1.0, np.nan, 3.0], equal_nan=True)


@pytest.mark.parametrize("column", [*KINDS, pa.array([True, None, True])])
def test_an_unknown_count_is_none(column):
    assert count_values(pa.table({"x": column}), "x")[1] == 0.0


def test_a_decimal_is_the_nearest_double_and_not_its_neighbour():
    amounts = [Decimal(f"{number}.{number % 100:02d}") for number in range(5_000)]
    values = column_values(pa.table({"x": pa.array(amounts, pa.decimal128(18, 2))}), "x")
    assert values.tolist() == [float(amount) for amount in amounts]


@pytest.mark.parametrize("column", [pa.array(["DE", "12"]), pa.array([datetime(2024, 1, 1)])])
def test_what_is_no_number_is_refused_by_name(column):
    with pytest.raises(ValueError, match=r"'country' is of type .* and can't be a feature: take it out"):
        column_values(pa.table({"country": column}), "country")


def test_what_nobody_knows_has_a_column_all_the_same():
    assert np.isnan(column_values(pa.table({"x": pa.nulls(2, pa.float64())}), "x")).all()
    assert column_values(pa.table({"x": pa.array([], pa.int64())}), "x").shape == (0,)
