"""Small made-up sites with their search, written to disk and served over http."""

import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from generator.model import Class, Every, Row, Site, Status
from generator.publish.frame import Frames, make_frames
from generator.render.page import Asset, Indexed, Page
from generator.render.theme import theme_folder
from generator.render.world import World
from generator.search import (
    bundle,
    department_hints,
    department_page,
    portal_hints,
    portal_page,
    portal_shelves,
)
from tests.department_worlds import AS_OF, CHENGGUAN, RECEPTION, SERVICE, SITE, Builder

NAMES = {"chengguan": "市城市管理局", "caizheng": "市财政局", "hongxing": "红星村"}
HOMESTEAD = replace(
    RECEPTION, category="村务/宅基地", slug="homestead", class_=Class.VILLAGE, every=Every.EVENT,
    also=("宅基地怎么批", "盖房", "建房", "翻建", "批地基"),
)  # fmt: skip
ACCOUNTS = replace(
    RECEPTION, category="村务/财务收支", slug="village-accounts", class_=Class.VILLAGE,
    also=("村里账目", "村账", "村里的钱"),
)  # fmt: skip

TEXTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "chengguan": (
        ("2026年部门预算（示例）", "本部门2026年预算收入3.5亿元，决算另行公开。\n联系电话：0731-8888999。"),
        ("2025年部门决算（示例）", "支出决算数与年初预算数相比，增加 2,694 元。"),
        ("限时办结情况（示例）", "全年交办2694件，按时办结2586件，办结率95.99%。限时办结制按季度公开。"),
        ("便民疏导点设置方案（示例）", "城管发〔2026〕12号。摊位每个长3.5米，宽2米。有效期到2026-10-28。"),
        ("行政处罚决定书（示例）", "依据《行政处罚法》第三十三条作出行政处罚决定。罚款2000元。"),
        ("行政执法统计（示例）", "行政检查126944次，行政的处罚另见。限时才办，办结不限。"),
        ("疫情防控经费（示例）", "COVID-19防控物资采购，见《预算法》第十四条。ＣＯＶＩＤ－１９检测。"),
        ("摊位面积（示例）", "摊位占地120㎡。变量a_b不能当成一个词。⼟地用途不变。"),
        ("<b>公告</b> & 通知（示例）", "正文里有 <script>alert(1)</script> 和 & 号，照样显示，照样查到。"),
        ("公开指南（示例）", "最低\n生活保障由民政局公布。一般工作日办理。"),
    ),
    "caizheng": (
        ("2026年财政预算（示例）", "一般公共预算收入、政府性基金预算。预算公开20个工作日内完成。"),
        ("2025年财政决算（示例）", "决算草案经人大批准。"),
        ("政府采购公告（示例）", "项目编号 HN-2026-0012，电话 0731-8888998。采购城管车辆，3.5吨。"),
        ("办事指南（示例）", "停车收费 停车费怎么交\n收费标准见下表。\n停车收费每小时3元，不足一小时的按一小时算。"),
        ("三公经费（示例）", "公务接待费、公务用车、因公出国（境），共 36.2 万元。"),
        ("〇二六号文件（示例）", "二〇二六年十月二十八日印发，2026年10月28日施行。"),
    ),
    "hongxing": (
        ("低保对象公示（示例）", "经评议，低保12户，低保金每月3,500元。最低生活保障金按月发。"),
        ("宅基地审批结果（示例）", "张某申请宅基地120平方米，村民代表会议同意。批准日期2026-10-28。"),
        ("村集体收支（示例）", "本期收入3.62万元，本期支出1.2万元。危房改造补助14户。"),
        ("农村危房改造公示（示例）", "危房改造补助对象14户，公示7天。"),
        ("行政处罚不适用说明（示例）", "村没有行政处罚权。"),
    ),
}  # fmt: skip
_STATES = (Status.OK, Status.LATE, Status.PART, Status.SHOWN)


