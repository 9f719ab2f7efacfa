"""The rows of the demo shop, in the shape of the input contract."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


class Customer(NamedTuple):
    """One row per customer."""

    customer_id: str
    signed_up_at: datetime
    birth_year: int | None
    gender: str | None
    country: str
    region: str
    marketing_consent: bool


class Order(NamedTuple):
    """One row per order; amounts are in euros, `gross_amount` is the sum of the order's lines.

    `customer_id` is None for a guest. `net_amount` is `gross_amount` less `discount_amount`. A returned order
    keeps the amounts it was sold for; a line that came back is on the order as a negative quantity.
    """

    order_id: str
    customer_id: str | None
    ordered_at: datetime
    order_status: str
    gross_amount: float
    discount_amount: float
    net_amount: float
    currency: str


class OrderLine(NamedTuple):
    """One row per product on an order; a negative quantity is a return."""

    order_id: str
    line_number: int
    product_id: str
    quantity: int
    unit_price: float
    line_amount: float


class Product(NamedTuple):
    """One row per product."""

    product_id: str
    product_name: str
    category: str


class Review(NamedTuple):
    """One row per review; title and body are None where the customer gave stars only."""

    review_id: str
    customer_id: str
    product_id: str
    order_id: str
    reviewed_at: datetime
    rating: int
    title: str | None
    body: str | None


class Event(NamedTuple):
    """One row per thing a customer did on the site."""

    event_id: str
    customer_id: str
    occurred_at: datetime
    event_type: str
    product_id: str | None


@dataclass(frozen=True)
class DemoShop:
    """A whole shop before its dirt, each table in key order, and the planted truth."""

    customers: list[Customer]
    orders: list[Order]
    order_lines: list[OrderLine]
    products: list[Product]
    reviews: list[Review]
    events: list[Event]
    personas: dict[str, str]
