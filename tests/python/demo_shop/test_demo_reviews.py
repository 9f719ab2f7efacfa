import re
from collections import Counter

import numpy as np
import pytest

from python_udfs.demo_shop.contact import leave_contact_details
from python_udfs.demo_shop.noise import NOISE
from python_udfs.demo_shop.people import COUNTRIES
from python_udfs.demo_shop.phrases import ASPECTS, LANGUAGES, Language
from python_udfs.demo_shop.tables import DemoShop

CHINESE = re.compile(r"[\u4e00-\u9fff]")
SLOT = re.compile(r"\[([^\[\]]+)\]")
LONG_NUMBER = re.compile(r"\+?\(?\d[\d ()-]{7,}\d")
FICTIONAL_PHONE = re.compile(r"(44|0)2079460\d{3}|(44|0)7700900\d{3}|1?(202|617)55501\d\d")
EMAIL = re.compile(r"[\w.+-]+@[\w.-]+\w")


@pytest.fixture(scope="module")
def language_of(shop: DemoShop) -> dict[str, str]:
    of_country = {country.code: country.language for country in COUNTRIES}
    return {customer.customer_id: of_country[customer.country] for customer in shop.customers}


def _texts(shop: DemoShop) -> list[str]:
    return [review.body for review in shop.reviews if review.body]


def _shares(shop: DemoShop, language_of: dict[str, str]) -> dict[str, float]:
    counts = Counter(language_of[review.customer_id] for review in shop.reviews)
    return {language: count / len(shop.reviews) for language, count in counts.items()}


def test_all_three_languages_have_their_share_of_reviews(shop: DemoShop, language_of: dict[str, str]):
    assert _shares(shop, language_of) == {
        "en": pytest.approx(0.6, abs=0.05),
        "pt": pytest.approx(0.25, abs=0.05),
        "zh": pytest.approx(0.15, abs=0.05),
    }


def test_everybody_writes_in_the_language_of_their_country(shop: DemoShop, language_of: dict[str, str]):
    for review in shop.reviews:
        if review.body and len(review.body) > 12:
            assert bool(CHINESE.search(review.body)) == (language_of[review.customer_id] == "zh"), review


def test_texts_are_as_varied_as_those_of_people(shop: DemoShop):
    long_texts = [text for text in _texts(shop) if len(text) > 12]
    assert len(set(long_texts)) > 0.95 * len(long_texts)
    assert Counter(_texts(shop)).most_common(1)[0][1] > 10  # but "Good" is "Good"


def _praising_share(shop: DemoShop, rating: int, language: Language) -> float:
    """Of the language's clauses without a slot that reviews of this rating contain, the share that praises."""
    clauses = {
        clause: polarity == "good"
        for polarities in language.about.values()
        for polarity, phrases in polarities.items()
        for clause in phrases
        if "[" not in clause
    }
    texts = [review.body.lower() for review in shop.reviews if review.rating == rating and review.body]
    found = [praises for text in texts for clause, praises in clauses.items() if clause.lower() in text]
    return sum(found) / len(found)


@pytest.mark.parametrize("code", LANGUAGES)
def test_stars_and_texts_mostly_agree(shop: DemoShop, code: str):
    shares = [_praising_share(shop, rating, LANGUAGES[code]) for rating in (1, 2, 3, 4, 5)]
    assert shares == sorted(shares)
    assert shares[0] < 0.2
    assert shares[4] > 0.8


def test_some_reviews_are_stars_only(shop: DemoShop):
    silent = [review for review in shop.reviews if review.body is None]
    assert len(silent) / len(shop.reviews) == pytest.approx(NOISE.star_only, abs=0.03)
    assert all(review.title is None for review in silent)


def test_no_slot_is_left_open(shop: DemoShop):
    assert [text for text in _texts(shop) if "[" in text or "{" in text] == []


def _emails(text: str) -> list[str]:
    return EMAIL.findall(text)


def _phones(text: str) -> list[str]:
    return [re.sub(r"\D", "", phone) for phone in LONG_NUMBER.findall(text)]


def test_some_reviews_hold_an_email_or_a_phone_number(shop: DemoShop):
    assert sum(bool(_emails(text) or _phones(text)) for text in _texts(shop)) == NOISE.contact_details


def test_personal_data_is_fictional(shop: DemoShop, language_of: dict[str, str]):
    many = leave_contact_details(np.random.default_rng(0), shop.reviews, language_of, 1000)
    texts = [review.body for review in many if review.body]
    emails = [email for text in texts for email in _emails(text)]
    phones = [phone for text in texts for phone in _phones(text)]
    assert len(emails) + len(phones) > 1000
    assert [email for email in emails if not re.search(r"@example\.(com|org|net)$", email)] == []
    assert [phone for phone in phones if not FICTIONAL_PHONE.fullmatch(phone)] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_plenty_to_say_on_every_aspect(code: str):
    language = LANGUAGES[code]
    assert set(language.about) == set(ASPECTS)
    for polarities in language.about.values():
        assert min(len(set(polarities["good"])), len(set(polarities["bad"]))) >= 10


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_slot_of_a_language_can_be_filled(code: str):
    language = LANGUAGES[code]
    slots = set(SLOT.findall(repr(language)))
    assert slots <= {*language.words, "item", "物品"} | {slot for slot in slots if "'" in slot or '"' in slot}
    assert set(language.words) <= slots
