"""Catalogue files → rows: standard first, local ones in their place or after."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import TypeVar

from generator.catalog.due_form import PERIODIC, read_due, read_latest
from generator.diagnostic import Diagnostic
from generator.model import (
    Bodies,
    Catalog,
    Class,
    Display,
    DueRule,
    Element,
    Every,
    Kind,
    Level,
    Row,
    Stage,
)
from generator.rules import catalog as rules
from generator.rules import dates as date_rules
from generator.rules import fields as field_rules
from generator.source import Fields, Listing, NodeMap, NodeScalar, Source, read_entries

T = TypeVar("T")
_LISTING = Listing(
    "公开目录",
    "每一行",
    "每行目录以 `- category: …` 开头",
    "写成 `- category: 一级事项/二级事项` 等字段",
)
SLUG = r"[a-z0-9-]{1,80}"
_EVERY = {every.value: every for every in Every}
_CLASSES = {class_.value: class_ for class_ in Class}
_KINDS = {kind.value: kind for kind in Kind}
_LEVELS = {level.value: level for level in Level}
_POWERS = ("决策", "审批", "用人", "办事")
MODES = ("主动公开", "依申请公开")


def read_rows(
    source: Source, standard: bool
) -> tuple[tuple[Row, ...], Mapping[str, tuple[str, int]], list[Diagnostic]]:
    """The rows of one file, its `off` entries (slug → reason and line), and what is wrong."""
    entries, found = read_entries(source, _LISTING)
    rows: list[Row] = []
    off: dict[str, tuple[str, int]] = {}
    for fields in entries:
        if fields.has("off"):
            slug = fields.pattern("slug", SLUG, "小写字母、数字和横线", required=True)
            reason = fields.text("off", required=True)
            fields.finish()
            if slug and reason:
                off[slug] = (reason, source.line_of(fields.node.start))
            continue
        row = _row(fields, source.path, standard)
        if row is not None:
            rows.append(row)
    return tuple(rows), off, found


def _row(fields: Fields, path: str, standard: bool) -> Row | None:
    before = len(fields.sink)
    category = fields.pattern(
        "category", r"[^/\s]+(?:/[^/]+)?", "「一级事项/二级事项」", required=True
    )
    slug = fields.pattern("slug", SLUG, "小写字母、数字和横线", required=True)
    class_ = fields.choice("class", _CLASSES, required=True)
    basis = fields.texts("basis", required=True)
    every = fields.choice("every", _EVERY, required=True)
    stages, due = _stages_and_due(fields, every)
    required, optional = _channels(fields)
    valid_from, valid_to = _valid(fields)
    per_section = _per_section(fields, every)
    notice, consult = _displays(fields, every)
    display_at_most = _display_at_most(fields)
    latest = read_latest(fields, every) if every is not None else None
    made = partial(
        Row,
        path=path,
        line=fields.source.line_of(fields.node.start),
        basis=basis,
        stages=stages,
        per_section=per_section,
        channels_required=required,
        channels_optional=optional,
        valid_from=valid_from,
        valid_to=valid_to,
        latest=latest,
        notice=notice,
        consult=consult,
        display_at_most=display_at_most,
        standard=standard,
        elements=_elements(fields),
        bodies=_bodies(fields),
        levels=_list_of(fields, "levels", _LEVELS),
        section=fields.text("section"),
        audience=fields.text("audience") or "全社会",
        mode=fields.choice("mode", {mode: mode for mode in MODES}) or "主动公开",
        whole_process=fields.flag("whole_process"),
        retain=fields.text("retain"),
        also=fields.texts("also"),
        domain=fields.text("field"),
        power=fields.choice("power", {power: power for power in _POWERS}),
        series=fields.text("series"),
        review_required=fields.choice("review", {"required": True, "optional": False}) or False,
        before_required=fields.choice("before", {"required": True}) or False,
        phase_required=fields.choice("phase", {"required": True}) or False,
        local=fields.flag("local"),
    )
    fields.finish()
    broken = any(d.severity.value == "error" for d in fields.sink[before:])
    if broken or not (category and slug and class_ and every and due):
        return None
    return made(category=category, slug=slug, class_=class_, every=every, due=due)


def _stages_and_due(
    fields: Fields, every: Every | None
) -> tuple[tuple[Stage, ...], DueRule | None]:
    stages: tuple[Stage, ...] = ()
    due: DueRule | None = None
    if every is Every.STAGE:
        stages = _stages(fields)
        due = stages[0].due if stages else None
        if fields.has("due"):
            fields.report(
                rules.CONTRADICTORY_ROW,
                fields.place("due"),
                "分阶段的行不另写 `due`",
                "把时限写在每个阶段里",
            )
            fields.raw("due")
    elif every is not None:
        fields.raw("stages")
        if fields.has("stages"):
            fields.report(
                rules.CONTRADICTORY_ROW,
                fields.place("stages"),
                f"频次 `{every.value}` 没有阶段",
                "改成 `every: stage`，或删去 `stages`",
            )
        if not fields.has("due"):
            fields.report(
                field_rules.MISSING_KEY, fields.place(), "缺少时限 `due`", "加一行 `due: …`"
            )
        due = read_due(fields, every)
    else:
        fields.raw("due")
        fields.raw("stages")
    return stages, due


def _channels(fields: Fields) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The required and the optional ones."""
    inner = fields.map("channels")
    if inner is None:
        return (), ()
    required, optional = inner.texts("required"), inner.texts("optional")
    inner.finish()
    return required, optional


