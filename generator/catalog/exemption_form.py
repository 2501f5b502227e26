"""`content/exemptions/*.yml` → exemptions: each kind with what it must say."""

from generator.diagnostic import Diagnostic
from generator.model import Exemption, ExemptionKind
from generator.rules import catalog as rules
from generator.rules import dates as date_rules
from generator.rules import fields as field_rules
from generator.source import Fields, Listing, NodeScalar, Source, read_entries

_LISTING = Listing(
    "免除清单",
    "每一条",
    "每条以 `- {department: …, kind: …}` 开头",
    "写成 `- {department: …, kind: …}`",
)
_KINDS = {kind.value: kind for kind in ExemptionKind}
_NEEDS = {
    ExemptionKind.NOT_APPLICABLE: ("department", "reason"),
    ExemptionKind.EXTEND: ("department", "by", "document", "on"),
    ExemptionKind.SUSPEND: ("department", "until", "document", "on"),
    ExemptionKind.NUMBER: ("department", "series", "year", "numbers", "reason"),
    ExemptionKind.REJUDGE: ("slot", "document", "on"),
}


def read_exemptions(source: Source) -> tuple[tuple[Exemption, ...], list[Diagnostic]]:
    """The exemptions of one file, and what is wrong with it."""
    entries, found = read_entries(source, _LISTING)
    read = [_exemption(fields) for fields in entries]
    return tuple(exemption for exemption in read if exemption is not None), found


def _exemption(fields: Fields) -> Exemption | None:
    before = len(fields.sink)
    kind = fields.choice("kind", _KINDS, required=True)
    numbers = tuple(_number(fields, node) for node in fields.nodes("numbers"))
    exemption = Exemption(
        kind=kind or ExemptionKind.NOT_APPLICABLE,
        path=fields.source.path,
        line=fields.source.line_of(fields.node.start),
        department=fields.text("department"),
        category=fields.text("category"),
        period=fields.text("period"),
        item=fields.text("item"),
        slot=fields.text("slot"),
        reason=fields.text("reason"),
        document=fields.text("document"),
        on=fields.date("on"),
        first=fields.date("from"),
        last=fields.date("to"),
        by=fields.span("by"),
        until=fields.date("until"),
        series=fields.text("series"),
        year=fields.integer("year", least=1949, most=2199),
        numbers=tuple(n for n in numbers if n is not None),
    )
    fields.finish()
    if kind is None:
        return None
    missing = [
        key
        for key in _NEEDS[kind]
        if not fields.has(key) and not (key == "department" and exemption.slot)
    ]
    if kind in (ExemptionKind.NOT_APPLICABLE, ExemptionKind.EXTEND, ExemptionKind.SUSPEND) and not (
        exemption.category or exemption.item or exemption.slot
    ):
        missing.append("category")
    if missing:
        listed = "、".join(f"`{key}`" for key in missing)
        fields.report(
            rules.EXEMPTION_INCOMPLETE,
            fields.place(),
            f"「{kind.label}」缺少 {listed}",
            "补上缺的字段",
        )
    if exemption.first and exemption.last and exemption.last < exemption.first:
        fields.report(
            date_rules.SPAN_BACKWARDS,
            fields.place("to"),
            f"止日 {exemption.last} 早于起日 {exemption.first}",
            "核对两个日期",
        )
    broken = any(d.severity.value == "error" for d in fields.sink[before:])
    return None if broken else exemption


def _number(fields: Fields, node: object) -> int | None:
    if isinstance(node, NodeScalar) and node.text.isascii() and node.text.isdigit():
        return int(node.text[:9])
    fields.report(
        field_rules.WRONG_TYPE, fields.place("numbers"), "号码应是整数", "写成 `numbers: [12, 13]`"
    )
    return None
