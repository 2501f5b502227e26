"""Bodies, items and an outsider's verifier for the tests of the article room."""

import json
from dataclasses import replace
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin

from generator.article import Article, article_element, draft, finish, record_element, title_element
from generator.model import Attachment, Item, Notice, Period, State, Validity
from generator.model.period import Every

SITE = "https://example.gov.cn/gk/"

SPACES = "".join(map(chr, [*range(0x09, 0x0E), 0x20, 0xA0, *range(0x2000, 0x200C)])) + (
    "\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)


class Outsider(HTMLParser):
    """Written from formats.md section 6 alone, with the standard library alone."""

    def __init__(self, site: str) -> None:
        super().__init__(convert_charrefs=True)
        self.site, self.inside, self.page = site, "", ""
        self.lines: list[str] = []
        self.title = self.record = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {key: value or "" for key, value in reversed(attrs)}
        if named.get("id") in ("gk-body", "gk-title", "gk-record"):
            assert not self.inside
            self.inside = named["id"]
        elif self.inside == "gk-body":
            if tag in ("td", "th"):
                self.lines.append("|")
            if tag == "a" and "href" in named:
                self.address(named["href"])
            if tag == "img":
                self.address(named.get("src", ""))
                self.handle_data(named.get("alt", ""))

    def address(self, href: str) -> None:
        if href and not href.startswith("#"):
            full = urljoin(self.site + self.page, href)
            if full.startswith(self.site):
                href = unquote(full[len(self.site) :].split("#")[0].split("?")[0])
            self.lines.append(href)

    def handle_endtag(self, tag: str) -> None:
        if {"article": "gk-body", "h1": "gk-title", "script": "gk-record"}.get(tag) == self.inside:
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "gk-record":
            self.record += data
            self.page = json.loads(self.record)["id"] + ".html"
            return
        for character in SPACES:
            data = data.replace(character, " ")
        if self.inside == "gk-title":
            self.title += data.replace(" ", "")
        elif self.inside == "gk-body" and data.strip(" "):
            self.lines.append(" ".join(part for part in data.split(" ") if part))


def outsider(page: str, site: str = SITE) -> Outsider:
    """Read a served page as an outsider would."""
    reader = Outsider(site)
    reader.feed(page)
    reader.close()
    return reader


def body_sha256(lines: list[str]) -> str:
    return sha256("\n".join(lines).encode()).hexdigest()


def page_of(item: Item, article: Article, *, before: str = "", after: str = "") -> str:
    """A page as the frame would serve it; the record stands first, as in a head."""
    return (
        f'<!doctype html><html lang="zh-CN"><head><title>{"x"}</title>{record_element(article)}'
        f"</head><body>{before}<main><div>{title_element(item)}{article_element(article)}</div>"
        f"</main>{after}</body></html>"
    )


def article_of(item: Item, state: State = State.PUBLIC) -> Article:
    return finish(item, draft(item.body), (), SITE, state)


def item_of(body: str, **changes: object) -> Item:
    """An item with nothing but what every item has."""
    item = Item(
        id="chengguan/2026/reception-q3",
        department="chengguan",
        path="content/chengguan/items/2026/reception-q3.md",
        title="2026年第三季度公务接待费支出情况",
        category="财务/公务接待费",
        period=Period(2026, 3, Every.QUARTER),
        body=body,
        body_line=6,
        marks={},
    )
    return replace(item, **changes)  # type: ignore[arg-type]


def full_item() -> Item:
    """An item that has every key a record can hold."""
    files = (
        Attachment("files/b.xlsx", "乙", "content/chengguan/files/b.xlsx", 20, "b" * 64, True),
        Attachment("files/B.pdf", "甲", "content/chengguan/files/B.pdf", 10, "a" * 64, False),
    )
    return item_of(
        "正文 [乙](../../files/b.xlsx)\n",
        title="关于 <A&B> 的  公示",
        period="临时",
        formed=date(2026, 9, 1),
        number="城管发〔2026〕12号",
        validity=Validity("有效", date(2027, 1, 1), None),
        process="chengnan",
        notice=Notice(date(2026, 9, 2), date(2026, 9, 8), "12319"),
        nil="本期没有发生",
        imported="旧站",
        corrects="chengguan/2026/x",
        files=files,
    )
