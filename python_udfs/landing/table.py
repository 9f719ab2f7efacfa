"""The declaration of a source table, as its YAML gives it, and the shape it lands in."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from python_udfs.landing.errors import LandingError


@dataclass(frozen=True)
class SourceTable:
    """One table of a source system: where its file is looked for, and its columns.

    name: the table's name, for messages.
    files: patterns (fnmatch) for the file's name without its ending, tried in this order.
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
            required=bool(meta.get("required", False)),
            takes_data_file=bool(meta.get("takes_data_file", False)),
        )


def landed_schema(columns: Iterable[str]) -> pa.Schema:
    """The shape every file lands in: its columns as text, and what is wrong with a broken line.

    source_error says why a line could not be split into columns; source_text is then that line as it stood. There is
    no row number: the same rows in another order are the same shop.
    """
    return pa.schema(
        [pa.field(column, pa.string()) for column in columns]
        + [
            pa.field("source_error", pa.string()),
            pa.field("source_text", pa.string()),
        ]
    )


def normalised(heading: str) -> str:
    """A heading without case, spaces and punctuation: "Customer ID" and customer_id are the same column."""
    return re.sub(r"[^a-z0-9]", "", heading.lower())


def match_columns(table: SourceTable, headings: Iterable[str], file_name: str) -> dict[str, str]:
    """Map each of the table's columns to the file's heading for it; absent optional columns are left out.

    Raises LandingError when a required column is missing, naming file, column and what was found instead.
    """
    found: dict[str, str] = {}
    for heading in headings:
        found.setdefault(normalised(heading), heading)
    matched = {}
    for column in table.columns:
        names = [normalised(name) for name in (column, *table.aliases.get(column, ()))]
        heading = next((found[name] for name in names if name in found), None)
        if heading is not None:
            matched[column] = heading
        elif column in table.required_columns:
            raise LandingError(
                f"{file_name}: required column '{column}' of {table.name} is missing. "
                f"The file has: {', '.join(found.values()) or 'no columns'}. "
                f"Rename the column that holds it to '{column}', or add it."
            )
    return matched
