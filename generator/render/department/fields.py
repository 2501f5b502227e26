"""The field box of an item: 索引号 to 公开渠道."""

from generator.model import EVENT, Item, Row, Slot, State
from generator.render.department.office import Office
from generator.render.department.times import SELF, times
from generator.render.parts import Field
from generator.render.words import EVERY, Day, Text, limit_words

_GONE = {State.WITHDRAWN: "已撤回", State.EXPIRED: "展示期满"}


def before_due(office: Office, item: Item, slot: Slot | None) -> tuple[Field, ...]:
    """Fields down to 公开期限, after which the page unfolds why it is that day."""
    row = office.row_of(item)
    fields = [
        Field("索引号", (office.index_numbers[item.id],)),
        Field("公开事项", (_matter(item, row),)),
        Field("发文机关", (_issuer(office, item),)),
        Field("文号", (item.number or "无",)),
    ]
    if isinstance(item.period, str) and item.period != EVENT:
        fields.append(Field("期次", (item.period_label,)))
    fields += times(office, item, slot)
    if item.deadline is not None:
        fields.append(Field("自定期限", (item.deadline, "，本机关自己承诺的，不作判断"), SELF))
    if slot is not None:
        fields.append(Field("公开期限", _due(slot)))
    return tuple(fields)


def after_due(office: Office, item: Item) -> tuple[Field, ...]:
    """The remaining fields."""
    row = office.row_of(item)
    shown = office.state(item) is State.PUBLIC
    fields = []
    if item.notice is not None:
        days = (item.notice.last - item.notice.first).days + 1
        value: Text = (item.notice.first, " 至 ", item.notice.last, f"，{days} 天")
        fields.append(Field("公示期", value))
    fields.append(Field("有效性", _validity(item) if shown else (_GONE[office.state(item)],)))
    fields.append(Field("公开方式", (row.mode if row else "主动公开",)))
    fields.append(Field("公开对象", (item.audience or (row.audience if row else "全社会"),)))
    if row is not None and (row.channels_required or row.channels_optional):
        fields.append(Field("公开渠道", (_channels(row),)))
    if item.keywords and shown:
        fields.append(Field("关键词", ("、".join(item.keywords),)))
    if item.review is not None:
        fields.append(Field("审签", _review(item), SELF))
    if item.imported is not None:
        fields.append(Field("补录来源", (item.imported,), SELF))
    return tuple(fields)


def _matter(item: Item, row: Row | None) -> str:
    name = item.category.replace("/", "／")
    return f"{name}，{EVERY[row.every]}" if row is not None else name


def _issuer(office: Office, item: Item) -> str:
    issuer = item.issuer or office.department.name
    return f"{issuer}（{item.section}）" if item.section else issuer


def _due(slot: Slot) -> Text:
    if slot.due.day is None:
        return (limit_words(slot),)
    provisional = "（暂定）" if slot.due.state.value == "provisional" else ""
    return (Day(slot.due.day), f"{provisional}，{limit_words(slot)}")


def _validity(item: Item) -> Text:
    validity = item.validity
    if validity is None:
        return ("有效",)
    until: Text = ("，有效期至 ", validity.until) if validity.until is not None else ()
    replaced = f"，由 {validity.replaced_by} 代替" if validity.replaced_by else ""
    return (validity.status, *until, replaced)


def _channels(row: Row) -> str:
    required = [f"■{name}" for name in row.channels_required]
    optional = [f"□{name}" for name in row.channels_optional]
    return "　".join((*required, *optional))


def _review(item: Item) -> Text:
    review = item.review
    if review is None:
        return ()
    steps = (("拟稿", review.drafted), ("保密审查", review.secrecy), ("签批", review.approved))
    said = "，".join(f"{step} {who}" for step, who in steps if who)
    return (said, "，", review.on) if review.on is not None else (said,)
