"""The rule that chooses k."""

from python_udfs.segmentation.candidates import Candidate

# Hennig (2007): a cluster of at least the first mean Jaccard similarity is stable, one below the second should
# not be trusted.
STABLE_JACCARD = 0.75
TRUSTED_JACCARD = 0.6
# How much of the best silhouette a finer division must keep to be worth its segments.
SILHOUETTE_SHARE = 0.9


def choose_k(candidates: list[Candidate], smallest_share: float, pinned: int | None) -> tuple[int | None, str]:
    """The chosen k and why, in words; (None, why) when there is nothing to choose from.

    The finest division whose every segment is large enough and stable, and whose silhouette is nearly the best of three
    segments or more. (Two segments nearly always have the best silhouette and tell a merchant nothing.) Where none is
    stable in every segment, one that can be trusted in every segment will do.
    pinned: the user's k, which wins if it was tried. Raises ValueError when it wasn't.
    """
    if not candidates:
        return None, "too few different customers to form segments"
    if pinned:
        return _pinned(candidates, pinned)
    large_enough = [c for c in candidates if c.smallest_share >= smallest_share] or candidates[:1]
    best_silhouette = max((c.silhouette for c in large_enough if c.k > 2), default=0.0)
    worthwhile = [c for c in large_enough if c.k > 2 and c.silhouette >= SILHOUETTE_SHARE * best_silhouette]
    for divisions in (worthwhile, large_enough):
        for level, word in ((STABLE_JACCARD, "is stable"), (TRUSTED_JACCARD, "can be trusted")):
            if good := [c for c in divisions if c.smallest_jaccard >= level]:
                return _told(max(good, key=lambda c: c.k), word)
    best = max(large_enough, key=lambda c: (c.smallest_jaccard, -c.k))
    return best.k, (
        f"no number of segments can be trusted in every segment (Jaccard {TRUSTED_JACCARD}); with {best.k} "
        f"the least stable one comes nearest, {best.smallest_jaccard:.2f}"
    )


def _told(chosen: Candidate, word: str) -> tuple[int, str]:
    return chosen.k, (
        f"{chosen.k} is the finest division with a silhouette near the best, {chosen.silhouette:.2f}, whose every "
        f"segment {word}: the bootstrap Jaccard of the least stable one is {chosen.smallest_jaccard:.2f}"
    )


def _pinned(candidates: list[Candidate], pinned: int) -> tuple[int, str]:
    tried = [candidate.k for candidate in candidates]
    if pinned not in tried:
        raise ValueError(f"segment_count is {pinned}, but only {min(tried)} to {max(tried)} can be built here")
    return pinned, f"pinned to {pinned} by the var segment_count"
