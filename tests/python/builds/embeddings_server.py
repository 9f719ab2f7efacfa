"""An endpoint for embeddings on loopback that remembers what it was asked, and can be made to stop in mid-work."""

import json
import zlib
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event

import numpy as np

DIMENSIONS = {"words": 16, "other-words": 8}


@cache
def vector_of(word: str, dimensions: int) -> np.ndarray:
    """A vector of the word's own, always the same."""
    return np.random.default_rng(zlib.crc32(word.encode())).standard_normal(dimensions)


class EmbeddingsServer(ThreadingHTTPServer):
    """Answers with sums of words' vectors, of the length that DIMENSIONS has for the model. `asked`: the texts so far.

    stop_after: once it was asked for more of the texts that count than this, it sets `stopped` and answers no more.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str] = []
        self.counting: set[str] = set()
        self.stop_after: int | None = None
        self.stopped = Event()

    def variables(self, model: str = "words") -> dict[str, object]:
        """The vars of dbt that make it the encoder."""
        address = f"http://127.0.0.1:{self.server_port}/v1"
        return {"encoder": f"openai:{model}", "encoder_base_url": address, "encoder_dimensions": DIMENSIONS[model]}

    def asked_since(self) -> list[str]:
        """The texts since the last call, sorted."""
        asked, self.asked = sorted(self.asked), []
        return asked

    def handle_error(self, *_: object) -> None:
        """Quiet: who asked may have been killed."""


class Handler(BaseHTTPRequestHandler):
    server: EmbeddingsServer

    def do_POST(self) -> None:
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        texts, dimensions = question["input"], DIMENSIONS[question["model"]]
        self.server.asked += texts
        limit = self.server.stop_after
        if limit is not None and len(self.server.counting.intersection(self.server.asked)) > limit:
            self.server.stopped.set()
            Event().wait()
        vectors = [np.sum([vector_of(word, dimensions) for word in text.split()], axis=0) for text in texts]
        items = [
            {"object": "embedding", "index": place, "embedding": vector.tolist()}
            for place, vector in enumerate(vectors)
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        body = json.dumps({"object": "list", "model": question["model"], "data": items, "usage": usage}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet: pytest's output is no access log."""
