"""Digits and words that the gate would refuse, taken out of a text that is shown again."""

from itertools import groupby

from generator.check.legality.masking import masked

COVER = "〔已遮蔽〕"


def covered(text: str) -> str:
    """The text with `COVER` for every stretch that family L finds in it."""
    under = masked(text)
    if under == text:
        return text
    out: list[str] = []
    for hidden, group in groupby(
        zip(text, under, strict=True), key=lambda pair: pair[0] != pair[1]
    ):
        out.append(COVER if hidden else "".join(sign for sign, _ in group))
    return "".join(out)
