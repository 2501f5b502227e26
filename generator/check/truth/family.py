"""The whole family over a repository."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from generator.article import Documents, Tables, attached_tables
from generator.catalog import row_of
from generator.check.finding import place_of
from generator.check.truth import (
    across,
    balances,
    changes,
    days,
    ledger_lines,
    likeness,
    numbers,
    others,
    outline,
    parts,
    periods,
    powers,
    rates,
    ratios,
    sheets,
    substance,
    totals,
    wording,
)
from generator.check.truth.grid import Grid
from generator.check.truth.imported import softened
from generator.check.truth.prose import Mismatch
from generator.check.truth.reading import Matter, by_line
from generator.diagnostic import Diagnostic
from generator.model import Department, Item, Period, Repository, Row
from generator.rules import truth as rules
from generator.source import Source

_PERCENT = re.compile("[%％]")
_DIGIT = re.compile("[0-9]")
_MORE = re.compile("[0-9]{2}\\s*[多余]")


def findings(
    repository: Repository,
    bodies: Sequence[Department],
    tables: Mapping[str, Tables],
    documents: Mapping[str, Documents],
    sources: Mapping[str, Source],
    as_of: date,
) -> Iterator[Diagnostic]:
    """Every finding of the family in each department by itself.

    `bodies` are all bodies of the site, whose names are looked for in others' texts; `tables`
    and `documents` the attachments' by item id, `sources` the decoded files by path (for repairs).
    """
    yield from powers.findings(repository)
    names = others.names_of(bodies, repository.site.region)
    matters: dict[str, Matter] = {}
    for department in repository.departments:
        for item in department.items:
            if item.withdrawn is not None:
                continue
            row = row_of(repository.catalog, item)
            attached = attached_tables(tables.get(item.id, ()), documents.get(item.id, ()))
            matter = Matter(item, row, department, sources.get(item.path), attached)
            matters[item.id] = matter
            yield from softened(matter, (*_figures(matter), *_words(matter, as_of)))
            for found in others.foreign(item, department, names, matter.text):
                yield matter.said(
                    rules.OTHER_BODY, found, "改成本机关的名称和情况；确有其事的写明来龙去脉"
                )
    yield from _series(matters)


def twins(repository: Repository) -> Iterator[Diagnostic]:
    """Texts that are another's, of whatever department."""
    for item, other, same in likeness.twins(repository.items):
        yield _twin(item, other, same)


def _figures(matter: Matter) -> Iterator[Diagnostic]:
    for grid in (*matter.grids, *matter.sheets):
        sheet = rules.SHEET
        yield from matter.in_cells(
            grid,
            (*totals.faults(grid), *across.faults(grid), *outline.faults(grid)),
            rules.TOTAL,
            rules.TOTAL_DOUBTFUL,
            sheet,
        )
        yield from matter.in_cells(
            grid,
            (
                *balances.faults(grid),
                *balances.request_faults(grid),
                *ledger_lines.faults(grid),
            ),
            rules.BALANCE,
            rules.BALANCE_DOUBTFUL,
            sheet,
        )
        if _PERCENT.search(grid.text):
            yield from matter.in_cells(
                grid, ratios.rate_faults(grid), rules.ROW_RATE, rules.ROW_RATE, sheet
            )
            yield from matter.in_cells(
                grid, ratios.over_faults(grid), rules.OVER, rules.OVER, sheet
            )
            yield from matter.in_cells(
                grid, ratios.share_faults(grid), rules.SHARES, rules.SHARES, sheet
            )
        yield from matter.in_cells(
            grid,
            (*days.of_grid(grid), *days.of_cells(grid, "order")),
            rules.DATES_REVERSED,
            rules.DATES_REVERSED,
            sheet,
        )
    for grid in matter.grids:
        impossible = rules.BODY_DATE_IMPOSSIBLE
        found_days = days.of_cells(grid, "impossible")
        yield from matter.in_cells(grid, found_days, impossible, impossible, impossible)
    prose = matter.prose
    if matter.sheets:
        for part in sheets.against(prose, matter.grids, matter.sheets):
            yield matter.said(rules.TEXT_AGAINST_SHEET, part, "以账为准，正文和附件改成一样")
    if not _DIGIT.search(prose):
        return
    for part in by_line(list(parts.mismatches(prose))):
        rule = rules.PARTS if part.certain else rules.PARTS_DOUBTFUL
        yield matter.said(rule, part, "核对总数和各分项，改正错的一处；没有列全的写明其余")
    for found in balances.of_text(prose):
        yield matter.said(rules.BALANCE, found, "核对期初、收入、支出和期末数")
    if _PERCENT.search(prose):
        yield from _rates(matter)
    if _MORE.search(prose):
        for part in wording.exact_and_more(prose):
            yield matter.said(rules.EXACT_MORE, part, "写实数，或写到十位、百位再加「多」")


