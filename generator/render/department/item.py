"""The page of one disclosure item."""

from collections.abc import Iterator

from markupsafe import Markup

from generator.article import article_element, record_element, title_element
from generator.model import Item, Row, Slot, State
from generator.render import addresses, qr
from generator.render.addresses import item_page
from generator.render.deadline import why
from generator.render.department.attachment import View, views
from generator.render.department.attachment import pages as attachment_pages
from generator.render.department.card import card
from generator.render.department.fields import after_due, before_due
from generator.render.department.office import Office
from generator.render.department.relations import meter, neighbours, pointers, same_matter
from generator.render.department.trend import trend
from generator.render.page import Crumb, Indexed, Page
from generator.render.words import CLASS_NAMES, evidence, moment, public_word


def pages(office: Office) -> Iterator[Page]:
    """One page an item that is there on `as_of`, newest first, its long attachments' after it."""
    for item in office.items:
        shown = views(office, item) if office.state(item) is State.PUBLIC else ()
        page = _page(office, item, shown)
        yield page
        yield from attachment_pages(office, item, page, shown)


def _page(office: Office, item: Item, attachments: tuple[View, ...]) -> Page:
    article = office.world.articles[item.id]
    slot = next(iter(office.world.slots_by_item.get(item.id, ())), None)
    row = office.row_of(item)
    path = item_page(item)
    before, after = neighbours(office, slot)
    shown = office.state(item) is State.PUBLIC
    related = pointers(office, item)
    return office.page(
        path,
        item.title,
        "item",
        column="法定主动公开",
        crumbs=_crumbs(office, item, row),
        here="",
        values={
            "item": item,
            "row": row,
            "slot": slot,
            "shown": shown,
            "title": Markup(title_element(item)),
            "body": Markup(article_element(article)),
            "badge": office.item_badge(item),
            "public": office.public[item.id],
            "public_word": public_word,
            "over": item.notice is not None and item.notice.last < office.world.ledger.as_of,
            "before_due": before_due(office, item, slot),
            "after_due": after_due(office, item),
            "why": why(slot) if slot is not None else None,
            "elements": _elements(slot, row) if shown else (),
            "meter": meter(office, item, row, slot),
            "same": same_matter(office, item),
            "trend": trend(office, item),
            "before": before,
            "after": after,
            "attachments": attachments,
            "related": related,
            "code": qr.code(addresses.public_url(office.site, office.department.folder, path)),
            "card": card(office, item, slot),
        },
        description=_description(office, item),
        meta=_meta(office, item, row),
        record=record_element(article),
        indexed=_indexed(office, item, row, attachments),
    )


def _crumbs(office: Office, item: Item, row: Row | None) -> tuple[Crumb, ...]:
    if row is None:
        return (Crumb("法定主动公开", "../lists/index.html"),)
    stem = addresses.class_list(row.class_, item.year)
    of_class = Crumb(CLASS_NAMES[row.class_], f"../{stem}")
    # A row that owes nothing (its items are history) has no page of its periods.
    if row.slug not in office.slots_by_row:
        return (of_class,)
    return (of_class, Crumb(row.name, f"../{addresses.row_page(row.slug)}"))


def _elements(slot: Slot | None, row: Row | None) -> tuple[tuple[str, bool], ...]:
    """The row's elements, and whether each stands; nothing where no slot says so."""
    if slot is None or row is None or slot.nil:
        return ()
    return tuple((element.name, element.name not in slot.missing) for element in row.elements)


def _description(office: Office, item: Item) -> str:
    if office.state(item) is not State.PUBLIC:
        return f"{office.department.name}：{item.title}"
    text = item.summary or office.world.articles[item.id].plain.replace("\n", " ")
    return text if len(text) <= 100 else f"{text[:99]}…"


def _meta(office: Office, item: Item, row: Row | None) -> tuple[tuple[str, str], ...]:
    public = office.public[item.id]
    tags = [("ColumnName", row.name if row else item.category), ("ArticleTitle", item.title)]
    if public is not None:
        tags.append(("PubDate", moment(public.at)))
    tags.append(("ContentSource", item.issuer or office.department.name))
    own = item.keywords if office.state(item) is State.PUBLIC else ()
    words = ",".join(own or ((row.name, *row.also[:3]) if row else ()))
    if words:
        tags.append(("Keywords", words))
    return tuple(tags)


def _indexed(office: Office, item: Item, row: Row | None, attachments: tuple[View, ...]) -> Indexed:
    badge = office.item_badge(item)
    public = office.public[item.id]
    day = public.date.isoformat() if public else ""
    body = [item.number or "", item.category.replace("/", " ")]
    if office.state(item) is State.PUBLIC:
        body += [item.summary or "", " ".join(item.keywords)]
    body += [" ".join(row.also) if row else "", office.world.articles[item.id].plain]
    body += [view.text for view in attachments]
    word = badge.word if badge else "已公开"
    filters = {
        "机关": office.department.name,
        "分类": CLASS_NAMES[row.class_] if row else "其他",
        "年度": str(item.year),
        "状态": _facet(office, item),
        "种类": "事项",
    }
    meta = {"机关": office.department.name, "状态": word, "日期": day, "凭据": evidence(public)}
    return Indexed(item.title, "\n".join(filter(None, body)), filters, day, meta)


def _facet(office: Office, item: Item) -> str:
    """The status without its figures, so that a filter has few values."""
    badge = office.item_badge(item)
    slots = office.world.slots_by_item.get(item.id, ())
    if slots and badge is not None and badge.kind == slots[0].status.value:
        return slots[0].status.word
    return badge.word if badge else "已公开"
