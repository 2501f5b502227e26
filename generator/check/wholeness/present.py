"""Which elements of its row an item lacks, asked quickly where the body says it plainly."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.article import Documents, Draft, Tables, body_text
from generator.article.elements import missing
from generator.model import WHOLE_PROCESS, Item, Row

_SPACE = re.compile(r"[ \t　]+")
_FILLER = re.compile(
    "本期|本季度?|本月|本年度?|本半年|上半年|下半年|第?[一二三四1-4]季度|[0-9]{1,4}年|[0-9]{1,2}月|期间|暂|没有|未|无|不涉及|相关|有关|内容|信息|情况|事项|需要|公开|数据|零报告|任何|此项|此类"
    "|上述|该项?|发生|产生|可|的|为|零|在|本单位|本局|我局|本村|本街道|我街道|本机关|特此说明|[，。、；]|\\s"
)


@dataclass(frozen=True, slots=True)
class Read:
    """What `load` read of all items, by item id."""

    drafts: Mapping[str, Draft]
    tables: Mapping[str, Tables]
    documents: Mapping[str, Documents]
    site_url: str

    def of(self, item: Item) -> "_One":
        """What `missing` looks at; the item must have a draft."""
        html = self.drafts[item.id].html
        page = f"{item.department}/{item.year}/{item.slug}.html"
        return _One(
            html,
            body_text(html, page, self.site_url),
            self.tables.get(item.id, ()),
            self.documents.get(item.id, ()),
        )


@dataclass(frozen=True, slots=True)
class _One:
    html: str
    text: tuple[str, ...]
    tables: Tables
    documents: Documents


def lacking(
    row: Row, item: Item, process: Sequence[Item], read: Read
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Names of missing elements, and of missing parts of the whole process; None for none.

    The same as the ledger's, which calls it 部分公开.
    """
    if item.nil is not None or item.id not in read.drafts:
        return None
    if _plainly(row, item, read.drafts[item.id]):
        return None
    others = [read.of(one) for one in process if one.id in read.drafts] if row.whole_process else []
    names = missing(row, item, read.of(item), others)
    if not names:
        return None
    own = {element.name for element in row.elements}
    elements = tuple(name for name in names if name in own)
    return elements, tuple(n for n in names if n not in own and n in WHOLE_PROCESS)


def _plainly(row: Row, item: Item, draft: Draft) -> bool:
    """Whether every element stands in the raw body without any doubt; False means: look closer."""
    if row.whole_process or draft.dropped:
        return False
    body = _SPACE.sub("", item.body)
    title = _SPACE.sub("", item.title)
    for element in row.elements:
        for word in (element.name, *element.words):
            if not element.figure:
                if word in title or word in body:
                    break
                continue
            at = body.find(word)
            found = False
            while at >= 0 and not found:
                after = body[at + len(word) : at + len(word) + 12]
                found = re.match(r"[^|*_\[\]`<>\n0-9]*[0-9]", after) is not None
                at = body.find(word, at + 1)
            if found:
                break
        else:
            return False
    return True


def hollow(reason: str) -> bool:
    """Whether the reason of a 零报告 names nothing that did not happen."""
    return len(re.findall("[一-鿿]", _FILLER.sub("", reason))) < 2
