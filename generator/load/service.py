"""One service guide's Markdown file → Service (办事指南)."""

import re

from generator.article import draft
from generator.diagnostic import Diagnostic
from generator.load.attachment import listed, named_in_body, read_whole
from generator.load.reading import Reading
from generator.model import Material, Service, ServiceStep
from generator.rules import service as rules
from generator.source import Fields, NodeMap, NodeScalar, read_front
from generator.source.labels import labelled

_EXPECTED = (
    "basis",
    "audience",
    "conditions",
    "materials",
    "steps",
    "limits",
    "fee",
    "window",
    "complaints",
    "result",
)


def read_service(
    reading: Reading, path: str, folder: str, slug: str, site_url: str
) -> Service | None:
    """The guide of one file; None where it cannot be typed, and the reasons are reported."""
    source = reading.source(path)
    if source is None:
        return None
    front, found = read_front(source)
    reading.found += found
    if front is None:
        return None
    id_ = f"{folder}/services/{slug}"
    fields = Fields(source, front.fields, reading.found, item=id_)
    title = fields.text("title", required=True, least=4, most=120)
    category = fields.text("category", required=True)
    basis, conditions = fields.texts("basis"), fields.texts("conditions")
    materials = tuple(_material(entry) for entry in fields.maps("materials"))
    steps = tuple(_step(entry) for entry in fields.maps("steps"))
    legal, promised = _limits(fields)
    fee, window = _fee(fields), _window(fields)
    audience, complaints = fields.text("audience"), fields.text("complaints")
    result, online = fields.text("result"), fields.pattern("online", r"https?://\S+", "网址")
    forms = listed(reading, fields, "forms", folder, None, id_)
    fields.finish()
    for key in _EXPECTED:
        if not fields.has(key):
            reading.found.append(
                Diagnostic(
                    fields.place(),
                    rules.GUIDE_INCOMPLETE,
                    f"办事指南缺少{labelled(key)}",
                    f"加一行 `{key}: …`；确实没有的写明「无」",
                    id_,
                )
            )
    made = draft(front.body)
    forms += named_in_body(reading, source, front.body_line, made, folder, site_url, id_, forms)
    reading.drafts[id_] = made
    read_whole(reading, forms, id_)
    if title is None or category is None:
        return None
    return Service(
        slug,
        folder,
        path,
        title,
        category,
        front.body,
        front.body_line,
        fields.marks,
        basis,
        audience,
        conditions,
        materials,
        steps,
        legal,
        promised,
        fee,
        window,
        complaints,
        forms,
        result,
        online,
    )


def _material(fields: Fields) -> Material:
    name = fields.text("name", required=True) or ""
    material = Material(
        name,
        fields.text("source"),
        fields.text("form"),
        fields.text("copies"),
        fields.text("sample"),
    )
    for key in ("source", "copies"):
        if not fields.has(key):
            fields.report(
                rules.GUIDE_INCOMPLETE,
                fields.place("name"),
                f"材料「{name}」缺少{labelled(key)}",
                "写明从哪里取得、要几份",
            )
    fields.finish()
    return material


def _step(fields: Fields) -> ServiceStep:
    step = ServiceStep(
        fields.text("name", required=True) or "", fields.text("who"), fields.text("limit")
    )
    fields.finish()
    return step


def _limits(fields: Fields) -> tuple[str | None, str | None]:
    inner = fields.map("limits")
    if inner is None:
        return None, None
    legal, promised = inner.text("legal"), inner.text("promised")
    inner.finish()
    days = [re.fullmatch(r"([0-9]{1,4})(?: workdays)?", text or "") for text in (legal, promised)]
    if days[0] and days[1] and int(days[1].group(1)) > int(days[0].group(1)):
        inner.report(
            rules.PROMISE_OVER_LAW,
            inner.place("promised"),
            f"承诺时限 {promised} 比法定时限 {legal} 还长",
            "承诺只能更短",
        )
    return legal, promised


def _fee(fields: Fields) -> dict[str, str]:
    node = fields.node.get("fee")
    if isinstance(node, NodeMap):
        inner = fields.map("fee")
        assert inner is not None
        keys = ("standard", "basis", "reductions")
        fee = {key: text for key in keys if (text := inner.text(key))}
        inner.finish()
        return fee
    text = fields.text("fee") if isinstance(node, NodeScalar) else None
    fields.raw("fee")
    return {"standard": text} if text else {}


def _window(fields: Fields) -> dict[str, str]:
    inner = fields.map("window")
    if inner is None:
        return {}
    window = {key: text for key in ("place", "hours", "phone") if (text := inner.text(key))}
    inner.finish()
    return window
