"""`department.yml` → Department without its items."""

from generator.load.mapping import read_mapping
from generator.load.reading import Reading
from generator.model import (
    POWER_CLASSES,
    Department,
    Kind,
    Leader,
    Level,
    Post,
    Section,
    Site,
)
from generator.rules import fields as rules
from generator.rules import files as file_rules
from generator.source import Fields

_KINDS = {kind.value: kind for kind in Kind}
_LEVELS = {level.value: level for level in Level}
_FORGES = ("github", "gitlab", "gitea")


def read_department(reading: Reading, folder: str, site: Site) -> Department | None:
    """The body's own facts; None where they cannot be used, and the reason is reported."""
    path = f"content/{folder}/department.yml"
    if not (reading.root / path).is_file():
        reading.report(
            file_rules.CONFIG_DEPARTMENT,
            path,
            f"机关 `{folder}` 没有 `department.yml`",
            "新建这个文件，写 `name` `kind` `phone` `complaints`；或从 `departments` 里去掉它",
        )
        return None
    fields = read_mapping(reading, path, "机关信息")
    if fields is None:
        return None
    name = fields.text("name", required=True, most=60)
    kind = fields.choice("kind", _KINDS, required=True)
    level = fields.choice("level", _LEVELS)
    phone = fields.text("phone", required=True)
    complaints = fields.text("complaints", required=True)
    start, end = fields.date("start"), fields.date("end")
    code = fields.pattern("code", r"[0-9A-Z]{18}", "18 位统一社会信用代码")
    leaders = tuple(
        leader for entry in fields.maps("leaders") if (leader := _leader(entry)) is not None
    )
    sections = tuple(
        section for entry in fields.maps("sections") if (section := _section(entry)) is not None
    )
    posts = [_post(fields, key) for key in ("clerk", "reviewer", "secrecy_reviewer")]
    parent, address, hours = fields.text("parent"), fields.text("address"), fields.text("hours")
    totals = _totals(fields)
    fields.finish()
    if name is None or kind is None:
        return None
    return Department(
        folder,
        name,
        kind,
        level or _default_level(kind, site),
        phone or "",
        complaints or "",
        path,
        start=start,
        end=end,
        code=code,
        leaders=leaders,
        sections=sections,
        clerk=posts[0],
        reviewer=posts[1],
        secrecy_reviewer=posts[2],
        powers_total=totals,
        parent=parent,
        address=address,
        hours=hours,
    )


def _default_level(kind: Kind, site: Site) -> Level:
    return {Kind.DEPARTMENT: site.level, Kind.STREET: Level.TOWN, Kind.VILLAGE: Level.VILLAGE}[kind]


def _leader(fields: Fields) -> Leader | None:
    name, post = fields.text("name", required=True), fields.text("post", required=True)
    leader = Leader(name or "", post or "", fields.text("duty"))
    fields.finish()
    return leader if name and post else None


def _section(fields: Fields) -> Section | None:
    name = fields.text("name", required=True)
    section = Section(name or "", fields.text("duty"), fields.text("phone"))
    fields.finish()
    return section if name else None


def _post(fields: Fields, key: str) -> Post | None:
    inner = fields.map(key)
    if inner is None:
        return None
    post = inner.text("post", required=True)
    accounts = inner.map("accounts")
    names: dict[str, tuple[str, ...]] = {}
    if accounts is not None:
        for forge in _FORGES:
            if listed := accounts.texts(forge):
                names[forge] = listed
        accounts.finish()
    inner.finish()
    return Post(post, names) if post else None


def _totals(fields: Fields) -> dict[str, int] | None:
    inner = fields.map("powers_total")
    if inner is None:
        return None
    totals: dict[str, int] = {}
    for name in inner.free_keys():
        count = inner.integer(name.text, least=0, most=100_000)
        if name.text not in POWER_CLASSES:
            inner.report(
                rules.WRONG_CHOICE,
                inner.place(name.text),
                f"没有「{name.text}」这一类职权",
                f"可选：{'、'.join(POWER_CLASSES)}",
            )
        elif count is not None:
            totals[name.text] = count
    return totals
