"""审核人要亲自确认的: what no program can know, drawn from what this proposal holds."""

from collections import Counter
from collections.abc import Sequence

from generator.catalog import row_of
from generator.diagnostic import Diagnostic, Severity
from generator.model import Item, Repository
from generator.report.findings import Findings
from generator.report.markup import code, escaped
from generator.report.review.acknowledge import covered, must_be_named, words_for
from generator.report.review.public import Touched

_FEW = 5
"""Names that stand in one sentence."""
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".pdf")


def to_confirm(
    findings: Findings,
    mine: Sequence[Diagnostic],
    items: Sequence[Touched],
    repository: Repository | None,
) -> tuple[str, ...]:
    """Task-list items in Markdown; `mine` are the findings that concern the proposal."""
    if not items and not mine:
        return ()
    tasks: list[str] = []
    if items:
        tasks += [
            "内容和本机关盖章或签发的原件一致，数字逐个对过",
            "不涉及国家秘密、工作秘密，也不会危及安全和稳定；系统只认得标志和号码，看不出内容该不该公开",
        ]
    tasks += [_signed(one.item) for one in items if _must_sign(one.item, repository)]
    warnings = [d for d in mine if d.severity is Severity.WARNING]
    tasks += [said] if (said := covered(warnings)) else []
    tasks += _private(warnings)
    tasks += [_seen(one) for one in items if _pictures(one.item, findings)]
    old = [_named(one.item) for one in items if one.word == "修改"]
    if old:
        tasks.append(f"{_few(old)} 已经公开过：内容有误的，要另发一条更正（`corrects`）")
    tasks += [
        f"{_named(one.item)} 撤回的理由属实，写得让公众看得懂"
        for one in items
        if one.word == "撤回"
    ]
    tasks += [
        f"{code(unread.path)} 系统没有读，要打开看过"
        for unread in findings.not_checked
        if unread.path in findings.changed
    ]
    return tuple(f"- [ ] {task}" for task in dict.fromkeys(tasks))


def _must_sign(item: Item, repository: Repository | None) -> bool:
    if item.review is not None:
        return True
    row = row_of(repository.catalog, item) if repository is not None else None
    return row is not None and row.review_required


def _signed(item: Item) -> str:
    review = item.review
    if review is None:
        return f"{_named(item)} 没有审签记录（`review`）"
    roles = (("拟稿", review.drafted), ("保密审查", review.secrecy), ("签批", review.approved))
    said = "、".join(f"{role} {who}" for role, who in roles if who) or "没有写人"
    on = f"，{review.on.isoformat()}" if review.on else ""
    return f"{_named(item)} 的审签是自己填的（{escaped(said)}{on}）：问过本人，确有其事"


def _private(warnings: Sequence[Diagnostic]) -> list[str]:
    """Family L one by one: an approval of the whole does not cover it."""
    found = [d for d in warnings if must_be_named(d.rule.code)]
    counts = Counter((d.rule.code, d.rule.title) for d in found)
    tasks = []
    for (rule_code, title), count in sorted(counts.items()):
        places = list(dict.fromkeys(_place(d) for d in found if d.rule.code == rule_code))
        tasks.append(
            f"{rule_code} {escaped(title)} {count} 处，逐处看过，批准时在审核意见里写"
            f"{words_for(rule_code)}：{_few(places)}"
        )
    return tasks


def _few(names: Sequence[str]) -> str:
    return "、".join(names[:_FEW]) + (f" 等 {len(names)} 处" if len(names) > _FEW else "")


def _place(diagnostic: Diagnostic) -> str:
    place = diagnostic.place
    if place.locator is not None:
        return f"{code(place.path)} {escaped(place.locator)}"
    return code(place.path) if place.line is None else f"{code(place.path)} 第 {place.line} 行"


def _pictures(item: Item, findings: Findings) -> list[str]:
    return [
        file.title or file.path
        for file in item.files
        if file.source in findings.changed and file.path.lower().endswith(_PICTURES)
    ]


def _seen(one: Touched) -> str:
    return f"{_named(one.item)} 的图片和 PDF 打开看过：里面的人脸、印章、手写和扫描的字，系统读不出"


def _named(item: Item) -> str:
    return f"《{escaped(item.title)}》"
