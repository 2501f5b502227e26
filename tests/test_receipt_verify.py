"""`gongkai verify` on a real site with real receipts: whole ones pass, each tampering is named."""

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.article import body_text
from generator.history import GENESIS, hash_of, witness_bytes
from generator.history.lines import seal_bytes
from generator.witness import (
    BadHead,
    NoSite,
    Verdict,
    verdict_json,
    verdict_line,
    verdict_lines,
    verify,
)
from tests import verifier
from tests.gitrepos import moment
from tests.worlds import County, serving

DAYS = tuple(f"2026-10-{day}T09:00:00+08:00" for day in (26, 27, 28, 29, 30))
ITEM = "content/chengguan/items/2026/reception-q3.md"
PAGE = "chengguan/2026/reception-q3.html"
COPY, SEALS = "chengguan/receipts.jsonl", "receipts/site.jsonl"


@dataclass(frozen=True)
class Case:
    """A copy of the whole site and its receipts, to be tampered with."""

    site: Path
    mounted: Path
    root: Path

    def edit(self, path: str, old: str, new: str) -> None:
        target = self.site / path
        text = target.read_text(encoding="utf-8")
        assert old in text, old
        target.write_text(text.replace(old, new, 1), encoding="utf-8")

    def lines(self, path: str, change: Callable[[list[bytes]], list[bytes]]) -> None:
        """Change the lines of a copy, and of the mounted file the same way."""
        name = "site.jsonl" if path == SEALS else f"{path.split('/')[0]}.jsonl"
        for target in (self.site / path, self.mounted / name):
            before = target.read_bytes().splitlines(keepends=True)
            target.write_bytes(b"".join(change(before)))


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """Five runs: first items, a change, a new department, an attachment, a withdrawal."""
    folder = tmp_path_factory.mktemp("year")
    with serving(folder / "public") as url:
        county = County(folder, url)
        steps: tuple[Callable[[], object], ...] = (
            lambda: None,
            lambda: county.root.replace(ITEM, "批次 6 批", "批次 7 批"),
            county.second_department,
            lambda: _attach(county),
            lambda: _withdraw(county),
        )
        for step, at in zip(steps, DAYS, strict=True):
            step()
            outcome = county.publish(at)
            assert outcome.ok and outcome.appended
        county.deploy(DAYS[-1])
        yield Case(county.public, county.receipts, county.root.path)


def _attach(county: County) -> None:
    county.root.item(
        "works",
        "title: 单位职能说明\ncategory: 机构/职能\nperiod: 长期\nformed: 2026-01-05\n"
        "files: [{path: a.csv, title: 明细}]",
        "见[明细](../../files/a.csv)与[说明](https://example.cn/x)。\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n",
    )
    county.root.write("content/chengguan/files/a.csv", "项目,数\n批次,6\n")


def _withdraw(county: County) -> None:
    county.root.item(
        "history",
        "title: 单位沿革资料\ncategory: 机构/职能\nperiod: 长期\nformed: 2026-01-05\nimported: 旧网站",
    )
    county.root.replace(
        "content/caizheng/items/2026/reception-q3.md", "formed: 2026-10-08",
        "formed: 2026-10-08\nwithdrawn: {on: 2026-10-30, reason: 数字有误}",
    )  # fmt: skip


@pytest.fixture
def case(year: Case, tmp_path: Path) -> Case:
    shutil.copytree(year.site, tmp_path / "site")
    shutil.copytree(year.mounted, tmp_path / "mounted")
    return Case(tmp_path / "site", tmp_path / "mounted", year.root)


def codes(verdict: Verdict) -> list[str]:
    return [one.code for one in verdict.breaks]


def both(case: Case, *, mounted: bool, root: bool = False, head: str | None = None) -> list[str]:
    """Our codes; an outsider's verifier must come to the same."""
    place = case.mounted if mounted else None
    tree = case.root if root else None
    found = codes(verify(case.site, place, tree, head))
    theirs: set[str] = verifier.verify(case.site, place, tree, head or "")  # type: ignore[no-untyped-call]
    assert theirs == set(found)
    return found


