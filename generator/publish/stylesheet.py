"""One stylesheet: Material's in a cascade layer, ours above it."""

import re
from importlib.resources import files
from pathlib import Path

SHEETS = (
    "tokens", "material", "type", "frame", "status", "controls", "lists", "article", "attachment",
    "pages", "matrix", "handbook", "department", "portal", "search", "verify",
    "contrast", "print",
)  # fmt: skip
"""Our sheets in the order of the cascade; one that is not there is passed over."""

_STRING = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_COMMENT = re.compile(_STRING + r"|/\*.*?\*/", re.DOTALL)
_BLANK = re.compile(_STRING + r"|\s*([{};,])\s*|(:)\s+|\s+")
_OUTSIDE = re.compile(r"""(?:url\(\s*(?:["'](?!data:|#)|(?!["']|data:|#))|@import)[^)]{0,60}""")


class ThemeError(Exception):
    """The theme, ours or Material's, is not what this version was written for."""


def minified(css: str) -> str:
    """`css` without comments and without needless blanks; strings stay as they are."""
    bare = _COMMENT.sub(lambda match: match[1] or "", css)
    tight = _BLANK.sub(lambda match: match[1] or match[2] or match[3] or " ", bare)
    return tight.replace(";}", "}").strip()


def material_css() -> str:
    """Material's main stylesheet, without @charset and source map."""
    folder = Path(str(files("material"))) / "templates" / "assets" / "stylesheets"
    found = sorted(folder.glob("main.*.min.css"))
    if len(found) != 1:
        raise ThemeError(f"Material should carry one main stylesheet, found {len(found)}")
    css = found[0].read_text(encoding="utf-8")
    css = re.sub(r'^@charset "UTF-8";', "", css)
    return re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css).strip()


def site_css(theme: Path) -> str:
    """The site's stylesheet: resets in `base`, Material in `md`, ours unlayered above both.

    `theme` is the theme's folder. Raises ThemeError when a stylesheet asks for another address.
    """
    ours = theme / "css"
    base = (ours / "base.css").read_text(encoding="utf-8")
    parts = [f"@layer base,md;@layer base{{{base}}}@layer md{{{material_css()}}}"]
    for name in SHEETS:
        path = ours / f"{name}.css"
        if path.is_file():
            parts.append(path.read_text(encoding="utf-8"))
    css = minified("\n".join(parts))
    outside = _OUTSIDE.search(css)
    if outside:
        raise ThemeError(f"a stylesheet must not fetch anything: {outside.group()}")
    return css + "\n"