def _rates(matter: Matter) -> Iterator[Diagnostic]:
    prose = matter.prose
    hint = "核对分子、分母和比率，改正错的一处"
    for found in by_line(
        [*rates.division_faults(prose), *rates.rate_faults(prose), *changes.faults(prose)]
    ):
        yield matter.said(rules.RATE, found, hint)
    over = by_line(list(rates.over_faults(prose)))
    for found in over:
        yield matter.said(rules.OVER, found, "核对分子和分母，改正百分比")
    told = [(found.start, found.end) for found in over]
    for found in rates.baseless(prose, matter.cells):
        if not any(a < found.end and found.start < b for a, b in told):
            yield matter.said(
                rules.NO_DENOMINATOR, found, "写明分子和分母，如「回访 412 件，满意 405 件」"
            )


def _words(matter: Matter, as_of: date) -> Iterator[Diagnostic]:
    item, text = matter.item, matter.text
    if (why := substance.hollow(item, item.body)) is not None:
        yield Diagnostic(
            matter.place(0, 1) if text.strip() else place_of(item, "title"),
            rules.HOLLOW,
            why,
            "写出目录要求的内容；确实没有发生的写 `nil: 理由`",
            item.id,
        )
    elif item.nil is None and substance.only_attached(item.body):
        start = len(text) - len(text.lstrip())
        yield Diagnostic(
            matter.place(start, start + 1),
            rules.ONLY_ATTACHED,
            "正文只写了见附件",
            "正文写出主要的数和结论，附件放明细",
            item.id,
        )
    for name, found in substance.vague(matter.row, matter.prose, matter.cells):
        yield matter.said(rules.VAGUE, found, f"写明{name}的数")
    for found in wording.placeholders(text):
        yield matter.said(rules.PLACEHOLDER, found, "填上实际的内容再公开")
    for found in wording.residue(text):
        yield matter.said(rules.RESIDUE, found, "删去")
    for found in wording.masks(text):
        yield matter.said(rules.MASK, found, "照原文补上被盖住的词")
    for slip in wording.slips(text):
        yield matter.said(
            rules.SLIP,
            Mismatch(slip.start, slip.end, f"「{slip.wrong}」是错字", False),
            f"改成「{slip.right}」",
            matter.edit(slip.start, slip.end, slip.right),
        )
    if _DIGIT.search(text):
        for kind, found in days.of_text(matter.prose, item.formed, as_of):
            rule = {
                "order": rules.DATES_REVERSED,
                "impossible": rules.BODY_DATE_IMPOSSIBLE,
                "after": rules.BODY_DATE_AFTER,
            }[kind]
            yield matter.said(rule, found, "核对日期")
        for form in numbers.forms(text):
            yield _number(matter, form)
    if item.number is not None:
        yield from _own_number(item, "number", item.number)
    yield from _own_number(item, "title", item.title)
    if len(text) > 60:
        for found in likeness.doubled(text):
            message = re.sub(
                r"\{([0-9]+)\}", lambda m: str(int(m.group(1)) + item.body_line), found.message
            )
            yield matter.said(
                rules.DOUBLED,
                Mismatch(found.start, found.end, message, False),
                "删去重复的",
            )
    if "同志" in text or "任" in text:
        for found in substance.persons(item, matter.department, text):
            yield matter.said(rules.PERSON, found, "写岗位；确需写姓名的核对是否应当公开")


