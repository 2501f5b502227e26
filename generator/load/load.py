"""The whole tree: configuration, catalogue, calendars, exemptions, departments, items."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.article import Document, Draft, Table
from generator.catalog import merge, read_calendar, read_exemptions, read_rows
from generator.diagnostic import Diagnostic, NotChecked, Place
from generator.load.allow import PATH as ALLOW
from generator.load.allow import Allowed, read_allowed
from generator.load.config import read_config
from generator.load.department import read_department
from generator.load.item import read_item
from generator.load.powers import read_powers
from generator.load.reading import NAME, RESERVED, Attached, Reading
from generator.load.service import read_service
from generator.model import (
    Catalog,
    Department,
    Exemption,
    Item,
    Repository,
    Row,
    Service,
    Site,
    YearCalendar,
)
from generator.rules import catalog as catalog_rules
from generator.rules import files as rules
from generator.source import Source, decode

STANDARD = Path(__file__).resolve().parent.parent / "standard"


@dataclass(frozen=True, slots=True)
class Loaded:
    """All that was read of one root."""

    root: Path
    repository: Repository | None
    """None where the configuration cannot be used."""
    drafts: Mapping[str, Draft]
    """Item id, or `<department>/services/<slug>` → its body as HTML."""
    tables: Mapping[str, tuple[tuple[str, tuple[Table, ...]], ...]]
    """Item id → its attachments that can be shown as tables."""
    diagnostics: tuple[Diagnostic, ...]
    not_checked: tuple[NotChecked, ...]
    sources: Mapping[str, Source]
    """Path → decoded file, for quoting lines."""
    files: int
    attached: tuple[Attached, ...] = ()
    """What stands in attachments, hidden parts too."""
    allowed: tuple[Allowed, ...] = ()
    """What the supervisor lets stand of family L."""
    documents: Mapping[str, tuple[tuple[str, Document], ...]] = field(default_factory=dict)
    """Item id → its attachments that can be shown as documents."""


def load(root: Path) -> Loaded:
    """Read the root `root` (a folder with `site_config.yml` and `content/`).

    Never raises for what a person can write; everything wrong is among the diagnostics.
    """
    reading = Reading(root)
    site = read_config(reading)
    repository = None if site is None else _repository(reading, site)
    allowed = _allowed(reading)
    return Loaded(
        root,
        repository,
        reading.drafts,
        reading.tables,
        tuple(reading.found),
        tuple(reading.not_checked),
        reading.sources,
        reading.files,
        tuple(reading.attached.values()),
        allowed,
        reading.documents,
    )


def _allowed(reading: Reading) -> tuple[Allowed, ...]:
    if not (reading.root / ALLOW).is_file():
        return ()
    source = reading.source(ALLOW)
    if source is None:
        return ()
    allowed, found = read_allowed(source)
    reading.found += found
    return allowed


def _repository(reading: Reading, site: Site) -> Repository:
    catalog = _catalog(reading, site)
    calendars = _calendars(reading)
    exemptions: list[Exemption] = []
    for path in _yaml_files(reading, "content/exemptions"):
        source = reading.source(path)
        if source is not None:
            read, found = read_exemptions(source)
            exemptions += read
            reading.found += found
    departments: list[Department] = []
    broken: dict[str, str] = {}
    for folder in dict.fromkeys(site.departments):
        if NAME.fullmatch(folder) is None or folder in RESERVED:
            reading.report(
                rules.BAD_NAME,
                "site_config.yml",
                f"机关文件夹 `{folder}` 的名称不能用",
                "用小写字母、数字和横线，且不是系统保留的名称",
            )
            broken[folder] = folder
            continue
        department = _department(reading, folder, site)
        if department is None:
            broken[folder] = folder
        else:
            departments.append(department)
    _strays(reading, site)
    return Repository(site, catalog, calendars, tuple(departments), tuple(exemptions), broken)


def _catalog(reading: Reading, site: Site) -> Catalog:
    standard: list[Row] = []
    for file in sorted((STANDARD / "catalog").glob("*.yml")):
        source, _ = decode(f"标准目录/{file.name}", file.read_bytes())
        assert source is not None
        rows, _, _ = read_rows(source, standard=True)
        standard += rows
    local: list[Row] = []
    off: dict[str, str] = {}
    slugs = {row.slug for row in standard}
    for path in _yaml_files(reading, "content/catalog"):
        source = reading.source(path)
        if source is None:
            continue
        rows, dropped, found = read_rows(source, standard=False)
        local += rows
        reading.found += found
        for slug, (reason, line) in dropped.items():
            off[slug] = reason
            if slug not in slugs:
                reading.found.append(
                    Diagnostic(
                        Place(path, line, 1, 2),
                        catalog_rules.OFF_NOTHING,
                        f"标准目录里没有标识 `{slug}`",
                        "照标准目录的 `slug` 写，或删去这一条",
                    )
                )
    return merge(standard, local, off, site.use)


def _calendars(reading: Reading) -> tuple[YearCalendar, ...]:
    years: dict[int, YearCalendar] = {}
    for file in sorted((STANDARD / "calendar").glob("*.yml")):
        source, _ = decode(f"标准日历/{file.name}", file.read_bytes())
        assert source is not None
        calendar, _ = read_calendar(source)
        assert calendar is not None
        years[calendar.year] = calendar
    for path in _yaml_files(reading, "content/calendar"):
        source = reading.source(path)
        if source is None:
            continue
        calendar, found = read_calendar(source)
        reading.found += found
        if calendar is not None:
            years[calendar.year] = calendar
    return tuple(years[year] for year in sorted(years))


def _yaml_files(reading: Reading, folder: str) -> list[str]:
    out = []
    for name, is_folder in reading.listing(folder):
        path = f"{folder}/{name}"
        if is_folder or not name.endswith((".yml", ".yaml")):
            reading.misplaced(path, f"`{folder}/` 里只放 `.yml` 文件")
        else:
            out.append(path)
    return out


def _department(reading: Reading, folder: str, site: Site) -> Department | None:
    base = f"content/{folder}"
    department = read_department(reading, folder, site)
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
    powers = read_powers(reading, folder)
    if department is None:
        return None
    return replace(department, items=tuple(items), services=tuple(services), powers=powers)


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


_TOP = {"catalog", "calendar", "exemptions", "rubric", "allow.yml"}


def _strays(reading: Reading, site: Site) -> None:
    receipts = (site.receipts or "").removeprefix("content/").split("/")[0]
    for name, is_folder in reading.listing("content"):
        if name in _TOP or name in site.departments or (name == receipts and is_folder):
            continue
        path = f"content/{name}"
        if is_folder and (reading.root / path / "department.yml").is_file():
            reading.report(
                rules.CONFIG_DEPARTMENT,
                path,
                f"机关 `{name}` 没有写进 `site_config.yml`",
                f"在 `departments` 里加上 `{name}`",
            )
        else:
            reading.misplaced(
                path,
                "内容放到机关的文件夹里；机关的文件夹要有 `department.yml` 并写进 `site_config.yml`",
            )
