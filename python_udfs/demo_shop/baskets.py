"""What goes into a basket: products by category and price, and what comes back."""

from dataclasses import dataclass

import numpy as np

from python_udfs.demo_shop.catalogue import CATEGORIES, Article, catalogue
from python_udfs.demo_shop.chance import happens, pick, weighted_pick
from python_udfs.demo_shop.people import Shopper


@dataclass(frozen=True)
class BasketLine:
    """One product in a basket; a negative quantity came back."""

    article: Article
    quantity: int

    @property
    def amount(self) -> float:
        """In euros."""
        return round(self.quantity * self.article.price, 2)


class Shelves:
    """The catalogue by category, to take products from."""

    def __init__(self) -> None:
        self._articles = {
            category: [article for article in catalogue() if article.product.category == category]
            for category in CATEGORIES
        }
        log_prices = {
            category: np.log([article.price for article in articles]) for category, articles in self._articles.items()
        }
        self._dearness = {category: prices - np.median(prices) for category, prices in log_prices.items()}

    def take(self, rng: np.random.Generator, shopper: Shopper) -> Article:
        """A product to the shopper's taste, in category and price."""
        category = weighted_pick(rng, shopper.habits.categories)
        likelihood = np.cumsum(np.exp(shopper.buying.price_taste * self._dearness[category]))
        place = np.searchsorted(likelihood, rng.random() * likelihood[-1], side="right")
        return self._articles[category][int(place)]


def fill_basket(rng: np.random.Generator, shelves: Shelves, shopper: Shopper) -> list[BasketLine]:
    """At least one line; every product once."""
    wanted = 1 + int(rng.poisson(max(shopper.buying.lines - 1, 0)))
    taken = {article.product.product_id: article for article in (shelves.take(rng, shopper) for _ in range(wanted))}
    quantities = {1: 0.84, 2: 0.13, 3: 0.03}
    return [BasketLine(article, weighted_pick(rng, quantities)) for article in taken.values()]


def send_back(rng: np.random.Generator, basket: list[BasketLine]) -> list[BasketLine] | None:
    """The basket with a line that came back at its end; None when all of it came back, as with one single item."""
    if len(basket) == 1 or happens(rng, 0.4):
        return None
    unwanted = pick(rng, basket)
    return [*basket, BasketLine(unwanted.article, -unwanted.quantity)]
