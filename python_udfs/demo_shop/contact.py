"""Personal data that customers leave in their reviews, so that redaction has work to do. All of it is fictional.

Emails end in example.com, .org or .net, reserved by RFC 2606. Phone numbers come from ranges that their regulators
keep free for drama: Ofcom's London 020 7946 0000-0999 and mobile 07700 900000-900999, and the North American 555-0100
to 555-0199. Brazil, Portugal and China keep none, so their customers leave a number from those ranges too.
"""

import numpy as np

from python_udfs.demo_shop.chance import pick
from python_udfs.demo_shop.phrases import LANGUAGES
from python_udfs.demo_shop.tables import Review

_NAMES = ("anna.martin", "joao_silva", "li.wei88", "t.okafor", "maria-souza", "sam.reed", "wang_fang", "k.byrne")
_DOMAINS = ("example.com", "example.org", "example.net")


def leave_contact_details(
    rng: np.random.Generator, written: list[Review], languages: dict[str, str], count: int
) -> list[Review]:
    """The reviews, `count` of those with a text (all of them if there are fewer) ending in an email or a phone number.

    languages: customer_id -> language.
    """
    with_text = [place for place, review in enumerate(written) if review.body]
    chosen = {with_text[int(place)] for place in rng.permutation(len(with_text))[:count]}
    return [
        _with_contact(rng, review, languages[review.customer_id]) if place in chosen else review
        for place, review in enumerate(written)
    ]


def _with_contact(rng: np.random.Generator, review: Review, language: str) -> Review:
    sentence = pick(rng, LANGUAGES[language].contact).format(email=_email(rng), phone=_phone(rng))
    return review._replace(body=f"{review.body}{LANGUAGES[language].space}{sentence}")


def _email(rng: np.random.Generator) -> str:
    return f"{pick(rng, _NAMES)}@{pick(rng, _DOMAINS)}"


def _phone(rng: np.random.Generator) -> str:
    digits = int(rng.integers(100, 200))
    return pick(
        rng,
        (
            f"+44 20 7946 0{digits}",
            f"020 7946 0{digits}",
            f"07700 900{digits}",
            f"+44 7700 900{digits}",
            f"+1 202 555 0{digits}",
            f"(617) 555-0{digits}",
        ),
    )