def rehash(line: bytes, old: bytes, new: bytes) -> bytes:
    assert old in line
    changed = line[:-76].replace(old, new)
    return changed + b',"hash":"' + hashlib.sha256(changed).hexdigest().encode() + b'"}\n'


# -- whole -----------------------------------------------------------------------------------


def test_a_whole_site_is_whole(case: Case) -> None:
    for mounted in (True, False):
        assert both(case, mounted=mounted, root=True) == []
    verdict = verify(case.site, case.mounted, case.root, None)
    assert (verdict.ok, verdict.receipts, verdict.imported) == (True, 6, 1)
    assert (verdict.rush, verdict.given_clock, verdict.awaited) == (0, 6, ())
    assert verdict_line(verdict) == "回执 6 条 · 链完整 · 补录 1 · 时间是人给的 6 条"
    assert codes(verify(None, case.mounted, None, None)) == []


def test_a_theme_and_typography_change_nothing(case: Case) -> None:
    case.edit(PAGE, "<body>", "<body><nav>新的导航</nav>")
    case.edit(PAGE, "预算数 3 万元", "预算数\u00a03\u202f万元")
    case.edit(PAGE, '<h1 id="gk-title">', '<h1 class="big" id="gk-title">')
    assert both(case, mounted=True) == []


def test_a_site_that_is_behind_is_whole(case: Case, year: Case) -> None:
    """The site stayed where it was; the chain went on by two runs."""
    for path, keep in ((COPY, 3), ("caizheng/receipts.jsonl", 1), (SEALS, 4)):
        target = case.site / path
        target.write_bytes(b"".join(target.read_bytes().splitlines(keepends=True)[:keep]))
    (case.site / "chengguan/2026/history.html").unlink()
    assert both(case, mounted=True) == []


def test_a_page_newer_than_every_line_is_awaited(case: Case) -> None:
    """A deployment changed a page, and the receipts have not been taken."""
    target = case.site / PAGE
    text = re.sub(
        r'<p id="gk-line".*?</p>', '<p id="gk-line">已生成，尚未核到</p>', target.read_text()
    )
    old = text[text.index("gk-body") :]
    new = old.replace("批次 7 批", "批次 8 批")
    body = re.search(r">(.*)</article>", new, re.DOTALL)
    assert body is not None and new != old
    words = "\n".join(body_text(body[1], PAGE, "http://x/"))
    text = text.replace(old, new)
    text = re.sub(r'"body":"\w+"', f'"body":"{hashlib.sha256(words.encode()).hexdigest()}"', text)
    target.write_text(text)
    assert both(case, mounted=True) == []
    verdict = verify(case.site, case.mounted, None, None)
    assert verdict.awaited == (PAGE,) and "待核 1" in verdict_line(verdict)


def test_a_dead_runs_tail_is_whole(case: Case) -> None:
    for target in (case.site / SEALS, case.mounted / "site.jsonl"):
        target.write_bytes(b"".join(target.read_bytes().splitlines(keepends=True)[:-1]))
    assert both(case, mounted=True) == []


def test_a_redirect_that_looks_like_an_item_is_none(case: Case) -> None:
    (case.site / "chengguan/2011").mkdir()
    (case.site / "chengguan/2011/old.html").write_text("<!doctype html><title>搬了</title>")
    assert codes(verify(case.site, case.mounted, None, None)) == []


def test_a_zip_is_a_site_too(case: Case, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "site.zip", "w") as archive:
        for path in sorted(case.site.rglob("*")):
            archive.write(path, path.relative_to(case.site).as_posix())
    assert verify(tmp_path / "site.zip", case.mounted, None, None).ok
    (tmp_path / "no.zip").write_text("不是压缩包")
    for wrong in ("no.zip", "nothing"):
        with pytest.raises(NoSite):
            verify(tmp_path / wrong, None, None, None)