def _per_section(fields: Fields, every: Every | None) -> bool:
    per_section = fields.choice("per", {"section": True}) or False
    if per_section and every is not None and every not in PERIODIC:
        fields.report(
            rules.CONTRADICTORY_ROW,
            fields.place("per"),
            f"频次 `{every.value}` 不能按科室",
            "按科室公开只能配按期的频次",
        )
    return per_section


def _displays(fields: Fields, every: Every | None) -> tuple[Display | None, Display | None]:
    """The 公示 and the consultation."""
    notice = _display(fields, "notice", "result_within")
    consult = _display(fields, "consult", "outcome_within")
    if every is not None and every is not Every.EVENT:
        for key, display in (("notice", notice), ("consult", consult)):
            if display is not None and display.outcome_within is not None:
                fields.report(
                    rules.CONTRADICTORY_ROW,
                    fields.place(key),
                    f"频次 `{every.value}` 没有结果期次",
                    "结果时限只能配 `every: event`",
                )
    return notice, consult


def _display_at_most(fields: Fields) -> str | None:
    inner = fields.map("display")
    if inner is None:
        return None
    at_most = inner.pattern(
        "at_most", r"[0-9]{1,2} (?:years?|months?)", "`3 years` 或 `3 months`", required=True
    )
    inner.finish()
    return at_most


def _elements(fields: Fields) -> tuple[Element, ...]:
    out: list[Element] = []
    for node in fields.nodes("elements"):
        if isinstance(node, NodeScalar) and node.text.strip():
            out.append(Element(node.text.strip()))
        elif isinstance(node, NodeMap):
            inner = fields.nested(node, "elements")
            for name in inner.free_keys():
                out.append(Element(name.text.strip(), inner.texts(name.text)))
        else:
            fields.report(
                field_rules.WRONG_TYPE,
                fields.place("elements"),
                "公开内容 `elements` 的每一项应是名称",
                "写成 `- 预算数` 或 `- {支出数: [实际支出]}`",
            )
    figures = set(fields.texts("figures"))
    if unknown := figures - {element.name for element in out}:
        fields.report(
            rules.CONTRADICTORY_ROW,
            fields.place("figures"),
            f"要有数字的内容「{sorted(unknown)[0]}」不在公开内容里",
            "照 `elements` 里的名称写",
        )
    return tuple(Element(e.name, e.words, e.name in figures) for e in out)


