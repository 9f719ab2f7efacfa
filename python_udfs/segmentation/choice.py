"""The rule that chooses how many segments there are."""

from collections.abc import Sequence
from dataclasses import dataclass

from python_udfs.segmentation.candidates import Candidate


@dataclass(frozen=True)
class ChoiceRules:
    """What the vars say about the choice.

    smallest_share: of the customers, that a segment must have. mean_jaccard, smallest_jaccard: how stable the segments
    must be on average, and the least stable one. keep_margin: by how much less stable the number that is published
    already may be and still stay. pinned: the user's number, which wins if it was tried; None to have it chosen.
    """

    smallest_share: float
    mean_jaccard: float
    smallest_jaccard: float
    keep_margin: float
    pinned: int | None


def choose_k(
    candidates: Sequence[Candidate], rules: ChoiceRules, published_k: int | None = None
) -> tuple[int | None, str]:
    """The chosen number of segments and why, in words; (None, why) when there is nothing to choose from.

    The finest division, of three segments or more, that is stable: on average over its segments and in the least
    stable one. (Two segments nearly always have the best silhouette and tell a merchant nothing.) Where none is, the
    one that is most stable on average. `make benchmark` shows what the rule loses against the best number.
    published_k: how many segments were published last; that number stays while it is still stable, within the margin.
    Raises ValueError when the pinned number wasn't tried.
    """
    if not candidates:
        return None, "too few different customers to form segments"
    if rules.pinned:
        return _pinned(candidates, rules.pinned)
    large = [c for c in candidates if c.smallest_share >= rules.smallest_share] or list(candidates[:1])
    several = [c for c in large if c.k > 2] or large
    stable = [c for c in several if _is_stable(c, rules, 0.0)]
    finest = max(stable, key=lambda c: c.k, default=None)
    kept = next((c for c in several if c.k == published_k and _is_stable(c, rules, rules.keep_margin)), None)
    if kept is not None and kept != finest:
        return kept.k, f"{kept.k} segments are published and still stable{_figures(kept)}"
    if finest is not None:
        return finest.k, f"{finest.k} is the finest stable division{_figures(finest)}"
    best = max(several, key=lambda c: (c.mean_jaccard, -c.k))
    return best.k, f"no division is stable in every segment; {best.k} come nearest{_figures(best)}"


def _is_stable(candidate: Candidate, rules: ChoiceRules, margin: float) -> bool:
    on_average = candidate.mean_jaccard >= rules.mean_jaccard - margin
    return on_average and candidate.smallest_jaccard >= rules.smallest_jaccard - margin


def _figures(candidate: Candidate) -> str:
    return (
        f": when customers are drawn anew the segments are found again with a Jaccard similarity of "
        f"{candidate.mean_jaccard:.2f} on average, the least stable one with {candidate.smallest_jaccard:.2f}"
    )


def _pinned(candidates: Sequence[Candidate], pinned: int) -> tuple[int, str]:
    tried = [candidate.k for candidate in candidates]
    if pinned not in tried:
        numbers = ", ".join(str(k) for k in tried)
        raise ValueError(f"segment_count is {pinned}, but only these numbers of segments can be built here: {numbers}")
    return pinned, f"pinned to {pinned} by the var segment_count"
