"""The gates by name, for tests that ask what they do and for those that don't."""

GATES = {
    *("smallest_segment_share", "silhouette", "smallest_jaccard", "seed_agreement", "low_confidence_share"),
    *("driver_drift", "label_churn", "sentiment_agreement", "rejected_share", "surrogate_macro_f1"),
}


def all_relaxed(because: str) -> dict[str, str]:
    """The var relaxed_gates of a build that every gate lets through."""
    return dict.fromkeys(sorted(GATES), because)
