"""The small MkDocs book whose pages become the frames and the handbook."""

import html
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from generator.model import Site
from generator.publish.rule_book import rule_pages
from generator.publish.stylesheet import ThemeError

HANDBOOK = ("index", "reading", "clerk", "reviewer", "supervisor", "site")
"""Pages of `theme/handbook/`, in the order shown; the pages of rules follow, made from the code."""

DEPTHS = (0, 1, 2)
PORTAL_ROW = (
    ("首页", "index.html"), ("指南", "guide.html"), ("制度", "rules.html"),
    ("法定主动公开", "disclosure.html"), ("年报", "annual.html"),
    ("依申请公开", "apply.html"), ("公开台账", "ledger.html"),
)  # fmt: skip
DEPARTMENT_ROW = (
    ("首页", "index.html"), ("指南", "guide.html"), ("制度", "rules.html"),
    ("法定主动公开", "lists/index.html"), ("年报", "annual.html"),
    ("依申请公开", "apply.html"), ("公开台账", "matrix.html"),
)  # fmt: skip
FOOT_LINKS = (
    ("核验", "verify.html"), ("开放数据", "open-data.html"), ("无障碍说明", "accessibility.html"),
    ("站点地图", "sitemap.html"), ("手册", "handbook/index.html"),
)  # fmt: skip

OWN_LINKS = frozenset({"verify.html", "open-data.html", "sitemap.html"})
"""Of FOOT_LINKS, those that a department's site has a page of its own for."""

_REMNANTS = {
    r'<input class="md-toggle" data-md-toggle="drawer"[^>]*>': "",
    r'<input class="md-toggle" data-md-toggle="search"[^>]*>': "",
    r'<label class="md-overlay"[^>]*></label>': "",
    r'<div data-md-component="skip">.*?</div>': '<a class="skip" href="#main">跳到正文</a>',
    r'<div data-md-component="announce">\s*</div>': "",
    r'<div class="md-dialog" data-md-component="dialog">\s*<div[^>]*></div>\s*</div>': "",
}
"""What Material puts outside every block and only its script needs: drawer, dialog, banner."""


@dataclass(frozen=True, slots=True)
class Book:
    """What MkDocs made, as text."""

    portal: tuple[str, ...]
    """Empty pages by depth, slots still in them."""
    department: tuple[str, ...]
    handbook: tuple[tuple[str, str], ...]
    """Path from the portal's root, and the whole page."""


@contextmanager
def book_beside(
    site: Site, theme: Path, as_of: date, trial: date | None
) -> Iterator[Callable[[], Book]]:
    """Run MkDocs once over a generated book, in a process of its own; gives what waits for it.

    `trial` is the last day of a trial in force. What waits raises ThemeError with MkDocs' own
    words when it fails, or when Material's page is not the one that this version was written for.
    """
    with tempfile.TemporaryDirectory(prefix="gongkai-frame-") as folder:
        book = Path(folder)
        _write(book, site, theme, trial)
        with (book / "said").open("wb") as said:
            process = _mkdocs(book, as_of, said)
        try:
            yield lambda: _book(book, process)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()


def _book(book: Path, process: subprocess.Popen[bytes]) -> Book:
    if process.wait() != 0:
        said = (book / "said").read_text(encoding="utf-8", errors="replace")
        raise ThemeError(f"MkDocs did not make the frame:\n{said}".rstrip())
    out = book / "site"
    return Book(
        tuple(_tidy(_page(out, "portal", depth)) for depth in DEPTHS),
        tuple(_tidy(_page(out, "department", depth)) for depth in DEPTHS),
        tuple(
            (path, _without_remnants((out / path).read_text(encoding="utf-8")))
            for path in (f"handbook/{name}.html" for name in (*HANDBOOK, *rule_pages()))
        ),
    )


def _place(kind: str, depth: int) -> str:
    return "/".join([*("frame" for _ in range(depth)), kind])


def _page(out: Path, kind: str, depth: int) -> str:
    return _without_remnants((out / f"{_place(kind, depth)}.html").read_text(encoding="utf-8"))


