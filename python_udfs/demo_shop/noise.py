"""Every knob that blurs the personas, in one place.

The personas must be hard enough to tell apart that even a model that was taught them errs (an adjusted Rand index
below 0.97), and clear enough that one that wasn't finds them (at least 0.85 of that). What blurs them most are the
strays, whom no model can find, and the silent members of the personas that are known by their voice.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Noise:
    """How far customers stray from their persona, and reviews from their customer.

    Spreads of positive quantities are standard deviations of their logarithm; the concentration of a share says how
    close members stay to their persona's (higher is closer).
    """

    # Customers who do and say what another persona does and says, whatever they are at heart.
    strays: float = 0.025
    # Customers who lie between their persona and another one, up to half of the way.
    in_between: float = 0.05

    orders_spread: float = 0.22
    days_since_last_spread: float = 0.4
    days_between_spread: float = 0.3
    # Between one gap and the next of the same customer, as a share of the gap.
    gap_irregularity: float = 0.5
    price_taste_spread: float = 0.35
    share_concentration: float = 35.0
    category_concentration: float = 40.0
    views_spread: float = 0.25

    # In stars: between members of a persona, and between the reviews of one member.
    mood_spread: float = 0.25
    mood_swing: float = 0.45
    # Reviews whose stars say the opposite of their text, as when somebody mistakes 1 for the best.
    contradictions: float = 0.02
    # How likely a clause praises, from one star to five.
    praise_by_stars: tuple[float, float, float, float, float] = (0.02, 0.15, 0.5, 0.88, 0.98)

    star_only: float = 0.15
    # Reviews of a word or two, such as "Good".
    short_texts: float = 0.08
    titles: float = 0.4
    # Reviews in which somebody leaves an email address or a phone number.
    contact_details: int = 14

    guest_orders: float = 0.02
    birth_year_unknown: float = 0.15
    gender_unknown: float = 0.08


NOISE = Noise()
