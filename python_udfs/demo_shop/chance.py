"""The few ways in which the demo shop leaves something to chance."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np

Choice = TypeVar("Choice")

# One stream of random numbers per concern, so that a change to one leaves the others as they were.
STREAMS = ("people", "orders", "events", "ratings", "wording", "contact", "dirt")


def streams(seed: int) -> dict[str, np.random.Generator]:
    """One independent generator per name in STREAMS, all from one seed."""
    children = np.random.SeedSequence(seed).spawn(len(STREAMS))
    return {name: np.random.default_rng(child) for name, child in zip(STREAMS, children, strict=True)}


def happens(rng: np.random.Generator, probability: float) -> bool:
    """True with the given probability."""
    return bool(rng.random() < probability)


def pick(rng: np.random.Generator, choices: Sequence[Choice]) -> Choice:
    """One of the choices, all equally likely."""
    return choices[int(rng.integers(len(choices)))]


def weighted_pick(rng: np.random.Generator, weights: Mapping[Choice, float]) -> Choice:
    """One of the keys, as likely as its weight; the weights need not add up to 1."""
    left = float(rng.random()) * sum(weights.values())
    for choice, weight in weights.items():
        left -= weight
        if left < 0:
            return choice
    return choice


def around(rng: np.random.Generator, median: float, spread: float, below: float = np.inf) -> float:
    """A positive number around the median, log-normal; `spread` is the standard deviation of its logarithm.

    It is drawn again until it lies below `below`. Raises ValueError when the median doesn't.
    """
    if median >= below:
        raise ValueError(f"a median of {median} is not below {below}")
    while (value := float(median * np.exp(spread * rng.standard_normal()))) >= below:
        continue
    return value


def share_around(rng: np.random.Generator, mean: float, concentration: float) -> float:
    """A share between 0 and 1 around the mean, beta; the higher the concentration, the closer."""
    if mean <= 0 or mean >= 1:
        return mean
    return float(rng.beta(mean * concentration, (1 - mean) * concentration))