def _stages(fields: Fields) -> tuple[Stage, ...]:
    stages: list[Stage] = []
    for node in fields.nodes("stages"):
        if not isinstance(node, NodeMap) or len(node.entries) != 1:
            fields.report(
                field_rules.WRONG_TYPE,
                fields.place("stages"),
                "每个阶段应是「名称: 时限」",
                "写成 `- {立项: {within: 20 workdays, after: formed}}`",
            )
            continue
        inner = fields.nested(node, "stages")
        name = inner.free_keys()[0].text
        due = read_due(inner, Every.STAGE, name)
        if any(stage.name == name for stage in stages):
            fields.report(
                rules.CONTRADICTORY_ROW,
                fields.place("stages"),
                f"阶段「{name}」写了两次",
                "每个阶段只写一次",
            )
        if due is not None:
            stages.append(Stage(name, due))
    if not stages and not fields.has("stages"):
        fields.report(
            field_rules.MISSING_KEY,
            fields.place(),
            "分阶段的行缺少阶段 `stages`",
            "加 `stages: [{立项: {…}}, …]`",
        )
    return tuple(stages)


def _valid(fields: Fields) -> tuple[date | None, date | None]:
    valid = fields.map("valid")
    if valid is None:
        return None, None
    first, last = valid.date("from"), valid.date("to")
    valid.finish()
    if first and last and last < first:
        valid.report(
            date_rules.SPAN_BACKWARDS,
            valid.place("to"),
            f"施行期止日 {last} 早于起日 {first}",
            "核对两个日期",
        )
    return first, last


def _display(fields: Fields, key: str, outcome: str) -> Display | None:
    inner = fields.map(key)
    if inner is None:
        return None
    display = Display(inner.span("at_least"), inner.span(outcome))
    inner.finish()
    return display


def _bodies(fields: Fields) -> Bodies:
    inner = fields.map("bodies")
    if inner is None:
        return Bodies()
    kinds = _list_of(inner, "kinds", _KINDS)
    names = inner.texts("names")
    excepted = inner.map("except")
    reasons: dict[str, str] = {}
    if excepted is not None:
        for name in excepted.free_keys():
            if reason := excepted.text(name.text, required=True):
                reasons[name.text] = reason
    inner.finish()
    return Bodies(kinds, names, reasons)


def _list_of(fields: Fields, key: str, options: Mapping[str, T]) -> tuple[T, ...]:
    out: list[T] = []
    for text in fields.texts(key):
        if text in options:
            out.append(options[text])
        else:
            listed = "、".join(options)
            fields.report(
                field_rules.WRONG_CHOICE,
                fields.place(key),
                f"没有「{text}」这一种",
                f"可选：{listed}",
            )
    return tuple(out)


def merge(
    standard: Iterable[Row],
    local: Iterable[Row],
    off: Mapping[str, str],
    use: Iterable[str],
) -> Catalog:
    """The catalogue in force: standard rows of the classes in `use`, local ones in their place."""
    used = set(use)
    kept = [row for row in standard if row.class_.value in used]
    locals_: dict[str, list[Row]] = {}
    for row in local:
        locals_.setdefault(row.slug, []).append(row)
    rows: list[Row] = []
    placed: set[str] = set()
    for row in kept:
        if row.slug in off:
            continue
        if row.slug in locals_:
            if row.slug not in placed:
                rows += locals_[row.slug]
                placed.add(row.slug)
            continue
        rows.append(row)
    rows += [row for slug, versions in locals_.items() if slug not in placed for row in versions]
    dropped = {row.slug: off[row.slug] for row in kept if row.slug in off}
    return Catalog(tuple(rows), dropped)


def overlapping(catalog: Catalog) -> list[tuple[Row, Row]]:
    """Pairs of versions of one duty whose `valid` overlap, or that may have no second version."""
    pairs: list[tuple[Row, Row]] = []
    seen: dict[str, list[Row]] = {}
    for row in catalog.rows:
        for other in seen.get(row.slug, []):
            single = row.every in (Every.STANDING, Every.STAGE) or other.every != row.every
            first = max(row.valid_from or date.min, other.valid_from or date.min)
            last = min(row.valid_to or date.max, other.valid_to or date.max)
            if single or first <= last:
                pairs.append((other, row))
        seen.setdefault(row.slug, []).append(row)
    return pairs
