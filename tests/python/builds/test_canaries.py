"""Personal data planted in every text of a shop's files come out nowhere: not in marts, logs, prompts or artefacts."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import duckdb
import numpy as np
import pytest

from python_udfs.voice.encoders import load_encoder
from tests.python.builds.canaries import Canary, CanaryShop, write_canary_shop
from tests.python.builds.conftest import Build, run_build
from tests.python.builds.gates import all_relaxed

# The warehouse is the shop's own: here raw rows land, and are typed and checked.
RAW_SCHEMAS = ("landing_shop", "staging", "entities")
RAW_VIEWS = ("review_documents",)
ANSWER = {"name": "Customers", "description": "They buy.", "suggested_action": "Write to them."}


@dataclass
class Endpoint:
    """An OpenAI-compatible server of chat and embeddings that keeps what it is sent."""

    server: ThreadingHTTPServer
    bodies: list[str] = field(default_factory=list)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/v1"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    encoder = load_encoder("builtin:use-multilingual")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            running.bodies.append(body)
            question = json.loads(body)
            answer = {"object": "list", "model": question["model"], "usage": {"prompt_tokens": 1, "total_tokens": 1}}
            if "input" in question:
                vectors = encoder.encode(question["input"]).astype(np.float64)
                answer["data"] = [
                    {"object": "embedding", "index": place, "embedding": vector.tolist()}
                    for place, vector in enumerate(vectors)
                ]
            else:
                message = {"role": "assistant", "content": json.dumps(ANSWER)}
                answer |= {"id": "1", "object": "chat.completion", "created": 1}
                answer["choices"] = [{"index": 0, "finish_reason": "stop", "message": message}]
            payload = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, *_: object) -> None:
            """Quiet: pytest's output is no access log."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        running = Endpoint(server)
        Thread(target=server.serve_forever, daemon=True).start()
        yield running
        server.shutdown()


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> CanaryShop:
    return write_canary_shop(tmp_path_factory.mktemp("canaries") / "data")


@pytest.fixture(scope="module")
def built(shop: CanaryShop, endpoint: Endpoint) -> Build:
    variables = {
        "description_provider": "openai",
        "llm_model": "recorder",
        "llm_base_url": endpoint.base_url,
        "encoder": "openai:recorder",
        "encoder_base_url": endpoint.base_url,
        "rfm_within": "region",
        "relaxed_gates": all_relaxed("what the segments are worth isn't asked here"),
        "segment_largest_count": 4,
    }
    build = run_build(shop.folder.parent, "--vars", json.dumps(variables), data=shop.folder, OPENAI_API_KEY="none")
    assert build.returncode == 0, build.output
    return build


def leaks(canaries: list[Canary], text: str) -> set[tuple[str, str]]:
    """Where each canary in the text was planted, and how it's written."""
    return {(canary.place, canary.written) for canary in canaries if any(piece in text for piece in canary.pieces)}


def relation_text(connection: duckdb.DuckDBPyConnection, relation: str) -> str:
    return "\n".join(str(row) for row in connection.execute(f"select * from {relation}").fetchall())


def test_the_shop_has_segments_and_all_kinds_of_rejected_rows(built: Build, shop: CanaryShop) -> None:
    assert len(built.query("select * from marts.segments")) >= 2
    entities = {entity for (entity,) in built.query("select distinct entity from marts.rejected_rows")}
    assert entities == {"customers", "orders", "order_lines", "products", "reviews", "events"}
    assert built.query("select count(*) from marts.segments where top_categories is null") == [(0,)]


def test_every_canary_landed_apart_from_columns_that_nobody_knows(built: Build, shop: CanaryShop) -> None:
    with duckdb.connect(str(built.warehouse), read_only=True) as connection:
        tables = "select table_name from information_schema.tables where table_schema = 'landing_shop'"
        landed = "\n".join(
            relation_text(connection, f"landing_shop.{name}") for (name,) in connection.execute(tables).fetchall()
        )
    places = {place for place, _ in leaks(shop.canaries, landed)}
    assert places == {canary.place for canary in shop.canaries if not canary.place.endswith("unknown column")}


def test_no_published_mart_holds_a_canary(built: Build, shop: CanaryShop) -> None:
    files = sorted(built.published.glob("*.parquet"))
    assert files
    with duckdb.connect() as connection:
        for file in files:
            assert leaks(shop.canaries, relation_text(connection, f"'{file}'")) == set(), file.name
    with duckdb.connect(str(built.published / "marts.duckdb"), read_only=True) as connection:
        for (name,) in connection.execute("select table_name from information_schema.tables").fetchall():
            assert leaks(shop.canaries, relation_text(connection, name)) == set(), name


def test_nothing_after_the_entities_holds_a_canary(built: Build, shop: CanaryShop) -> None:
    with duckdb.connect(str(built.warehouse), read_only=True) as connection:
        relations = connection.execute(
            "select table_schema, table_name from information_schema.tables "
            f"where table_schema not in {RAW_SCHEMAS} and table_name not in {(*RAW_VIEWS, '')}"
        ).fetchall()
        assert {"voice", "features", "segmentation", "description", "quality", "marts"} <= {
            schema for schema, _ in relations
        }
        for schema, name in relations:
            assert leaks(shop.canaries, relation_text(connection, f'{schema}."{name}"')) == set(), f"{schema}.{name}"


def test_labels_of_accepted_rows_hold_no_canary(built: Build, shop: CanaryShop) -> None:
    """Of the entities only reviews hold raw texts: redaction reads them there."""
    with duckdb.connect(str(built.warehouse), read_only=True) as connection:
        for entity in ("customers", "orders", "order_lines", "products", "events"):
            assert leaks(shop.canaries, relation_text(connection, f"entities.{entity}")) == set(), entity


def test_no_endpoint_was_sent_a_canary(built: Build, shop: CanaryShop, endpoint: Endpoint) -> None:
    assert any('"input"' in body for body in endpoint.bodies)
    assert any('"messages"' in body for body in endpoint.bodies)
    assert leaks(shop.canaries, "\n".join(endpoint.bodies).encode().decode("unicode_escape")) == set()


def test_no_canary_is_printed_logged_or_left_in_an_artefact(built: Build, shop: CanaryShop) -> None:
    assert leaks(shop.canaries, built.output) == set()
    folder = shop.folder.parent
    files = [path for name in ("logs", "target") for path in (folder / name).rglob("*") if path.is_file()]
    assert {"dbt.log", "run_results.json", "manifest.json"} <= {path.name for path in files}
    for path in [*files, *(path for path in built.published.rglob("*") if path.is_file())]:
        assert leaks(shop.canaries, readable(path)) == set(), path


def readable(path: Path) -> str:
    content = path.read_bytes()
    return (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8", "replace")
