"""`site_config.yml` → Site."""

import re

from generator.load.mapping import read_mapping
from generator.load.reading import Reading
from generator.model import Class, Forge, Grade, Judge, Level, Site, Span, Task, Unit
from generator.rules import catalog as catalog_rules
from generator.rules import fields as rules
from generator.rules import files as file_rules
from generator.source import Fields

PATH = "site_config.yml"
_LEVELS = {level.value: level for level in Level}
_GRADES = {grade.value: grade for grade in Grade}
_FORGES = {kind: kind for kind in ("github", "gitea", "gitlab", "none")}
_EDITIONS = {"public": "public", "internal": "internal"}
_PHONE = r"[0-9（）()+\- 转]{3,30}"


def read_config(reading: Reading) -> Site | None:
    """The site's configuration; None where it cannot be used, and the reason is reported."""
    if not (reading.root / PATH).is_file():
        reading.report(
            file_rules.FILE_MISSING,
            PATH,
            "这个文件夹里没有 `site_config.yml`",
            "到放着 `site_config.yml` 和 `content/` 的文件夹里运行，或用 `--root` 指出；新建用 `gongkai init`",
        )
        return None
    fields = read_mapping(reading, PATH, "配置")
    if fields is None:
        return None
    before = len(reading.found)
    site = _site(fields)
    broken = any(d.severity.value == "error" for d in reading.found[before:])
    return None if broken else site


def _site(fields: Fields) -> Site | None:
    inner = fields.map("site", required=True)
    judge = _judge(fields)
    catalog = fields.map("catalog")
    use: tuple[str, ...] = tuple(class_.value for class_ in (Class.BASIC, *list(Class)[1:]))
    if catalog is not None:
        use = _use(catalog)
        catalog.finish()
    departments = fields.texts("departments", required=True)
    if len(set(departments)) < len(departments):
        doubled = next(name for name in departments if departments.count(name) > 1)
        fields.report(
            file_rules.CONFIG_DEPARTMENT,
            fields.place("departments"),
            f"机关 `{doubled}` 列了两次",
            "留一个",
        )
    tasks = tuple(_task(task) for task in fields.maps("tasks"))
    limits = fields.map("reply_limits")
    reply_limits: dict[str, Span] = {}
    if limits is not None:
        for channel in limits.free_keys():
            if span := limits.span(channel.text, required=True):
                reply_limits[channel.text] = span
    badge = fields.map("party_badge")
    party_badge = None
    if badge is not None:
        party_badge = {
            key: value for key in ("image", "link") if (value := badge.text(key, required=True))
        }
        badge.finish()
    forge = _forge(fields)
    as_of = fields.date("as_of")
    receipts = fields.pattern(
        "receipts", r"(?!/)(?!.*\.\.)[A-Za-z0-9._/-]+", "仓库内的文件夹，如 `receipts`"
    )
    index_number = fields.text("index_number")
    error_report = fields.text("error_report")
    witness = fields.texts("witness")
    queries = fields.texts("common_queries")
    edition = fields.choice("edition", _EDITIONS)
    fields.finish()
    if inner is None or judge is None:
        return None
    name = inner.text("name", required=True, most=60)
    url = inner.pattern(
        "url",
        r"https?://[^\s/?#]+(?:/[^\s?#]*)?",
        "网址，如 `https://example.gov.cn/gk/`",
        required=True,
    )
    site = Site(
        name=name or "",
        url=(url or "").rstrip("/") + "/",
        region=inner.text("region", required=True) or "",
        level=inner.choice("level", _LEVELS, required=True) or Level.COUNTY,
        sponsor=inner.text("sponsor", required=True) or "",
        departments=departments,
        judge=judge,
        id_code=inner.text("id_code"),
        icp=inner.text("icp"),
        police=inner.text("police"),
        phone=inner.pattern("phone", _PHONE, "电话号码"),
        notice=inner.text("notice"),
        edition=inner.choice("edition", _EDITIONS) or edition or "public",
        as_of=as_of,
        receipts=receipts,
        index_number=index_number or "{code}-{class}-{year}-{serial}",
        use=use,
        common_queries=queries,
        tasks=tuple(task for task in tasks if task is not None),
        error_report=error_report,
        reply_limits=reply_limits,
        party_badge=party_badge,
        forge=forge,
        witness=witness,
    )
    inner.finish()
    if unknown := set(re.findall(r"\{([^}]*)\}", site.index_number)) - {
        "code",
        "class",
        "year",
        "serial",
        "row",
        "department",
    }:
        fields.report(
            rules.BAD_PATTERN,
            fields.place("index_number"),
            f"索引号规则里没有 `{{{sorted(unknown)[0]}}}`",
            "可用 `{code}` `{class}` `{year}` `{serial}` `{row}` `{department}`",
        )
    return site


def _judge(fields: Fields) -> Judge | None:
    inner = fields.map("judge", required=True)
    if inner is None:
        return None
    grade = inner.choice("from", _GRADES, required=True)
    since = inner.date("since", required=True)
    due_soon = inner.span("due_soon") or Span(5, Unit.WORKDAYS)
    trial = inner.date("trial")
    inner.finish()
    return Judge(grade, since, due_soon, trial) if grade and since else None


def _use(catalog: Fields) -> tuple[str, ...]:
    known = [class_.value for class_ in Class]
    out = []
    for text in catalog.texts("use"):
        if text in known:
            out.append(text)
        else:
            catalog.report(
                catalog_rules.UNKNOWN_CATEGORY,
                catalog.place("use"),
                f"标准目录没有「{text}」这一类",
                f"可选：{'、'.join(known)}",
            )
    return tuple(out)


def _task(fields: Fields) -> Task | None:
    name = fields.text("name", required=True, most=12)
    note, category = fields.text("note", most=30), fields.text("category")
    query, link = fields.text("query"), fields.text("link")
    fields.finish()
    if sum(value is not None for value in (category, query, link)) != 1:
        fields.report(
            rules.MISSING_KEY,
            fields.place(),
            "每项常办要写 `category` `query` `link` 之一，只写一个",
            "如 `category: 村务/宅基地审批发放`",
        )
        return None
    if link is not None and not re.match(r"https?://|[a-z0-9][\w./-]*\.html", link):
        fields.report(
            rules.BAD_PATTERN,
            fields.place("link"),
            f"链接 `{link}` 不是网址也不是站内页面",
            "写 `https://…` 或 `apply.html`",
        )
        return None
    return Task(name, note, category, query, link) if name else None


def _forge(fields: Fields) -> Forge:
    inner = fields.map("forge")
    if inner is None:
        return Forge("none", None, "main")
    kind = inner.choice("kind", _FORGES, required=True)
    url = inner.pattern("url", r"https?://\S+", "网址")
    branch = inner.pattern("branch", r"[A-Za-z0-9._/-]+", "分支名")
    inner.finish()
    return Forge(kind or "none", url, branch or "main")
