"""Check digits that tell a personal number from any other number. Each function expects plain digits, no separators."""

from collections.abc import Iterable
from datetime import date

# Length of an IBAN by country (SWIFT, IBAN Registry).
IBAN_LENGTHS = {
    "AD": 24, "AE": 23, "AT": 20, "BE": 16, "BG": 22, "BR": 29, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18,
    "EE": 20, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IS": 26,
    "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25,
    "RO": 24, "RS": 22, "SA": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "TR": 26, "UA": 29,
}  # fmt: skip
DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"


def is_card(digits: str) -> bool:
    """A payment card: a length and first digits that card schemes issue (ISO/IEC 7812), and Luhn's check digit."""
    length = len(digits)
    issued = (
        (digits[0] == "4" and length in (13, 16, 19))
        or (digits[0] == "5" and digits[1] != "9" and length == 16)
        or (digits[:2] in ("34", "37") and length == 15)
        or (digits[:2] in ("30", "36", "38", "39") and length == 14)
        or (digits[:2] == "35" and length == 16)
        or (digits[0] == "6" and 16 <= length <= 19)
        or ("2221" <= digits[:4] <= "2720" and length == 16)
    )
    return issued and luhn(digits) and len(set(digits)) > 1


def luhn(digits: str) -> bool:
    """Luhn's algorithm (US patent 2,950,048): every second digit from the right doubled, sum divisible by ten."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(doubled) + sum(int(digit) for digit in digits[-1::-2])) % 10 == 0


def is_cpf(digits: str) -> bool:
    """A Brazilian tax number of a person: eleven digits, the last two check digits."""
    if len(digits) != 11 or len(set(digits)) == 1:
        return False
    return _mod_11_digits(digits[:9], (range(10, 1, -1), range(11, 1, -1))) == digits[9:]


def is_cnpj(digits: str) -> bool:
    """A Brazilian tax number of a business: fourteen digits, the last two check digits."""
    if len(digits) != 14 or len(set(digits)) == 1:
        return False
    first = (5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)
    return _mod_11_digits(digits[:12], (first, (6, *first))) == digits[12:]


def is_nif(digits: str) -> bool:
    """A Portuguese tax number: nine digits, the last one a check digit."""
    if len(digits) != 9 or digits[0] in "04":
        return False
    return _mod_11_digits(digits[:8], (range(9, 1, -1),)) == digits[8]


def is_dni(number: str, letter: str) -> bool:
    """A Spanish identity number: eight digits (a foreigner's X, Y, Z reads as 0, 1, 2) and a check letter."""
    digits = number.upper().translate(str.maketrans("XYZ", "012"))
    return len(digits) == 8 and DNI_LETTERS[int(digits) % 23] == letter.upper()


def is_chinese_id(number: str) -> bool:
    """A Chinese resident identity number (GB 11643): region, birth date, sequence, check character 0-9 or X."""
    if len(number) != 18 or not _is_date(number[6:14]):
        return False
    total = sum(int(digit) * (2 ** (17 - position) % 11) for position, digit in enumerate(number[:17]))
    return "10X98765432"[total % 11] == number[17].upper()


def is_us_social_security_number(area: str, group: str, serial: str) -> bool:
    """A US social security number by its parts; it has no check digit, but areas that were never issued."""
    return area not in ("000", "666") and area < "900" and group != "00" and serial != "0000"


def is_iban(number: str) -> bool:
    """An international bank account number (ISO 13616): the country's length, and the remainder 1 by 97."""
    if len(number) != IBAN_LENGTHS.get(number[:2]):
        return False
    return int("".join(str(int(character, 36)) for character in number[4:] + number[:4])) % 97 == 1


def _mod_11_digits(digits: str, weights: Iterable[Iterable[int]]) -> str:
    """The check digits that follow `digits`, one for each series of weights; each is weighted in for the next."""
    checked = digits
    for series in weights:
        remainder = sum(int(digit) * weight for digit, weight in zip(checked, series, strict=True)) % 11
        checked += str(0 if remainder < 2 else 11 - remainder)
    return checked[len(digits) :]


def _is_date(digits: str) -> bool:
    try:
        return 1900 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= 2100
    except ValueError:
        return False