def pages_of(folder: str) -> tuple[Page, ...]:
    """The item pages of a made-up department, one a month, the first one the oldest."""
    made = []
    for number, (title, body) in enumerate(TEXTS[folder]):
        state = _STATES[number % 4]
        label = "滞后 2 个工作日" if state is Status.LATE else state.word
        day = f"{2025 + number % 2}-{number + 1:02d}-05"
        filters = {
            "机关": NAMES[folder], "分类": ("用钱公开", "办案公开")[number % 3 == 2],
            "年度": day[:4], "状态": state.word,
        }  # fmt: skip
        main = f"<h1>{title.replace('<', '&lt;')}</h1>"
        indexed = Indexed(title, body, filters, day, {"状态": label})
        made.append(Page(f"{day[:4]}/item-{number}.html", title, main, "", indexed=indexed))
    home = Page("index.html", "首页", "<h1>首页</h1>", "首页")
    return (*made, home)


def world() -> World:
    """Three bodies, each owing one row, and one 办事指南."""
    site = replace(SITE, departments=tuple(NAMES), phone="0000-12345")
    made = []
    for folder, name in NAMES.items():
        services = (SERVICE,) if folder == "chengguan" else ()
        builder = Builder(replace(CHENGGUAN, folder=folder, name=name, services=services))
        for row in _rows(folder):
            builder.slot(row, "2026-Q1", Status.OPEN)
        made.append(builder.world(site, (RECEPTION, HOMESTEAD, ACCOUNTS)))
    departments = tuple(each.repository.departments[0] for each in made)
    slots = tuple(slot for each in made for slot in each.ledger.slots)
    first = made[0]
    return World(
        replace(first.repository, departments=departments),
        replace(first.ledger, slots=slots),
        first.evidence,
        {},
    )


def _rows(folder: str) -> tuple[Row, ...]:
    return (HOMESTEAD, ACCOUNTS) if folder == "hongxing" else (RECEPTION,)


def write(root: Path, made: World) -> Path:
    """The whole portal with every department's site under `root`."""
    site = made.repository.site
    frames = make_frames(site, theme_folder(), AS_OF)
    for department in made.repository.departments:
        folder = root / department.folder
        pages = (*pages_of(department.folder), department_page(made, department))
        frame = frames.department(department.folder, department.name)
        _put(folder, [(page.path, frame.fill(page)) for page in pages])
        _assets(folder, frames, department_hints(made, department))
        bundle(pages, folder)
    about = Indexed("关于本站（示例）", "本站汇总各机关的预算公开。", {"年度": "2026"}, "")
    portal = (
        Page("index.html", "首页", "<h1>首页</h1>", "首页"),
        Page("about.html", "关于", "<h1>关于</h1>", "", indexed=about),
        portal_page(made),
    )
    _put(root, [(page.path, frames.portal.fill(page)) for page in portal])
    own, *shelves = portal_shelves(site, portal, root)
    _assets(root, frames, portal_hints(made, shelves=[shelf.path for shelf in shelves]))
    bundle(own.pages, root)
    for shelf in shelves:
        bundle(shelf.pages, root / shelf.path)
    return root


def _put(folder: Path, files: list[tuple[str, str]]) -> None:
    for path, text in files:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def _assets(folder: Path, frames: Frames, hints: Asset) -> None:
    for asset in (*frames.assets, hints):
        path = folder / asset.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(asset.data)


def truth(query: str, folders: tuple[str, ...] = tuple(TEXTS)) -> set[str]:
    """Titles of the pages in which `query` stands, by plain substring search.

    A number inside a longer one does not count: 2694 is not in 126944.
    """
    wanted = re.compile(f"(?<![0-9]){re.escape(query)}(?![0-9])", re.IGNORECASE)
    if not query[0].isdigit():
        wanted = re.compile(re.escape(query), re.IGNORECASE)
    texts = (text for folder in folders for text in TEXTS[folder])
    return {title for title, body in texts if wanted.search(f"{title}\n{body}")}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder over http; gives its address, ending in a slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def hints_of(asset: Asset) -> dict[str, object]:
    """A `search.json`, read."""
    read = json.loads(asset.data)
    assert isinstance(read, dict)
    return read


def many(site: Site, count: int) -> Site:
    """The site as if it had `count` departments."""
    return replace(site, departments=tuple(f"d{n}" for n in range(count)))
