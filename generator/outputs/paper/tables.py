"""The tables of a rendered body, read back for paper."""

from dataclasses import dataclass
from html.parser import HTMLParser

from generator.article import Table

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True)
class Titled:
    """A table under the heading that stands above it; the first row is the head."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    above: tuple[str, ...] = ()
    """What stands over the head in cells of its own: 单位：万元."""


def tables_of_body(html: str) -> tuple[Titled, ...]:
    """Every table of the article's HTML, in order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return tuple(Titled(title, tuple(rows)) for title, rows in reader.found if len(rows) > 1)


def tables_of_file(title: str, tables: tuple[Table, ...]) -> tuple[Titled, ...]:
    """The tables of an attachment called `title`; sheets of a workbook keep their names."""
    return tuple(
        Titled(f"{title}：{table.title}" if table.title else title, table.rows, table.above)
        for table in tables
        if len(table.rows) > 1
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[tuple[str, ...]]]] = []
        self._heading = ""
        self._text: list[str] | None = None
        self._row: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.found.append((self._heading, []))
        elif tag == "tr":
            self._row = []
        elif tag in ("td", "th", *_HEADINGS):
            self._text = []

    def handle_endtag(self, tag: str) -> None:
        text = " ".join("".join(self._text or ()).split())
        if tag in ("td", "th"):
            self._row.append(text)
        elif tag in _HEADINGS:
            self._heading = text
        elif tag == "tr" and self.found and self._row:
            self.found[-1][1].append(tuple(self._row))
            self._row = []
        else:
            return
        self._text = None

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)
