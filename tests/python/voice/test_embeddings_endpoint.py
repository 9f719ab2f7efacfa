"""Against a real HTTP server on loopback that speaks OpenAI's embeddings protocol around the default encoder."""

import json
import logging
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import numpy as np
import pytest

from python_udfs.voice.encoder_errors import EncoderError
from python_udfs.voice.encoders import Encoder, load_encoder

KEY = "secret-key-of-the-test"
TEXTS = [f"review number {number}, size {number * 3}" for number in range(10)]


class EmbeddingsServer(ThreadingHTTPServer):
    """Answers POST /v1/embeddings; fails the first `failures` requests, and all but those with `key`."""

    def __init__(self, encoder: Encoder, key: str | None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.encoder, self.key = encoder, key
        self.failures = 0
        self.requests: list[int] = []

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class Handler(BaseHTTPRequestHandler):
    server: EmbeddingsServer

    def do_POST(self) -> None:
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.server.failures:
            self.server.failures -= 1
            return self.answer(503, {"error": {"message": f"busy with {question['input']}"}})
        if self.server.key and self.headers["Authorization"] != f"Bearer {self.server.key}":
            return self.answer(401, {"error": {"message": f"wrong key {self.headers['Authorization']}"}})
        self.server.requests.append(len(question["input"]))
        # Not of unit length and in another order, both of which the protocol allows.
        vectors = 3 * self.server.encoder.encode(question["input"])
        items = [
            {"object": "embedding", "index": place, "embedding": vector.tolist()}
            for place, vector in enumerate(vectors)
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        return self.answer(200, {"object": "list", "model": question["model"], "data": items[::-1], "usage": usage})

    def answer(self, status: int, content: dict[str, object]) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet: pytest's output is no access log."""


@pytest.fixture
def server(multilingual: Encoder) -> Iterator[EmbeddingsServer]:
    with EmbeddingsServer(multilingual, KEY) as running:
        Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture
def endpoint(server: EmbeddingsServer, monkeypatch: pytest.MonkeyPatch) -> Encoder:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    return load_encoder("openai:use", batch_size=4, base_url=server.base_url)


def test_vectors_come_back_in_order_at_unit_length_in_batches(
    endpoint: Encoder, server: EmbeddingsServer, multilingual: Encoder
) -> None:
    np.testing.assert_allclose(endpoint.encode(TEXTS), multilingual.encode(TEXTS), atol=1e-6)
    assert server.requests == [4, 4, 2, 1]
    assert endpoint.dimensions == 512


def test_known_dimensions_spare_the_question(server: EmbeddingsServer) -> None:
    assert load_encoder("openai:use", dimensions=512, base_url=server.base_url).dimensions == 512
    assert server.requests == []


def test_a_busy_endpoint_is_asked_again(endpoint: Encoder, server: EmbeddingsServer) -> None:
    server.failures = 1
    assert endpoint.encode(TEXTS[:2]).shape == (2, 512)


def test_an_error_tells_what_to_do_and_neither_key_nor_text(
    endpoint: Encoder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY + "-wrong")
    with caplog.at_level(logging.DEBUG, logger="customer_segments"), pytest.raises(EncoderError) as raised:
        endpoint.encode(TEXTS[:1])
    told = str(raised.value) + caplog.text
    assert "check that the endpoint runs" in told
    assert "401" in told
    assert KEY not in told
    assert TEXTS[0] not in told
    assert raised.value.__suppress_context__


def test_the_hosted_endpoint_needs_a_key_and_ones_own_does_not(
    monkeypatch: pytest.MonkeyPatch, server: EmbeddingsServer
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(EncoderError, match="set the environment variable OPENAI_API_KEY"):
        load_encoder("openai:text-embedding-3-small").encode(["x"])
    server.key = None
    assert load_encoder("openai:use", base_url=server.base_url).encode(["x"]).shape == (1, 512)


def test_the_key_may_stand_in_another_variable(monkeypatch: pytest.MonkeyPatch, server: EmbeddingsServer) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setenv("EMBEDDINGS_KEY", KEY)
    encoder = load_encoder("openai:use", base_url=server.base_url, api_key_variable="EMBEDDINGS_KEY")
    assert encoder.encode(["x"]).shape == (1, 512)


def test_another_address_is_another_encoder() -> None:
    here, there = (load_encoder("openai:use", base_url=url).identity for url in ("http://a/v1", "http://b/v1"))
    assert here != there
    assert here.startswith("openai:use@")
    assert load_encoder("openai:use").identity == "openai:use"
