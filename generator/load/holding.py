"""What one department publishes: its items, guides and powers, with all that they carry."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from generator.article import Document, Draft, Table
from generator.diagnostic import Diagnostic, NotChecked
from generator.load.ground import Ground
from generator.load.item import read_item
from generator.load.powers import read_powers
from generator.load.reading import CHARACTERS, NAME, Attached, Reading
from generator.load.service import read_service
from generator.model import Department, Item, Service, Site
from generator.rules import files as rules
from generator.source import Source


@dataclass(frozen=True, slots=True)
class Holding:
    """All that was read of one department's folder."""

    folder: str
    department: Department | None
    """None where the body's own facts cannot be used."""
    diagnostics: tuple[Diagnostic, ...]
    not_checked: tuple[NotChecked, ...]
    files: int
    outside: Mapping[str, bool]
    """Files of others that were asked for, and whether they stand there."""
    drafts: Mapping[str, Draft] = field(default_factory=dict)
    """Item id, or `<department>/services/<slug>` → its body as HTML."""
    tables: Mapping[str, tuple[tuple[str, tuple[Table, ...]], ...]] = field(default_factory=dict)
    """Item id → its attachments that can be shown as tables."""
    documents: Mapping[str, tuple[tuple[str, Document], ...]] = field(default_factory=dict)
    """Item id → its attachments that can be shown as documents."""
    sources: Mapping[str, Source] = field(default_factory=dict)
    """Path → decoded file."""
    attached: tuple[Attached, ...] = ()
    """What stands in attachments, hidden parts too: for the gate alone."""


def read_holding(ground: Ground, folder: str, characters: int = CHARACTERS) -> Holding:
    """Read a department's folder; `characters` bounds the text of attachments that is kept.

    Never raises for what a person can write; everything wrong is among the diagnostics.
    """
    assert ground.site is not None
    reading = Reading(ground.root, folder, characters)
    department = ground.departments[folder]
    items, services = _listed(reading, folder, ground.site)
    powers = read_powers(reading, folder)
    if department is not None:
        department = replace(department, items=items, services=services, powers=powers)
    return Holding(
        folder,
        department,
        tuple(reading.found),
        tuple(reading.not_checked),
        reading.files,
        reading.outside,
        reading.drafts,
        reading.tables,
        reading.documents,
        reading.sources,
        tuple(reading.attached.values()),
    )


def _listed(
    reading: Reading, folder: str, site: Site
) -> tuple[tuple[Item, ...], tuple[Service, ...]]:
    base = f"content/{folder}"
    items: list[Item] = []
    services: list[Service] = []
    for name, is_folder in reading.listing(base):
        path = f"{base}/{name}"
        match name:
            case "items" if is_folder:
                items += _items(reading, folder, site)
            case "services" if is_folder:
                services += _services(reading, folder, site)
            case "department.yml" | "powers.csv" if not is_folder:
                pass
            case "files" if is_folder:
                pass
            case "letters" | "statistics" | "supervision" if is_folder:
                reading.not_checked.append(NotChecked(path, "这一版还不读这个文件夹"))
            case _:
                reading.misplaced(
                    path,
                    "事项放到 `items/<年份>/`，办事指南放到 `services/`，附件放到 `files/`",
                )
    return tuple(items), tuple(services)


def _items(reading: Reading, folder: str, site: Site) -> list[Item]:
    base = f"content/{folder}/items"
    out: list[Item] = []
    for year, is_folder in reading.listing(base):
        if not is_folder or re.fullmatch(r"(?:19|20|21)[0-9]{2}", year) is None:
            reading.misplaced(f"{base}/{year}", "放到以四位年份命名的文件夹，如 `items/2026/`")
            continue
        seen: dict[str, str] = {}
        for name, is_item_folder in reading.listing(f"{base}/{year}"):
            path = f"{base}/{year}/{name}"
            slug = name if is_item_folder else name.removesuffix(".md")
            if not is_item_folder and not name.endswith(".md"):
                reading.misplaced(
                    path, f"附件放到 `{path.rpartition('.')[0]}/` 文件夹里，和 `index.md` 在一起"
                )
                continue
            if NAME.fullmatch(slug) is None:
                reading.report(
                    rules.BAD_NAME,
                    path,
                    f"名称「{slug}」不能作网址",
                    "改成小写字母、数字和横线，最长 80 个字符",
                )
                continue
            if is_item_folder:
                path = f"{path}/index.md"
                if not (reading.root / path).is_file():
                    reading.misplaced(
                        f"{base}/{year}/{name}", "事项文件夹里要有 `index.md`；不用的文件夹删去"
                    )
                    continue
                _nested(reading, f"{base}/{year}/{name}")
            if slug in seen:
                reading.report(
                    rules.TWO_FORMS,
                    path,
                    f"编号 `{folder}/{year}/{slug}` 已有 `{seen[slug]}`",
                    "合成一份，删去另一份",
                )
                continue
            seen[slug] = path
            item = read_item(reading, path, folder, year, slug, site.url)
            if item is not None:
                out.append(item)
    return out


def _nested(reading: Reading, folder: str) -> None:
    """Names inside an item's folder: attachments of any name, no further item."""
    for name, is_folder in reading.listing(folder):
        if name.endswith(".md") and name != "index.md" and not is_folder:
            reading.misplaced(f"{folder}/{name}", "一个事项文件夹只有一个 `index.md`")


def _services(reading: Reading, folder: str, site: Site) -> list[Service]:
    base = f"content/{folder}/services"
    out: list[Service] = []
    for name, is_folder in reading.listing(base):
        path = f"{base}/{name}"
        slug = name.removesuffix(".md")
        if is_folder or not name.endswith(".md"):
            reading.misplaced(path, "`services/` 里只放办事指南的 `.md` 文件，表格放到 `files/`")
        elif NAME.fullmatch(slug) is None or slug == "index":
            reading.report(
                rules.BAD_NAME, path, f"名称「{slug}」不能作网址", "改成小写字母、数字和横线"
            )
        else:
            service = read_service(reading, path, folder, slug, site.url)
            if service is not None:
                out.append(service)
    return out
