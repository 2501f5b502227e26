"""`powers.csv` → the 权责清单, each row with its line."""

import csv
import io

from generator.diagnostic import Diagnostic, Edit, Place, Rule
from generator.load.reading import Reading
from generator.model import POWER_CLASSES, Power
from generator.rules import files as rules
from generator.source import decode

COLUMNS = ("code", "name", "class", "body", "basis", "limit", "process", "responsibility")
_MAX_ROWS = 20_000


def read_powers(reading: Reading, folder: str) -> tuple[Power, ...]:
    """The powers of one body; empty where there is no file or it cannot be read."""
    path = f"content/{folder}/powers.csv"
    if not (reading.root / path).is_file():
        return ()
    data = reading.bytes(path)
    if data is None:
        return ()
    source, found = decode(path, data)
    # What is also read in a table is a notice: Excel saves GBK, a mark and CRLF by itself.
    for finding in found:
        if finding.rule is rules.GBK:
            reading.found.append(
                Diagnostic(
                    finding.place,
                    rules.TABLE_ENCODING,
                    "表格是 GBK 编码",
                    "运行 `gongkai check --fix` 转成 UTF-8，或另存为 CSV UTF-8",
                    edits=(Edit(0, 0, ""),),
                )
            )
        elif finding.rule not in (rules.BYTE_ORDER_MARK, rules.CARRIAGE_RETURN):
            reading.found.append(finding)
    if source is None:
        return ()
    reading.sources[path] = source
    rows = csv.reader(io.StringIO(source.text, newline=""), strict=True)
    try:
        return _rows(reading, path, rows)
    except csv.Error:
        line = rows.line_num
        reading.found.append(
            Diagnostic(
                Place(path, max(line, 1), 1, 2),
                rules.TABLE_ROW,
                "从这一行起引号没有成对",
                "补上或删去多余的引号",
            )
        )
        return ()


def _rows(reading: Reading, path: str, rows: "csv._reader") -> tuple[Power, ...]:  # type: ignore[name-defined]
    def report(line: int, rule_: Rule, message: str, hint: str) -> None:

        reading.found.append(Diagnostic(Place(path, line, 1, 2), rule_, message, hint))

    head = tuple(cell.strip() for cell in next(rows, []))
    if head != COLUMNS:
        missing = [column for column in COLUMNS if column not in head]
        report(
            1,
            rules.TABLE_COLUMNS,
            f"表头缺少 {'、'.join(missing)}" if missing else "表头的列不是约定的次序",
            "第一行写 `" + ",".join(COLUMNS) + "`",
        )
        return ()
    powers: list[Power] = []
    codes: dict[str, int] = {}
    for cells in rows:
        line = rows.line_num
        if not any(cell.strip() for cell in cells):
            continue
        if len(powers) >= _MAX_ROWS:
            report(line, rules.TOO_LARGE, f"权责清单超过 {_MAX_ROWS} 行", "核对是不是放错了表")
            break
        if len(cells) != len(COLUMNS):
            report(
                line,
                rules.TABLE_ROW,
                f"这一行有 {len(cells)} 列，应有 {len(COLUMNS)} 列",
                "空的格也留逗号；格里有逗号的加半角双引号",
            )
            continue
        values = [" ".join(cell.split()) for cell in cells]
        for index, column in ((0, "code"), (1, "name"), (3, "body"), (4, "basis")):
            if not values[index]:
                report(line, rules.TABLE_ROW, f"`{column}` 是空的", "填上内容")
        if values[2] not in POWER_CLASSES:
            report(
                line,
                rules.TABLE_ROW,
                f"没有「{values[2]}」这一类职权",
                f"可选：{'、'.join(POWER_CLASSES)}",
            )
        if values[0] in codes:
            report(
                line,
                rules.TABLE_ROW,
                f"编码 `{values[0]}` 写了两次，第一次在第 {codes[values[0]]} 行",
                "每项职权一个编码",
            )
        codes.setdefault(values[0], line)
        code, name, class_, body, basis, limit, process, responsibility = values
        powers.append(Power(code, name, class_, body, basis, limit, process, responsibility, line))
    return tuple(powers)
