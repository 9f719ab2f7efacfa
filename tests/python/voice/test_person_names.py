"""Recognisers of names of persons: the lists, and a token classifier of the transformers library."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from python_udfs.voice import listed_names
from python_udfs.voice.listed_names import ListedNames
from python_udfs.voice.person_names import NameRecogniserError, load_name_recogniser
from python_udfs.voice.redaction import redact, redaction_version
from python_udfs.voice.tagged_names import TaggedNames

Reviews = Callable[[str], list[dict[str, str]]]
LISTS = ListedNames()
NAMES = [
    ("Thanks to Michael Brown for the quick fix", "Thanks to <NAME> for the quick fix"),
    ("my husband David loves it", "my husband <NAME> loves it"),
    ("falei com a dona Lúcia ontem", "falei com a <NAME> ontem"),
    ("falei com Beatriz e pronto", "falei com <NAME> e pronto"),
    ("Saludos, Alejandro Torres", "Saludos, <NAME>"),
    ("my name is Zyx Qwerty", "my name is <NAME>"),
    ("我叫张伟，第三次买了", "我叫<NAME>，第三次买了"),
    ("谢谢陈先生帮忙", "谢谢<NAME>帮忙"),
]
NO_NAMES = [
    "Mark on the lid, rose gold, will return in April",
    "Bought Calvin Klein and Kate Spade, 2 Dr. Martens",
    "I used Grace and Frankie as a soundtrack",
    "Great Lamp For The Price",
    "A cor Rosa é Linda",
    "很好，谢谢谢谢，谢谢师傅，关键是快",
    "高大上，马上回购，黄金搭档",
]


@pytest.mark.parametrize(("text", "redacted"), NAMES)
def test_names_become_placeholders(text: str, redacted: str) -> None:
    assert redact(text, recogniser=ListedNames()) == redacted


@pytest.mark.parametrize("text", NO_NAMES)
def test_words_and_brands_stay(text: str) -> None:
    assert redact(text, recogniser=ListedNames()) == text


PIECES = st.sampled_from([text for text, _ in NAMES] + NO_NAMES + ["<NAME>", "my name is", "Ana", "我叫", "王"])


@given(st.lists(PIECES, max_size=8).map(" ".join))
def test_redacting_a_redacted_text_changes_nothing(text: str) -> None:
    redacted = redact(text, recogniser=LISTS)
    assert redact(redacted, recogniser=LISTS) == redacted


@pytest.mark.parametrize("piece", ["John ", "Mr A ", "my name is ", "A", "我叫", "王", "Maria de la "])
def test_hostile_text_takes_no_longer_than_any_other(piece: str) -> None:
    recogniser = ListedNames()
    recogniser.without_names("the lists are loaded at the first text")
    started = time.process_time()
    recogniser.without_names(piece * 2_000)
    assert time.process_time() - started < 5


def test_the_version_of_a_redaction_tells_the_recogniser() -> None:
    assert redaction_version(["BR"], "lists") == f"{redaction_version(['BR'])}:{ListedNames().identity}"


def test_without_its_package_the_lists_say_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(_: str) -> str:
        raise ModuleNotFoundError

    monkeypatch.setattr(listed_names, "version", absent)
    with pytest.raises(NameRecogniserError, match=r"pip install 'customer-segments\[names\]'"):
        ListedNames()


def test_reviews_of_real_shops_are_rarely_taken_for_names(real_reviews: Reviews) -> None:
    """Of 45,734 reviews: 118 names, all but some of them of known guitarists, in musical instruments; 4 in Chinese."""
    recogniser = ListedNames()
    clothing = [row["Review Text"] for row in real_reviews("womens_clothing/womens_clothing_reviews.csv.gz")[::5]]
    delivery = [row["review"] for row in real_reviews("waimai_10k/waimai_10k.csv.gz")]
    assert sum("<NAME>" in recogniser.without_names(text) for text in clothing) == 0
    assert sum("<NAME>" in recogniser.without_names(text) for text in delivery) <= 5


@pytest.fixture
def classifier(tmp_path: Path) -> Path:
    """A tiny token classifier, whose weights say PER for the token "maria" and nothing else."""
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
    from transformers import BertConfig, BertForTokenClassification, PreTrainedTokenizerFast

    words = ["[PAD]", "[UNK]", "i", "met", "maria", "today"]
    tokenizer = Tokenizer(models.WordLevel({word: place for place, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=64,
        id2label={0: "O", 1: "B-PER"}, label2id={"O": 0, "B-PER": 1},
    )  # fmt: skip
    model = BertForTokenClassification(config).eval()
    with torch.no_grad():
        embeddings = model.bert.embeddings
        for part in (embeddings.word_embeddings, embeddings.position_embeddings, embeddings.token_type_embeddings):
            part.weight.zero_()
        embeddings.word_embeddings.weight[words.index("maria"), 0] = 100.0
        for layer in model.bert.encoder.layer:
            for part in (layer.attention.output.dense, layer.output.dense):
                part.weight.zero_()
                part.bias.zero_()
        model.classifier.weight.zero_()
        model.classifier.weight[1, 0] = 10.0
        model.classifier.bias[:] = torch.tensor([1.0, 0.0])
    folder = tmp_path / "classifier"
    model.save_pretrained(folder)
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]").save_pretrained(folder)
    return folder


def test_a_token_classifier_in_a_folder_finds_names(classifier: Path) -> None:
    recogniser = load_name_recogniser(f"transformers:{classifier}")
    assert recogniser is not None
    assert redact("I met Maria today", recogniser=recogniser) == "I met <NAME> today"


def test_a_token_classifier_reads_texts_longer_than_its_window(classifier: Path) -> None:
    text = "i met " * 300 + "Maria today"
    assert TaggedNames(str(classifier)).without_names(text) == text.replace("Maria", "<NAME>")


def test_other_weights_are_another_version(classifier: Path) -> None:
    before = TaggedNames(str(classifier)).identity
    config = json.loads((classifier / "config.json").read_text())
    (classifier / "config.json").write_text(json.dumps(config | {"classifier_dropout": 0.5}))
    assert TaggedNames(str(classifier)).identity != before


def test_a_folder_without_a_classifier_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NameRecogniserError, match="can't be loaded as a token classifier"):
        TaggedNames(str(tmp_path)).without_names("I met Maria")
