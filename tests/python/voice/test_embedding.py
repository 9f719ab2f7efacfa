import numpy as np
import pyarrow as pa
import pytest

from python_udfs.voice import embedding
from python_udfs.voice.embedding import embed_texts, text_embedding_schema
from python_udfs.voice.encoders import BUILTIN_ENCODERS, Encoder, load_encoder
from python_udfs.voice.vectors import to_matrix

TEXTS = [
    "很好",
    "ok",
    "Great product, fits well",
    "Ótimo, chegou antes do prazo",
    "not what I expected " * 40,
    "质量很差，" * 60,
] * 7


def texts(written: list[str]) -> pa.RecordBatch:
    columns = [pa.array([str(number) for number in range(len(written))], pa.string()), pa.array(written, pa.string())]
    return pa.RecordBatch.from_arrays(columns, names=["text_id", "text"])


def test_a_row_for_each_text_in_order_with_the_encoders_identity(multilingual: Encoder) -> None:
    embedded = embed_texts(multilingual, total=3)(texts(TEXTS[:3]))
    assert embedded.schema == text_embedding_schema(512)
    assert embedded["text_id"].to_pylist() == ["0", "1", "2"]
    assert set(embedded["encoder"].to_pylist()) == {multilingual.identity}


def test_an_empty_batch_stays_empty(multilingual: Encoder) -> None:
    embedded = embed_texts(multilingual)(texts([]))
    assert embedded.schema == text_embedding_schema(512)
    assert embedded.num_rows == 0


@pytest.mark.parametrize("name", list(BUILTIN_ENCODERS))
def test_which_texts_share_a_batch_changes_rounding_only(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = load_encoder(name)
    together = to_matrix(embed_texts(encoder)(texts(TEXTS))["embedding"])
    monkeypatch.setattr(embedding, "TEXTS_PER_CALL", 5)
    apart = to_matrix(embed_texts(encoder)(texts(TEXTS[::-1]))["embedding"])[::-1]
    alone = np.vstack([encoder.encode([text]) for text in TEXTS[:6]])
    np.testing.assert_allclose(together, apart, atol=1e-6)
    np.testing.assert_allclose(together[:6], alone, atol=1e-6)


def test_the_number_of_threads_changes_rounding_only(multilingual: Encoder) -> None:
    import torch

    threads = torch.get_num_threads()
    try:
        vectors = []
        for number in (1, 2, 3):
            torch.set_num_threads(number)
            vectors.append(multilingual.encode(TEXTS))
    finally:
        torch.set_num_threads(threads)
    np.testing.assert_allclose(vectors[0], vectors[1], atol=1e-6)
    np.testing.assert_allclose(vectors[0], vectors[2], atol=1e-6)


def test_vectors_land_as_arrays_of_fixed_length(multilingual: Encoder) -> None:
    import duckdb

    embedded = pa.Table.from_batches([embed_texts(multilingual)(texts(TEXTS[:2]))])
    connection = duckdb.connect()
    connection.register("embedded", embedded)
    assert connection.execute("select distinct typeof(embedding) from embedded").fetchall() == [("FLOAT[512]",)]
