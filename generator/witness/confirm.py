"""Whether the public address really serves an item as it stands here."""

from generator.article import Article, Fault, page_record, spaceless
from generator.model import Item, State
from generator.witness.web import Fetch, Refused, Unreachable, address


def differs(
    item: Item, article: Article, state: State, site_url: str, url: str, fetch: Fetch
) -> str | None:
    """Why the item is not confirmed, in Chinese; None when page and files are the same.

    `site_url` is the site's own address, by which links were made; `url` the address asked, the
    portal's root. Raises `Unreachable` where nothing answers.
    """
    page = f"{item.id}.html"
    try:
        html = fetch.page(address(url, page)).decode("utf-8")
    except Refused as error:
        return f"网页取不到：{error}"
    except UnicodeDecodeError:
        return "网页不是 UTF-8 编码的"
    served = page_record(html, page, site_url)
    if isinstance(served, Fault):
        return served.message
    if served.record != article.record:
        return "网上的核验数据和本地生成的不同，多半是新的一版还没有部署上去"
    if served.title != spaceless(item.title):
        return "网上的标题和本地的不同"
    if served.text != article.text:
        return "网上的正文和本地的不同"
    return _files_differ(item, url, fetch) if state is State.PUBLIC else None


def _files_differ(item: Item, url: str, fetch: Fetch) -> str | None:
    for file in sorted({file.path: file for file in item.files}.values(), key=lambda f: f.path):
        try:
            served = fetch.digest(address(url, f"{item.department}/{file.path}"), file.bytes)
        except Refused as error:
            return f"附件 {file.path} 取不到：{error}"
        except Unreachable as error:
            return f"附件 {file.path} 取不到：{error}"
        if served != (file.bytes, file.sha256):
            return f"网上的附件 {file.path} 和本地的不同"
    return None
