"""Telephone numbers in running text, told from sizes, prices, dates, order and model numbers.

Google's libphonenumber (package `phonenumbers`) says whether digits are a valid number of a region. That alone would
take many an order number for a telephone number, so a number without a country code must also be written like one, or
stand beside a word like "call" or "手机".
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from python_udfs.voice.number_runs import Number, join, windows

SHORTEST, LONGEST = 7, 15
MOST_GROUPS = 6
FEWEST_SPELLED = 9
# How far before a number the word may stand that says what the number is.
CONTEXT_CHARACTERS = 30
CONTEXT_CHARACTERS_AFTER = 15
PHONE_WORDS = re.compile(
    r"(?<![a-z])(?:(?:tele)?phone|telf?|tlf|tfno?|cel|call(?:ing)?|ring|dial|text(?:ing)? me|sms|fax|cell(?:phone)?|"
    r"mobile|whats?\s?app|wpp|zap|signal|my (?:number|n[ou]mber is)|telefon[eo]|celular|fone|lig(?:ue|uei|ar|a)|"
    r"contat[oe]|contact[oe]?|meu n[uú]mero|mi n[uú]mero|tel[eé]fonos?|telem[oó]vel|m[oó]vil|ll[aá]m[aeoó]\w*)(?![a-z])"
    r"|电话|電話|手机|手機|致电|联系|聯繫|拨打|打给|请打|热线|号码是",
    re.IGNORECASE,
)
OTHER_WORDS = re.compile(
    r"(?<![a-z])(?:order|pedido|encomenda|invoice|fatura|factura|nota fiscal|isbn|ean|upc|gtin|sku|asin|ref\w*|"
    r"model\w*|serial|s/n|tracking|rastre\w+|seguimiento|protocolo|ticket|case|lote|batch|part|item|art[ií]\w*|cod\w*|c[oó]digo|"
    r"version|vers[aã]o|versi[oó]n|price|pre[cç]o|precio|size|tamanho|talla)(?![a-z])"
    r"|订单|单号|运单|快递|发票|型号|货号|编号|批号|版本|价格|尺码",
    re.IGNORECASE,
)
# A local number has no area code that could be checked: "555-0123 is my number".
OWNED_AFTER = re.compile(r"\W{1,2}(?:is|was) my (?:number|n[ou]mber|cell|phone|mobile)(?![a-z])", re.IGNORECASE)
# Brazil's way to write the prefix of whatever carrier one takes: 0xx11.
CARRIER_BEFORE = re.compile(r"\(?0xx$", re.IGNORECASE)
MONEY_BEFORE = re.compile(r"(?:[$€£¥￥₹]|rmb|usd|eur|gbp|brl|cny)\s*$", re.IGNORECASE)
QUANTITY_AFTER = re.compile(
    r"\s?(?:[$€£¥%°×元块]|(?:reais|dollars|euros|pounds|mm|cm|km|kg|mg|ml|hz|khz|mhz|ghz|mah|gb|mb|tb|watts?|volts?|x|g|w|v)(?![a-z]))",
    re.IGNORECASE,
)
# Not a count: "555-0111 x 42".
EXTENSION_AFTER = re.compile(r"\s?x\s?\d{1,5}(?!\d|[.,]\d|\s?x)", re.IGNORECASE)
# A number that touches one of these is part of a name: a model, a file, an order.
PART_OF_NAME_BEFORE = re.compile(r"[A-Za-z0-9_#/]$")
PART_OF_NAME_AFTER = re.compile(r"[A-Za-z]")


@lru_cache(maxsize=8)
def checked_regions(regions: tuple[str, ...]) -> tuple[str, ...]:
    """The regions in upper case and alphabetical order. Raises ValueError for a code that has no telephone numbers."""
    codes = tuple(sorted({region.upper() for region in regions}))
    unknown = [code for code in codes if code not in phonenumbers.SUPPORTED_REGIONS]
    if unknown:
        raise ValueError(
            f"no telephone numbers are known for the region {unknown[0]!r}; "
            "redaction_phone_regions takes two-letter ISO 3166 codes, for example [BR, US]"
        )
    return codes


def phone_numbers(text: str, groups: list[Number], regions: Sequence[str]) -> list[Number]:
    """Those parts of a run of digit groups that are telephone numbers; parts don't overlap.

    A number ends where a space stands, never at a hyphen or point: "978-0-306-40615-7" is one number, not four.
    """
    whole = join(groups)
    if _is_spelled(whole.groups):
        return [whole] if any(_valid_number(whole.digits, region) for region in regions) else []
    found: list[Number] = []
    for number in windows(_split_at_spaces(text, groups), SHORTEST, LONGEST):
        is_free = not found or number.start >= found[-1].end
        if is_free and _is_phone(text, number, regions):
            found.append(_with_carrier(text, number))
    return found


def _with_carrier(text: str, number: Number) -> Number:
    carrier = CARRIER_BEFORE.search(text, max(0, number.start - 4), number.start)
    return replace(number, start=carrier.start()) if carrier else number


def _split_at_spaces(text: str, groups: list[Number]) -> list[Number]:
    parts = [groups[0]]
    for group in groups[1:]:
        if " " in text[parts[-1].end : group.start]:
            parts.append(group)
        else:
            parts[-1] = join([parts[-1], group])
    return parts


def _is_phone(text: str, number: Number, regions: Sequence[str]) -> bool:
    written = text[number.start : number.end]
    before = text[max(0, number.start - CONTEXT_CHARACTERS) : number.start]
    after = text[number.end : number.end + CONTEXT_CHARACTERS_AFTER]
    if (
        len(number.groups) > MOST_GROUPS
        or _is_date(number.groups)
        or MONEY_BEFORE.search(before)
        or (QUANTITY_AFTER.match(after) and not EXTENSION_AFTER.match(after))
    ):
        return False
    phone_word, other_word = _last_end(PHONE_WORDS, before), _last_end(OTHER_WORDS, before)
    if phone_word > other_word:
        return True
    if "+" in written:
        return _valid_number(written, None) is not None
    if other_word >= 0 or PART_OF_NAME_BEFORE.search(before) or PART_OF_NAME_AFTER.match(after):
        return False
    if OWNED_AFTER.match(after) and [len(group) for group in number.groups] == [3, 4]:
        return True
    if PHONE_WORDS.search(after):
        return any(_valid_number(written, region) for region in regions)
    return any(_is_written_like_one(written, number.groups, region) for region in regions)


def _is_spelled(groups: tuple[str, ...]) -> bool:
    """Digit by digit, so that no filter sees the number; not counting: 1 2 3 4 5 6 7 8 9."""
    ascending = all(int(after) - int(before) == 1 for before, after in pairwise(groups))
    return FEWEST_SPELLED <= len(groups) <= LONGEST and all(len(group) == 1 for group in groups) and not ascending


def _last_end(words: re.Pattern[str], text: str) -> int:
    return max((match.end() for match in words.finditer(text)), default=-1)


def _valid_number(written: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def _is_written_like_one(written: str, groups: tuple[str, ...], region: str) -> bool:
    """Whether the digits are valid in the region and grouped as its people group them."""
    # Brazilians leave the area code out of a mobile number and keep its hyphen.
    if region == "BR" and [len(group) for group in groups] == [5, 4] and groups[0][0] == "9" and "-" in written:
        return True
    number = _valid_number(written, region)
    if number is None:
        return False
    if len(groups) == 1:
        is_mobile = phonenumbers.number_type(number) == PhoneNumberType.MOBILE
        return groups[0][0] == "0" or (region in ("BR", "CN") and is_mobile and len(groups[0]) == 11)
    return "(" in written or "（" in written or groups[0][0] == "0" or groups in _usual_groups(number)


def _usual_groups(number: phonenumbers.PhoneNumber) -> set[tuple[str, ...]]:
    national = str(phonenumbers.national_significant_number(number))
    usual = {
        tuple(re.findall(r"\d+", phonenumbers.format_number(number, style)))
        for style in (PhoneNumberFormat.NATIONAL, PhoneNumberFormat.INTERNATIONAL)
    }
    if len(national) == 9:
        usual.add((national[:3], national[3:6], national[6:]))
    if len(national) == 11 and number.country_code == 55:
        usual.add((national[:2], national[2], national[3:7], national[7:]))
    return usual


def _is_date(groups: tuple[str, ...]) -> bool:
    """2023-10-15, 15.10.2023, 20231015; also a list of years."""
    if len(groups) == 1:
        return len(groups[0]) == 8 and _is_year(groups[0][:4]) and groups[0][4:6] <= "12" and groups[0][6:] <= "31"
    if len(groups) == 3:
        year, *others = groups if _is_year(groups[0]) else groups[::-1]
        if _is_year(year) and all(len(other) <= 2 and int(other) <= 31 for other in others):
            return True
    return sum(_is_year(group) for group in groups) > 1


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits[:2] in ("19", "20")