# -- tampered --------------------------------------------------------------------------------


def _drop(case: Case, path: str) -> None:
    (case.site / path).unlink()


def _forge_page(case: Case) -> None:
    """A page nobody confirmed, made from another and without any word of it."""
    text = (case.site / PAGE).read_text()
    text = re.sub(r'<p id="gk-line".*?</p>', "", text).replace("reception-q3", "forged")
    (case.site / "chengguan/2026/forged.html").write_text(text)


def _last(change: Callable[[bytes], bytes]) -> Callable[[list[bytes]], list[bytes]]:
    return lambda lines: [*lines[:-1], change(lines[-1])]


def _reseal(case: Case, change: Callable[[dict[str, tuple[int, str]]], None]) -> None:
    """A last seal that is right in itself and says something else."""

    def forge(lines: list[bytes]) -> list[bytes]:
        values = json.loads(lines[-1])
        heads = {name: (count, head) for name, (count, head) in values["heads"].items()}
        change(heads)
        seal = seal_bytes(
            seq=values["seq"],
            at=moment(values["at"]),
            commit=values["commit"],
            heads=heads,
            clock_given=True,
            prev=values["prev"],
        )
        return [*lines[:-1], seal]

    case.lines(SEALS, forge)


EDITED = (b'"missing":[]', b'"missing":["x"]')
TAMPERINGS: list[tuple[str, str, Callable[[Case], object]]] = [
    ("text", "text-differs", lambda c: c.edit(PAGE, "批次 7 批", "批次 9 批")),
    ("text added", "text-differs", lambda c: c.edit(PAGE, "批次 7 批。</p>", "批次 7 批。</p><p>又及</p>")),
    ("link", "text-differs", lambda c: c.edit("chengguan/2026/works.html", "example.cn/x", "evil.cn/x")),
    ("no body", "text-differs", lambda c: c.edit(PAGE, 'id="gk-body"', 'id="body"')),
    ("title", "title-differs", lambda c: c.edit(PAGE, "</h1>", "（修订）</h1>")),
    ("two titles", "title-differs", lambda c: c.edit(PAGE, "</body>", '<h1 id="gk-title">另</h1></body>')),
    ("record", "record-differs", lambda c: c.edit(PAGE, '"formed":"2026-10-08"', '"formed":"2026-10-07"')),
    ("no record", "record-differs", lambda c: c.edit(PAGE, 'id="gk-record"', 'id="record"')),
    ("other seq", "record-differs", lambda c: c.edit(PAGE, 'data-seq="2"', 'data-seq="1"')),
    ("other hash", "record-differs", lambda c: c.edit(PAGE, 'data-hash="', 'data-hash="0')),
    ("other item", "record-differs", lambda c: shutil.copy(c.site / PAGE, c.site / "chengguan/2026/works.html")),
    ("file changed", "file-differs", lambda c: c.edit("chengguan/files/a.csv", "6", "7")),
    ("file gone", "file-missing", lambda c: _drop(c, "chengguan/files/a.csv")),
    ("page gone", "page-missing", lambda c: _drop(c, PAGE)),
    ("withdrawn page gone", "page-missing", lambda c: _drop(c, "caizheng/2026/reception-q3.html")),
    ("page slipped in", "unreceipted", _forge_page),
    ("copy gone", "lost-tail", lambda c: _drop(c, COPY)),
    ("copy cut", "lost-tail", lambda c: (c.site / COPY).write_bytes((c.site / COPY).read_bytes().splitlines(keepends=True)[0])),
    ("lines cut", "lost-tail", lambda c: c.lines(COPY, lambda x: x[:-1])),
    ("last line torn", "torn-line", lambda c: c.lines(COPY, _last(lambda x: x[:50]))),
    ("last LF gone", "torn-line", lambda c: c.lines(COPY, _last(lambda x: x[:-1]))),
    ("line edited", "edited-line", lambda c: c.lines(COPY, _last(lambda x: x.replace(*EDITED)))),
    ("seal edited", "edited-line", lambda c: c.lines(SEALS, _last(lambda x: x.replace(b'"seq":5', b'"seq":6')))),
    ("seq skipped", "bad-seq", lambda c: c.lines(COPY, lambda x: [x[0], *x[2:]])),
    ("line doubled", "bad-seq", lambda c: c.lines(COPY, lambda x: [x[0], *x])),
    ("chain cut and rejoined", "bad-prev", lambda c: c.lines(COPY, lambda x: [x[0], rehash(x[1], *EDITED), *x[2:]])),
    ("time back", "time-backwards", lambda c: c.lines(COPY, _last(lambda x: rehash(x, b"2026-10-30", b"2026-10-20")))),
    ("line of another", "foreign-line", lambda c: c.lines(COPY, lambda x: [*x, (c.mounted / "caizheng.jsonl").read_bytes().splitlines(keepends=True)[0]])),
    ("field added", "foreign-line", lambda c: c.lines(COPY, _last(lambda x: rehash(x, b'"prev"', b'"note":"x","prev"')))),
    ("last line rewritten", "unsealed", lambda c: c.lines(COPY, _last(lambda x: rehash(x, *EDITED)))),
    ("seals gone", "unsealed", lambda c: c.lines(SEALS, lambda x: [])),
    ("seal without a body", "unsealed", lambda c: _reseal(c, lambda h: h.pop("caizheng") and None)),
    ("seal with fewer lines", "unsealed", lambda c: _reseal(c, lambda h: h.update(caizheng=(0 + 1, _first(c))) or h.update(chengguan=(1, _first(c, "chengguan"))))),
]  # fmt: skip


