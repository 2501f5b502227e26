"""What styles and numbering add to a Word document's paragraphs: headings, lists, numbers."""

import re
from dataclasses import dataclass, field

from generator.article.worksheet import parse

_HEADING = re.compile(r"(?:heading|标题) ?([1-9])", re.IGNORECASE)
_PLACE = re.compile(r"%([1-9])")
_OFF = ("0", "false", "off", "none")
_HAN = "零一二三四五六七八九"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"),
          (1, "i"))  # fmt: skip


def value(found: dict[str, str], name: str = "val") -> str:
    """An attribute without its prefix; empty where there is none."""
    return next((v for k, v in found.items() if k.rpartition(":")[2] == name), "")


def is_on(found: dict[str, str]) -> bool:
    """Whether a switch such as `w:vanish` is on: it is where it says nothing."""
    return value(found).lower() not in _OFF


@dataclass(slots=True)
class Style:
    """A paragraph's or run's style; None where it says nothing itself."""

    above: str = ""
    """The style it is based on."""
    level: int | None = None
    """Of a heading, from 1; 0 for body text."""
    numbered: str | None = None
    """Its list's number."""
    depth: int | None = None
    hidden: bool | None = None


@dataclass(slots=True)
class Styles:
    """All styles, by id."""

    by_id: dict[str, Style] = field(default_factory=dict)

    def of(self, id_: str) -> Style:
        """A style with what it inherits."""
        found = Style()
        for _ in range(12):
            style = self.by_id.get(id_)
            if style is None:
                break
            found.level = style.level if found.level is None else found.level
            found.numbered = style.numbered if found.numbered is None else found.numbered
            found.depth = style.depth if found.depth is None else found.depth
            found.hidden = style.hidden if found.hidden is None else found.hidden
            id_ = style.above
        return found


def read_styles(data: bytes | None) -> Styles:
    """Raises what `parse` raises, and ValueError."""
    styles = Styles()
    style = Style()

    def start(tag: str, found: dict[str, str]) -> None:
        nonlocal style
        match tag:
            case "style":
                style = styles.by_id[value(found, "styleId")] = Style()
            case "name":
                if heading := _HEADING.fullmatch(value(found)):
                    style.level = int(heading[1])
                elif value(found).lower() == "title":
                    style.level = 1
            case "basedOn":
                style.above = value(found)
            case "outlineLvl":
                style.level = heading_level(found)
            case "numId":
                style.numbered = value(found)
            case "ilvl":
                style.depth = int(value(found))
            case "vanish":
                style.hidden = is_on(found)
            case "rPrDefault" | "pPrDefault" | "latentStyles":
                style = Style()
            case _:
                pass

    if data:
        parse(data, start)
    return styles


def heading_level(found: dict[str, str]) -> int:
    """`w:outlineLvl` 0 to 8 → 1 to 9; 9, body text, → 0."""
    return (int(value(found)) + 1) % 10


@dataclass(slots=True)
class _Level:
    first: int = 1
    form: str = "decimal"
    text: str = ""


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has counted."""

    lists: dict[str, dict[int, _Level]] = field(default_factory=dict)
    """By abstract id."""
    used: dict[str, str] = field(default_factory=dict)
    """List id → abstract id."""
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, list_id: str, depth: int) -> str:
        """The next paragraph's number as Word draws it; `· ` for a bullet, empty for none."""
        abstract = self.used.get(list_id)
        if abstract is None:
            return ""
        levels = self.lists.get(abstract, {})
        counts = self.counts.setdefault(abstract, {})
        for at, first in self.restarts.pop(list_id, {}).items():
            counts[at] = first - 1
        level = levels.get(depth, _Level())
        counts[depth] = counts.get(depth, level.first - 1) + 1
        for deeper in [at for at in counts if at > depth]:
            del counts[deeper]
        if level.form in ("bullet", "none"):
            return "· " if level.form == "bullet" else ""

        def number(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            one = levels.get(at, _Level())
            return show_number(counts.get(at, one.first), one.form)

        label = _PLACE.sub(number, level.text[:40]).strip()
        return f"{label} " if label and label[-1].isascii() and label[-1] != ")" else label


def read_numbering(data: bytes | None) -> Numbering:
    """Raises what `parse` raises, and ValueError."""
    made = Numbering()
    abstract = list_id = ""
    level = _Level()
    depth = 0

    def start(tag: str, found: dict[str, str]) -> None:
        nonlocal abstract, list_id, level, depth
        match tag:
            case "abstractNum":
                abstract = value(found, "abstractNumId")
                made.lists[abstract] = {}
            case "lvl":
                depth, level = int(value(found, "ilvl")), _Level()
                if not list_id:
                    made.lists.setdefault(abstract, {})[depth] = level
            case "start":
                level.first = int(value(found))
            case "numFmt":
                level.form = value(found)
            case "lvlText":
                level.text = value(found)
            case "num":
                list_id = value(found, "numId")
            case "abstractNumId":
                made.used[list_id] = value(found)
            case "lvlOverride":
                depth = int(value(found, "ilvl"))
            case "startOverride":
                made.restarts.setdefault(list_id, {})[depth] = int(value(found))
            case _:
                pass

    if data:
        parse(data, start)
    return made


def show_number(number: int, form: str) -> str:
    """A list's number in its form (ECMA-376 ST_NumberFormat); others as digits."""
    if form in ("chineseCounting", "chineseCountingThousand", "japaneseCounting",
                "taiwaneseCountingThousand", "ideographDigital") and 0 < number < 100:  # fmt: skip
        tens, ones = divmod(number, 10)
        head = "" if tens == 0 else "十" if tens == 1 else f"{_HAN[tens]}十"
        return head + (_HAN[ones] if ones or not tens else "")
    if form == "ideographTraditional" and 0 < number <= len(_STEMS):
        return _STEMS[number - 1]
    if form == "ideographZodiac" and 0 < number <= len(_BRANCHES):
        return _BRANCHES[number - 1]
    if form == "decimalEnclosedCircle" and 0 < number <= 20:
        return chr(0x2460 + number - 1)
    if form in ("lowerLetter", "upperLetter") and 0 < number <= 26:
        return chr((97 if form == "lowerLetter" else 65) + number - 1)
    if form in ("lowerRoman", "upperRoman") and 0 < number < 200:
        roman = ""
        for size, letters in _ROMAN:
            roman += letters * (number // size)
            number %= size
        return roman.upper() if form == "upperRoman" else roman
    return str(number)
