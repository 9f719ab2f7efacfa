"""Street addresses in English, Portuguese, Spanish and Chinese, where their form tells them from other words.

A street address is a kind of street, a name and a number: "42 Maple Street", "Rua das Flores, 123", "幸福路12号". Names
of streets are proper names, so they are capitalised where a language has capitals; "2 way radio" and "en la calle 3
veces" are none. Flat, town and postal code belong to the address that they follow. No pattern takes more than linear
time.
"""

import re

# Cheap to look for, and in every address.
DIGIT_OR_NONE = re.compile(r"\d|s/n", re.IGNORECASE)
# A word of a proper name; an initial has a point.
NAME = r"(?:[A-ZÀ-Þ][\wÀ-ɏ'’\-]*+\.?)"

ENGLISH_STREET = (
    "Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Court|Ct|Boulevard|Blvd|Way|Place|Pl|Square|Sq|Terrace|Crescent|Close|"
    "Highway|Hwy|Parkway|Pkwy|Trail|Circle|Gardens|Mews"
)
# These are never anything else, so people need not mind their capitals.
PLAIN_STREET = "street|avenue|boulevard|road"
HOUSE = r"(?<![\w$€£.,/:\-])\d{1,5}[A-Za-z]?(?:-\d{1,5})?"
ENGLISH_NAME = rf"(?:{NAME}|\d{{1,3}}(?:st|nd|rd|th))"
ENGLISH_UNIT = r"(?:,?\s(?:(?i:apt|apartment|suite|ste|unit|flat|room|floor|fl)\.?\s?#?|#)[A-Za-z]?\d{1,5}[A-Za-z]?)?"
STATE_CODE = r"[A-Z]{2},?\s\d{5}(?:-\d{4})?"
BRITISH_CODE = r"[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}"
ENGLISH_TOWN = rf"(?:,?(?:\s{NAME}){{0,3}},?\s(?:{STATE_CODE}|{BRITISH_CODE})(?![\w\-]))?"
ENGLISH = re.compile(
    rf"{HOUSE}\s(?:{ENGLISH_NAME}\s){{1,4}}?(?:{ENGLISH_STREET}|{ENGLISH_STREET.upper()})(?![\w'’])\.?"
    rf"{ENGLISH_UNIT}{ENGLISH_TOWN}"
    rf"|(?P<plain>{HOUSE}\s(?:[a-z'’]+\s){{1,2}}(?:{PLAIN_STREET})(?![\w'’]){ENGLISH_UNIT}{ENGLISH_TOWN})"
    rf"|(?<!\w)(?i:p\.?\s?o\.?\sbox)\s\d{{1,6}}{ENGLISH_TOWN}"
)
LIVES_AT = re.compile(
    r"(?:liv(?:e|ing) (?:at|on)|address\W{1,3}(?:is )?|(?:deliver(?:ed)?|ship(?:ped)?|sen[dt]|mail(?:ed)?)(?: it)? to|"
    r"(?:left|dropped)(?: it)? (?:at|off at|on))\W{0,3}$",
    re.IGNORECASE,
)

# Of Portuguese and Spanish. An abbreviation of one letter needs the word "at" before it: "vitamina C. Tome 2".
IBERIAN_STREET = (
    r"(?:(?i:rua|avenida|avda?\.?|av\.|travessa|alameda|pra[cç]a|largo|rodovia|estrada|ladeira|beco|calle|plaza|pza\.?|"
    r"paseo|camino|carretera|ctra\.?|ronda|carrera|traves[ií]a|glorieta|callej[oó]n|carrer|passeig|calzada)|C/|"
    r"(?:(?<=[nN]a )|(?<=[dD]a )|(?<=: )|(?<=, ))R\.|(?:(?<=[eE]n )|(?<=: )|(?<=, ))C\.)"
)
LINK = r"(?:d[aeo]s?|del|de\s(?:la|las|los)|l[ao]s?|el|e|y)"
IBERIAN_NAME = rf"(?:(?:{LINK}|\d{{1,2}}\sde)\s)?{NAME}(?:\s(?:{LINK}\s)?{NAME}){{0,4}}"
NUMBER_SIGN = r"(?:(?i:n[º°.]{1,2}|n[uú]mero|n\.?\s?[º°]|km\.?)\s?|#\s?)"
IBERIAN_HOUSE = rf"(?:,?\s?{NUMBER_SIGN}?\d{{1,5}}(?:[A-Za-z](?!\w))?(?![\d%°])|,?\s(?i:s/n))"
# "Avenida Brasil 2 vezes": a count follows, no house.
COUNTED = r"(?!\s(?i:ve(?:c|z)es|anos|años|d[ií]as|x|reais|euros|pesos|horas|minutos|km|kg|estrellas|estrelas)(?!\w))"
IBERIAN_UNIT = (
    r"(?:(?:,|\s-|\s–)?\s(?:(?i:ap(?:to|artamento)?|bloco|bl|casa|conj(?:unto)?|sala|piso|puerta|pta|portal|esc(?:alera)?|"
    r"dep(?:to|artamento)|int(?:erior)?|torre|lote|quadra)\.?\s?(?:\d{1,4}[A-Za-z]?|[A-Z])(?!\w)"
    r"|\d{1,2}\.?[ºª°](?:\s(?i:andar|piso|[A-Z](?!\w)|(?:izq|dcha|dto|esq|dir)(?!\w)\.?))?"
    rf"|(?<=,\s)(?i:bajo|izq|dcha|dto|esq)(?!\w)\.?|(?i:col(?:onia)?|bairro|barrio)\.?\s{NAME}(?:\s{NAME}){{0,2}})){{0,4}}"
)
POSTAL_WORD = r"(?i:cep|c\.?p\.|c[oó]digo\spostal)"
IBERIAN_TOWN = (
    rf"(?:(?:,|\s-)?\s(?:{POSTAL_WORD}:?\s)?(?:\d{{5}}-\d{{3}}|\d{{4}}-\d{{3}}|\d{{5}})(?![\d\-])(?:\s{NAME}(?:\s{NAME}){{0,2}})?"
    rf"|(?:,|\s-)\s{NAME}(?:\s(?:{LINK}\s)?{NAME}){{0,3}}(?:\s-|,|/)\s?[A-Z]{{2}}(?!\w)(?:,?\s(?:{POSTAL_WORD}:?\s)?\d{{5}}-?\d{{3}})?)?"
)
IBERIAN = re.compile(
    rf"(?<![\w/]){IBERIAN_STREET}\s?{IBERIAN_NAME}{IBERIAN_HOUSE}{COUNTED}{IBERIAN_UNIT}{IBERIAN_TOWN}"
    rf"|(?P<word>(?<!\w){POSTAL_WORD}:?\s(?:é\s|es\s)?)\d{{5}}(?:-?\d{{3}})?(?![\d\-])"
)

