"""How much of what customers differ in is chance: of two orders, one that went back may mean nothing."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


def chance_share(rates: FloatArray, counts: FloatArray) -> float:
    """The part of a rate's variance between customers that is due to so few observations each, from 0 to 1.

    rates: (n,) shares of each customer's observations, NaN where unknown. counts: (n,) how many observations they are
    of. By the moments of binomial counts with a probability of each customer's own (Kleinman 1973): were p the mean
    and V the variance of these probabilities, rates of m observations would vary by V + (p (1 - p) - V) / m.
    Where nobody has two observations the two can't be told apart, and all counts as chance.
    """
    seen = ~np.isnan(rates) & (counts > 0)
    if not seen.any():
        return 0.0
    observed = float(rates[seen].var())
    if observed <= 1e-12:
        return 0.0
    mean, inverse = float(rates[seen].mean()), float((1 / counts[seen]).mean())
    if inverse >= 1 - 1e-9:
        return 1.0
    own = (observed - mean * (1 - mean) * inverse) / (1 - inverse)
    return float(np.clip(1 - own / observed, 0.0, 1.0))
