"""comrak's blocks made fit for a page: headings, tables, tasks, notes, code, line ends."""

import re

_HEADING = re.compile(
    r'<h([1-6]) id="([^"]*)"([^>]*)>(.*?)'
    r'<a href="#[^"]*" aria-label="[^"]*" data-heading-content="[^"]*" class="anchor"></a></h\1>',
    re.DOTALL,
)
_TABLE = re.compile(r"<table([^>]*)>(.*?)</table>", re.DOTALL)
_CELL = re.compile(
    r'<t([hd])(?: data-sourcepos="[^"]*")?(?: align="(\w+)")?>(.*?)</t[hd]>', re.DOTALL
)
_TAG = re.compile(r"<[^>]*>")
_FIGURE = re.compile(r"[-+−－]?(?:[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?)(?:%|％|‰)?")
_BLANK = frozenset(("", "-", "—", "——", "－", "/", "\\", "无"))
_BOX = re.compile(r'<li([^>]*)><input type="checkbox"( checked="")? disabled="" /> ?(\n<p[^>]*>)?')
_BACK = re.compile(
    r'class="footnote-backref" data-footnote-backref data-footnote-backref-idx="[^"]*" '
    r'aria-label="Back to reference ([0-9]+)(?:-([0-9]+))?"'
)
_REF = re.compile(r"data-footnote-ref>([0-9]+)<")
_CODE = re.compile(r"<pre[^>]*><code[^>]*>")
_PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
_CJK = "\u2e80-\u2fff\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_SOFT = re.compile(f"\n(?<=[{_CJK}]\n)(?=[{_CJK}])")


def shape(html: str) -> str:
    """Apply every cure that the HTML needs; text is changed only where comrak's is English.

    A task's box becomes □ or √, in the text, because whether it is ticked is substance. Source
    positions survive; links must have been collected before.
    """
    if "<h" in html:
        html = _headings(html)
    if "<table" in html:
        html = _tables(html)
    if "<input" in html:
        html = _BOX.sub(_box, html)
    if "footnote" in html:
        html = _notes(html)
    return _lines(html)


def _headings(html: str) -> str:
    """Move headings under the page's h1, never skipping a level; drop empty ones."""
    open_levels: list[int] = []

    def shift(match: re.Match[str]) -> str:
        written, name, rest, inner = match.groups()
        if not _TAG.sub("", inner).strip() and "<img" not in inner:
            return ""
        while open_levels and open_levels[-1] >= int(written):
            open_levels.pop()
        open_levels.append(int(written))
        level = min(1 + len(open_levels), 6)
        return f'<h{level} id="{name}"{rest}>{inner}</h{level}>'

    return _HEADING.sub(shift, html)


def _tables(html: str) -> str:
    """Give tables a region to scroll in, row and column heads, and figures on the right."""
    count = 0

    def table(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        cells: list[tuple[str, str, str]] = _CELL.findall(match[2])
        width = next((n for n, cell in enumerate(cells) if cell[0] == "d"), len(cells))
        figures = [_is_figures(cells[width + column :: width]) for column in range(width)]
        # A figure that names its row (a serial number, a year) stands where names stand.
        figures[0] = figures[0] and width == 1
        looks = [
            _look(align, figure) for (_, align, _), figure in zip(cells, figures, strict=False)
        ]
        out = [
            f'<div class="scroll" role="region" tabindex="0" aria-label="表 {count}">'
            f"<table{match[1]}>\n<thead>\n<tr>"
        ]
        for (_, _, text), look in zip(cells, looks, strict=False):
            out.append(f'<th scope="col"{look}>{text}</th>' if text else f"<td{look}></td>")
        out.append("</tr>\n</thead>\n")
        if len(cells) > width:
            out.append("<tbody>\n")
            for start in range(width, len(cells), width):
                first = cells[start][2]
                tag = 'th scope="row"' if first and width > 1 else "td"
                out.append(f"<tr><{tag}{looks[0]}>{first}</{tag[:2]}>")
                for (_, _, text), look in zip(
                    cells[start + 1 : start + width], looks[1:], strict=True
                ):
                    out.append(f"<td{look}>{text}</td>")
                out.append("</tr>\n")
            out.append("</tbody>\n")
        out.append("</table></div>")
        return "".join(out)

    return _TABLE.sub(table, html)


def _look(align: str, figure: bool) -> str:
    if align == "right" or (figure and align != "center"):
        return ' class="num"'
    return ' class="mid"' if align == "center" else ""


def _is_figures(cells: list[tuple[str, str, str]]) -> bool:
    """Whether a column holds figures and blanks only, and at least one figure."""
    found = False
    for _, _, cell in cells:
        text = _TAG.sub("", cell) if "<" in cell else cell
        if text in _BLANK:
            continue
        if not _FIGURE.fullmatch(text):
            return False
        found = True
    return found


def _box(match: re.Match[str]) -> str:
    mark = "√" if match[2] else "□"
    return f'<li{match[1]} class="task">{match[3] or ""}{mark} '


def _notes(html: str) -> str:
    html = html.replace(' class="footnotes" data-footnotes', ' class="footnotes" aria-label="注"')
    html = _REF.sub(r'aria-label="注 \1">\1<', html)

    def back(match: re.Match[str]) -> str:
        nth = f" 的第 {match[2]} 处" if match[2] else ""
        return f'class="footnote-backref" aria-label="回到注 {match[1]}{nth}"'

    return _BACK.sub(back, html)


def _lines(html: str) -> str:
    """Join lines that a clerk broke between two Chinese characters; let code be reached by key."""
    if "<pre" not in html:
        return _SOFT.sub("", html)
    parts = _PRE.split(html)
    parts[::2] = [_SOFT.sub("", part) for part in parts[::2]]
    parts[1::2] = [_CODE.sub('<pre tabindex="0"><code>', part, count=1) for part in parts[1::2]]
    return "".join(parts)
