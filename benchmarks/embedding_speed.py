"""How fast review_embeddings is, beside nothing but SentenceTransformer.encode: python -m benchmarks.embedding_speed.

Both encode the same distinct texts with the same encoder, in turns, each time in a process of its own that has to load
it. What `dbt run` takes with nothing to encode is taken off. On a machine that does other things too, believe the
processor's seconds rather than the clock's.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import duckdb

from benchmarks.review_shop import write_review_shop
from scripts.build import PREFIX, PROJECT


@dataclass(frozen=True)
class Seconds:
    """What a process took: by the clock, and of the processors."""

    clock: float
    processor: float

    def __sub__(self, other: "Seconds") -> "Seconds":
        return Seconds(self.clock - other.clock, self.processor - other.processor)


def run_dbt(folder: Path, data: Path, encoder: str, *arguments: str) -> Seconds:
    """Run dbt on the shop. Raises CalledProcessError when it fails."""
    environment = os.environ | {f"{PREFIX}DATA": str(data), f"{PREFIX}WAREHOUSE": str(folder / "warehouse.duckdb")}
    environment |= {"DBT_TARGET_PATH": str(folder / "target"), "DBT_LOG_PATH": str(folder / "logs")}
    dbt = [str(Path(sys.executable).with_name("dbt")), "--quiet", "run", "--profiles-dir", str(PROJECT)]
    started, before = time.monotonic(), os.times()
    command = [*dbt, "--vars", f"{{encoder: '{encoder}'}}", *arguments]
    subprocess.run(command, check=True, cwd=PROJECT, env=environment)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Seconds(time.monotonic() - started, used)


def encode_alone(warehouse: Path, encoder: str) -> Seconds:
    """SentenceTransformer.encode over all distinct texts at once, in a process that has to load the encoder."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        texts = [
            text for (text,) in connection.execute("select text from voice.distinct_texts order by text_id").fetchall()
        ]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(_encode, encoder, texts).result()


def _encode(encoder: str, texts: list[str]) -> Seconds:
    from python_udfs.voice.encoders import load_encoder

    started, before = time.monotonic(), time.process_time()
    loaded = load_encoder(encoder)
    loaded.model.encode(texts, batch_size=loaded.batch_size, show_progress_bar=False)
    return Seconds(time.monotonic() - started, time.process_time() - before)


def main(arguments: list[str] | None = None) -> None:
    """Measure, and print each turn and the median of the ratios."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.embedding_speed", description=__doc__)
    parser.add_argument("--reviews", type=int, default=20_000, help="of the generated shop")
    parser.add_argument("--data", type=Path, help="folder of a shop, instead of a generated one")
    parser.add_argument("--encoder", default="builtin:use-multilingual", help="a value of the var encoder")
    parser.add_argument("--turns", type=int, default=3)
    chosen = parser.parse_args(arguments)
    ratios = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        data = chosen.data.absolute() if chosen.data else write_review_shop(folder / "shop", chosen.reviews)
        run_dbt(folder, data, chosen.encoder, "--select", "+distinct_texts")
        for turn in range(1, chosen.turns + 1):
            alone = encode_alone(folder / "warehouse.duckdb", chosen.encoder)
            full = run_dbt(folder, data, chosen.encoder, "--select", "review_embeddings", "--full-refresh")
            model = full - run_dbt(folder, data, chosen.encoder, "--select", "review_embeddings")
            ratios.append(Seconds(alone.clock / model.clock, alone.processor / model.processor))
            print(f"turn {turn}: SentenceTransformer.encode {told(alone)}, review_embeddings {told(model)}", flush=True)
    clock, processor = median(ratio.clock for ratio in ratios), median(ratio.processor for ratio in ratios)
    print(f"review_embeddings is {processor:.2f} times as fast by the processor, {clock:.2f} times by the clock")


def told(seconds: Seconds) -> str:
    """Both times."""
    return f"{seconds.clock:.1f} s ({seconds.processor:.1f} s of the processors)"


if __name__ == "__main__":
    main()
