"""The rule that chooses k."""

from python_udfs.segmentation.candidates import Candidate

# Hennig (2007): a cluster whose mean Jaccard similarity is below this should not be trusted.
TRUSTED_JACCARD = 0.6
# How much of the best silhouette a finer division must keep to be worth its segments.
SILHOUETTE_SHARE = 0.9


def choose_k(candidates: list[Candidate], smallest_share: float, pinned: int | None) -> tuple[int | None, str]:
    """The chosen k and why, in words; (None, why) when there is nothing to choose from.

    The finest division whose every segment is large enough and can be trusted, and whose silhouette is nearly the best
    of three segments or more. (Two segments nearly always have the best silhouette and tell a merchant nothing.)
    pinned: the user's k, which wins if it was tried. Raises ValueError when it wasn't.
    """
    if not candidates:
        return None, "too few different customers to form segments"
    if pinned:
        return _pinned(candidates, pinned)
    large_enough = [c for c in candidates if c.smallest_share >= smallest_share] or candidates[:1]
    trusted = [c for c in large_enough if c.smallest_jaccard >= TRUSTED_JACCARD]
    if not trusted:
        best = max(large_enough, key=lambda c: (c.smallest_jaccard, -c.k))
        return best.k, (
            f"no number of segments can be trusted in every segment (Jaccard {TRUSTED_JACCARD}); with {best.k} "
            f"the least stable one comes nearest, {best.smallest_jaccard:.2f}"
        )
    best_silhouette = max(c.silhouette for c in ([c for c in trusted if c.k > 2] or trusted))
    finest = max(c.k for c in trusted if c.silhouette >= SILHOUETTE_SHARE * best_silhouette)
    chosen = next(c for c in trusted if c.k == finest)
    return finest, (
        f"{finest} is the finest division whose every segment can be trusted (least stable: Jaccard "
        f"{chosen.smallest_jaccard:.2f}) and whose silhouette, {chosen.silhouette:.2f}, is nearly the best"
    )


def _pinned(candidates: list[Candidate], pinned: int) -> tuple[int, str]:
    tried = [candidate.k for candidate in candidates]
    if pinned not in tried:
        raise ValueError(f"segment_count is {pinned}, but only {min(tried)} to {max(tried)} can be built here")
    return pinned, f"pinned to {pinned} by the var segment_count"
