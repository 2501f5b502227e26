"""办事指南: the list of services, and one page each with everything an applicant must know."""

from collections.abc import Iterator

from markupsafe import Markup

from generator.article import breakable, draft, place, plain_text
from generator.model import Service
from generator.render import addresses
from generator.render.addresses import service_page
from generator.render.department.office import Office, column_meta
from generator.render.page import Crumb, Indexed, Page
from generator.render.parts import Field
from generator.render.qr import code
from generator.render.words import CLASS_NAMES, Text


def pages(office: Office) -> Iterator[Page]:
    """The list, then each service in the order of the department's files."""
    description = f"{office.department.name}的办事指南：条件、材料、时限、收费、窗口"
    yield office.page(
        "services/index.html",
        "办事指南",
        "services",
        column="法定主动公开",
        values={"services": office.department.services},
        description=description,
        meta=column_meta("办事指南", "办事服务", description, "办事指南"),
    )
    for service in office.department.services:
        yield _page(office, service)


def _page(office: Office, service: Service) -> Page:
    folder, path = office.department.folder, service_page(service.slug)
    html = place(draft(service.body).html, service.path, f"{folder}/{path}", office.site.url)
    return office.page(
        path,
        service.title,
        "service",
        column="法定主动公开",
        crumbs=(Crumb("办事指南", "index.html"),),
        here=service.title,
        values={
            "service": service,
            "title": Markup(breakable(service.title, "")),
            "body": Markup(html) if service.body.strip() else "",
            "facts": _facts(service),
            "code": code(addresses.public_url(office.site, folder, path)),
        },
        description=f"{service.title}：{'、'.join(m.name for m in service.materials)}"[:100],
        meta=(("ColumnName", "办事指南"), ("ColumnType", "办事服务")),
        indexed=_indexed(office, service, html),
    )


def _facts(service: Service) -> tuple[Field, ...]:
    """The fields of a guide (国办 检查指标); what the clerk left out says so."""
    fee = service.fee
    paid: Text = (fee.get("standard", "未写明"),)
    if fee.get("basis"):
        paid = (*paid, f"；依据：{fee['basis']}")
    if fee.get("reductions"):
        paid = (*paid, f"；减免：{fee['reductions']}")
    fields = [
        Field("办给谁", (service.audience or "未写明",)),
        Field("设定依据", ("；".join(service.basis) or "未写明",)),
        Field("法定时限", (_days(service.legal_limit),)),
        Field("承诺时限", (_days(service.promised_limit),)),
        Field("收费", paid),
        Field("办完得到", (service.result or "未写明",)),
    ]
    return tuple(fields)


def _days(limit: str | None) -> str:
    if limit is None:
        return "未写明"
    return f"{limit} 个工作日" if limit.isdigit() else limit


def _indexed(office: Office, service: Service, html: str) -> Indexed:
    body = "\n".join(
        (
            "办事指南",
            "；".join(service.conditions),
            "材料：" + "、".join(material.name for material in service.materials),
            "；".join(service.basis),
            " ".join(service.fee.values()),
            " ".join(service.window.values()),
            service.result or "",
            plain_text(html),
        )
    )
    filters = {"机关": office.department.name, "分类": _CLASS, "种类": "办事指南"}
    return Indexed(service.title, body, filters, "", {"机关": office.department.name})


_CLASS = next(name for class_, name in CLASS_NAMES.items() if class_.value == "基本")
