"""Patterns of personal data, one function per kind: text in, text with placeholders out.

Texts are clean (see `text_cleaning`). No pattern uses `\\b`, which sees no boundary beside a Chinese character, and
none takes more than linear time.
"""

import ipaddress
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from python_udfs.voice import checksums
from python_udfs.voice.number_runs import Number, runs, windows
from python_udfs.voice.phone_numbers import phone_numbers

LETTER = "A-Za-zÀ-ɏ"
MAILBOX = rf"{LETTER}0-9._%+'!#$&*/=?^`{{|}}~\-"
MAIL_HOSTS = "gmail|googlemail|hotmail|outlook|live|yahoo|icloud|proton|aol|msn|uol|bol|terra|qq|163|126|sina"
EMAIL = re.compile(
    rf"(?<![{MAILBOX}])[{MAILBOX}]++@(?:[{LETTER}0-9\-]+\.)+[{LETTER}][{LETTER}0-9\-]+"
    rf"|(?<![{MAILBOX}])[{MAILBOX}]++\s?@\s?(?:{MAIL_HOSTS})(?:\s?\.\s?[A-Za-z]{{2,3}})+(?![A-Za-z])"
)
# "john (at) mail.com", "maria arroba gmail ponto com"; not "bought at amazon.com".
SPELLED_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]++(?:\s(?:dot|ponto|punto)\s[A-Za-z0-9_\-]++){0,3}"
    r"(?:\s?[\[({]\s?(?:at|arroba)\s?[\])}]\s?[A-Za-z0-9\-]++(?:\s?[\[({]\s?(?:dot|ponto|punto)\s?[\])}]\s?|\.)"
    r"|\s(?:at|arroba)\s[A-Za-z0-9\-]++\s(?:dot|ponto|punto)\s|\sarroba\s[A-Za-z0-9\-]++\.)[A-Za-z]{2,6}(?![A-Za-z])",
    re.IGNORECASE,
)
# The space after an address is easily forgotten: "me@mail.organd". What is cut off is a word, unless it makes a domain.
GLUED_WORD = re.compile(r"(?<=\.com|\.net|\.org)(?!munity|pany|pare|puter|sec|bank|flix|work|anic)[a-zß-ɏ]+$")
AT_SIGN = re.compile(r"@|[\[({\s](?:at|arroba)[\])}\s]", re.IGNORECASE)

IN_ADDRESS = rf"[{LETTER}0-9\-._~:/?#\[\]@!$&'()*+,;=%]"
# The last character may not be the sentence's punctuation.
ADDRESS_END = rf"[{LETTER}0-9/=&_#%+$~\-]"
# "me", "it", "es" and "de" are words, and people forget the space after a full stop: such names need a path.
DOMAIN = r"com|net|org|io|info|biz|shop|store|app|online|site|xyz|dev|cn|pt|com\.br|co\.uk"
DOMAIN_WITH_PATH = rf"{DOMAIN}|me|ly|it|co|gg|be|link|page|us|uk|es|de|fr|br|tv|to|cc"
# ASP.NET and its kin are programming frameworks.
HOST = r"(?<![A-Za-z0-9@.\-])(?!(?:ASP|VB|ADO)\.NET)(?:[A-Za-z0-9\-]++\.)+"
URL = re.compile(
    rf"(?<![A-Za-z])(?i:https?|ftp)://{IN_ADDRESS}*{ADDRESS_END}"
    rf"|(?<![A-Za-z0-9])(?i:www)\.{IN_ADDRESS}*{ADDRESS_END}"
    rf"|{HOST}(?i:{DOMAIN_WITH_PATH})/{IN_ADDRESS}*{ADDRESS_END}"
    rf"|{HOST}(?:{DOMAIN}|COM|NET|ORG)(?![A-Za-z0-9\-]|\.[A-Za-z0-9])"
)

# Far cheaper than the pattern itself: most reviews have none.
ADDRESS_SIGN = re.compile(rf"://|(?i:www)\.|\.(?:{DOMAIN_WITH_PATH}|COM|NET|ORG)(?![A-Za-z])")

IP4 = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\d|\.\d)")
IP6 = re.compile(r"(?<![A-Za-z0-9:])[0-9A-Fa-f:]{4,39}(?![A-Za-z0-9:])")
# 1.2.3.4 behind one of these is a version.
VERSION_BEFORE = re.compile(
    r"(?:(?<![a-z])v(?:er\w*)?\.?|firmware|bios|driver|build|release|版本|固件)\s?[:：]?\s?$", re.IGNORECASE
)

