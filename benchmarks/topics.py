"""Topics of this project beside BERTopic's, on the same embeddings, in one run: python -m benchmarks.topics <reviews>.

Both get the same texts and vectors, give the same number of topics and of words, leave out the same stop words, and are
judged by one function on one reference, the words of all the texts as they are written. BERTopic runs in an environment
of its own (`make topics`), as it needs packages that this project doesn't.
"""

import argparse
import csv
import gzip
import json
import pickle
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from sklearn.feature_extraction.text import CountVectorizer

from python_udfs.voice.encoders import load_encoder
from python_udfs.voice.redaction import redact
from python_udfs.voice.topics.assignment import OTHER, assign_topics
from python_udfs.voice.topics.candidates import TopicRules, choose_topics, sweep_topics
from python_udfs.voice.topics.centres import TopicIdentityRules, build_centres
from python_udfs.voice.topics.coherence import diversity, mean_npmi
from python_udfs.voice.topics.keywords import WORD, keywords_table
from python_udfs.voice.topics.published import PublishedTopics
from python_udfs.voice.topics.rules import term_rules
from python_udfs.voice.topics.terms import TermRules, by_language
from python_udfs.voice.topics.words import SHORTEST, stop_words
from python_udfs.voice.vectors import to_arrow

PROJECT = Path(__file__).resolve().parent.parent
LANGUAGE = "en"
SAMPLE = 10_000
WORDS = 10
# As dbt_project.yml has them.
COUNTS = [4, 6, 8, 10, 12, 14, 16, 20, 24]
TERMS = {"keywords": WORDS, "fewest_share": 0.02, "fewest_lift": 2.5, "most_names": 2}
IDENTITY = TopicIdentityRules(match_distance=0.35, keep_tolerance=0.02, outsider_share=0.75)
# The words of the reference, and BERTopic's: letters, as many as a keyword has at least.
TOKEN_PATTERN = rf"(?u)\b[^\W\d_]{{{SHORTEST},}}\b"


@dataclass(frozen=True)
class Topics:
    """What one of the two found. words: of each topic. other: share of texts in none. seconds: without embedding."""

    name: str
    words: list[list[str]]
    other: float
    seconds: float


def rules_for(counts: Sequence[int], pinned: int | None) -> TopicRules:
    """The defaults of the project."""
    return TopicRules(counts, 0.9, 0.05, 0.5, 0.01, 20, pinned, 20240229, 3)


def own_terms() -> TermRules:
    """The defaults of the project, with its own list of words."""
    with (PROJECT / "seeds" / "topic_words.csv").open(encoding="utf-8", newline="") as file:
        return term_rules(TERMS, pa.Table.from_pylist(list(csv.DictReader(file))))


def own_topics(texts: Sequence[str], vectors: np.ndarray, topics: int | None) -> Topics:
    """As a build finds them: on a sample, applied to all; with the sweep over the numbers, unless one is given."""
    started = time.perf_counter()
    sample = np.sort(np.random.default_rng(1).permutation(len(texts))[:SAMPLE])
    sampled, fitted = [texts[row] for row in sample], vectors[sample].astype(np.float64)
    languages = [LANGUAGE] * len(sampled)
    terms, rules = own_terms(), rules_for(COUNTS, topics)
    candidates = sweep_topics(fitted, by_language(sampled, languages, terms), rules, terms)
    chosen, _ = choose_topics(candidates, rules, None)
    nothing = PublishedTopics([], np.zeros((0, vectors.shape[1])), [])
    centres = build_centres(fitted, chosen, "", nothing, rules, IDENTITY)
    ids = pa.array([str(row) for row in range(len(texts))])
    batch = pa.RecordBatch.from_arrays([ids, to_arrow(vectors)], names=["text_id", "embedding"])
    keys = np.array(assign_topics(centres)(batch)["topic_key"].to_pylist(), dtype=object)
    table = pa.table({"text": sampled, "language": languages, "topic_key": keys[sample].tolist()})
    found = keywords_table(table, centres.column("topic_key").to_pylist(), terms).to_pylist()
    words: dict[str, list[str]] = {}
    for row in found:
        if row["kind"] == WORD:
            words.setdefault(row["topic_key"], []).append(row["keyword"])
    seconds = time.perf_counter() - started
    return Topics("this project", list(words.values()), float((keys == OTHER).mean()), seconds)


