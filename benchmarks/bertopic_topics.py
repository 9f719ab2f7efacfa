"""BERTopic's topics, in an environment of its own: python bertopic_topics.py <texts and embeddings> <answer>.

Called by benchmarks/topics.py; knows nothing of this project. Reads a pickle of texts, embeddings, the number of
topics, of words, and the stop words; writes a JSON file with each topic's words, each text's topic and the time taken.
"""

import json
import pickle
import sys
import time
from pathlib import Path

from bertopic import BERTopic
from sklearn.feature_extraction.text import CountVectorizer
from umap import UMAP


def main(asked: Path, answer: Path) -> None:
    """BERTopic with its own settings, but a fixed seed, a word count without stop words, and the topics asked for."""
    question = pickle.loads(asked.read_bytes())
    started = time.perf_counter()
    model = BERTopic(
        # Its own default, with a seed.
        umap_model=UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=1),
        vectorizer_model=CountVectorizer(stop_words=question["stop_words"], token_pattern=question["token_pattern"]),
        # Of its topics one is what fits none.
        nr_topics=question["topics"] + 1,
        top_n_words=question["words"],
        calculate_probabilities=False,
    )
    labels, _ = model.fit_transform(question["texts"], question["embeddings"])
    seconds = time.perf_counter() - started
    found = sorted(topic for topic in set(labels) if topic >= 0)
    words = [[word for word, _ in model.get_topic(topic) if word] for topic in found]
    answer.write_text(json.dumps({"words": words, "labels": [int(label) for label in labels], "seconds": seconds}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
