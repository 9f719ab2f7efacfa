"""Opens text files, plain or gzipped, so that one row's broken bytes don't stop the others."""

import codecs
import gzip
import io
from pathlib import Path
from typing import TextIO

from python_udfs.landing.errors import LandingError

BUFFER_BYTES = 1 << 20
WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def open_text(path: Path, encoding: str) -> TextIO:
    """The file as text, its line endings as they are, without a byte order mark.

    Whether it is gzipped is told by its bytes: names get it wrong. A byte that isn't text in `encoding` becomes a lone
    surrogate (PEP 383), by which `text_columns.text_array` knows its row. Raises LandingError for an unknown encoding,
    for UTF-16 under another name, and for a file that is no text at all.
    """
    codec = text_codec(encoding)
    with path.open("rb") as file:
        zipped = file.read(2) == b"\x1f\x8b"
    stream = io.BufferedReader(gzip.GzipFile(path) if zipped else io.FileIO(path), BUFFER_BYTES)
    start = stream.peek(1 << 12)
    if not codec.startswith(("utf-16", "utf-32")):
        if start.startswith(WIDE_MARKS):
            raise LandingError(f"{path}: the file is UTF-16. Pass ENCODING=utf-16, or save it as UTF-8.")
        if b"\0" in start:
            raise LandingError(f"{path}: is not a text file. Export it again, or give it the ending of what it is.")
    return io.TextIOWrapper(
        stream, encoding="utf-8-sig" if codec == "utf-8" else codec, errors="surrogateescape", newline=""
    )


def text_codec(encoding: str) -> str:
    """Python's name of an encoding. Raises LandingError for one that doesn't exist."""
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        raise LandingError(
            f"'{encoding}' is no known encoding. Pass ENCODING=utf-8, cp1252, latin-1, utf-16, or what the files have."
        ) from None
