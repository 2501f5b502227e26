"""Numbers that name a person: their forms and check digits."""

import re
from datetime import date

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_OLDEST, _LATEST = 1890, 2049


def identity_check(first: str) -> str:
    """The check digit of seventeen digits (GB 11643-1999)."""
    total = sum(int(d) * w for d, w in zip(first, _ID_WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def identity(number: str) -> bool:
    """Whether 18 characters are an identity number: check digit and date (GB 11643-1999)."""
    if re.fullmatch(r"[1-9][0-9]{16}[0-9Xx]", number) is None:
        return False
    return number[17].upper() == identity_check(number[:17]) and _dated(number[6:14])


def old_identity(number: str) -> bool:
    """Whether 15 digits have the date of an old identity number."""
    return re.fullmatch(r"[1-8][0-9]{14}", number) is not None and _dated("19" + number[6:12])


def credit_check(first: str) -> str:
    """The check character of seventeen (GB 32100-2015)."""
    total = sum(_CREDIT_SIGNS.index(c) * w for c, w in zip(first, _CREDIT_WEIGHTS, strict=True))
    return _CREDIT_SIGNS[(31 - total % 31) % 31]


def credit(number: str) -> bool:
    """Whether 18 characters are a 统一社会信用代码 (GB 32100-2015)."""
    code = number.upper()
    if re.fullmatch(r"[0-9A-HJ-NP-RTUWXY]{18}", code) is None or code[0] not in "159ANY":
        return False
    return credit_check(code[:17]) == code[17]


def luhn(number: str) -> bool:
    """Whether digits end in their Luhn check digit (ISO/IEC 7812-1)."""
    total = 0
    for index, sign in enumerate(reversed(number)):
        digit = int(sign) * (1 + index % 2)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0


def issued(number: str) -> bool:
    """Whether digits begin and are as long as cards of Chinese banks: 62, 60, 9, 4, 5."""
    match len(number):
        case 16:
            return number[:2] in ("62", "60", "43", "45", "51", "52", "53", "54", "55", "40", "42")
        case 17 | 18 | 19:
            return number[:2] in ("62", "60", "95", "94", "99", "68")
        case _:
            return False


def mask(number: str) -> str:
    """A number as it may be shown, of the same length: 138****1234, 35*************123."""
    size = len(number)
    digits = sum(c.isalnum() for c in number)
    front, back = (3, 4) if digits == 11 else (2, 3) if digits in (15, 18) else (0, 4)
    if digits < 11:
        front, back = (1, 0)
    return "".join(
        c if i < front or i >= size - back or not c.isalnum() else "*" for i, c in enumerate(number)
    )


def _dated(text: str) -> bool:
    if not _OLDEST <= int(text[:4]) <= _LATEST:
        return False
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return True
