"""A new item, pre-filled from its catalogue row: the clerk fills in what only the clerk knows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from generator.author.errors import AuthorError
from generator.author.sheet import front_matter, sheet
from generator.catalog import binds, excepted
from generator.model import (
    EVENT,
    STANDING,
    Department,
    Event,
    Every,
    Period,
    Repository,
    Row,
    Within,
)
from generator.source.dates import BadDate, ReadPeriod, read_date, read_period

_SLUG = re.compile(r"[a-z0-9-]{1,80}")


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known of the new item so far; None has not been asked yet."""

    department: str | None = None
    """Its folder."""
    category: str | None = None
    period: str | None = None
    formed: str | None = None
    process: str | None = None
    title: str | None = None
    slug: str | None = None

    def with_answer(self, key: str, value: str) -> "Answers":
        """The same with one more answer."""
        known: Mapping[str, str | None] = {key: value.strip()}
        return replace(self, **known)


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask next."""

    key: str
    """A field of Answers."""
    prompt: str
    choices: tuple[str, ...]
    """Empty where any text will do."""
    default: str | None


def question(repository: Repository, answers: Answers, today: date) -> Question | None:
    """The next thing to ask, or None when `new` can write the file.

    Raises AuthorError for an answer that cannot be right.
    """
    if answers.department is None:
        folders = tuple(d.folder for d in repository.departments)
        only = folders[0] if len(folders) == 1 else None
        return Question("department", "哪个机关（文件夹名）", folders, only)
    department = _department(repository, answers.department)
    if answers.category is None:
        names = tuple(dict.fromkeys(row.category for row in _rows(repository, department, today)))
        return Question("category", "公开事项", names, None)
    row = _row(repository, department, answers.category, today)
    if answers.period is None:
        match row.every:
            case Every.EVENT:
                return Question("period", "期间", (EVENT,), EVENT)
            case Every.STANDING:
                return Question("period", "期间", (STANDING,), STANDING)
            case Every.STAGE:
                return Question("period", "阶段", tuple(s.name for s in row.stages), None)
            case _:
                return Question("period", "期间", (), _last(row.every, today).key)
    period = _period(row, answers.period)
    if answers.formed is None and _needs_formed(row):
        return Question("formed", "形成日期", (), today.isoformat())
    formed = _formed(answers.formed)
    if answers.process is None and _needs_process(row):
        return Question(
            "process", "这件事的代号（小写字母、数字、横线，同一件事用同一个）", (), None
        )
    if answers.title is None:
        return Question("title", "标题", (), _title(department, row, period))
    if answers.slug is None:
        year = _year(period, formed, today)
        return Question(
            "slug", "文件名", (), _free(repository, department, row, period, formed, year)
        )
    return None


def with_defaults(repository: Repository, answers: Answers, today: date) -> Answers:
    """`answers`, and the defaults of all questions after them up to one that has none."""
    while (asked := question(repository, answers, today)) and asked.default is not None:
        answers = answers.with_answer(asked.key, asked.default)
    return answers


def new(repository: Repository, root: Path, answers: Answers, today: date) -> Path:
    """Write the item's file under `root` and give its path.

    Front matter passes the gate; what the clerk must fill in stands in the body as 待补充.
    Raises AuthorError when an answer is missing or cannot be right, or the file is there already
    in either form (nothing is written then).
    """
    if missing := question(repository, answers, today):
        raise AuthorError(f"还不知道{missing.prompt}", f"加上 `--{missing.key}`")
    department = _department(repository, answers.department or "")
    row = _row(repository, department, answers.category or "", today)
    period = _period(row, answers.period or "")
    formed = _formed(answers.formed)
    title, slug = answers.title or "", answers.slug or ""
    if not 4 <= len(title) <= 120:
        raise AuthorError(
            f"标题有 {len(title)} 个字，要在 4 到 120 个字之间", "写明机关、事项和期间"
        )
    for name, value in (("文件名", slug), ("代号", answers.process or "a")):
        if _SLUG.fullmatch(value) is None:
            raise AuthorError(f"{name} `{value}` 不能用", "只用小写字母、数字和横线，最多 80 个")
    year = _year(period, formed, today)
    folder = root / "content" / department.folder / "items" / str(year)
    target = folder / f"{slug}.md"
    if target.exists() or (folder / slug).exists():
        raise AuthorError(
            f"`{target.relative_to(root).as_posix()}` 已经有了", "换一个文件名，或改那个文件"
        )
    front = front_matter(repository, department, row, title, period, formed, answers.process, today)
    folder.mkdir(parents=True, exist_ok=True)
    with target.open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(front + sheet(row))
    return target


def _department(repository: Repository, folder: str) -> Department:
    for department in repository.departments:
        if folder in (department.folder, department.name):
            return department
    folders = "、".join(d.folder for d in repository.departments)
    raise AuthorError(f"没有机关 `{folder}`", f"从 {folders} 里选一个")


def _rows(repository: Repository, department: Department, today: date) -> tuple[Row, ...]:
    return tuple(
        row
        for row in repository.catalog.rows
        if binds(row, department) and not excepted(row, department) and row.in_force(today)
    )


def _row(repository: Repository, department: Department, category: str, today: date) -> Row:
    rows = _rows(repository, department, today)
    found = [row for row in rows if category in (row.category, row.slug)]
    found = found or [row for row in rows if row.name == category]
    if len(found) == 1:
        return found[0]
    near = [
        row.category for row in rows if category and category in row.category + "".join(row.also)
    ]
    hint = f"相近的是 {'、'.join(near[:5])}" if near else "不带 `--category` 运行，看有哪些可选"
    raise AuthorError(f"{department.name}的公开目录里没有「{category}」", hint)


def _period(row: Row, text: str) -> Period | str:
    match row.every:
        case Every.EVENT | Every.STANDING:
            only = EVENT if row.every is Every.EVENT else STANDING
            if text != only:
                raise AuthorError(f"「{row.category}」的期间只能是 `{only}`", f"写 `{only}`")
            return only
        case Every.STAGE:
            names = tuple(stage.name for stage in row.stages)
            if text not in names:
                raise AuthorError(
                    f"「{row.category}」没有阶段「{text}」", f"从 {'、'.join(names)} 里选"
                )
            return text
        case _:
            read = read_period(text)
            example = Period(2026, 1, row.every).key
            if not isinstance(read, ReadPeriod) or read.period.every is not row.every:
                raise AuthorError(
                    f"期间 `{text}` 和「{row.category}」的频次不符", f"照 `{example}` 写"
                )
            return read.period


def _formed(text: str | None) -> date | None:
    if text is None:
        return None
    read = read_date(text)
    if isinstance(read, BadDate):
        raise AuthorError(f"形成日期 `{text}` {read.why}", "按 `YYYY-MM-DD` 写")
    return read.date


def _needs_formed(row: Row) -> bool:
    return not row.every.periodic or (isinstance(row.due, Within) and row.due.after is Event.FORMED)


def _needs_process(row: Row) -> bool:
    return (
        row.every is Every.STAGE
        or row.notice is not None
        or row.consult is not None
        or row.phase_required
        or row.before_required
    )


def _last(every: Every, today: date) -> Period:
    """The period that ended last before `today`."""
    running = next(p for n in range(1, 13) if today in _days(p := Period(today.year, n, every)))
    return running.shift(-1)


def _days(period: Period) -> tuple[date, ...]:
    count = (period.last - period.first).days + 1
    return tuple(period.first + timedelta(days=n) for n in range(count))


def _title(department: Department, row: Row, period: Period | str) -> str:
    if isinstance(period, Period):
        return f"{department.name}{period.label}{row.name}情况"
    return f"{department.name}{row.name}"


def _year(period: Period | str, formed: date | None, today: date) -> int:
    if isinstance(period, Period):
        return period.year
    return (formed or today).year


def _free(
    repository: Repository,
    department: Department,
    row: Row,
    period: Period | str,
    formed: date | None,
    year: int,
) -> str:
    """A slug that no item of that year has."""
    slug = row.slug
    if isinstance(period, Period) and row.every is not Every.YEAR:
        slug += period.key[4:].lower()
    elif row.every is Every.EVENT and formed is not None:
        slug += f"-{formed:%m%d}"
    elif row.every is Every.STAGE:
        slug += f"-{1 + [stage.name for stage in row.stages].index(str(period))}"
    taken = {item.slug for item in department.items if item.year == year}
    if slug not in taken:
        return slug
    return next(f"{slug}-{n}" for n in range(2, len(taken) + 3) if f"{slug}-{n}" not in taken)
