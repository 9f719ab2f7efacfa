"""Encodings: one row's wrong bytes cost that row, a whole file's wrong encoding is told."""

import codecs
import gzip
import json

import pytest

from python_udfs.landing.errors import LandingError

CSV = "order_id,customer_id,note\no1,c1,{}\n"


def test_a_row_that_is_not_utf8_is_rejected_alone(landed, row) -> None:
    content = b"order_id,customer_id,note\no1,c1,caf\xc3\xa9\no2,c2,caf\xe9\no3,c3,\xe4\xb8\xad\n"
    first, second, third = landed("orders.csv", content)
    assert (first, third) == (row("o1", "c1", "café"), row("o3", "c3", "中"))
    assert "not valid text" in second["source_error"]
    assert second["order_id"] == "o2", "what can be read stays, to find the row by"
    assert second["note"] == "caf\ufffd"


def test_wrong_bytes_next_to_a_stray_quote_are_told_too(landed, row) -> None:
    rows = landed("orders.csv", b'order_id,customer_id,note\no1,c1,"caf\xe9\no2,c2,caf\xe9\no3,c3,ok\n')
    assert [each for each in rows if each["source_error"] is None] == [row("o3", "c3", "ok")]
    assert len(rows) == 3


def test_a_broken_line_with_wrong_bytes_is_told_with_what_can_be_read(landed) -> None:
    rows = landed("orders.csv", b"order_id,customer_id,note\no1,c1,ok\no2,caf\xe9\n")
    assert [row["source_text"] for row in rows if row["source_error"]] == ["o2,caf\ufffd"]


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "utf-16", "utf-16-le", "UTF8", "gb18030"])
def test_a_file_in_the_encoding_that_was_passed_lands_as_text(landed, row, encoding: str) -> None:
    note = "中" if encoding in ("gb18030", "UTF8") else "café"
    assert landed("orders.csv", CSV.format(note).encode(encoding), encoding=encoding) == [row("o1", "c1", note)]


def test_a_byte_that_the_encoding_does_not_have_costs_its_row_only(landed, row) -> None:
    content = CSV.format("café").encode("cp1252") + b"o2,c2,\x81\n"
    first, second = landed("orders.csv", content, encoding="cp1252")
    assert first == row("o1", "c1", "café")
    assert "not valid text" in second["source_error"]


@pytest.mark.parametrize("zipped", [False, True])
def test_a_byte_order_mark_is_no_part_of_the_first_heading(landed, row, zipped: bool) -> None:
    content = codecs.BOM_UTF8 + CSV.format("a").encode()
    name, content = ("orders.csv.gz", gzip.compress(content)) if zipped else ("orders.csv", content)
    assert landed(name, content) == [row("o1", "c1", "a")]


@pytest.mark.parametrize("name", ["orders.csv", "orders.jsonl"])
def test_utf16_under_another_name_says_what_to_pass(landed, name: str) -> None:
    with pytest.raises(LandingError, match=rf"{name}: the file is UTF-16. Pass ENCODING=utf-16"):
        landed(name, CSV.format("a").encode("utf-16"))


def test_an_unknown_encoding_says_which_there_are(landed) -> None:
    with pytest.raises(LandingError, match=r"'utf-9' is no known encoding. Pass ENCODING=utf-8, cp1252"):
        landed("orders.csv", CSV.format("a"), encoding="utf-9")


def test_a_json_line_that_is_not_utf8_is_rejected_alone(landed, row) -> None:
    good = json.dumps({"order_id": "o1", "customer_id": "c1", "note": "é"}, ensure_ascii=False).encode()
    first, second = landed("orders.jsonl", good + b"\n" + good.replace(b"\xc3\xa9", b"\xe9"))
    assert first == row("o1", "c1", "é")
    assert "not valid text" in second["source_error"]


def test_half_a_character_in_a_json_escape_breaks_nothing(landed, row) -> None:
    line = '{"order_id": "o1", "customer_id": "c1", "note": "cut \\ud83d"}'
    assert landed("orders.jsonl", line) == [row("o1", "c1", "cut \ufffd")]