def bertopic_topics(python: Path, texts: Sequence[str], vectors: np.ndarray, topics: int) -> Topics:
    """BERTopic's, of its own environment."""
    terms = own_terms()
    stops = (stop_words(LANGUAGE) - terms.kept[LANGUAGE]) | terms.dropped[LANGUAGE]
    question = {
        "texts": list(texts),
        "embeddings": vectors,
        "topics": topics,
        "words": WORDS,
        "stop_words": sorted(stops),
        "token_pattern": TOKEN_PATTERN,
    }
    with tempfile.TemporaryDirectory() as folder:
        asked, answer = Path(folder, "asked.pickle"), Path(folder, "answer.json")
        asked.write_bytes(pickle.dumps(question))
        script = PROJECT / "benchmarks" / "bertopic_topics.py"
        subprocess.run([str(python), str(script), str(asked), str(answer)], check=True)
        found = json.loads(answer.read_text())
    other = float((np.array(found["labels"]) < 0).mean())
    return Topics("BERTopic", found["words"], other, found["seconds"])


def judged(topics: Topics, texts: Sequence[str]) -> str:
    """A line of the table: NPMI over the texts as they are written, and diversity, of the same number of words."""
    counter = CountVectorizer(binary=True, token_pattern=TOKEN_PATTERN)
    presence = counter.fit_transform(texts)
    words = [topic[:WORDS] for topic in topics.words]
    columns = [[counter.vocabulary_[word] for word in topic if word in counter.vocabulary_] for topic in words]
    coherence = np.mean([mean_npmi(presence, topic) for topic in columns])
    return (
        f"| {topics.name} | {len(words)} | {np.mean([len(topic) for topic in words]):.1f} | {coherence:.3f} "
        f"| {diversity(words):.3f} | {topics.other:.1%} | {topics.seconds:.1f} s |"
    )


def read_reviews(path: Path, limit: int | None) -> list[str]:
    """Distinct redacted texts of the clothing reviews, title and text, in the order of the file."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Review Text"]]
    texts = dict.fromkeys(redact(f"{row['Title']}\n{row['Review Text']}") for row in rows[:limit])
    return [text for text in texts if text]


def main(arguments: list[str] | None = None) -> None:
    """Print the table, and the words of both."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.topics", description=__doc__)
    parser.add_argument("reviews", type=Path, help="womens_clothing_reviews.csv.gz")
    parser.add_argument("--bertopic", type=Path, default=PROJECT / ".venv-bertopic" / "bin" / "python")
    parser.add_argument("--limit", type=int, help="so many reviews only")
    parser.add_argument("--topics", type=int, help="so many topics instead of the number that is chosen")
    parser.add_argument("--embeddings", type=Path, help="pickle of texts and vectors, written where there is none")
    chosen = parser.parse_args(arguments)
    if chosen.embeddings and chosen.embeddings.exists():
        texts, vectors = pickle.loads(chosen.embeddings.read_bytes())
    else:
        texts = read_reviews(chosen.reviews, chosen.limit)
        vectors = load_encoder("builtin:use-multilingual").encode(texts)
        if chosen.embeddings:
            chosen.embeddings.write_bytes(pickle.dumps((texts, vectors)))
    own = own_topics(texts, vectors, chosen.topics)
    print(f"{len(texts):,} texts\n")
    print("| | topics | words | NPMI | diversity | in none | time |\n|---|---|---|---|---|---|---|")
    print(judged(own, texts), flush=True)
    other = bertopic_topics(chosen.bertopic, texts, vectors, len(own.words))
    print(judged(other, texts), flush=True)
    for topics in (own, other):
        print(f"\n{topics.name}")
        for words in topics.words:
            print(f"  {', '.join(words)}")


if __name__ == "__main__":
    main()
