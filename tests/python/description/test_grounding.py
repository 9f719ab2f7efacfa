"""Free-form text: what the facts bear out passes, and nothing else does."""

import pytest

from python_udfs.description.facts import read_facts
from python_udfs.description.grounding import ungrounded_claims


@pytest.fixture(scope="module")
def furious(facts_of):
    """A segment of loyal and furious customers, first of two segments."""
    furious = {
        "customers": (312.0, 1500.0, None),
        "customer_share": (0.208, 1.0, None),
        "revenue_share": (0.314, 1.0, None),
        "revenue_index": (1.5, 1.0, None),
        "median_frequency": (9.0, 3.0, 1.2),
        "one_time_buyer_share": (0.02, 0.35, -0.8),
        "median_recency_days": (19.0, 71.0, -1.1),
        "median_monetary": (1240.37, 620.0, 0.9),
        "median_average_order_value": (81.3, 83.32, -0.1),
        "discount_rate": (0.05, 0.12, -0.5),
        "return_rate": (0.182, 0.072, 0.8),
        "reviewer_share": (0.9, 0.46, 0.9),
        "average_rating": (1.94, 3.9, -1.6),
        "average_sentiment": (-0.61, 0.18, -1.5),
        "negative_reviewer_share": (0.88, 0.27, 1.6),
        "positive_reviewer_share": (0.03, 0.6, -1.1),
        "top_category": (0.46, 0.335, 0.3, "Garden & Home"),
    }
    calm = {name: (shop, shop, 0.0) for name, (_, shop, *_) in furious.items()} | {"median_frequency": (2.0, 3.0, -0.5)}
    return read_facts(facts_of({"S01": furious, "S02": calm}))[0]


GROUNDED = [
    "Loyal but unhappy regulars",
    "They order often (typically 9 orders against 3 in the shop), yet give 1.9 of 5 stars when they rate.",
    "312 customers, 21% of the shop, bring 31% of its revenue.",
    "This segment makes up 20.8% of the shop's customers and brings 31.4% of its revenue.",
    "They bring nearly a third of the revenue.",
    "They order three times as often as the shop and spend twice as much: typically 1,240 against 620.",
    "They spend about 1,200 in all.",
    "Their return rate is higher than the shop's, 18% against 7.2%.",
    "They are not happy: 88% of those who review are unhappy.",
    "They last ordered 19 days ago, far more recently than the shop's 71 days.",
    "They have the lowest ratings of all segments and the highest order frequency.",
    "Their sentiment of -0.61 is below the shop's 0.18.",
    'They buy mostly "Garden & Home" (46% of them against 34% in the shop).',
    "They hardly need discounts: a discount rate of 5% against 12%.",
    "Over 300 customers who rate poorly.",
    "",
]


@pytest.mark.parametrize("text", GROUNDED)
def test_what_the_facts_bear_out_passes(furious, text):
    assert [str(claim) for claim in ungrounded_claims(text, furious)] == []


WRONG_FIGURES = [
    ("They order often (typically 12 orders).", "12"),
    ("They bring 41% of revenue.", "41%"),
    ("They give 2.9 of 5 stars when they rate.", "2.9"),
    ("Their return rate is 31%.", "31%"),  # a figure of the sheet, but of the revenue
    ("They account for over 50% of revenue.", "50%"),
    ("Half of the revenue comes from them.", "Half"),
    ("They order five times as often as the shop.", "5"),
    ("They order often (typically 3 orders against 9 in the shop).", "3"),
    ("They spend about 900 in all.", "900"),
    ("21% of all customers return their orders.", "21%"),
    ("They number 313 customers.", "313"),
    ("They have 9% of the orders.", "9%"),
    ("They spend $1,240.", "$"),
    ("They spend 1.24k against 800 in the shop.", "800"),
]


@pytest.mark.parametrize(("text", "words"), WRONG_FIGURES)
def test_wrong_figures_are_caught(furious, text, words):
    assert words in [claim.words for claim in ungrounded_claims(text, furious)]


SWAPPED = [
    "They order rarely.",
    "They order less than the shop does.",
    "Their rating is above average.",
    "They spend less than the shop.",
    "Customers with a low return rate",
    "They are happy.",
    "They are very satisfied customers.",
    "They are not loyal.",
    "They are no longer active.",
    "Lapsed customers",
    "They have the highest ratings.",
    "The happiest segment",
    "They buy on discount.",
    "They have big baskets.",
    "One-time buyers",
    "They rarely review.",
    "Full-price buyers who never complain",
    "All of them are unhappy.",
]


@pytest.mark.parametrize("text", SWAPPED)
def test_swapped_directions_are_caught(furious, text):
    assert ungrounded_claims(text, furious)


INVENTED = [
    "Young women from big cities",
    "They are mostly men aged 25 to 34.",
    "They shop on weekends with their mobile phones.",
    "They are unhappy about late delivery.",
    "Eco-conscious premium customers",
    "Affluent families with children",
    "They are loyal because they trust the brand.",
    "They were acquired through social media.",
    'They buy "Gifts" mostly.',
    "They love Garden furniture.",
    "Customers S07 and S09 are unhappy.",
    "Clientes fiéis e insatisfeitos",
    "忠诚但不满意的顾客",
    "They cancel a lot.",  # nothing is known of cancellations
    "Newcomers",
    "They look around a lot.",
]


@pytest.mark.parametrize("text", INVENTED)
def test_invented_attributes_are_caught(furious, text):
    assert ungrounded_claims(text, furious)


def test_a_suggestion_may_name_deeds_of_the_shop_but_no_untrue_facts(furious):
    good = "Call them in person, ask what went wrong, and offer free delivery with the next order."
    assert ungrounded_claims(good, furious, is_advice=True) == []
    assert ungrounded_claims(good, furious)
    for untrue in ("Thank them for being so happy.", "As young parents they want toys.", "Offer 20% off."):
        assert ungrounded_claims(untrue, furious, is_advice=True)


def test_a_claim_on_what_is_not_known_is_never_grounded(facts_of):
    nothing = read_facts(facts_of({"S01": {"customers": (10.0, 10.0, None)}}))[0]
    for text in ("Loyal regulars", "Unhappy customers", "Big spenders", "The most loyal segment", "They spend more."):
        assert ungrounded_claims(text, nothing), text
    assert ungrounded_claims("10 customers", nothing) == []


def test_quotes_pass_only_for_texts_of_the_facts(furious):
    assert ungrounded_claims('Buyers of "Garden & Home"', furious) == []
    assert ungrounded_claims("Buyers of “Garden & Home”", furious) == []
    assert ungrounded_claims('Buyers of "Home & Garden"', furious)


@pytest.mark.parametrize("category", ["§", "§ 3", "12 orders", "most loyal", "a. b? c", "50%", "…", "it's", "'", "-"])
def test_no_category_breaks_the_check_of_the_text_that_quotes_it(facts_of, category):
    segment = read_facts(facts_of({"S01": {"top_category": (0.5, 0.1, 1.2, category)}}))[0]
    assert ungrounded_claims(f'They buy mostly "{category}" (50% of them against 10% in the shop).', segment) == []
