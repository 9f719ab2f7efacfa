"""Labels that a shop gives (categories, regions, kinds of events) and rows that were rejected, without personal data.

A label is a name to group by: unlike a review it isn't cleaned, and stays to the letter unless it holds personal data.
Names of persons stay in labels: brands are called after persons.
"""

import json
from functools import lru_cache

from python_udfs.voice.redaction import redact
from python_udfs.voice.text_cleaning import clean

# Labels repeat; this many distinct ones take some ten megabytes.
REMEMBERED_LABELS = 50_000
# Keys stay: without them nobody could find the row. That a key is no personal datum is up to the shop.
KEY_ENDING = "_id"


@lru_cache(maxsize=REMEMBERED_LABELS)
def redact_label(label: str, regions: tuple[str, ...]) -> str:
    """The label as it stands; redacted where it holds personal data. regions: as for `redact`."""
    redacted = redact(label, regions)
    return label if redacted == clean(label) else redacted


def redact_row(row: str, regions: tuple[str, ...]) -> str:
    """A row as a JSON object whose texts, apart from keys, are redacted as labels. Raises ValueError for other JSON."""
    values = json.loads(row)
    redacted = {
        name: redact_label(value, regions) if isinstance(value, str) and not name.endswith(KEY_ENDING) else value
        for name, value in values.items()
    }
    return json.dumps(redacted, ensure_ascii=False, separators=(",", ":"))