def _first(case: Case, name: str = "caizheng") -> str:
    line = (case.mounted / f"{name}.jsonl").read_bytes().splitlines()[0]
    return str(json.loads(line)["hash"])


@pytest.mark.parametrize("mounted", [True, False], ids=["mounted", "alone"])
@pytest.mark.parametrize(
    ("code", "tamper"), [t[1:] for t in TAMPERINGS], ids=[t[0] for t in TAMPERINGS]
)
def test_each_tampering_is_named_once(
    case: Case, code: str, tamper: Callable[[Case], object], mounted: bool
) -> None:
    tamper(case)
    assert both(case, mounted=mounted) == [code]


def test_a_copy_of_another_chain_is_not_a_prefix(case: Case) -> None:
    target = case.site / COPY
    lines = target.read_bytes().splitlines(keepends=True)
    target.write_bytes(b"".join([*lines[:-1], rehash(lines[-1], *EDITED)]))
    assert both(case, mounted=True) == ["not-prefix"]


def test_a_site_that_shows_an_older_text_is_named(case: Case, year: Case) -> None:
    """Somebody put back the page of before the change, with the line it had then."""
    line = json.loads((case.mounted / "chengguan.jsonl").read_bytes().splitlines()[0])
    text = (case.site / PAGE).read_text()
    text = re.sub(r'data-seq="2" data-hash="\w+"', f'data-seq="1" data-hash="{line["hash"]}"', text)
    (case.site / PAGE).write_text(text)
    assert both(case, mounted=True) == ["record-differs"]


def test_an_attachment_outside_the_department_is_missing(case: Case) -> None:
    page = case.site / "chengguan/2026/works.html"
    page.write_text(
        re.sub(
            r'<p id="gk-line".*?</p>',
            '<p id="gk-line">已生成，尚未核到</p>',
            page.read_text().replace("files/a.csv", "../files/a.csv", 1),
        )
    )
    (case.site / "files").mkdir()
    shutil.copy(case.site / "chengguan/files/a.csv", case.site / "files/a.csv")
    assert both(case, mounted=True) == ["file-missing"]


