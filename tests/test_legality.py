"""Family L through the gate: places, masks, the allow list, attachments, and what reports repeat."""

import io
import json
from datetime import date
from pathlib import Path

import pytest

from generator.check import check
from generator.check.legality import masked
from generator.check.legality.numbers import (
    credit,
    identity,
    identity_check,
    luhn,
    mask,
)
from generator.diagnostic import Diagnostic, Severity
from generator.load import load
from generator.report.diagnostics import FORMATS, text
from generator.report.findings import Findings
from tests import office_files as files
from tests.roots import Root

AS_OF = date(2026, 11, 24)
FRONT = "title: 临时救助对象名单公示\ncategory: 通知公告/公示\nperiod: 临时\nformed: 2026-10-09"
ID = "43062619850312123" + identity_check("43062619850312123")
MOBILE = "13900001234"


def family(root: Root) -> list[Diagnostic]:
    return [d for d in check(load(root.path), AS_OF) if d.rule.code[0] == "L"]


def codes(root: Root) -> list[str]:
    return [d.rule.code for d in family(root)]


@pytest.fixture
def root(tmp_path: Path) -> Root:
    return Root(tmp_path)


def test_check_digits_are_those_of_the_standards() -> None:
    # The samples that GB 11643-1999 and GB 32100-2015 print.
    assert identity("11010519491231002X")
    assert not identity("110105194912310021")
    assert not identity("11010519490231002X")
    assert credit("91350100M000100Y43")
    assert not credit("91350100M000100Y44")
    assert luhn("79927398713")
    assert not luhn("79927398710")


def test_a_mask_has_the_length_of_what_it_hides() -> None:
    assert mask(MOBILE) == "139****1234"
    assert mask("139 0000 1234") == "139 **** 1234"
    assert mask(ID) == ID[:2] + "*" * 13 + ID[-3:]
    assert mask("6222020000001234567") == "*" * 15 + "4567"


def test_a_finding_spans_what_it_found(root: Root) -> None:
    root.item("a", FRONT, f"申请人李建国，身份证号{ID}，经审核予以批准。\n")
    (found,) = family(root)
    assert (found.rule.code, found.severity) == ("L201", Severity.ERROR)
    assert (found.place.line, found.place.column, found.place.end_column) == (7, 12, 30)
    assert found.item == "chengguan/2026/a"
    assert ID not in found.message + found.hint
    assert mask(ID) in found.message


def test_fields_are_read_and_a_contact_may_be_called(root: Root) -> None:
    notice = 'notice: {from: 2026-10-10, to: 2026-10-20, contact: "张海 13900001234"}'
    root.item("a", f"{FRONT}\nprocess: a\n{notice}", "正文。\n")
    assert codes(root) == []
    root.item("b", FRONT + f"\nsummary: 联系人张海，电话{MOBILE}", "正文。\n")
    (found,) = family(root)
    assert (found.rule.code, found.place.line, found.place.column) == ("L203", 6, 18)


def test_services_and_the_department_are_read(root: Root) -> None:
    root.replace(
        "content/chengguan/department.yml", "complaints: 0000-8000001", f'complaints: "{MOBILE}"'
    )
    (found,) = family(root)
    assert (found.rule.code, found.place.path, found.place.line) == (
        "L204", "content/chengguan/department.yml", 4,
    )  # fmt: skip


def test_an_attachment_is_found_out_to_the_cell(root: Root) -> None:
    data = files.xlsx(
        [["序号", "姓名", "身份证号"], ["1", "王秀兰", ID]],
        hidden_sheet=[["姓名", "电话"], ["陈德发", MOBILE]],
    )
    path = "content/chengguan/files/名单.xlsx"
    root.write(path, data)
    root.item("a", FRONT + "\nfiles: [{path: 名单.xlsx, title: 名单}]", "见附件。\n")
    found = [
        (d.rule.code, d.place.path, d.place.line, d.place.locator, d.item) for d in family(root)
    ]
    assert found == [
        ("L201", path, None, "工作表 明细!C2", "chengguan/2026/a"),
        ("L203", path, None, "隐藏 工作表 底册!B2", "chengguan/2026/a"),
    ]


def test_a_long_list_is_cut_and_says_so(root: Root) -> None:
    rows = [["姓名", "电话"]] + [["王秀兰", f"1390000{n:04d}"] for n in range(500)]
    root.write("content/chengguan/files/a.csv", "\n".join(",".join(row) for row in rows))
    root.item("a", FRONT + "\nfiles: [{path: a.csv, title: 名单}]", "见附件。\n")
    found = family(root)
    assert len(found) == 20
    assert [d.message for d in found if "另有 480 处" in d.message] == [
        next(d.message for d in found if d.place.locator == "第 21 行")
    ]


def test_masks_of_one_person_are_laid_over_each_other_across_files(root: Root) -> None:
    root.write("content/chengguan/files/a.csv", "姓名,身份证号\n麦小丰,4306**************\n")
    table = "| 姓名 | 身份证号 |\n|---|---|\n| 麦小丰 | 43*************123 |\n"
    root.item("a", FRONT + "\nfiles: [{path: a.csv, title: 名单}]", table)
    (found,) = family(root)
    assert (found.rule.code, found.place.locator) == ("L220", "第 2 行")
    root.write("content/chengguan/files/a.csv", "姓名,身份证号\n麦小丰,43*************123\n")
    assert codes(root) == []


