"""Labels and rejected rows: to the letter where they hold no personal data, redacted where they do."""

import json

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from python_udfs.duckdb_plugin.label_functions import register_label_functions
from python_udfs.voice.labels import redact_label, redact_row

REGIONS = ("BR", "US")


@pytest.mark.parametrize(
    "label", ["Tops &amp; Blouses", "Size  <b>L</b>", " São Paulo", "１２寸", "Calvin Klein", "12-14"]
)
def test_a_label_without_personal_data_stays_to_the_letter(label: str) -> None:
    assert redact_label(label, REGIONS) == label


def test_a_label_with_personal_data_is_redacted() -> None:
    assert redact_label("Gifts for joe@exam\u200bple.com &amp; co", REGIONS) == "Gifts for <EMAIL> & co"


def test_of_a_row_keys_and_figures_stay() -> None:
    row = {"order_id": "11912345678", "net_amount": 12.5, "currency": "call +1 202 555 0143", "region": None}
    redacted = json.loads(redact_row(json.dumps(row), REGIONS))
    assert redacted == row | {"currency": "call <PHONE>"}


def test_a_line_that_does_not_split_is_redacted_as_a_whole() -> None:
    assert redact_row('{"line":"o1,joe@example.com,\\"x"}', REGIONS) == '{"line":"o1,<EMAIL>,\\"x"}'


@given(st.dictionaries(st.text("abc_", max_size=5), st.text(st.characters(codec="utf-8"), max_size=20), max_size=3))
def test_any_row_stays_a_row(row: dict[str, str]) -> None:
    assert json.loads(redact_row(json.dumps(row), REGIONS)).keys() == row.keys()


def test_sql_redacts_as_python_does() -> None:
    labels = ["Garden", None, "", "joe@example.com"]
    with duckdb.connect() as connection:
        register_label_functions(connection)
        connection.execute("create table labels as select unnest(?) as label", [labels])
        redacted = connection.execute("select redact_label(label, ['BR', 'US']) from labels").fetchall()
        assert [label for (label,) in redacted] == ["Garden", None, "", "<EMAIL>"]
        row = connection.execute("""select redact_row('{"a":"joe@example.com"}', ['BR'])""").fetchall()
        assert row == [('{"a":"<EMAIL>"}',)]
        assert connection.execute("select redact_row(label, ['BR']) from labels where false").fetchall() == []
