"""Finds the file that holds a source table."""

from fnmatch import fnmatchcase
from pathlib import Path

from python_udfs.landing.errors import LandingError
from python_udfs.landing.table import SourceTable

# Longest first, so that "orders.csv.gz" has the stem "orders".
ENDINGS = (".csv.gz", ".jsonl.gz", ".json.gz", ".parquet", ".jsonl", ".json", ".xlsx", ".csv", ".txt")


def split_name(file_name: str) -> tuple[str, str]:
    """A file name as (stem, ending), both in lower case; the ending is empty when no reader knows it."""
    lowered = file_name.lower()
    for ending in ENDINGS:
        if lowered.endswith(ending):
            return lowered.removesuffix(ending), ending
    return lowered, ""


def find_file(table: SourceTable, data: Path) -> Path | None:
    """The file of `table` in the folder `data`, or `data` itself where the user named a file.

    Returns None when an optional table has no file. Raises LandingError when a required one is missing or two fit.
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
    others = [path for path in sorted(folder.iterdir()) if path.is_file() and split_name(path.name)[1]]
    for pattern in table.files:
        fitting = [path for path in others if fnmatchcase(split_name(path.name)[0], pattern.lower())]
        if len(fitting) > 1:
            names = ", ".join(path.name for path in fitting)
            raise LandingError(f"{folder}: {names} could each be {table.name}. Leave only one of them there.")
        if fitting:
            return fitting[0]
    if table.required:
        wanted = " or ".join(f"{pattern}.csv, .csv.gz or .parquet" for pattern in table.files[:1])
        there = ", ".join(path.name for path in others) or "no data file"
        raise LandingError(f"{folder}: the required file {wanted} ({table.name}) is missing. Found: {there}.")
    return None
