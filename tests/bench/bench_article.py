"""Prints what an item's body costs: run `python tests/bench/bench_article.py`."""

import resource
import time
from collections.abc import Callable

import comrak

from generator.article import body_text, draft, page_record, plain_text
from tests.article_samples import SITE, article_of, item_of, page_of

PARAGRAPH = (
    "根据《中华人民共和国政府信息公开条例》第二十条，现将2026年第三季度公务接待费支出情况公开如下："
    "本季度共接待 {n} 批次、{n}2 人次，支出 3.{n} 万元，比上年同期下降 12.5%。"
    "明细见[附表](../../files/{n}.xlsx)，政策依据见https://example.gov.cn/zc/{n}.html。\n\n"
)
TABLE = "| 项目 | 金额／万元 | 占比 |\n|------|-----------:|-----:|\n" + "".join(
    f"| 第{n}项支出 | {n}.25 | {n}% |\n" for n in range(1, 9)
)


def bodies(count: int) -> list[str]:
    """Bodies of about 1,200 characters, no two alike."""
    return [
        f"## 一、总体情况{number}\n\n"
        + "".join(PARAGRAPH.format(n=number + part) for part in range(7))
        + "## 二、构成\n\n"
        + TABLE
        for number in range(count)
    ]


def cost(name: str, work: Callable[[int], object], count: int) -> None:
    """Print the milliseconds of one call, the best of five rounds."""
    best = min(_round(work, count) for _ in range(5))
    print(f"{name:<28}{best / count * 1000:8.3f} ms")


def _round(work: Callable[[int], object], count: int) -> float:
    start = time.perf_counter()
    for number in range(count):
        work(number)
    return time.perf_counter() - start


def main() -> None:
    """Measure each step, then look for a leak over 20,000 renders."""
    texts = bodies(300)
    print(f"characters a body: {sum(map(len, texts)) // len(texts)}")
    items = [item_of(text) for text in texts]
    drafts = [draft(text) for text in texts]
    articles = [article_of(item) for item in items]
    pages = [page_of(item, article) for item, article in zip(items, articles, strict=True)]
    options = comrak.ExtensionOptions(table=True)
    cost("comrak alone", lambda n: comrak.markdown_to_html(texts[n], options), 300)
    cost("draft", lambda n: draft(texts[n]), 300)
    cost("draft and finish", lambda n: article_of(items[n]), 300)
    page = f"{items[0].id}.html"
    cost("  of it body_text", lambda n: body_text(articles[n].html, page, SITE), 300)
    cost("  of it plain_text", lambda n: plain_text(drafts[n].html), 300)
    cost("page_record", lambda n: page_record(pages[n], page, SITE), 300)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(20_000):
        draft(texts[number % 300])
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"memory grown over 20,000 renders: {(after - before) / 1024:.1f} MB")


if __name__ == "__main__":
    main()
