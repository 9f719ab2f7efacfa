"""The rule that chooses how many segments there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from python_udfs.segmentation.candidates import Candidate


@dataclass(frozen=True)
class ChoiceRules:
    """What the vars say about the choice.

    smallest_share: of the customers, that a segment must have. mean_jaccard, smallest_jaccard: how stable the segments
    must be on average, and the least stable one. least_gain: of likelihood gain, that a segment more must bring.
    stability_weight: what the logarithm of the mean Jaccard similarity counts beside it. keep_margin: by how much lower
    stability and merit of the number that is published already may be, and it still stays. pinned: the user's number,
    which wins if it was tried; None to have it chosen.
    """

    smallest_share: float
    mean_jaccard: float
    smallest_jaccard: float
    least_gain: float
    stability_weight: float
    keep_margin: float
    pinned: int | None


def choose_k(
    candidates: Sequence[Candidate], rules: ChoiceRules, published_k: int | None = None
) -> tuple[int | None, str]:
    """The chosen number of segments and why, in words; (None, why) when there is nothing to choose from.

    Among the stable divisions into three segments or more, the one of greatest merit: it describes customers well
    (likelihood gain), with few segments, which are found again when customers are drawn anew (mean Jaccard
    similarity). Two segments nearly always have the best silhouette and tell a merchant little: they are chosen where
    they are stable and no more are. Where none is stable, the one whose least stable segment is most stable; of those
    in which it is within the limit, the one that is on average. `make benchmark` shows what the rule loses.
    published_k: how many segments were published last; that number stays while it is about as good.
    Raises ValueError when the pinned number wasn't tried.
    """
    if not candidates:
        return None, "no segments: too few different customers, or the estimator found no two"
    if rules.pinned:
        return _pinned(candidates, rules.pinned)
    large = [c for c in candidates if c.smallest_share >= rules.smallest_share] or list(candidates[:1])
    several = [c for c in large if c.k > 2] or large
    in_question = several if any(_is_stable(c, rules, 0.0) for c in several) else large
    stable = [c for c in in_question if _is_stable(c, rules, 0.0)]
    best = max(stable, key=lambda c: (_merit(c, rules), -c.k), default=None)
    kept = next((c for c in in_question if c.k == published_k and _is_stable(c, rules, rules.keep_margin)), None)
    as_good = kept is not None and (best is None or _merit(kept, rules) >= _merit(best, rules) - rules.keep_margin)
    if kept is not None and kept != best and as_good:
        return kept.k, f"{kept.k} segments are published and still as good{_figures(kept)}"
    if best is not None:
        why = f"of the stable divisions, {best.k} segments describe customers best for their number"
        if best.k == 2 and len(large) > 1:
            why = "no division into more is stable, 2 segments are"
        return best.k, why + _figures(best)
    steadiest = max(large, key=lambda c: (min(c.smallest_jaccard, rules.smallest_jaccard), c.mean_jaccard, -c.k))
    return steadiest.k, f"no division is stable enough; {steadiest.k} segments come nearest{_figures(steadiest)}"


def _merit(candidate: Candidate, rules: ChoiceRules) -> float:
    """In units of the likelihood gain. A Jaccard similarity of zero is as good as none."""
    stability = rules.stability_weight * log(max(candidate.mean_jaccard, 1e-9))
    return candidate.likelihood_gain - rules.least_gain * candidate.k + stability


def _is_stable(candidate: Candidate, rules: ChoiceRules, margin: float) -> bool:
    on_average = candidate.mean_jaccard >= rules.mean_jaccard - margin
    return on_average and candidate.smallest_jaccard >= rules.smallest_jaccard - margin


def _figures(candidate: Candidate) -> str:
    return (
        f" (likelihood gain {candidate.likelihood_gain:.2f}): when customers are drawn anew the segments are found "
        f"again with a Jaccard similarity of {candidate.mean_jaccard:.2f} on average, the least stable one with "
        f"{candidate.smallest_jaccard:.2f}"
    )


def _pinned(candidates: Sequence[Candidate], pinned: int) -> tuple[int, str]:
    tried = [candidate.k for candidate in candidates]
    if pinned not in tried:
        numbers = ", ".join(str(k) for k in tried)
        raise ValueError(
            f"segment_count is {pinned}, but only these numbers of segments were tried: {numbers}. Raise "
            "segment_largest_count for more; segment_smallest_size and the estimator limit them too."
        )
    return pinned, f"pinned to {pinned} by the var segment_count"
