"""Texts of the last build that still hold: with the same facts nobody is asked again."""

import hashlib
import json

from python_udfs.description.facts import SegmentFacts


def description_cache_key(
    segment: SegmentFacts, source: str, model: str, prompt_version: str, phrases_version: str, edition: int = 1
) -> str:
    """SHA-256, in hexadecimal digits, of all that a text depends on; independent of the order of the facts.

    edition: raise it to have every text written anew although nothing has changed.
    """
    facts = [
        [
            fact.name,
            fact.label,
            fact.topic,
            fact.unit,
            fact.value,
            fact.shop_value,
            fact.z_score,
            fact.place_from_top,
            fact.place_from_bottom,
            fact.text,
        ]
        for _, fact in sorted(segment.facts.items())
    ]
    written_by = [source, model, prompt_version, phrases_version, edition]
    return hashlib.sha256(json.dumps([facts, written_by], ensure_ascii=True).encode()).hexdigest()
