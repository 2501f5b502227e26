"""A body in a real browser: what assistive technology makes of it."""

import comrak
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from generator.article import draft
from tests.article_samples import article_of, item_of, page_of

BODY = """### 一、概况

- [ ] 未办
- [x] 已办

| 项目 |  | 金额 |
|------|--|-----:|
| 招待[^1] | x | 1.2<br>3 |

####

# 二、说明

```
很长的一行
```

[^1]: 见[表](../../files/a.xlsx)，又见 https://other.gov.cn/a，后文。
"""


def violations(tab: Page, html: str) -> set[str]:
    tab.set_content(html, wait_until="domcontentloaded")
    return {found["id"] for found in Axe().run(tab).response["violations"]}


def test_axe_finds_nothing_in_a_body_and_would_in_comraks_own() -> None:
    item = item_of(BODY)
    ours = page_of(item, article_of(item))
    options = comrak.ExtensionOptions(
        table=True, tasklist=True, footnotes=True, header_id_prefix="t-"
    )
    theirs = ours.replace(article_of(item).html, comrak.markdown_to_html(BODY, options))
    assert theirs != ours and draft(BODY).html
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        tab = browser.new_page()
        tab.route("**/*", lambda route: route.abort())
        assert violations(tab, ours) == set()
        assert {"label", "heading-order"} <= violations(tab, theirs)
        browser.close()