ALLOW = "- {at: chengguan/2026/a, rule: L204, shows: 139****1234, reason: 对外公布的值班手机}\n"


def test_the_allow_list_lets_one_finding_stand(root: Root) -> None:
    root.item("a", FRONT, f"24 小时值班手机{MOBILE}。\n")
    root.item("b", FRONT, f"24 小时值班手机{MOBILE}。\n")
    assert codes(root) == ["L204", "L204"]
    root.write("content/allow.yml", ALLOW)
    (found,) = family(root)
    assert found.item == "chengguan/2026/b"


def test_an_allowance_that_nothing_needs_is_told(root: Root) -> None:
    root.write("content/allow.yml", ALLOW)
    (found,) = family(root)
    assert (found.rule.code, found.severity, found.place.line) == ("L104", Severity.NOTICE, 1)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: b\n", "F107"),
        ("- 一条\n", "F107"),
        ("- {at: a, rule: L204, shows: x}\n", "F105"),
        ("- {at: a, rule: F101, shows: x, reason: 不能放行}\n", "F114"),
        ("- {at: a, rule: L204, shows: x, reason: 无}\n", "F112"),
        ("- {at: a, rule: L204, shows: x, reason: 四个字的, who: 谁}\n", "F104"),
    ],
)
def test_a_broken_allow_list_is_told_and_allows_nothing(root: Root, text: str, code: str) -> None:
    root.write("content/allow.yml", text)
    found = {d.rule.code for d in check(load(root.path), AS_OF)}
    assert code in found


PRIVATE = (
    f"| 姓名 | 身份证号 | 电话 | 住址 | 病情 |\n|---|---|---|---|---|\n"
    f"| 王秀兰 | {ID} | {MOBILE} | 红星街道金鹗小区3栋2单元501室 | 尿毒症 |\n"
)


def test_no_report_repeats_what_was_found(root: Root) -> None:
    root.item("a", FRONT, PRIVATE)
    loaded = load(root.path)
    diagnostics = check(loaded, AS_OF)
    assert {d.rule.code for d in diagnostics} >= {"L201", "L203", "L208", "L209"}
    findings = Findings(
        diagnostics, loaded.files, AS_OF, loaded.not_checked,
        loaded.lines,
    )  # fmt: skip
    reports = [form(findings) for form in FORMATS.values()] + [text.render(findings, text.PLAIN)]
    assert len(reports) >= 6
    for report in reports:
        for secret in (ID, MOBILE, "3栋", "501", "尿毒症"):
            assert secret not in report
    assert json.loads(FORMATS["json"](findings))["diagnostics"]


def test_masked_hides_all_and_keeps_the_length() -> None:
    line = f"联系人：李建国，手机{MOBILE}，住金鹗小区3栋2单元501室，身份证{ID}，患尿毒症。"
    shown = masked(line)
    assert len(shown) == len(line)
    for secret in (MOBILE, ID, "501", "尿毒症"):
        assert secret not in shown
    assert "联系人：李建国" in shown
    clean = "2026年第三季度公务接待费支出 1.26 万元，批次 8 批，电话 0730-8000000。"
    assert masked(clean) == clean


def test_masked_hides_a_number_that_is_only_shaped_like_one() -> None:
    assert masked("编号 13900001234") == "编号 139****1234"
    assert masked("工资", [(0, 2)]) == "**"


def test_a_picture_with_a_place_is_told(root: Root) -> None:
    root.write("content/chengguan/files/a.jpg", files.jpeg(gps=True))
    root.item("a", FRONT, "![现场](../../files/a.jpg)\n")
    (found,) = family(root)
    assert (found.rule.code, found.place.locator) == ("L218", "元数据 GPS")


def test_a_mark_counts_at_the_head_only(root: Root) -> None:
    root.item("a", FRONT, "秘密★1年\n\n关于隐患排查的通知\n")
    assert codes(root) == ["L301"]
    root.item("a", FRONT, "一\n\n二\n\n三\n\n四\n\n五\n\n六\n\n秘密★1年\n")
    assert codes(root) == ["L303"]
    root.item("a", FRONT, "国家秘密的密级分为绝密、机密、秘密三级，标志形式为“密级★保密期限”。\n")
    assert codes(root) == []


def test_a_zip_names_the_file_inside(root: Root) -> None:
    inner = files.docx(files.paragraph(f"联系人：卢艳 {MOBILE}"))
    out = io.BytesIO(files.packed({"附表/名单.docx": inner}))
    root.write("content/chengguan/files/a.zip", out.getvalue())
    root.item("a", FRONT + "\nfiles: [{path: a.zip, title: 附表}]", "见附件。\n")
    (found,) = family(root)
    assert found.place.locator == "包内/附表/名单.docx 第 1 段"
