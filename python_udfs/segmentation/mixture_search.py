"""The search for the likeliest mixtures of every number of segments, in one go from many to one and back.

Started with as many segments as are asked for, a mixture of few ends anywhere: crowds that K-Means or Ward's clusters
unite come apart no more. Begun with more and united step by step, three starts end less than half as far from the
likeliest mixture as three that begin with their number and are mended, and numbers up to a dozen have one way. See
DECISIONLOG.md.
"""

from collections.abc import Iterable, Sequence
from itertools import cycle

import numpy as np

from python_udfs.segmentation.division import Division
from python_udfs.segmentation.mixture import Fit, MixtureCustomers, settled
from python_udfs.segmentation.starts import k_means_labels, ward_labels

# As many segments the ways down begin with, or twice, four times as many, so that those asked for are fewer by this.
MOST_SEGMENTS = 16
LEAST_UNIONS = 4
# They have so many customers on average at least.
SEGMENT_SIZE = 4
# Of log-likelihood a customer: a smaller difference may be one of rounding.
LIKELIHOOD_DIGITS = 9


def likeliest_fits(customers: MixtureCustomers, ks: Sequence[int], seed: int, starts: int) -> dict[int, Fit]:
    """The likeliest fit found for each number of segments.

    On the way down starts (starts.py) settle in many segments, and the two that lose least by it become one until there
    is only one. On the way up the segment that gains most is cut in two; of every number the likelier of what both ways
    found goes on. Called with one_thread().
    """
    different = len(np.unique(customers.vectors.round(9), axis=0))
    begun_with = {k: _most_segments(k, len(customers.vectors), different) for k in ks}
    found: dict[int, Fit] = {}
    for most in sorted(set(begun_with.values())):
        asked = [k for k in ks if begun_with[k] == most]
        fits = _way_up(customers, _way_down(customers, most, seed, starts), max(asked))
        found |= {k: fits[k] for k in asked}
    return found


def seeds_of_starts(seed: int, starts: int) -> list[int]:
    """As many seeds, which those of another seed have nothing to do with."""
    return [int(state) for state in np.random.SeedSequence(seed).generate_state(starts)]


def _most_segments(k: int, customers: int, different: int) -> int:
    """How many segments a way down to k begins with, the same for all numbers up to a dozen."""
    most = MOST_SEGMENTS
    while most < k + LEAST_UNIONS:
        most *= 2
    return max(k, min(most, customers // SEGMENT_SIZE, different))


def _way_down(customers: MixtureCustomers, most: int, seed: int, starts: int) -> dict[int, Fit]:
    """The likeliest fit by number of segments, from `most` to 1. Ways that meet go on as one."""
    begun = zip(cycle((ward_labels, k_means_labels)), seeds_of_starts(seed, starts), strict=False)
    fits = _unlike(settled(customers, start(customers.vectors, most, own), most) for start, own in begun)
    likeliest = {most: _likeliest(fits)}
    for k in range(most - 1, 0, -1):
        fits = _unlike(settled(customers, _division(customers, fit).united(), k) for fit in fits)
        likeliest[k] = _likeliest(fits)
    return likeliest


def _way_up(customers: MixtureCustomers, on_the_way_down: dict[int, Fit], largest: int) -> dict[int, Fit]:
    """The likeliest fit by number of segments, from 1 to the largest."""
    found = {1: on_the_way_down[1]}
    for k in range(2, largest + 1):
        cut = settled(customers, _division(customers, found[k - 1]).cut(), k)
        found[k] = _likeliest([on_the_way_down[k], cut])
    return found


def _division(customers: MixtureCustomers, fit: Fit) -> Division:
    shape = fit.clustering.scales[0] ** 2
    return Division(customers.vectors, customers.known, fit.labels, fit.clustering.centroids, shape)


def _unlike(fits: Iterable[Fit]) -> list[Fit]:
    """The first of those that are as likely as each other."""
    first: dict[float, Fit] = {}
    for fit in fits:
        first.setdefault(round(fit.likelihood, LIKELIHOOD_DIGITS), fit)
    return list(first.values())


def _likeliest(fits: Sequence[Fit]) -> Fit:
    """The first of equally likely ones."""
    return max(fits, key=lambda fit: round(fit.likelihood, LIKELIHOOD_DIGITS))
