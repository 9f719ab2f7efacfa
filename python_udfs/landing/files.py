"""Finds the file that holds a source table."""

from fnmatch import fnmatchcase
from pathlib import Path

from python_udfs.landing.errors import LandingError
from python_udfs.landing.table import SourceTable

# Longest first, so that "orders.csv.gz" has the stem "orders".
ENDINGS = (
    ".jsonl.gz",
    ".json.gz",
    ".csv.gz",
    ".txt.gz",
    ".parquet",
    ".jsonl",
    ".json",
    ".xlsx",
    ".csv",
    ".txt",
    ".tsv",
)


def split_name(file_name: str) -> tuple[str, str]:
    """A file name as (stem, ending), both in lower case; the ending is empty when no reader knows it."""
    lowered = file_name.lower()
    for ending in ENDINGS:
        if lowered.endswith(ending):
            return lowered.removesuffix(ending), ending
    return lowered, ""


def find_file(table: SourceTable, data: Path) -> Path | None:
    """The file of `table` in the folder `data`, or `data` itself where the user named a file.

    Returns None when an optional table has no file. Raises LandingError when a required one is missing, two fit, or the
    folder can't be looked into.
    """
    if not data.exists():
        raise LandingError(
            f"{data} does not exist. Pass the folder or file that holds your data: make build DATA=<folder or file>."
        )
    if data.is_file() and table.takes_data_file:
        if not split_name(data.name)[1]:
            raise LandingError(f"{data}: no reader for this ending. Use one of {', '.join(ENDINGS)}.")
        return data
    folder = data.parent if data.is_file() else data
    files = _visible_files(folder)
    for pattern in table.files:
        fitting = [path for path in files if _fits(path, pattern, table)]
        if len(fitting) > 1:
            names = ", ".join(path.name for path in fitting)
            raise LandingError(f"{folder}: {names} could each be {table.name}. Leave only one of them there.")
        if fitting:
            return fitting[0]
    if table.required:
        wanted = next((f" {pattern}.csv, .csv.gz or .parquet" for pattern in table.files if "*" not in pattern), "")
        there = ", ".join(path.name for path in files[:20]) or "no file"
        raise LandingError(f"{folder}: the required file{wanted} ({table.name}) is missing. Found: {there}.")
    return None


def _visible_files(folder: Path) -> list[Path]:
    """A folder's files by name, without hidden ones and the locks that office programs leave there."""
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        raise LandingError(f"{folder} cannot be looked into ({error.strerror}). Check who may read it.") from error
    return [path for path in paths if path.is_file() and not path.name.startswith((".", "~$"))]


def _fits(path: Path, pattern: str, table: SourceTable) -> bool:
    stem, ending = split_name(path.name)
    excluded = any(fnmatchcase(stem, other.lower()) for other in table.excluded_files)
    return bool(ending) and fnmatchcase(stem, pattern.lower()) and not excluded
