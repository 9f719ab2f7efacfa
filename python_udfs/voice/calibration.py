"""A probability from a score: the logistic curve that fits what came true (Platt 1999)."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def platt_scaling(score: Numbers, is_praise: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and shift of the log odds of praise at a score, from scores of models that saw none of these stars.

    score, is_praise: (rows,), both kinds among them. Each row is a little of the other kind too, as if one more of
    each had been seen, so that few rows which the score divides without fault don't make it certain.
    """
    from sklearn.linear_model import LogisticRegression

    praise, complaint = is_praise.sum(), (~is_praise).sum()
    share = np.where(is_praise, (praise + 1) / (praise + 2), 1 / (complaint + 2))
    both = np.concatenate([score, score])[:, None]
    kind = np.repeat([True, False], len(score))
    model = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-9)
    model.fit(both, kind, sample_weight=np.concatenate([share, 1 - share]))
    if model.coef_[0, 0] <= 0:
        # A score that praise doesn't raise knows nothing, and must not be turned round.
        return 0.0, float(np.log(praise / complaint))
    return float(model.coef_[0, 0]), float(model.intercept_[0])
