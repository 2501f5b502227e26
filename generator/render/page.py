"""What a page is before the frame is put around it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

COLUMNS = ("首页", "指南", "制度", "法定主动公开", "年报", "依申请公开", "公开台账")
"""The first level of the portal: the platform rule's fixed names, and the ledger."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """What search holds of a page."""

    title: str
    body: str
    """Plain text, paragraphs split by newlines; never holds text that the page does not show."""
    filters: Mapping[str, str]
    """Facet → value: 机关, 分类, 年度, 状态, 种类 (事项, 办事指南, 期次)."""
    date: str
    """`YYYY-MM-DD`, newest first; empty sorts last."""
    meta: Mapping[str, str] = field(default_factory=dict)
    """What a result line shows beside the title: 机关, 状态, 日期."""


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the path to a page; `href` is relative to the page, None for the page itself."""

    label: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page: an address in its own site, and what fills the frame's slots."""

    path: str
    """From its site's root, flat: `2026/reception-q3.html`, `index.html`."""
    title: str
    """`<title>` without the site's name."""
    main: str
    """HTML of the main column, h1 included."""
    column: str
    """The current one of COLUMNS; empty where none is."""
    description: str = ""
    crumbs: tuple[Crumb, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()
    """`<meta name content>` of the page's level (domain.md section 3)."""
    record: str = ""
    """The `<script id="gk-record">` element verbatim, or nothing."""
    indexed: Indexed | None = None

    @property
    def depth(self) -> int:
        """Folders between it and its site's root: 0, 1 or 2."""
        return self.path.count("/")

    @property
    def up(self) -> str:
        """The relative way from it to its site's root: ``, `../` or `../../`."""
        return "../" * self.depth


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is not a page: feed, sitemap, data, attachment."""

    path: str
    data: bytes
