"""Street addresses in English, Portuguese, Spanish and Chinese, where their form tells them from other words.

A street address is a kind of street, a name and a number. Names of streets are proper names, so they are capitalised
where a language has capitals; "2 way radio" and "en la calle 3 veces" are none. Flat, town and postal code belong to
the address that they follow. No pattern takes more than linear time.
"""

import re

from python_udfs.voice.chinese_addresses import without_chinese_addresses
from python_udfs.voice.english_addresses import without_english_addresses
from python_udfs.voice.iberian_addresses import without_iberian_addresses

# Cheap to look for, and in every address: a number, or "without number".
DIGIT_OR_NONE = re.compile(r"\d|s/n", re.IGNORECASE)


def without_street_addresses(text: str) -> str:
    """Addresses of houses, in the four languages, and postal codes that are called so."""
    if not DIGIT_OR_NONE.search(text):
        return text
    return without_chinese_addresses(without_iberian_addresses(without_english_addresses(text)))
