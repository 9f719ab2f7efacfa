"""Rules as SQL that an analyst can paste: conditions on columns, in the project's own style."""

import math
import re
from collections.abc import Mapping, Sequence

import numpy as np

from python_udfs.segmentation.rules import Range, Rule

ALWAYS, NEVER = "true", "false"

_PLAIN_NAME = re.compile("[a-z_][a-z0-9_]*")
# What a warehouse doesn't take for a column's name unless it stands in quotes.
_RESERVED_WORDS = """
    all analyse analyze and anti any array as asc asof asymmetric at authorization binary both by case cast
    check collate collation column concurrently constraint create cross default deferrable desc describe
    distinct do else end except false fetch for foreign freeze from full glob group having ilike in initially
    inner intersect into is isnull join lambda lateral leading left like limit natural not notnull null offset
    on only or order outer overlaps pivot pivot_longer pivot_wider placing positional primary qualify references
    returning right select semi show similar some summarize symmetric table tablesample then to trailing true
    union unique unpack unpivot using variadic verbose when where window with
"""
_RESERVED = frozenset(_RESERVED_WORDS.split())


def column_name(name: str) -> str:
    """A column's name as SQL, in quotes only where it needs them."""
    if _PLAIN_NAME.fullmatch(name) and name not in _RESERVED:
        return name
    return '"' + name.replace('"', '""') + '"'


def condition(rules: Sequence[Rule], columns: Mapping[str, str]) -> str:
    """The condition that customers of any of the rules meet; one line per rule. Without a rule nobody meets it.

    columns: of each feature the SQL that stands for its value.
    """
    ways = [_all_of([_asked(columns[feature], asked) for feature, asked in rule.ranges.items()]) for rule in rules]
    if len(ways) > 1:
        ways = [f"({way})" if " and " in way else way for way in ways]
    return "\nor ".join(ways) or NEVER


def case_expression(conditions: Mapping[str, str]) -> str:
    """The `case` that gives the key of the segment whose condition a customer meets; null where there is none."""
    branches = [_branch(key, asked) for key, asked in conditions.items() if asked != NEVER]
    return "\n".join(["case", *branches, "end"]) if branches else "null"


def _branch(segment_key: str, asked: str) -> str:
    key = "'" + segment_key.replace("'", "''") + "'"
    if "\n" not in asked:
        return f"    when {asked} then {key}"
    indented = asked.replace("\n", "\n        ")
    return f"    when\n        {indented}\n        then {key}"


def _all_of(clauses: Sequence[str]) -> str:
    return " and ".join(clause for clause in clauses if clause != ALWAYS) or ALWAYS


def _asked(column: str, asked: Range) -> str:
    """SQL of one range. A comparison with an unknown value is never true, so only ranges that allow it say so."""
    if not asked.known:
        return f"{column} is null" if asked.unknown else NEVER
    bounds = []
    if asked.lower > -math.inf:
        bounds.append(f"{column} > {number(asked.lower)}")
    if asked.upper < math.inf:
        bounds.append(f"{column} <= {number(asked.upper)}")
    if not bounds:
        return ALWAYS if asked.unknown else f"{column} is not null"
    within = " and ".join(bounds)
    if not asked.unknown:
        return within
    return f"({column} is null or {within})" if len(bounds) == 1 else f"({column} is null or ({within}))"


def number(value: float) -> str:
    """A number as SQL: 0.12, 1230, and with an exponent only where digits would fill the line."""
    if value != 0 and not 1e-9 <= abs(value) < 1e15:
        return repr(float(value))
    return np.format_float_positional(value + 0.0, trim="-")
