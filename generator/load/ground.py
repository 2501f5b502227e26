"""What all departments rest on: configuration, catalogue, calendars, exemptions, who they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.catalog import merge, read_calendar, read_exemptions, read_rows
from generator.diagnostic import Diagnostic, Place
from generator.load.allow import PATH as ALLOW
from generator.load.allow import Allowed, read_allowed
from generator.load.config import read_config
from generator.load.department import read_department
from generator.load.reading import NAME, RESERVED, Reading
from generator.model import Catalog, Department, Exemption, Repository, Row, Site, YearCalendar
from generator.rules import catalog as catalog_rules
from generator.rules import files as rules
from generator.source import Source, decode

STANDARD = Path(__file__).resolve().parent.parent / "standard"


@dataclass(frozen=True, slots=True)
class Ground:
    """Read once; every department is then read and checked by itself upon it."""

    root: Path
    site: Site | None
    """None where the configuration cannot be used; nothing else is read then."""
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, Source]
    files: int
    allowed: tuple[Allowed, ...] = ()
    """What the supervisor lets stand of family L."""
    catalog: Catalog | None = None
    calendars: tuple[YearCalendar, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    departments: Mapping[str, Department | None] = field(default_factory=dict)
    """Folder → the body's own facts, without what it publishes; None where they cannot be used."""
    unnamed: tuple[str, ...] = ()
    """Configured folders whose names cannot be used: nothing of them is read."""

    def repository(
        self, departments: tuple[Department, ...], broken: Mapping[str, str]
    ) -> Repository:
        """These departments upon this ground."""
        assert self.site is not None and self.catalog is not None
        return Repository(
            self.site, self.catalog, self.calendars, departments, self.exemptions, broken
        )


def read_ground(root: Path) -> Ground:
    """Read all of a root but what the departments publish.

    Never raises for what a person can write; everything wrong is among the diagnostics.
    """
    reading = Reading(root)
    site = read_config(reading)
    if site is None:
        allowed = _allowed(reading)
        return Ground(root, None, tuple(reading.found), reading.sources, reading.files, allowed)
    catalog = _catalog(reading, site)
    calendars = _calendars(reading)
    exemptions: list[Exemption] = []
    for path in _yaml_files(reading, "content/exemptions"):
        source = reading.source(path)
        if source is not None:
            read, found = read_exemptions(source)
            exemptions += read
            reading.found += found
    departments: dict[str, Department | None] = {}
    unnamed: list[str] = []
    for folder in dict.fromkeys(site.departments):
        if NAME.fullmatch(folder) is None or folder in RESERVED:
            reading.report(
                rules.BAD_NAME,
                "site_config.yml",
                f"机关文件夹 `{folder}` 的名称不能用",
                "用小写字母、数字和横线，且不是系统保留的名称",
            )
            unnamed.append(folder)
        else:
            departments[folder] = read_department(reading, folder, site)
    _strays(reading, site)
    allowed = _allowed(reading)
    return Ground(
        root,
        site,
        tuple(reading.found),
        reading.sources,
        reading.files,
        allowed,
        catalog,
        calendars,
        tuple(exemptions),
        departments,
        tuple(unnamed),
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
