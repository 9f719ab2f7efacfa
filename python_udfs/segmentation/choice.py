"""The rule that chooses k."""

from python_udfs.segmentation.candidates import Candidate

STABLE_JACCARD = 0.75


def choose_k(candidates: list[Candidate], smallest_share: float, pinned: int | None) -> tuple[int | None, str]:
    """The chosen k and why, in words; (None, why) when there is nothing to choose from.

    pinned: the user's k, which wins if it was tried. Raises ValueError when it wasn't.
    """
    if not candidates:
        return None, "too few different customers to form segments"
    tried = {candidate.k: candidate for candidate in candidates}
    if pinned:
        if pinned not in tried:
            raise ValueError(f"segment_count is {pinned}, but only {min(tried)} to {max(tried)} can be built here")
        return pinned, f"pinned to {pinned} by the var segment_count"
    large_enough = [c for c in candidates if c.smallest_share >= smallest_share] or candidates[:1]
    stable = [c for c in large_enough if c.smallest_jaccard >= STABLE_JACCARD]
    if stable:
        best = max(stable, key=lambda c: (c.silhouette, c.k))
        return best.k, "the best silhouette among those whose every segment is stable"
    best = max(large_enough, key=lambda c: (c.smallest_jaccard, -c.k))
    return best.k, "none is stable in every segment; the one whose worst segment is most stable"
