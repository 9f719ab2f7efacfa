"""Words that claim something of a segment, and the facts under which they are true."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from python_udfs.description.conditions import Conditions, any_of

# Stands where a category or another text of the shop's data was quoted. Of private use, so no such text can hold it.
QUOTE = "\ue000"
QUOTED_FACTS = ("top_category", "second_category", "top_language", "top_rfm_segment")

Alternatives = tuple[Conditions, ...]

NEVER: Alternatives = ()


@dataclass(frozen=True)
class Claim:
    """Words, the conditions of which one must hold, and those of which one must hold where the words are negated."""

    pattern: re.Pattern[str]
    true_if: Alternatives
    negated_if: Alternatives


def _claim(true_if: Alternatives, negated_if: Alternatives, *wordings: str) -> Claim:
    return Claim(_any_wording(wordings), true_if, negated_if)


def _any_wording(wordings: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(wordings)})", re.IGNORECASE)


ORDERS_MORE = any_of("median_frequency is above the shop", "one_time_buyer_share is below the shop")
ORDERS_LESS = any_of("median_frequency is below the shop", "one_time_buyer_share is above the shop")
ORDERED_ONCE = any_of("one_time_buyer_share >= 0.5")
QUICK = any_of("median_days_between_orders is below the shop")
SLOW = any_of("median_days_between_orders is above the shop")
SPENDS_MORE = any_of("median_monetary is above the shop", "revenue_index > 1.1")
SPENDS_LESS = any_of("median_monetary is below the shop", "revenue_index < 0.9")
BIG_BASKETS = any_of("median_average_order_value is above the shop")
SMALL_BASKETS = any_of("median_average_order_value is below the shop")
AWAY = any_of("median_recency_days is above the shop")
RECENT = any_of("median_recency_days is below the shop")
NEW = any_of("median_tenure_days is below the shop")
LONG_STANDING = any_of("median_tenure_days is above the shop")
DISCOUNTED = any_of("discount_rate is above the shop")
FULL_PRICE = any_of("discount_rate is below the shop")
RETURNS_MORE, RETURNS_LESS = any_of("return_rate is above the shop"), any_of("return_rate is below the shop")
CANCELS_MORE = any_of("cancellation_rate is above the shop")
CANCELS_LESS = any_of("cancellation_rate is below the shop")
WIDE_RANGE = any_of("average_category_count is above the shop")
NARROW_RANGE = any_of("average_category_count is below the shop")
BROWSES_MORE, BROWSES_LESS = (
    any_of("median_view_count is above the shop"),
    any_of("median_view_count is below the shop"),
)
CARTS_MORE, CARTS_LESS = any_of("median_cart_count is above the shop"), any_of("median_cart_count is below the shop")
REVIEWS_MORE, REVIEWS_LESS = any_of("reviewer_share is above the shop"), any_of("reviewer_share is below the shop")
UNHAPPY = any_of("negative_reviewer_share >= 0.4", "average_rating <= 3", "average_sentiment < 0")
FURIOUS = any_of("average_rating <= 2.5", "average_rating is unknown and average_sentiment <= -0.3")
CRITICAL = any_of(
    "average_rating is below the shop",
    "average_sentiment is below the shop",
    "negative_reviewer_share is above the shop",
)
HAPPY = any_of("positive_reviewer_share >= 0.5", "average_rating >= 4", "average_sentiment > 0.1")
DELIGHTED = any_of("average_rating >= 4.3", "average_rating is unknown and average_sentiment >= 0.5")
HAPPIEST = any_of("average_rating is highest", "positive_reviewer_share is highest", "average_sentiment is highest")
UNHAPPIEST = any_of("average_rating is lowest", "negative_reviewer_share is highest", "average_sentiment is lowest")
TYPICAL = any_of("everything is typical")

# In order: what matches first is not looked at again, so the longer expression stands before the shorter.
CLAIMS: tuple[Claim, ...] = (
    _claim(HAPPIEST, NEVER, r"happiest\b", r"most (?:happy|satisfied|positive)\b"),
    _claim(
        UNHAPPIEST,
        NEVER,
        r"unhappiest\b",
        r"most (?:unhappy|dissatisfied|negative|critical)\b",
        r"least (?:happy|satisfied)\b",
    ),
    _claim(any_of("negative_reviewer_share >= 0.5"), NEVER, r"mostly (?:unhappy|dissatisfied)\b"),
    _claim(any_of("positive_reviewer_share >= 0.5"), NEVER, r"mostly (?:happy|satisfied)\b"),
    # Nothing that is measured on many people is true of each of them.
    _claim(NEVER, NEVER, r"(?:all|each|every one|none) of them\b", r"everyone\b", r"nobody\b", r"always\b", r"never\b"),
    _claim(any_of("median_frequency is highest"), NEVER, r"most (?:loyal|frequent)\b"),
    _claim(any_of("median_frequency is lowest"), NEVER, r"least (?:loyal|frequent)\b"),
    _claim(
        any_of("median_monetary is highest", "revenue_index is highest", "revenue_share is highest"),
        NEVER,
        r"(?:most valuable|best|top) (?:customers?|buyers?|segment)\b",
    ),
    _claim(any_of("median_recency_days is lowest"), NEVER, r"most (?:recent(?:ly)?|active)\b"),
    _claim(
        any_of("median_recency_days is highest"), NEVER, r"away the longest\b", r"longest away\b", r"least active\b"
    ),
    _claim(any_of("discount_rate is highest"), NEVER, r"most discount[- ]driven\b"),
    _claim(
        any_of("top_category is known"),
        NEVER,
        rf"mostly (?:buys? |buying |from )?{QUOTE}",
        rf"buy(?:s|ing)? mostly (?:from )?{QUOTE}",
    ),
    _claim(any_of("top_language is known"), NEVER, rf"(?:mostly )?writ(?:es?|ing) (?:mostly )?in {QUOTE}"),
    _claim(
        REVIEWS_MORE,
        REVIEWS_LESS,
        r"frequent reviewers?\b",
        r"(?:often|frequently) review",
        r"reviews? (?:a lot|often|frequently)\b",
    ),
    _claim(
        REVIEWS_LESS,
        REVIEWS_MORE,
        r"(?:rarely|seldom|hardly) review",
        r"review (?:little|rarely|seldom)\b",
        r"quiet\b",
        r"silent\b",
    ),
    _claim(
        RETURNS_MORE,
        RETURNS_LESS,
        r"frequent returners?\b",
        r"returners?\b",
        r"return (?:so |very )?(?:a lot|much|often|frequently)\b",
    ),
    _claim(
        RETURNS_LESS,
        RETURNS_MORE,
        r"return (?:little|rarely|seldom)\b",
        r"(?:rarely|seldom|hardly) return(?: \w+)?(?: orders?| products?)\b",
    ),
    _claim(
        CANCELS_MORE,
        CANCELS_LESS,
        r"frequent cancell?ers?\b",
        r"cancell?ers?\b",
        r"cancel (?:a lot|much|often|frequently)\b",
    ),
    _claim(CANCELS_LESS, CANCELS_MORE, r"cancel (?:little|rarely|seldom)\b", r"(?:rarely|seldom|hardly) cancel\b"),
    _claim(
        BROWSES_MORE,
        BROWSES_LESS,
        r"look around a lot\b",
        r"brows(?:e|ing) (?:a lot|often)\b",
        r"browsers?\b",
        r"window[- ]shoppers?\b",
    ),
    _claim(BROWSES_LESS, BROWSES_MORE, r"look around little\b", r"(?:rarely|seldom|hardly) brows\w+"),
    _claim(CARTS_MORE, CARTS_LESS, r"put a lot in the cart\b", r"cart fillers?\b"),
    _claim(CARTS_LESS, CARTS_MORE, r"put little in the cart\b"),
    _claim(
        SPENDS_MORE,
        SPENDS_LESS,
        r"(?:spend|spent|spending) (?:a lot|much|heavily)\b",
        r"(?:big|high|heavy|top) spenders?\b",
        r"high[- ]value\b",
        r"valuable\b",
        r"vips?\b",
        r"lucrative\b",
    ),
    _claim(
        SPENDS_LESS,
        SPENDS_MORE,
        r"(?:spend|spent|spending) little\b",
        r"(?:small|low|light) spenders?\b",
        r"low[- ]value\b",
    ),
    _claim(BIG_BASKETS, SMALL_BASKETS, r"(?:big|large)[- ](?:baskets?|orders?)\b"),
    _claim(SMALL_BASKETS, BIG_BASKETS, r"small[- ](?:baskets?|orders?)\b"),
    _claim(ORDERS_MORE, ORDERS_LESS, r"come back more often\b"),
    _claim(QUICK, SLOW, r"(?:come|comes|coming) back quickly\b", r"reorder quickly\b"),
    _claim(SLOW, QUICK, r"(?:come|comes|coming) back slowly\b", r"take long between orders\b"),
    _claim(any_of("one_time_buyer_share is known"), NEVER, r"(?<=% )(?:of them )?ordered only once\b"),
    _claim(
        ORDERED_ONCE,
        ORDERS_MORE,
        r"one[- ](?:time|off)\b",
        r"(?:mostly )?(?:order|ordered|buy|bought) (?:only )?once\b",
        r"only once\b",
    ),
    _claim(
        ORDERS_LESS,
        ORDERS_MORE,
        r"(?:rarely|seldom|hardly) (?:order|buy)\b",
        r"(?:order|buy) (?:rarely|seldom|little)\b",
        r"occasional(?:ly)?\b",
        r"infrequent(?:ly)?\b",
    ),
    _claim((*ORDERS_MORE, *LONG_STANDING), NEVER, r"loyalty\b"),
    _claim(
        ORDERS_MORE,
        ORDERS_LESS,
        r"loyal\b",
        r"regulars?\b",
        r"frequent(?:ly)?\b",
        r"often\b",
        r"repeat(?:ed|edly)?\b",
        r"habitual\b",
    ),
    _claim(
        any_of("sentiment_trend < 0"),
        NEVER,
        r"(?:turned|turning|growing|grown) (?:unhappy|unhappier|critical)\b",
        r"less (?:happy|satisfied) than before\b",
        r"unhappier\b",
    ),
    _claim(any_of("sentiment_trend > 0"), NEVER, r"happier\b", r"more (?:happy|satisfied) than before\b"),
    _claim(
        any_of("average_rating is below the shop"),
        any_of("average_rating is above the shop"),
        r"(?:rate|rating) (?:poorly|badly|low)\b",
        r"low (?:ratings?|satisfaction)\b",
    ),
    _claim(
        any_of("average_rating is above the shop"),
        any_of("average_rating is below the shop"),
        r"(?:rate|rating) (?:well|highly|high)\b",
        r"high (?:ratings?|satisfaction)\b",
    ),
    _claim(FURIOUS, HAPPY, r"furious\b", r"angry\b", r"outraged\b", r"hates?\b"),
    _claim(
        UNHAPPY,
        HAPPY,
        r"unhappy\b",
        r"dissatisfied\b",
        r"disappointed\b",
        r"frustrated\b",
        r"negative\b",
        r"displeased\b",
        r"complain(?:s|ing|ts?)?\b",
    ),
    _claim(CRITICAL, HAPPY, r"(?:more )?critical\b", r"lukewarm\b", r"less (?:happy|satisfied)\b"),
    _claim(
        DELIGHTED,
        CRITICAL,
        r"delighted\b",
        r"thrilled\b",
        r"enthusiastic\b",
        r"fans?\b",
        r"loves?\b",
        r"very (?:happy|satisfied)\b",
    ),
    _claim(HAPPY, CRITICAL, r"happy\b", r"satisfied\b", r"pleased\b", r"positive\b", r"like(?:d|s)?\b"),
    _claim(
        AWAY,
        RECENT,
        r"lapsed\b",
        r"dormant\b",
        r"inactive\b",
        r"churned\b",
        r"lost\b",
        r"drifted away\b",
        r"away for long\b",
        r"not seen for long\b",
        r"(?:have not|haven't) ordered (?:for|in) long\b",
        r"used to\b",
        r"win (?:them|these customers) back\b",
    ),
    _claim(RECENT, AWAY, r"recent(?:ly)?\b", r"active(?:ly)?\b"),
    _claim(
        NEW, LONG_STANDING, r"newcomers?\b", r"new (?:customers?|buyers?)\b", r"new to the shop\b", r"first[- ]time\b"
    ),
    _claim(
        LONG_STANDING,
        NEW,
        r"long[- ]standing\b",
        r"long[- ]term\b",
        r"established\b",
        r"customers for long\b",
        r"with the shop for long\b",
    ),
    _claim(
        DISCOUNTED,
        FULL_PRICE,
        r"on discount\b",
        r"discount[- ](?:driven|hunters?|seekers?|led)\b",
        r"bargain[- ]?(?:hunters?|seekers?)?\b",
        r"price[- ]sensitive\b",
    ),
    _claim(
        FULL_PRICE,
        DISCOUNTED,
        r"little discount\b",
        r"(?:hardly|rarely|seldom) (?:need|use) (?:a )?discounts?\b",
        r"full[- ]price\b",
        r"without discounts?\b",
    ),
    _claim(WIDE_RANGE, NARROW_RANGE, r"wide[- ]range\b", r"many categories\b", r"across categories\b"),
    _claim(NARROW_RANGE, WIDE_RANGE, r"few[- ]categor(?:y|ies)\b", r"narrow\b"),
    _claim(
        TYPICAL,
        NEVER,
        r"typical customers?\b",
        r"average customers?\b",
        r"close to the shop\b",
        r"in line with the shop\b",
    ),
)

_NEGATORS = (
    "not",
    "never",
    "no",
    "no longer",
    "without",
    "hardly",
    "barely",
    "rarely",
    "seldom",
    "neither",
    "nor",
    "less",
)
_MORE_NEGATORS = ("far from", "anything but", "rather than", r"\w+n't")
_BETWEEN = (
    "very",
    "so",
    "that",
    "particularly",
    "really",
    "especially",
    "as",
    "a",
    "an",
    "the",
    "any",
    "be",
    "been",
    "has",
)
# What stands right before a claim and turns it round.
NEGATION = re.compile(
    rf"\b(?:{'|'.join((*_NEGATORS, *_MORE_NEGATORS))})(?:\s+(?:{'|'.join(_BETWEEN)}))*\s*$", re.IGNORECASE
)

# "Far more", "very" and the like before a claim are part of it.
_INTENSIFIERS = (
    "far",
    "much",
    "even",
    "slightly",
    "somewhat",
    "more",
    "very",
    "highly",
    "extremely",
    "quite",
    "really",
)
INTENSIFIED = re.compile(rf"\b(?:(?:{'|'.join(_INTENSIFIERS)})\s+)+$", re.IGNORECASE)

# What a clause is about: the first of the facts is the one that comparisons and superlatives mean.
SUBJECTS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (_any_wording([r"revenue\b", r"sales\b", r"turnover\b"]), ("revenue_share", "revenue_index")),
    (_any_wording([r"spen[dt]\w*", r"money\b"]), ("median_monetary", "revenue_index")),
    (
        _any_wording([r"baskets?\b", r"per order\b", r"order values?\b", r"each order\b"]),
        ("median_average_order_value",),
    ),
    (
        _any_wording([r"(?:order|purchase)(?:s|ed|ing)?\b", r"buy(?:s|ing)?\b", r"bought\b"]),
        ("median_frequency", "one_time_buyer_share"),
    ),
    (_any_wording([r"once\b", r"one[- ]time\b"]), ("one_time_buyer_share",)),
    (_any_wording([r"ago\b", r"since\b", r"last (?:order\w*|seen)\b", r"away\b", r"seen\b"]), ("median_recency_days",)),
    (_any_wording([r"between (?:two )?orders\b", r"come back\b", r"every\b"]), ("median_days_between_orders",)),
    (
        _any_wording([r"customers? (?:for|since)\b", r"new to\b", r"newcomers?\b", r"with the shop\b", r"tenure\b"]),
        ("median_tenure_days",),
    ),
    (_any_wording([r"discount\w*"]), ("discount_rate",)),
    (_any_wording([r"return\w*"]), ("return_rate",)),
    (_any_wording([r"cancel\w*"]), ("cancellation_rate",)),
    (_any_wording([r"categor(?:y|ies)\b"]), ("average_category_count", "top_category", "second_category")),
    (_any_wording([r"languages?\b", r"writ(?:es?|ing)\b"]), ("top_language",)),
    (_any_wording([r"views?\b", r"brows\w+", r"look(?:s|ing)? around\b"]), ("median_view_count",)),
    (_any_wording([r"carts?\b"]), ("median_cart_count",)),
    (
        _any_wording([r"review\w*"]),
        ("reviewer_share", "negative_reviewer_share", "positive_reviewer_share", "average_rating", "average_sentiment"),
    ),
    (
        _any_wording([r"stars?\b", r"(?<!discount )(?<!return )(?<!cancellation )rat(?:e|es|ed|ing|ings)\b"]),
        ("average_rating",),
    ),
    (_any_wording([r"change\b", r"trend\b"]), ("sentiment_trend",)),
    (_any_wording([r"sentiment\b"]), ("average_sentiment", "sentiment_trend")),
    (
        _any_wording([r"unhappy\b", r"dissatisfied\b", r"negative\b", r"critical\b"]),
        ("negative_reviewer_share", "average_rating", "average_sentiment"),
    ),
    (
        _any_wording([r"(?<!un)happy\b", r"satisfied\b", r"positive\b"]),
        ("positive_reviewer_share", "average_rating", "average_sentiment"),
    ),
)

SUPERLATIVES = {
    **dict.fromkeys(("most", "highest", "biggest", "largest", "greatest", "longest", "best"), "highest"),
    **dict.fromkeys(("least", "lowest", "smallest", "fewest", "shortest", "worst"), "lowest"),
}

COMPARATIVES = {
    **dict.fromkeys(
        ("more", "higher", "above", "larger", "bigger", "greater", "longer", "exceed", "exceeds", "high", "many"), 1
    ),
    **dict.fromkeys(("less", "lower", "below", "fewer", "smaller", "shorter", "low", "few", "little"), -1),
}