def _number(matter: Matter, form: numbers.Form) -> Diagnostic:
    found = Mismatch(form.start, form.end, "", False)
    if form.reasons:
        why = "，".join(form.reasons)
        return matter.said(
            rules.NUMBER_FORM,
            Mismatch(found.start, found.end, f"文号「{form.written}」{why}", False),
            f"写成「{form.right}」" if form.right else "年份写四位，如〔2026〕12号",
        )
    year = form.right[1:5] if form.right else ""
    return matter.said(
        rules.NUMBER_BRACKETS,
        Mismatch(found.start, found.end, f"文号「{form.written}」没有用六角括号", False),
        f"写成「{form.right}」",
        matter.edit(form.bracket_start, form.bracket_end, f"〔{year}〕"),
    )


def _own_number(item: Item, key: str, text: str) -> Iterator[Diagnostic]:
    """A 文号 in the item's own field or its title."""
    for form in numbers.forms(text):
        written = text if key == "number" else form.written
        why = "，".join(form.reasons) or "没有用六角括号"
        right = f"{written[: len(written) - form.end + form.start]}{form.right}"
        yield Diagnostic(
            place_of(item, key),
            rules.NUMBER_FORM if form.reasons else rules.NUMBER_BRACKETS,
            f"文号「{written}」{why}",
            f"写成「{right}」" if form.right else "年份写四位",
            item.id,
        )


def _series(matters: Mapping[str, Matter]) -> Iterator[Diagnostic]:
    """A period against the periods before it."""
    rows: dict[tuple[str, str, str | None], dict[Period, Item]] = {}
    for matter in matters.values():
        item = matter.item
        if isinstance(item.period, Period) and item.fills and item.nil is None:
            key = (item.department, item.category, item.section)
            rows.setdefault(key, {}).setdefault(item.period, item)
    for series in rows.values():
        for period, item in series.items():
            before = series.get(period.shift(-1))
            if before is None:
                continue
            mine, theirs = matters[item.id], matters[before.id]
            earlier = series.get(period.shift(-2))
            if mine.grids and theirs.grids:
                third = matters[earlier.id].grids if earlier is not None else ()
                yield from _lost(mine, theirs, third)
            if mine.row is not None and re.search(
                "累计|全年|以来|[1１]\\s*[-—~～至]|前[0-9]", mine.prose
            ):
                yield from _running(mine, mine.row, series, matters)


def _lost(mine: Matter, theirs: Matter, third: tuple[Grid, ...]) -> Iterator[Diagnostic]:
    for grid in mine.grids:
        old = periods.same_table(grid, theirs.grids)
        if old is None:
            continue
        earlier = periods.same_table(grid, third) if third else None
        for kind, name in periods.lost(grid, old, earlier):
            yield Diagnostic(
                grid.place(-1, 0),
                rules.TABLE_SHRANK,
                f"上一期的表有「{name}」这一{kind}，这一期没有",
                f"补上「{name}」；没有发生的写 0",
                mine.item.id,
            )


def _running(
    mine: Matter, row: Row, series: Mapping[Period, Item], matters: Mapping[str, Matter]
) -> Iterator[Diagnostic]:
    year = [
        i
        for p, i in series.items()
        if isinstance(mine.item.period, Period) and p.year == mine.item.period.year
    ]
    stated: dict[str, Mapping[str, Decimal]] = {
        i.id: periods.values_of(row, matters[i.id].prose, matters[i.id].grids) for i in year
    }
    for start, end, element, total, written in periods.running_total(
        mine.item, row, mine.prose, series, stated
    ):
        yield mine.said(
            rules.YEAR_TOTAL,
            Mismatch(start, end, periods.sentence_of(element, total, written), False),
            "核对各期和累计数",
        )


def _twin(item: Item, other: Item, same: bool) -> Diagnostic:
    where = "本机关" if item.department == other.department else "别的机关"
    return Diagnostic(
        place_of(item, "title"),
        rules.TWIN if same else rules.ALIKE,
        f"和{where}的 {other.path} 几乎一样" + ("，数字也一样" if same else "，只有数字不同"),
        "写本期、本机关自己的情况和数",
        item.id,
    )