UUID = r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}"
# With hyphens and without a letter it's a list of numbers: the gauges of strings.
HARDWARE_ADDRESS = r"(?:(?=[\d\-]*+[A-Fa-f])[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5})"
CNPJ = r"[0-9A-Z]{2}\.[0-9A-Z]{3}\.[0-9A-Z]{3}/[0-9A-Z]{4}-\d{2}"
NATIONAL_INSURANCE = r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]"
FORMATTED_ID = re.compile(
    rf"(?<![A-Za-z0-9\-])(?:{UUID}|{HARDWARE_ADDRESS}|{CNPJ}|{NATIONAL_INSURANCE})(?![A-Za-z0-9\-])"
)
SOCIAL_SECURITY = re.compile(r"(?<![A-Za-z\d\-])(\d{3})-(\d{2})-(\d{4})(?![\d\-])")
CHINESE_ID = re.compile(r"(?<![A-Za-z\d])\d{17}[\dXx](?![A-Za-z\d])")
SPANISH_ID = re.compile(
    r"(?:(?<![A-Za-z\d])|(?<=(?i:dni|nie|nif)))(\d{8}|[XYZ]-?\d{7})[- ]?([A-Z])(?![A-Z\d]|(?<= [A-Z])[a-z])"
)
IBAN = re.compile(r"(?<![A-Za-z\d])[A-Z]{2}\d{2}(?:[ \-]?[A-Z0-9]){11,30}")
# Numbers without a check digit, or copied wrongly: the word before them says what they are.
NAMED_ID = re.compile(
    r"((?<![A-Za-z])(?:cpf|cnpj|rg|ssn|social security|pis|pasep|nif|cif|rfc|curp|cuit|contribuinte|nie|dni|nino|"
    r"ni number|passport|passaporte|pasaporte|bank account|account (?:no|number)|conta(?: corrente)?|cuenta|iban|pix|"
    r"id (?:card|number)|driver'?s licen[sc]e|cnh)|身份证号?码?|护照号?码?|银行卡号?|账号|帐号)"
    r"(\W{0,3}(?:number|no|n[º°o]|n[uú]mero|is|was|é|es|是|为)?\W{0,3})"
    r"(?=(?:[A-Za-z.\-/]*+\d ?){6})"
    # Letters within the number, or one at its end; not a word that touches it.
    r"[A-Za-z0-9](?:\d|[.\-/](?=\w)|[A-Za-z]++(?=[\d.\-/])|[A-Za-z](?![A-Za-z])| (?=\d)){4,30}",
    re.IGNORECASE,
)
MESSENGERS = ("微信", "v信", "薇信", "扣扣", "wechat", "weixin", "wx", "vx", "qq", "telegram", "skype", "insta")
MESSENGER = re.compile(
    r"((?:(?:微|薇|v)信号?|扣扣号?|(?<![A-Za-z])(?:wechat|weixin|wx|vx|qq)号?)\s?[:：是为]\s?|(?:加我?微信|微信号)\s?|[微薇]信\s?(?=[A-Za-z]\w*[\d_])|qq号?\s?(?=\d))"
    r"[A-Za-z0-9][A-Za-z0-9_\-]{4,30}"
    r"|((?<![A-Za-z])(?:telegram|skype|wechat|instagram|insta)(?: id)?\s?:\s?)"
    r"@?(?=[A-Za-z._\-]*+[0-9_])[A-Za-z0-9_.\-]{5,30}",
    re.IGNORECASE,
)

# Groups in which cards are written: 4-4-4-4, 4-6-5, 4-6-4, 4-4-4-4-3, or all digits together.
CARD_GROUPS = range(2, 20)
SHORTEST_CARD, LONGEST_CARD = 13, 19
CPF_GROUPS = {(11,), (3, 3, 3, 2), (9, 2)}
CNPJ_GROUPS = {(14,), (12, 2)}


def without_emails(text: str) -> str:
    """Mail addresses, also "name (at) host (dot) com"."""
    return SPELLED_EMAIL.sub("<EMAIL>", EMAIL.sub(_email_placeholder, text)) if AT_SIGN.search(text) else text


def without_urls(text: str) -> str:
    """Web addresses: those with a scheme, www or a path, and domains that are no word."""
    return URL.sub("<URL>", text) if ADDRESS_SIGN.search(text) else text


