"""How one feature's values become comparable: a transform chosen by their skewness."""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import skew, yeojohnson, yeojohnson_normmax

FloatArray = NDArray[np.float64]

IDENTITY, LOGARITHM, YEO_JOHNSON = "identity", "log1p", "yeo_johnson"
SQUARE_ROOT, IS_UNKNOWN = "square_root", "is_unknown"
# Powers beyond these make a yes or no of a rate that is nearly always 0, and half of the distances of it.
POWERS = (-2.0, 2.0)
# Amounts far from 0, as in yen, are squeezed by a negative power until only rounding tells them apart.
LEAST_SPREAD = 1e-6
TRANSFORMS = (IDENTITY, LOGARITHM, YEO_JOHNSON, SQUARE_ROOT, IS_UNKNOWN)


def choose_transform(known: FloatArray, skew_limit: float) -> tuple[str, float | None]:
    """The transform for a feature's known values, shape (n,), and Yeo-Johnson's power, None for the other transforms.

    Values that are negative somewhere or not more skewed than the limit stay as they are. The others go through
    log1p or, where that leaves them more skewed than the limit and it does better, through the power transform of Yeo
    and Johnson (2000) at its maximum likelihood, unless that leaves next to nothing between them.
    """
    if known.min() < 0 or _skewness(known) <= skew_limit:
        return IDENTITY, None
    left = abs(_skewness(np.log1p(known)))
    if left <= skew_limit:
        return LOGARITHM, None
    # Rounded: the optimiser's last digits depend on its version.
    power = round(float(np.clip(yeojohnson_normmax(known), *POWERS)), 6)
    values = transformed(known, YEO_JOHNSON, power)
    if not np.isfinite(values).all() or np.ptp(values) < LEAST_SPREAD or abs(_skewness(values)) >= left:
        return LOGARITHM, None
    return YEO_JOHNSON, power


def transformed(values: FloatArray, transform: str, power: float | None) -> FloatArray:
    """Values through the transform, shape (n,); unknown ones (NaN) stay unknown, except in `is_unknown`.

    Where it is for values of 0 or more, negative ones count as 0: nobody in the sample had one, but others may have, or
    a published centroid.
    """
    if transform == LOGARITHM:
        return np.log1p(np.clip(values, 0, None))
    if transform == YEO_JOHNSON:
        return np.asarray(yeojohnson(np.clip(values, 0, None), lmbda=power))
    if transform == SQUARE_ROOT:
        return np.sqrt(np.clip(values, 0, None))
    if transform == IS_UNKNOWN:
        return np.isnan(values).astype(np.float64)
    return values


def untransformed(values: FloatArray, transform: str, power: float | None) -> FloatArray:
    """The inverse of `transformed`, shape (n,); values beyond what a transform can give count as its limits."""
    if transform == LOGARITHM:
        return np.expm1(values)
    if transform == YEO_JOHNSON:
        return _inverse_yeo_johnson(values, float(power or 0.0))
    if transform == SQUARE_ROOT:
        return np.clip(values, 0, None) ** 2
    return values


def _inverse_yeo_johnson(values: FloatArray, power: float) -> FloatArray:
    """Of values that come from numbers of 0 or more, the only ones that are transformed so."""
    if power == 0:
        return np.expm1(values)
    return np.clip(power * values + 1, 1e-12, None) ** (1 / power) - 1


def _skewness(values: FloatArray) -> float:
    # Of values that hardly differ it would be that of rounding.
    return float(skew(values)) if values.std() > 1e-12 * np.abs(values).max() else 0.0
