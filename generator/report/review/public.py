"""公众将看到什么: of each changed item its address, the slot it fills, days to spare or late."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.ledger.lateness import late_days, lateness
from generator.model import Item, Ledger, Repository, Slot, Status
from generator.render.words import trial
from generator.report.markup import escaped
from generator.report.review.changes import Became, Proposal
from generator.survey import Survey
from generator.workdays import Workdays


@dataclass(frozen=True, slots=True)
class Touched:
    """An item that the proposal touches, by its file or one of its attachments."""

    item: Item
    word: str
    """新增, 修改 or 撤回."""
    files: tuple[tuple[str, Became], ...]
    """Title of each attachment that the proposal touches, and what became of it."""


def touched(items: Mapping[str, Item], proposal: Proposal) -> tuple[Touched, ...]:
    """The items concerned, sorted by id."""
    found = []
    for id_ in sorted(items):
        item = items[id_]
        became = proposal.files.get(item.path)
        files = tuple(
            (file.title or file.path, proposal.files[file.source])
            for file in item.files
            if file.source in proposal.files
        )
        if became is not None or files:
            found.append(Touched(item, _word(item, became, proposal), files))
    return tuple(found)


def _word(item: Item, became: Became | None, proposal: Proposal) -> str:
    before = proposal.before.get(item.path, "")
    if item.withdrawn is not None and "\nwithdrawn:" not in before:
        return "撤回"
    return (became or Became.CHANGED).value


def public_lines(one: Touched, survey: Survey, site_url: str) -> str:
    """A list item: what, where, which slot, when it is due."""
    item = one.item
    address = f"{site_url}{item.id}.html"
    lines = [f"- **{one.word}** {escaped(item.title)}", f"  - 网址: {escaped(address)}"]
    if one.word == "撤回":
        lines.append("  - 网页还在，正文换成撤回的理由")
    else:
        repository = survey.repository or survey.loaded.repository
        assert repository is not None
        old = one.word == Became.CHANGED
        sentences = due_sentences(item, repository, survey.ledger, old)
        lines += [f"  - {escaped(sentence)}" for sentence in sentences]
    lines += [f"  - 附件{became.value}: {escaped(title)}" for title, became in one.files]
    return "\n".join(lines)


def due_sentences(
    item: Item, repository: Repository, ledger: Ledger | None, public: bool = False
) -> list[str]:
    """Which slots the item fills, and the days that are left for each, as plain text.

    `public`: it is on the site already, so that its first time stands. `ledger` is None where it
    cannot be reckoned.
    """
    if item.imported is not None:
        return ["补录的历史资料，不填期次，不评判时间"]
    if item.corrects is not None:
        return [f"更正 {item.corrects}，自己不填期次"]
    if ledger is None or item.department in {n.department for n in ledger.not_judged}:
        return ["期次和期限: 本机关的内容有错误，改好后再算"]
    mine = [
        slot
        for slot in ledger.slots
        if (slot.item is not None and slot.item.id == item.id) or item in slot.others
    ]
    if not mine:
        return ["公开目录里没有它要填的期次"]
    workdays = Workdays(repository.calendars)
    return [f"填的期次: {slot.name}；{_time(slot, ledger, workdays, public)}" for slot in mine]


def _time(slot: Slot, ledger: Ledger, workdays: Workdays, public: bool) -> str:
    """The slot's due day against the day of the check; on trial nothing is called late."""
    lacking = f"；缺 {'、'.join(slot.missing)}" if slot.missing else ""
    if public and slot.public is not None:
        return f"首次公开 {slot.public.date.isoformat()}，这次修改不改变这个时间{lacking}"
    due = slot.due.day
    if due is None:
        return f"没有固定的期限{lacking}"
    as_of = ledger.as_of
    if trial(ledger):
        return f"应在 {due.isoformat()} 前公开（试运行，不评判是否按时）{lacking}"
    if as_of > due:
        days, working = late_days(due, as_of, workdays)
        word = lateness(Status.LATE, days, working)
        return f"应在 {due.isoformat()} 前公开，今天公开就{word}，照样可以合并{lacking}"
    days, working = late_days(as_of, due, workdays)
    spare = f"{days} 天（自然日）" if working is None else f"{working} 个工作日"
    left = "今天是最后一天" if days == 0 else f"还有 {spare}"
    return f"应在 {due.isoformat()} 前公开，{left}{lacking}"
