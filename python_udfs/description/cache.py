"""Texts of the last build that still hold: with the same facts nobody is asked again."""

import hashlib
import json

from python_udfs.description.facts import SegmentFacts

WRITER_DIGITS = 16


def writer_key(source: str, model: str, prompt_version: str, phrases_version: str, edition: int = 1) -> str:
    """Who writes, and from what: the first hexadecimal digits of a SHA-256.

    edition: raise it to have every text written anew although nothing has changed.
    """
    writer = [source, model, prompt_version, phrases_version, edition]
    return hashlib.sha256(json.dumps(writer).encode()).hexdigest()[:WRITER_DIGITS]


def description_cache_key(segment: SegmentFacts, writer: str) -> str:
    """The writer's key, and the SHA-256 of it and all facts of the segment, whatever their order."""
    facts = [
        [
            fact.name,
            fact.meaning,
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
    return f"{writer}-{hashlib.sha256(json.dumps([writer, facts]).encode()).hexdigest()}"


def is_by(writer: str, cache_key: str | None) -> bool:
    """Whether the text of a cache key is by this writer, of whatever facts."""
    return cache_key is not None and cache_key.startswith(f"{writer}-")
