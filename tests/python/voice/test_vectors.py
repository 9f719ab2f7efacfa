import numpy as np

from python_udfs.voice.vectors import products


def test_a_row_has_the_same_products_in_any_company() -> None:
    dice = np.random.default_rng(1)
    rows, weights = dice.standard_normal((1001, 514)), dice.standard_normal((6, 514))
    together = products(rows, weights)
    np.testing.assert_allclose(together, rows @ weights.T)
    order = dice.permutation(len(rows))
    assert (products(rows[order], weights) == together[order]).all()
    for size in (1, 2, 3, 7, 64):
        assert (
            np.vstack([products(rows[at : at + size], weights) for at in range(0, 200, size)])[:200] == together[:200]
        ).all()
