import pytest

from python_udfs.voice import checksums

CHECKS = [
    (checksums.is_card, "4111111111111111"),
    (checksums.is_card, "378282246310005"),
    (checksums.is_cpf, "52998224725"),
    (checksums.is_cnpj, "11222333000181"),
    (checksums.is_nif, "123456789"),
    (checksums.is_chinese_id, "11010519491231002X"),
    (checksums.is_iban, "GB82WEST12345698765432"),
    (checksums.is_iban, "BR1800360305000010009795493C1"),
]


@pytest.mark.parametrize(("check", "number"), CHECKS)
def test_a_true_number_passes_and_one_wrong_digit_does_not(check, number: str) -> None:
    assert check(number)
    digit = next(place for place in range(4, len(number)) if number[place].isdigit())
    wrong = number[:digit] + str((int(number[digit]) + 1) % 10) + number[digit + 1 :]
    assert not check(wrong)


def test_repeated_digits_are_no_tax_number() -> None:
    assert not checksums.is_cpf("1" * 11)
    assert not checksums.is_cnpj("0" * 14)


def test_a_spanish_identity_number_needs_its_letter() -> None:
    assert checksums.is_dni("12345678", "Z")
    assert checksums.is_dni("X1234567", "l")
    assert not checksums.is_dni("12345678", "A")


@pytest.mark.parametrize(
    ("parts", "issued"),
    [
        (("123", "45", "6789"), True),
        (("666", "45", "6789"), False),
        (("900", "45", "6789"), False),
        (("123", "00", "6789"), False),
    ],
)
def test_social_security_numbers_that_were_never_issued_are_none(parts: tuple[str, str, str], issued: bool) -> None:
    assert checksums.is_us_social_security_number(*parts) is issued


def test_a_chinese_identity_number_holds_a_real_birth_date() -> None:
    assert not checksums.is_chinese_id("110105194913310021")
