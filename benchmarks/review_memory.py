"""How much memory reviews take: python -m benchmarks.review_memory --reviews 100000 [--encoder <name or folder>].

Generates a shop with so many different short reviews, builds its voice with dbt, as a user would, and samples the
resident memory of dbt and all its children. The encoder's own memory is that of a process that has loaded it and
encoded some of the same texts, and nothing else. The encoder `stand-in` gives vectors of the default encoder's length
at next to no cost, to measure everything around an encoder with a million reviews.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import psutil

from benchmarks.review_shop import review_texts, write_review_shop
from benchmarks.stand_in_encoder import save_stand_in
from scripts.build import PREFIX, PROJECT

SECONDS_BETWEEN_SAMPLES = 0.2
TEXTS_OF_THE_ENCODER_ALONE = 4_000
MODELS = ["+review_sentiment", "+text_meaning", "+lexicon_scores", "+review_aspects", "+review_topics"]
STARTED = re.compile(r"\d+ of \d+ START (?:sql|python) .*model (\S+?)[ .]*\[RUN\]")
FINISHED = re.compile(r"\d+ of \d+ (?:OK|ERROR) .*model (\S+?)[ .]*\[(?:\S+) in ([\d.]+)s\]")
MEGABYTE = 1_000_000


@dataclass
class Memory:
    """Peaks of resident memory in bytes: of the whole run, and while each model ran; and each model's seconds."""

    peak: int = 0
    running: set[str] = field(default_factory=set)
    peaks: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    failed: bool = False

    def sample(self, process: psutil.Process) -> None:
        """Look once at the process and its children."""
        resident = 0
        for one in [process, *process.children(recursive=True)]:
            try:
                resident += one.memory_info().rss
            except psutil.NoSuchProcess:
                continue
        self.peak = max(self.peak, resident)
        for model in tuple(self.running):
            self.peaks[model] = max(self.peaks.get(model, 0), resident)

    def hear(self, line: str) -> None:
        """Learn from a line of dbt's which models run."""
        if started := STARTED.search(line):
            self.running.add(started[1])
        if finished := FINISHED.search(line):
            self.running.discard(finished[1])
            self.seconds[finished[1]] = float(finished[2])


def encoder_alone(encoder: dict[str, object], texts: int) -> int:
    """The peak memory, in bytes, of a process that does nothing but encode so many texts."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(_encode, encoder, texts).result()


def _encode(encoder: dict[str, object], texts: int) -> int:
    from python_udfs.voice.encoders import load_encoder

    memory, done = Memory(), threading.Event()
    watcher = threading.Thread(target=_sample_until, args=(memory, psutil.Process(), done))
    watcher.start()
    load_encoder(**encoder).encode(list(islice(review_texts(texts), texts)))
    done.set()
    watcher.join()
    return memory.peak


def _sample_until(memory: Memory, process: psutil.Process, done: threading.Event) -> None:
    while not done.wait(SECONDS_BETWEEN_SAMPLES):
        memory.sample(process)


def build(folder: Path, data: Path, variables: dict[str, object]) -> Memory:
    """Run the models of voice on `data` with dbt, printing what it says; returns what it took."""
    environment = os.environ | {f"{PREFIX}DATA": str(data), f"{PREFIX}WAREHOUSE": str(folder / "warehouse.duckdb")}
    environment |= {"DBT_TARGET_PATH": str(folder / "target"), "DBT_LOG_PATH": str(folder / "logs")}
    dbt = [str(Path(sys.executable).with_name("dbt")), "--no-use-colors", "run", "--profiles-dir", str(PROJECT)]
    command = [*dbt, "--select", *MODELS, "--vars", json.dumps(variables)]
    process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True)
    memory, done = Memory(), threading.Event()
    watcher = threading.Thread(target=_sample_until, args=(memory, psutil.Process(process.pid), done))
    watcher.start()
    for line in process.stdout or ():
        memory.hear(line)
        print(line, end="", flush=True)
    done.set()
    watcher.join()
    memory.failed = process.wait() != 0
    return memory


def report(memory: Memory, alone: int, reviews: int, seconds: float) -> Iterator[str]:
    """The figures, line by line."""
    for model, took in sorted(memory.seconds.items(), key=lambda entry: -memory.peaks.get(entry[0], 0)):
        rate = reviews / took if took else 0.0
        yield f"{model:40} {memory.peaks.get(model, 0) / MEGABYTE:8,.0f} MB {took:8,.1f} s {rate:10,.0f} reviews/s"
    yield f"{reviews:,} reviews in {seconds:,.0f} s ({reviews / seconds:,.0f} reviews/s)"
    yield f"peak {memory.peak / MEGABYTE:,.0f} MB; the encoder alone {alone / MEGABYTE:,.0f} MB"
    yield f"above the encoder: {(memory.peak - alone) / MEGABYTE:,.0f} MB"


def main(arguments: list[str] | None = None) -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.review_memory", description=__doc__)
    parser.add_argument("--reviews", type=int, default=100_000)
    parser.add_argument("--encoder", default="builtin:use-multilingual", help="a value of the var encoder, or stand-in")
    parser.add_argument("--keep", type=Path, help="folder for shop and warehouse; a temporary one otherwise")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        folder = (chosen.keep or Path(temporary)).absolute()
        data = write_review_shop(folder / "shop", chosen.reviews)
        encoder = str(save_stand_in(folder / "encoder")) if chosen.encoder == "stand-in" else chosen.encoder
        alone = encoder_alone({"name": encoder}, min(TEXTS_OF_THE_ENCODER_ALONE, chosen.reviews))
        started = time.monotonic()
        memory = build(folder, data, {"encoder": encoder})
        seconds = time.monotonic() - started
        print("\n".join(report(memory, alone, chosen.reviews, seconds)))
    sys.exit(memory.failed)


if __name__ == "__main__":
    main()