def _write(book: Path, site: Site, theme: Path, trial: date | None) -> None:
    docs = book / "docs"
    for kind in ("portal", "department"):
        for depth in DEPTHS:
            path = docs / f"{_place(kind, depth)}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"---\ngk: {kind}\ntitle: {kind}\n---\n", encoding="utf-8")
    (docs / "handbook").mkdir()
    texts = {
        name: (theme / "handbook" / f"{name}.md").read_text(encoding="utf-8") for name in HANDBOOK
    }
    for name, text in {**texts, **rule_pages()}.items():
        path = docs / "handbook" / f"{name}.md"
        path.write_text(f"---\ngk: handbook\n---\n\n{text}", encoding="utf-8")
    (book / "mkdocs.yml").write_text(
        json.dumps(_settings(site, theme, trial), ensure_ascii=False), encoding="utf-8"
    )


def _settings(site: Site, theme: Path, trial: date | None) -> Mapping[str, object]:
    return {
        "site_name": site.name,
        "docs_dir": "docs",
        "site_dir": "site",
        "use_directory_urls": False,
        "plugins": [],
        "nav": [f"handbook/{name}.md" for name in (*HANDBOOK, "rules")],
        "markdown_extensions": ["attr_list", "def_list", {"toc": {"permalink": False}}],
        "theme": {
            "name": "material",
            "custom_dir": str(theme),
            "language": "zh-CN",
            "font": False,
        },
        "extra": {"gk": _escaped(site, trial)},
    }


def _escaped(site: Site, trial: date | None) -> Mapping[str, object]:
    """What the template shows of the site, ready to stand in HTML."""
    codes = [
        f"网站标识码 {site.id_code}" if site.id_code else "",
        site.icp or "",
        site.police or "",
    ]
    sentences = [
        site.notice or "",
        f"本站的日期固定在 {site.as_of}，不随当天变化。" if site.as_of else "",
    ]
    banners = [
        "内部版，只供内部使用，不得对外发布。" if site.edition == "internal" else "",
        f"试运行到 {trial}：这之前只公布期限和凭据，不评判是否按时。" if trial else "",
    ]
    badge = (site.party_badge or {}).get("link")
    return {
        "name": html.escape(site.name),
        "name_html": _breakable(html.escape(site.name)),
        "url": html.escape(site.url),
        "domain": html.escape(urlsplit(site.url).hostname or ""),
        "id_code": html.escape(site.id_code or ""),
        "sponsor": html.escape(site.sponsor),
        "phone": html.escape(site.phone or ""),
        "error_report": html.escape(site.error_report or ""),
        "badge": html.escape(badge or ""),
        "codes": [html.escape(code) for code in codes if code],
        "sentences": [html.escape(sentence) for sentence in sentences if sentence],
        "banners": [html.escape(banner) for banner in banners if banner],
        "links": FOOT_LINKS,
        "own": sorted(OWN_LINKS),
        "rows": {"portal": PORTAL_ROW, "department": DEPARTMENT_ROW},
    }


def _breakable(name: str) -> str:
    """A long name breaks before what it is the site of, nowhere else."""
    return re.sub("(信息公开|政务公开)", r"<wbr>\1", name, count=1)


def _mkdocs(book: Path, as_of: date, said: IO[bytes]) -> subprocess.Popen[bytes]:
    epoch = int(datetime.combine(as_of, time(), UTC).timestamp())
    return subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"],
        cwd=book,
        env={
            "PATH": "",
            "HOME": str(book),
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "PYTHONUTF8": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "SOURCE_DATE_EPOCH": str(epoch),
            "NO_MKDOCS_2_WARNING": "1",
        },
        stdin=subprocess.DEVNULL,
        stdout=said,
        stderr=subprocess.STDOUT,
    )


def _without_remnants(page: str) -> str:
    for pattern, instead in _REMNANTS.items():
        page, found = re.subn(pattern, instead, page, flags=re.DOTALL)
        if found != 1:
            raise ThemeError(f"Material's page has changed: {found} times {pattern}")
    return page


def _tidy(page: str) -> str:
    """Without indentation and empty lines: a frame is written out with every page."""
    return "\n".join(line.strip() for line in page.splitlines() if line.strip()) + "\n"
