"""The whole shop, clean, and the persona planted in each customer."""

from collections.abc import Sequence

from python_udfs.demo_shop.baskets import Shelves
from python_udfs.demo_shop.behaviour import (
    Purchase,
    events,
    guest_purchases,
    line_rows,
    numbered,
    order_row,
    purchases,
)
from python_udfs.demo_shop.catalogue import catalogue
from python_udfs.demo_shop.chance import streams
from python_udfs.demo_shop.contact import leave_contact_details
from python_udfs.demo_shop.noise import NOISE, Noise
from python_udfs.demo_shop.people import customers, shoppers
from python_udfs.demo_shop.personas import PERSONAS, Persona
from python_udfs.demo_shop.tables import DemoShop
from python_udfs.demo_shop.voice import reviews


def open_shop(seed: int, customer_count: int, noise: Noise = NOISE, personas: Sequence[Persona] = PERSONAS) -> DemoShop:
    """A shop of `customer_count` customers over 2023 and 2024; the same arguments always give the same shop."""
    chance = streams(seed)
    shelves = Shelves()
    people = shoppers(chance["people"], customer_count, personas, noise)
    bought = {person.customer_id: purchases(chance["orders"], person, shelves, noise) for person in people}
    sold = [one for made in bought.values() for one in made]
    guests = guest_purchases(chance["orders"], people, shelves, round(noise.guest_orders * len(sold)))
    made: list[tuple[str, Purchase]] = numbered(sold + guests)
    first_orders = {customer_id: orders[0].ordered_at for customer_id, orders in bought.items()}
    languages = {person.customer_id: person.country.language for person in people}
    written = reviews(chance["ratings"], chance["wording"], people, made, noise)
    return DemoShop(
        customers=customers(chance["people"], first_orders, people, noise),
        orders=[order_row(order_id, one) for order_id, one in made],
        order_lines=[row for order_id, one in made for row in line_rows(order_id, one)],
        products=[article.product for article in catalogue()],
        reviews=leave_contact_details(chance["contact"], written, languages, noise.contact_details),
        events=events(chance["events"], bought, people, shelves),
        personas={person.customer_id: person.persona for person in people},
    )
