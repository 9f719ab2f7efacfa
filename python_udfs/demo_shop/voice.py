"""What the customers say: who reviews which order, with how many stars, in which words."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import numpy as np

from python_udfs.demo_shop.behaviour import Purchase
from python_udfs.demo_shop.chance import around, happens, pick
from python_udfs.demo_shop.noise import Noise
from python_udfs.demo_shop.people import CLOSES, Shopper
from python_udfs.demo_shop.phrases import LANGUAGES
from python_udfs.demo_shop.tables import Review
from python_udfs.demo_shop.wording import Subject, write_review


def reviews(
    ratings: np.random.Generator,
    wording: np.random.Generator,
    people: list[Shopper],
    made: list[tuple[str, Purchase]],
    noise: Noise,
) -> list[Review]:
    """All reviews, in the order they were written. made: order_id and purchase, oldest first."""
    orders: dict[str, list[tuple[str, Purchase]]] = {person.customer_id: [] for person in people}
    for order_id, purchase in made:
        if purchase.shopper is not None and purchase.status != "cancelled":
            orders[purchase.shopper.customer_id].append((order_id, purchase))
    written = sorted(
        (
            review
            for person in people
            if person.writes
            for review in _reviews_of(ratings, wording, person, orders[person.customer_id], noise)
        ),
        key=lambda review: (review.reviewed_at, review.order_id),
    )
    return [review._replace(review_id=f"R{number:05d}") for number, review in enumerate(written, start=1)]


def _reviews_of(
    ratings: np.random.Generator,
    wording: np.random.Generator,
    person: Shopper,
    orders: list[tuple[str, Purchase]],
    noise: Noise,
) -> list[Review]:
    """The reviews of one person, oldest order first, still without a review_id."""
    reviewed = []
    for order_id, purchase in orders:
        written_at = _written_at(ratings, purchase.ordered_at)
        if happens(ratings, person.voice.reviews_per_order) and written_at < CLOSES:
            reviewed.append((order_id, purchase, written_at))
    written = []
    for place, (order_id, purchase, written_at) in enumerate(reviewed):
        progress = place / (len(reviewed) - 1) if len(reviewed) > 1 else 0.5
        rating = _stars(ratings, person, progress, noise)
        article = pick(ratings, purchase.basket).article
        title, body = _text(wording, person, rating, article.words, noise)
        product_id = article.product.product_id
        written.append(Review("", person.customer_id, product_id, order_id, written_at, rating, title, body))
    return written


def _written_at(rng: np.random.Generator, ordered_at: datetime) -> datetime:
    return ordered_at + timedelta(minutes=int(24 * 60 * (1.5 + around(rng, 5, 0.7))))


def _stars(rng: np.random.Generator, shopper: Shopper, progress: float, noise: Noise) -> int:
    """1 to 5; `progress` is 0 for the shopper's first review and 1 for their last."""
    voice = shopper.voice
    mood = voice.mood + voice.drift * (progress - 0.5) + noise.mood_swing * float(rng.standard_normal())
    return int(np.clip(round(mood), 1, 5))


def _text(
    rng: np.random.Generator, shopper: Shopper, rating: int, words: Mapping[str, str], noise: Noise
) -> tuple[str | None, str | None]:
    if happens(rng, noise.star_only):
        return None, None
    language = shopper.country.language
    meant = 6 - rating if happens(rng, noise.contradictions) else rating
    subject = Subject(meant, shopper.voice.talks_about, words[language])
    return write_review(rng, LANGUAGES[language], subject, shopper.hand, noise)