# Of one of these there is one in every address of the pattern: a word is found far faster than a pattern.
IBERIAN_SIGNS = (
    *("rua", "avenida", "avda", "av.", "travessa", "alameda", "praça", "praca", "largo", "rodovia", "estrada", "beco"),
    *(
        "ladeira",
        "calle",
        "plaza",
        "pza",
        "paseo",
        "camino",
        "carrer",
        "ctra",
        "ronda",
        "traves",
        "glorieta",
        "passeig",
    ),
    *("calzada", "callej", "c/", " r. ", " c. ", "cep", "c.p.", "postal"),
)

HAN = "一-鿿"
# They lead to an address and are in no street's name: "送到", "住在", "地址", "我是".
LEAD = "在住址的我你他她们是到了去往寄送错给把从"
# "味道", "套路", "一路", "这条街": no streets.
HAN_STREET = r"(?:大道|大街|(?<![走套思一网电线半赶顺公里迷这条])路|(?<![条逛这])街|(?<![味知频管通])道|巷|胡同)"
HAN_HOUSE = (
    r"(?:[东西南北中]|[东南西北]?[一二三四五六七八九十]{1,2}段)?[甲乙丙]?\d{1,5}(?:弄(?:\d{1,5}号)?|号院?(?!楼))"
    r"(?:附\d{1,4}号)?"
)
HAN_BUILDING = r"\d{1,4}(?:号楼|栋|幢|座)(?:\d{1,4}(?:单元|层|楼))?(?:\d{3,4}(?!\d)室?)?"
HAN_UNIT = r"(?:\d{1,4}(?:号楼|栋|幢|座|单元|层|楼|室))*(?:\d{3,4}(?!\d)室?)?"
CHINESE = re.compile(
    rf"(?:(?![{LEAD}])[{HAN}]){{1,24}}?(?:{HAN_STREET}{HAN_HOUSE}{HAN_UNIT}"
    rf"|(?:路|街|道|小区|花园|公寓|新村|家园|苑){HAN_BUILDING})"
    r"|(?<!\d)\d{1,4}(?:号楼|栋|幢)(?:\d{1,3}单元)?\d{3,4}室"
)
CHINESE_SIGN = re.compile(r"[路街道巷弄栋幢座]|胡同|小区|花园|公寓|新村|家园|苑|号楼")


def without_street_addresses(text: str) -> str:
    """Addresses of houses, in the four languages, and postal codes that are called so."""
    if not DIGIT_OR_NONE.search(text):
        return text
    text = ENGLISH.sub(_english_placeholder, text)
    lowered = text.lower()
    if any(sign in lowered for sign in IBERIAN_SIGNS):
        text = IBERIAN.sub(lambda match: f"{match['word'] or ''}<ADDRESS>", text)
    return CHINESE.sub("<ADDRESS>", text) if CHINESE_SIGN.search(text) else text


def _english_placeholder(match: re.Match[str]) -> str:
    if match["plain"] and not LIVES_AT.search(match.string[max(0, match.start() - 40) : match.start()]):
        return match[0]
    return "<ADDRESS>"
