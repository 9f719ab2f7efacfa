"""The declaration of a source table, as its YAML gives it, and the shape it lands in."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from python_udfs.landing.errors import LandingError, without_personal_data


@dataclass(frozen=True)
class SourceTable:
    """One table of a source system: where its file is looked for, and its columns.

    name: the table's name, for messages.
    files: patterns (fnmatch) for the file's name without its ending, tried in this order.
    excluded_files: patterns of names that are another table's, whatever `files` says.
    required_columns, optional_columns: names as staging reads them; an optional one may be absent and is then null.
    aliases: other headings under which a column may stand.
    required: whether a shop can do without the file.
    takes_data_file: whether the file that the user names, instead of a folder, is this table.
    """

    name: str
    files: tuple[str, ...]
    required_columns: tuple[str, ...]
    optional_columns: tuple[str, ...] = ()
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    excluded_files: tuple[str, ...] = ()
    required: bool = False
    takes_data_file: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns, required ones first."""
        return self.required_columns + self.optional_columns

    @classmethod
    def from_meta(cls, name: str, meta: Mapping[str, Any]) -> "SourceTable":
        """The declaration in a source's YAML `meta`. Raises KeyError when `files` is missing."""
        return cls(
            name=name,
            files=tuple(meta["files"]),
            required_columns=tuple(meta.get("required_columns", ())),
            optional_columns=tuple(meta.get("optional_columns", ())),
            aliases={column: tuple(names) for column, names in meta.get("aliases", {}).items()},
            excluded_files=tuple(meta.get("excluded_files", ())),
            required=bool(meta.get("required", False)),
            takes_data_file=bool(meta.get("takes_data_file", False)),
        )


def landed_schema(columns: Sequence[str]) -> pa.Schema:
    """The shape every file lands in: its columns as text, and what is wrong with a row.

    source_error says why a row can't be used as it stands (a line that doesn't split into columns, bytes that are no
    text); source_text is the line as it stood where it could not be split. There is no row number: the same rows in
    another order are the same shop.
    """
    return pa.schema([pa.field(column, pa.string()) for column in (*columns, "source_error", "source_text")])


def normalised(heading: str) -> str:
    """A heading without case, spaces and punctuation: "Customer ID" and customer_id are the same column."""
    return re.sub(r"[^a-z0-9]", "", heading.lower())


def match_columns(table: SourceTable, headings: Sequence[str], file_name: str) -> dict[str, int]:
    """Map each of the table's columns to the position of its heading; absent optional columns are left out.

    Raises LandingError when a required column is missing or a column stands in the file twice.
    """
    names = [normalised(heading) for heading in headings]
    occurrences = Counter(names)
    matched = {}
    for column in table.columns:
        candidates = (normalised(name) for name in (column, *table.aliases.get(column, ())))
        name = next((candidate for candidate in candidates if candidate in occurrences), None)
        if name is None:
            if column in table.required_columns:
                raise LandingError(_missing(table, column, headings, file_name))
        elif occurrences[name] > 1:
            raise LandingError(f"{file_name}: the column '{column}' stands there twice. Leave only one of them.")
        else:
            matched[column] = names.index(name)
    return matched


def _missing(table: SourceTable, column: str, headings: Sequence[str], file_name: str) -> str:
    """What to say of a required column that isn't there. Without a heading line, headings are values: cut, redacted."""
    told = [without_personal_data(heading) for heading in headings[:30]]
    shown = [heading if len(heading) <= 30 else heading[:30] + "..." for heading in told]
    called = " or ".join(f"'{name}'" for name in (column, *table.aliases.get(column, ())))
    return (
        f"{file_name}: the required column {called} of {table.name} is missing. "
        f"The file has: {', '.join(shown) or 'no columns'}. "
        f"Rename the column that holds it to '{column}', or add it; the first line must be the heading."
    )
