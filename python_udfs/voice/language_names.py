"""What languages are called where people read, from the Unicode locale data."""

from collections.abc import Sequence

import pyarrow as pa

LANGUAGE_NAMES = pa.schema([pa.field("language", pa.string()), pa.field("language_name", pa.string())])


def language_names(languages: Sequence[str]) -> pa.Table:
    """LANGUAGE_NAMES: the English name of each ISO 639-1 code, the code itself where there is none."""
    from babel import Locale

    names = Locale("en").languages
    rows = [{"language": code, "language_name": names.get(code, code)} for code in sorted(set(languages))]
    return pa.Table.from_pylist(rows, schema=LANGUAGE_NAMES)
