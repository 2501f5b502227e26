"""Where the addresses in a body lead."""

import pytest

from generator.article import Astray, Inside, Outside, draft, locate, place, resolve
from tests.article_samples import SITE

FLAT = "content/chengguan/items/2026/a.md"
FOLDER = "content/chengguan/items/2026/a/index.md"
SERVICE = "content/chengguan/services/s.md"


@pytest.mark.parametrize(
    ("href", "source", "path"),
    [
        ("../../files/表.xlsx", FLAT, "chengguan/files/表.xlsx"),
        ("../../files/%E8%A1%A8.xlsx", FLAT, "chengguan/files/表.xlsx"),
        ("../../../files/A.PDF", FOLDER, "chengguan/files/A.PDF"),
        ("../../files/子/b%20c.pdf#page=2", FLAT, "chengguan/files/子/b c.pdf"),
        ("../../files/a%2520b.pdf", FLAT, "chengguan/files/a%20b.pdf"),
        ("a.xlsx", FOLDER, "chengguan/2026/a/a.xlsx"),
        ("./附/a.xlsx", FOLDER, "chengguan/2026/a/附/a.xlsx"),
        ("b.md", FLAT, "chengguan/2026/b.html"),
        ("../2025/b/index.md", FLAT, "chengguan/2025/b.html"),
        ("../b.md#一概况", FOLDER, "chengguan/2026/b.html"),
        ("../../services/s.md", FLAT, "chengguan/services/s.html"),
        ("../items/2026/a.md", SERVICE, "chengguan/2026/a.html"),
        ("../../../caizheng/items/2026/x.md", FLAT, "caizheng/2026/x.html"),
        ("/content/chengguan/files/a.pdf", FLAT, "chengguan/files/a.pdf"),
        (f"{SITE}chengguan/2026/b.html", FLAT, "chengguan/2026/b.html"),
        (f"{SITE}guide.html#x", FLAT, "guide.html"),
        (SITE, FLAT, ""),
    ],
)
def test_an_address_inside_the_site_is_a_path_from_its_root(
    href: str, source: str, path: str
) -> None:
    assert resolve(href, source, "chengguan", SITE) == path


@pytest.mark.parametrize(
    ("href", "found"),
    [
        ("https://a.cn/x", Outside.WEB),
        ("https://example.gov.cn/gk", Outside.WEB),
        ("mailto:a@b.cn", Outside.WEB),
        ("tel:12319", Outside.WEB),
        ("#t-x", Outside.HERE),
        ("../../../../../etc/passwd", Astray.ESCAPES),
        ("../../../../site_config.yml", Astray.ESCAPES),
        ("..%2f..%2f..%2f..%2fx", Astray.ESCAPES),
        ("%2e%2e/%2e%2e/%2e%2e/%2e%2e/x", Astray.ESCAPES),
        ("/site_config.yml", Astray.ESCAPES),
        ("../../department.yml", Astray.UNPUBLISHED),
        ("../../../catalog/a.yml", Astray.UNPUBLISHED),
        ("a.xlsx", Astray.UNPUBLISHED),
        ("B.md", Astray.UNPUBLISHED),
        ("../../files/", Astray.MALFORMED),
        ("../../files//a.pdf", Astray.MALFORMED),
        ("../../files/a%00.pdf", Astray.MALFORMED),
        ("..%5c..%5cfiles/a.pdf", Astray.MALFORMED),
        ("%FF.pdf", Astray.MALFORMED),
        ("javascript%3Aalert(1)", Astray.UNPUBLISHED),
        (f"{SITE}../x", Astray.MALFORMED),
    ],
)
def test_what_is_not_inside_the_site_says_why(href: str, found: Outside | Astray) -> None:
    assert locate(href, FLAT, "chengguan", SITE) is found
    assert resolve(href, FLAT, "chengguan", SITE) is None


def test_an_address_names_its_file_in_the_tree_for_the_gate() -> None:
    found = locate("../../files/%E8%A1%A8.xlsx#甲", FLAT, "chengguan", SITE)
    assert found == Inside("chengguan/files/表.xlsx", "content/chengguan/files/表.xlsx", "甲")


@pytest.mark.parametrize(
    ("body", "source", "page", "html"),
    [
        ("[x](../../files/表.xlsx)", FLAT, "chengguan/2026/a.html",
         '<a href="../files/%E8%A1%A8.xlsx">'),
        ("[x](a&b.xlsx)", FOLDER, "chengguan/2026/a.html", '<a href="a/a%26b.xlsx">'),
        ("[x](b.md#一概况)", FLAT, "chengguan/2026/a.html",
         '<a href="b.html#t-%E4%B8%80%E6%A6%82%E5%86%B5">'),
        ("[x](../../files/a.pdf#page=2)", FLAT, "chengguan/2026/a.html",
         '<a href="../files/a.pdf#page%3D2">'),
        ("[x](../../../caizheng/items/2026/x.md)", FLAT, "chengguan/2026/a.html",
         f'<a href="{SITE}caizheng/2026/x.html">'),
        (f"[x]({SITE}chengguan/files/a.pdf)", FLAT, "chengguan/2026/a.html",
         '<a href="../files/a.pdf">'),
        (f"[x]({SITE})", FLAT, "chengguan/2026/a.html", f'<a href="{SITE}">'),
        ("[x](HTTPS://a.cn/)", FLAT, "chengguan/2026/a.html",
         '<a href="HTTPS://a.cn/" rel="noopener">'),
        ("[x](tel:12319)", FLAT, "chengguan/2026/a.html", '<a href="tel:12319">'),
        ("[x](../../department.yml)", FLAT, "chengguan/2026/a.html", "<a>"),
        ("[x](#一)", FLAT, "chengguan/2026/a.html", '<a href="#t-%E4%B8%80">'),
        ("![图](p.png)", FOLDER, "chengguan/2026/a.html", '<img src="a/p.png" alt="图" />'),
        ("![图](../../x.png)", FLAT, "chengguan/2026/a.html", '<img alt="图" />'),
        ("[x](../files/f.docx)", SERVICE, "chengguan/services/s.html",
         '<a href="../files/f.docx">'),
        ("[x](../items/2026/a.md)", SERVICE, "chengguan/services/s.html",
         '<a href="../2026/a.html">'),
    ],
)  # fmt: skip
def test_addresses_are_written_for_the_page_that_shows_them(
    body: str, source: str, page: str, html: str
) -> None:
    assert html in place(draft(body).html, source, page, SITE)
