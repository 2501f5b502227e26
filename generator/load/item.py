"""One item's Markdown file → Item."""

from generator.article import draft
from generator.diagnostic import Edit
from generator.load.attachment import (
    documents_of,
    listed,
    named_in_body,
    read_whole,
    tables_of,
)
from generator.load.reading import Reading
from generator.model import (
    Item,
    Notice,
    Period,
    Phase,
    Review,
    Validity,
    Withdrawn,
)
from generator.rules import catalog as catalog_rules
from generator.rules import dates as date_rules
from generator.rules import fields as rules
from generator.source import Fields, NodeScalar, read_front
from generator.source.dates import BadPeriod, ReadPeriod, read_period
from generator.source.labels import labelled

ID = r"[a-z0-9-]{1,80}/[0-9]{4}/[a-z0-9-]{1,80}"
_SLUG = r"[a-z0-9-]{1,80}"
_PHASES = {phase.value: phase for phase in Phase}
_ALSO_PHASE = {phase.label: phase.value for phase in Phase}
_VALIDITY = {word: word for word in ("有效", "已修改", "失效", "废止")}
_WITHDRAWN = {word: word for word in ("内容有误", "个人信息", "涉密", "其他")}
_AUDIENCE = r"全社会|本单位|特定群体[：:].{2,60}"


def read_item(
    reading: Reading, path: str, folder: str, year: str, slug: str, site_url: str
) -> Item | None:
    """The item of one file; None where it cannot be typed, and the reasons are reported."""
    source = reading.source(path)
    if source is None:
        return None
    front, found = read_front(source)
    reading.found += found
    if front is None:
        return None
    id_ = f"{folder}/{year}/{slug}"
    fields = Fields(source, front.fields, reading.found, item=id_)
    title = fields.text("title", required=True, least=4, most=120)
    category = fields.text("category", required=True, most=80)
    period = _period(fields)
    deadline, formed = fields.date("deadline"), fields.date("formed")
    number, issuer = fields.text("number", most=60), fields.text("issuer", most=120)
    summary = fields.text("summary", most=100)
    keywords = fields.texts("keywords")
    phase = fields.choice("phase", _PHASES, also=_ALSO_PHASE)
    process = fields.pattern("process", _SLUG, "小写字母、数字和横线")
    section = fields.text("section")
    audience = fields.pattern("audience", _AUDIENCE, "`全社会` `特定群体：…` 或 `本单位`")
    notice = _notice(fields, process)
    review = _review(fields)
    validity = _validity(fields)
    interprets = fields.pattern("interprets", ID, "事项编号，如 `chengguan/2026/a`")
    corrects = fields.pattern("corrects", ID, "事项编号，如 `chengguan/2026/a`")
    withdrawn = _withdrawn(fields)
    nil = fields.text("nil", least=6)
    imported = fields.text("imported", least=2)
    old_url = fields.pattern("old_url", r"(?:https?://\S+|/\S*)", "网址或以 `/` 开头的路径")
    index = fields.text("index", most=60)
    beside = path.removesuffix("/index.md") if path.endswith("/index.md") else None
    files = listed(reading, fields, "files", folder, beside, id_)
    fields.finish()
    made = draft(front.body)
    files += named_in_body(reading, source, front.body_line, made, folder, site_url, id_, files)
    reading.drafts[id_] = made
    if tables := tables_of(reading, files, id_):
        reading.tables[id_] = tables
    if documents := documents_of(reading, files):
        reading.documents[id_] = documents
    read_whole(reading, files, id_)
    if title is None or category is None or period is None:
        return None
    item = Item(
        id_,
        folder,
        path,
        title,
        category,
        period,
        front.body,
        front.body_line,
        fields.marks,
        deadline,
        formed,
        number,
        issuer,
        summary,
        keywords,
        phase,
        process,
        section,
        audience,
        notice,
        review,
        validity,
        interprets,
        files,
        corrects,
        withdrawn,
        nil,
        imported,
        old_url,
        index,
    )
    _check_year(fields, item, year)
    return item


def _period(fields: Fields) -> Period | str | None:
    text = fields.text("period", required=True, most=30)
    node = fields.node.get("period")
    if text is None or not isinstance(node, NodeScalar):
        return None
    read = read_period(text)
    if isinstance(read, ReadPeriod):
        if not read.kept:
            fields.report(
                rules.ALSO_READ,
                fields.place("period"),
                f"{labelled('period')}「{text}」读作 `{read.period.key}`",
                f"写成 `{read.period.key}`",
                [Edit(node.start, node.end, read.period.key)],
            )
        return read.period
    if isinstance(read, BadPeriod):
        meant = read.meant
        fields.report(
            rules.BAD_PERIOD,
            fields.place("period"),
            f"{labelled('period')}「{text}」不是期次",
            f"写成 `{meant.key}`"
            if meant
            else "写 `2026`、`2026-H1`、`2026-Q3`、`2026-10`、阶段名、`临时` 或 `长期`",
            [Edit(node.start, node.end, meant.key)] if meant else [],
        )
        return None
    return text


def _notice(fields: Fields, process: str | None) -> Notice | None:
    inner = fields.map("notice")
    if inner is None:
        return None
    first, last = inner.date("from", required=True), inner.date("to", required=True)
    contact = inner.text("contact", required=True)
    inner.finish()
    if process is None and not fields.has("process"):
        fields.report(
            catalog_rules.PROCESS_NEEDED,
            fields.place("notice"),
            "写了公示期，缺少 `process`",
            "加 `process: 英文标识`，公示结果用同一个标识",
        )
    if first is None or last is None or contact is None:
        return None
    if last < first:
        inner.report(
            date_rules.NOTICE_BACKWARDS,
            inner.place("to"),
            f"公示期止日 {last} 早于起日 {first}",
            "核对两个日期；止日是公示的最后一天",
        )
        return None
    return Notice(first, last, contact)


def _review(fields: Fields) -> Review | None:
    inner = fields.map("review")
    if inner is None:
        return None
    review = Review(
        inner.text("drafted"), inner.text("approved"), inner.text("secrecy"), inner.date("on")
    )
    inner.finish()
    return review


def _validity(fields: Fields) -> Validity | None:
    inner = fields.map("validity")
    if inner is None:
        return None
    status = inner.choice("status", _VALIDITY, required=True)
    validity = Validity(
        status or "", inner.date("until"), inner.pattern("replaced_by", ID, "事项编号")
    )
    inner.finish()
    return validity if status else None


def _withdrawn(fields: Fields) -> Withdrawn | None:
    inner = fields.map("withdrawn")
    if inner is None:
        return None
    on, reason = inner.date("on", required=True), inner.text("reason", required=True, least=4)
    kind = inner.choice("kind", _WITHDRAWN)
    inner.finish()
    return Withdrawn(on, reason, kind) if on and reason else None


def _check_year(fields: Fields, item: Item, year: str) -> None:
    if isinstance(item.period, Period):
        right, why, key = item.period.year, f"期次 `{item.period.key}`", "period"
    elif item.formed is not None:
        right, why, key = item.formed.year, f"形成日期 `{item.formed}`", "formed"
    else:
        return
    if str(right) != year:
        fields.report(
            rules.YEAR_FOLDER,
            fields.place(key),
            f"文件在 {year} 文件夹里，而{why}是 {right} 年",
            f"把文件移到 `items/{right}/`，或改正{why.split(' ')[0]}",
        )
