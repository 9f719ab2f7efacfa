"""How much of what customers differ in is chance: of two orders, one that went back may mean nothing."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Chance:
    """The part of a rate's variance between customers that is due to so few observations each.

    share: from 0 to 1. error: its standard error, from the spread of what each customer adds to the estimate.
    """

    share: float
    error: float


NONE = Chance(0.0, 0.0)
ALL = Chance(1.0, 0.0)


def chance_in(rates: FloatArray, counts: FloatArray) -> Chance:
    """How much of a rate is chance, and how certain that is.

    rates: (n,) shares of each customer's observations, NaN where unknown. counts: (n,) how many observations they are
    of. By the moments of binomial counts with a probability of each customer's own (Kleinman 1973): were p the mean
    and V the variance of these probabilities, rates of m observations would vary by V + (p (1 - p) - V) / m.
    Where nobody has two observations the two can't be told apart, and all counts as chance.
    """
    seen = ~np.isnan(rates) & (counts > 0)
    if not seen.any():
        return NONE
    observed = float(rates[seen].var())
    if observed <= 1e-12:
        return NONE
    mean, inverses = float(rates[seen].mean()), 1 / counts[seen]
    of_several = 1 - float(inverses.mean())
    if of_several <= 1e-9:
        return ALL
    differences = rates[seen] - mean
    # What each customer adds to the variance beyond chance.
    beyond = differences**2 - mean * (1 - mean) * inverses
    own = float(beyond.mean()) / observed
    # By the delta method: the mean and the variance that it is a part of are estimates too.
    influence = beyond - (1 - 2 * mean) * inverses.mean() * differences - own * differences**2
    error = float(influence.std()) / np.sqrt(seen.sum()) / observed
    return Chance(float(np.clip(1 - own / of_several, 0.0, 1.0)), float(error / of_several))
