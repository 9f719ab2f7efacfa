"""Vars that can't be meant as they are stop a build with their name and what to set, instead of a library's error."""


def require_between(var: str, value: object, least: float, most: float | None = None) -> None:
    """Raise ValueError unless the value is a number of at least `least`, and at most `most` where that is given."""
    wanted = f"at least {least:g}" if most is None else f"from {least:g} to {most:g}"
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else None
    if number is None or not least <= number <= (number if most is None else most):
        raise ValueError(f"{var} is {value!r}. Set a number, {wanted}.")