def without_ip_addresses(text: str) -> str:
    """Internet addresses, version 4 and 6; not software versions, "version 2.9.0.4 is better than 2.10.3.1"."""
    if IP4.search(text):
        versions = {match[0].split(".")[0] for match in IP4.finditer(text) if _is_version(match)}
        text = IP4.sub(lambda match: match[0] if match[0].split(".")[0] in versions else _ip_placeholder(match), text)
    return IP6.sub(_ip_placeholder, text) if text.count(":") > 2 else text


def without_messenger_names(text: str) -> str:
    """Names in WeChat, QQ and the like, where the messenger is named before them."""
    lowered = text.lower()
    if not any(name in lowered for name in MESSENGERS):
        return text
    return MESSENGER.sub(lambda match: f"{match[1] or match[2]}<ID>", text)


def without_ids(text: str) -> str:
    """Tax, identity, social security and bank account numbers that form or check digit tell, and device ids."""
    text = FORMATTED_ID.sub("<ID>", text)
    text = _sub_if(SOCIAL_SECURITY, lambda match: checksums.is_us_social_security_number(*match.groups()), text)
    text = _sub_if(CHINESE_ID, lambda match: checksums.is_chinese_id(match[0]), text)
    text = _sub_if(SPANISH_ID, lambda match: checksums.is_dni(match[1].replace("-", ""), match[2]), text)
    text = IBAN.sub(_iban_placeholder, text)
    return _replace(text, _tax_numbers(text), "<ID>")


def without_named_ids(text: str) -> str:
    """Numbers behind a word that says they are of a person: passport, tax, identity, bank account."""
    return NAMED_ID.sub(r"\1\2<ID>", text)


def without_cards(text: str) -> str:
    """Payment card numbers, together or in groups."""
    return _replace(text, _cards(text), "<CARD>")


def without_phone_numbers(text: str, regions: Sequence[str]) -> str:
    """Telephone numbers of the regions, and of any region with a country code."""
    return _replace(
        text, (number for groups in runs(text) for number in phone_numbers(text, groups, regions)), "<PHONE>"
    )


def _email_placeholder(match: re.Match[str]) -> str:
    glued = GLUED_WORD.search(match[0])
    return "<EMAIL>" + (glued[0] if glued else "")


def _sub_if(pattern: re.Pattern[str], is_id: Callable[[re.Match[str]], bool], text: str) -> str:
    return pattern.sub(lambda match: "<ID>" if is_id(match) else match[0], text)


def _replace(text: str, numbers: Iterable[Number], placeholder: str) -> str:
    """The text with a placeholder for each number; of two that overlap, the first given counts."""
    kept, end = [], 0
    for number in numbers:
        if number.start >= end:
            kept += [text[end : number.start], placeholder]
            end = number.end
    return "".join([*kept, text[end:]])


def _cards(text: str) -> Iterator[Number]:
    for groups in runs(text):
        for number in windows(groups, SHORTEST_CARD, LONGEST_CARD):
            if all(len(group) in CARD_GROUPS for group in number.groups) and checksums.is_card(number.digits):
                yield number


def _tax_numbers(text: str) -> Iterator[Number]:
    for groups in runs(text):
        for number in windows(groups, 11, 14):
            lengths = tuple(len(group) for group in number.groups)
            is_tax_number = (lengths in CPF_GROUPS and checksums.is_cpf(number.digits)) or (
                lengths in CNPJ_GROUPS and checksums.is_cnpj(number.digits)
            )
            if is_tax_number and not re.match("[A-Za-z]", text[max(0, number.start - 1) : number.start]):
                yield number


def _ip_placeholder(match: re.Match[str]) -> str:
    address = match[0]
    if _is_version(match) or 0 < address.count(":") < 3 or not any(sign.isdigit() for sign in address):
        return address
    try:
        ipaddress.ip_address(address)
    except ValueError:
        return address
    return "<IP>"


def _is_version(match: re.Match[str]) -> bool:
    return VERSION_BEFORE.search(match.string[max(0, match.start() - 20) : match.start()]) is not None


def _iban_placeholder(match: re.Match[str]) -> str:
    """The pattern may have run on into the next words: the country says how long the number is."""
    length = checksums.IBAN_LENGTHS.get(match[0][:2], 0)
    taken = 0
    for place, character in enumerate(match[0], start=1):
        taken += character not in " -"
        if taken == length:
            is_account = checksums.is_iban(match[0][:place].replace(" ", "").replace("-", ""))
            return "<ID>" + match[0][place:] if is_account else match[0]
    return match[0]
