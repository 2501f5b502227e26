import random

import segno

from generator.render.qr import Code, code


def dark(made: Code) -> set[tuple[int, int]]:
    """The dark modules that a code's path strokes."""
    found = set()
    x = y = 0
    for token in made.path.replace("M", " M").replace("m", " m").replace("h", " h").split(" "):
        if token.startswith("M"):
            x = int(token[1:])
        elif token.endswith(".5"):
            y = int(token[:-2])
        elif token.startswith("m"):
            x += int(token[1:])
        elif token.startswith("h"):
            found |= {(x + step, y) for step in range(int(token[1:]))}
            x += int(token[1:])
    return found


def test_a_code_is_segnos_own_at_every_length() -> None:
    letters = random.Random(7)
    for length in (1, 2, 14, 15, 26, 27, 42, 60, 62, 63, 84, 85, 106, 122, 152, 180, 181, 213, 240):
        text = "".join(letters.choice("abcdefghij-/:.0123456789") for _ in range(length))
        symbol = segno.make_qr(text.encode(), error="m", mode="byte", mask=2, boost_error=False)
        expected = {
            (x, y) for y, row in enumerate(symbol.matrix) for x, module in enumerate(row) if module
        }
        made = code(text)
        assert made.side == len(symbol.matrix), length
        assert dark(made) == expected, length


def test_a_code_draws_inside_its_square() -> None:
    made = code("https://example.gov.cn/gk/chengguan/2026/chengnan-stalls.html")
    assert all(0 <= x < made.side and 0 <= y < made.side for x, y in dark(made))
    assert len(made.path) < 4000