def test_a_line_shown_that_no_chain_reaches_is_a_lost_tail(case: Case) -> None:
    """Lines and their seals were dropped together: the page still tells."""
    for path in (SEALS, COPY):
        case.lines(path, lambda x: x[:1])
    case.lines("caizheng/receipts.jsonl", lambda x: [])
    assert set(both(case, mounted=True)) == {"lost-tail"}


def test_a_commit_that_left_history_is_lost(case: Case, tmp_path: Path) -> None:
    shutil.copytree(case.root, tmp_path / "root", symlinks=True)
    moved = Case(case.site, case.mounted, tmp_path / "root")
    head = tmp_path / "root/.git/refs/heads/main"
    whole = head.read_text()
    log = (tmp_path / "root/.git/logs/HEAD").read_text().splitlines()
    head.write_text(f"{log[-1].split()[0]}\n")
    assert head.read_text() != whole
    found = verify(moved.site, moved.mounted, moved.root, None)
    assert set(both(moved, mounted=True, root=True)) == {"commit-lost"}
    assert len(found.breaks) == 1


def test_a_head_that_somebody_saw_and_is_gone_is_shouted(case: Case) -> None:
    seals = (case.mounted / "site.jsonl").read_bytes().splitlines()
    url = json.loads((case.site / "build.json").read_text())["site"]
    seen = json.loads(seals[2])

    def record(head: str) -> None:
        line = witness_bytes(
            at=moment(DAYS[2]), source=url, seq=3, head=head, clock_given=True, prev=GENESIS
        )
        (case.mounted / "witness.jsonl").write_bytes(line)

    record(seen["hash"])
    assert both(case, mounted=True) == []
    record("f" * 64)
    assert both(case, mounted=True) == ["witness-lost"]


# -- heads read off paper --------------------------------------------------------------------


def test_a_head_is_found_with_what_follows_it(case: Case) -> None:
    lines = (case.mounted / "chengguan.jsonl").read_bytes().splitlines(keepends=True)
    own = hash_of(lines[1])
    paper = " ".join(own[at : at + 4] for at in range(0, 16, 4)).upper()
    verdict = verify(case.site, case.mounted, None, paper)
    assert verdict.head is not None and verdict.ok
    assert (verdict.head.department, verdict.head.seq, verdict.head.after) == (
        "chengguan", 2, len(lines) - 2,
    )  # fmt: skip
    assert f"链头对得上：chengguan 第 2 条，其后 {len(lines) - 2} 条" in verdict_lines(verdict)
    seal = hash_of((case.mounted / "site.jsonl").read_bytes().splitlines(keepends=True)[-1])
    sealed = verify(None, case.mounted, None, seal).head
    assert sealed is not None and (sealed.department, sealed.seq, sealed.after) == (None, 5, 0)


def test_a_head_on_no_chain_is_unknown(case: Case) -> None:
    assert both(case, mounted=True, head="0123456789abcdef") == ["head-unknown"]


@pytest.mark.parametrize("head", ["", "abc", "0123456789abcde", "0123456789abcdeg", "0" * 65])
def test_a_head_that_is_none_is_a_wrong_question(case: Case, head: str) -> None:
    with pytest.raises(BadHead):
        verify(None, case.mounted, None, head)


def test_the_answer_as_json_has_the_promised_keys(case: Case) -> None:
    _drop(case, PAGE)
    values = json.loads(verdict_json(verify(case.site, case.mounted, None, None)))
    assert list(values) == [
        "schema_version", "ok", "receipts", "imported", "rush", "given_clock", "head", "breaks",
    ]  # fmt: skip
    assert values["ok"] is False and values["schema_version"] == 1
    assert values["breaks"] == [
        {
            "code": "page-missing",
            "department": "chengguan",
            "seq": 2,
            "item": "chengguan/2026/reception-q3",
            "path": PAGE,
            "message": "有回执的事项，网页不在了",
        }
    ]
