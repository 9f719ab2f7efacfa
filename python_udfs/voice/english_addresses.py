"""Street addresses as written in English: "42 Maple Street", "350 W. 5th Ave., Apt 2", "P.O. Box 12"."""

import re

CONTEXT_CHARACTERS = 40
NAME = r"(?:[A-ZÀ-Þ][\wÀ-ɏ'’\-]*+\.?)"
STREET = (
    "Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Court|Ct|Boulevard|Blvd|Way|Place|Pl|Square|Sq|Terrace|Crescent|Close|"
    "Highway|Hwy|Parkway|Pkwy|Trail|Circle|Gardens|Mews"
)
# These are never anything else, so people need not mind their capitals.
PLAIN_STREET = "street|avenue|boulevard|road"
# "5 Star Way", "7 The Long Road": titles and talk. "14 The Crescent" is a street.
NO_NAME = (
    r"(?!(?:Series|Stars?|Inch(?:es)?|Packs?|Pieces?|Speed|Discs?|Best|Of|And|Or|For|In|Is|On|To|An?|My|Your|This|Way)\s"
    rf"|The\s(?!(?:{STREET})(?!\w)))"
)
HOUSE = r"(?<![\w$€£.,/:\-])\d{1,5}[A-Za-z]?(?:-\d{1,5})?"
STREET_NAME = rf"(?:{NO_NAME}{NAME}|\d{{1,3}}(?:st|nd|rd|th))"
NUMBERED_ROAD = r"(?:County\s(?:Road|Rd)|Highway|Hwy|State\sRoute)\.?\s\d{1,4}(?!\w)"
UNIT = r"(?:,?\s(?:(?i:apt|apartment|suite|ste|unit|flat|room|floor|fl)\.?\s?#?|#)[A-Za-z]?\d{1,5}[A-Za-z]?)?"
STATE_CODE = r"[A-Z]{2},?\s\d{5}(?:-\d{4})?"
BRITISH_CODE = r"[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}"
TOWN = rf"(?:,?(?:\s{NAME}){{0,3}},?\s(?:{STATE_CODE}|{BRITISH_CODE})(?![\w\-]))?"
ADDRESS = re.compile(
    rf"{HOUSE}\s(?:{NAME}\s)?{NUMBERED_ROAD}{UNIT}{TOWN}"
    rf"|{HOUSE}\s(?:{STREET_NAME}\s){{1,4}}?(?:{STREET}|{STREET.upper()})(?![\w'’])\.?{UNIT}{TOWN}"
    rf"|(?P<plain>{HOUSE}\s(?:[a-z'’]+\s){{1,2}}(?:{PLAIN_STREET})(?![\w'’]){UNIT}{TOWN})"
    rf"|(?<!\w)(?i:p\.?\s?o\.?\sbox)\s\d{{1,6}}{TOWN}"
)
LIVES_AT = re.compile(
    r"(?:liv(?:e|ing) (?:at|on)|address\W{1,3}(?:is )?|(?:deliver(?:ed)?|ship(?:ped)?|sen[dt]|mail(?:ed)?)(?: it)? to|"
    r"(?:left|dropped)(?: it)? (?:at|off at|on))\W{0,3}$",
    re.IGNORECASE,
)
# The number is not a house's: "Chapter 7 Long Road".
NUMBERED_BEFORE = re.compile(r"(?:chapter|page|track|episode|part|volume|model|version|no\.?|#)\s?$", re.IGNORECASE)


def without_english_addresses(text: str) -> str:
    """The text with <ADDRESS> for each street with a house number, flat and town included, and each post-office box."""
    return ADDRESS.sub(_placeholder, text)


def _placeholder(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - CONTEXT_CHARACTERS) : match.start()]
    if NUMBERED_BEFORE.search(before) or (match["plain"] and not LIVES_AT.search(before)):
        return match[0]
    return "<ADDRESS>"
