"""The nearest known name to one that nobody knows."""

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Known names close to `word`, nearest first.

    Latin words: edit distance at most 2 (1 under four letters). Chinese words: one name holds
    the other, or they share at least half of their characters; two-character words make an
    edit distance of 2 meaningless.
    """
    scored = []
    for order, name in enumerate(known):
        score = _score(word, name)
        if score is not None:
            scored.append((score, order, name))
    return tuple(name for _, _, name in sorted(scored)[:most])


def _score(word: str, name: str) -> float | None:
    if word == name:
        return 0.0
    if word.isascii() and name.isascii():
        limit = 2 if len(word) >= 4 else 1
        distance = _distance(word.lower(), name.lower(), limit)
        return None if distance is None else distance / 10
    short, long = sorted((word, name), key=len)
    if short and short in long:
        return 1 - len(short) / len(long)
    shared = len(set(short) & set(long))
    if shared >= 2 and shared * 2 >= len(set(short)):
        return 2 - shared / len(set(long))
    return None


def _distance(left: str, right: str, limit: int) -> int | None:
    if abs(len(left) - len(right)) > limit:
        return None
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(right, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1] if row[-1] <= limit else None
