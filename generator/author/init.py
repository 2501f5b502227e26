"""A root of a county's own: settings, a first department, an example, and the forge's files."""

import os
import string
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.author.codeowners import Owned, codeowners
from generator.author.errors import AuthorError

_ROOT = Path(__file__).parent / "root"
FORGES = ("github", "gitea", "gitlab", "none")


class _Template(string.Template):
    """`@@name`, because the shell and the forges already use `$`."""

    delimiter = "@@"


@dataclass(frozen=True, slots=True)
class _Preset:
    """What differs between a county, a town and a village."""

    folder: str
    values: Mapping[str, str]


_SPENT = {
    "slug": "reception-q3",
    "title": "2026年第三季度公务接待费支出情况",
    "category": "财务/公务接待费",
    "text": "本季度公务接待费预算数 3.00 万元，支出数 1.26 万元，接待 14 批次、96 人次，人均 131.25 元。",
}
_VILLAGE = {
    "slug": "accounts-q3",
    "title": "2026年第三季度村级财务收支情况",
    "category": "村务/财务收支",
    "text": "期初余额 12.30 万元，本期收入 4.50 万元，本期支出 3.80 万元，期末余额 13.00 万元。",
}
"""What the README shows a clerk to write: a body's own duty, whole."""

_PRESETS = {
    "县": _Preset(
        "zhengfuban",
        _SPENT
        | {
            "site_name": "示例县政府信息公开",
            "region": "示例县",
            "level": "县级",
            "sponsor": "示例县人民政府办公室",
            "department": "示例县人民政府办公室",
            "kind": "部门",
            "address": "示例县示例路1号",
            "sections": "设综合科、政务公开科、督查科。",
        },
    ),
    "乡镇": _Preset(
        "zhenzhengfu",
        _SPENT
        | {
            "site_name": "示例镇政府信息公开",
            "region": "示例镇",
            "level": "乡级",
            "sponsor": "示例镇人民政府",
            "department": "示例镇人民政府",
            "kind": "街道",
            "address": "示例镇示例街1号",
            "sections": "设党政综合办公室、经济发展办公室、社会事务办公室、便民服务中心。",
        },
    ),
    "村": _Preset(
        "cunweihui",
        _VILLAGE
        | {
            "site_name": "示例村村务公开",
            "region": "示例村",
            "level": "乡级",
            "sponsor": "示例村村民委员会",
            "department": "示例村村民委员会",
            "kind": "村",
            "address": "示例村村部",
            "sections": "设村民委员会、村务监督委员会、便民服务室。",
        },
    ),
}
PRESETS = tuple(_PRESETS)

_SETUP = {
    "github": (
        "- 在仓库设置里：给 `main` 加保护，要求代码所有者批准，"
        "要求「检查公开内容」和「公开检查/警告确认」通过，后一项的来源选 GitHub Actions；"
        "Pages 的来源选 GitHub Actions；工作流权限选只读。\n"
        "- 给 `receipts` 分支加保护，不许删除和强推，只许 GitHub Actions 推送：回执记在那里。\n"
        "- 在 `.github/CODEOWNERS` 里填上监督机关和各机关审核人的账号。"
    ),
    "gitea": (
        "- 在仓库设置里：给 `main` 加保护，要求批准，"
        "要求「检查公开内容」和「公开检查/警告确认」通过，不许推送者自己合并；"
        "给 `receipts` 加保护，不许强推。\n"
        "- 运行器上要有 git 2.38 以上和 Python 3.11 以上，能写 `.gitea/workflows/publish.yml` 里的网站文件夹。\n"
        "- 在 `CODEOWNERS` 里填上监督机关和各机关审核人的账号。"
    ),
    "gitlab": (
        "- 在仓库设置里：保护 `main` 和 `receipts`，不许强推；合并前流水线必须成功。\n"
        "- 建一个项目访问令牌（开发者，`api` 和 `write_repository`），存成受保护、隐藏的变量 "
        "`GONGKAI_TOKEN`；建两个流水线计划：每天 1:17 一个，每十分钟一个，后一个带变量 "
        "`GONGKAI_TASK=acknowledge`。\n"
        "- 警告有没有确认，由后一个计划写进合并请求的流水线，名叫「公开检查/警告确认」；新推送以后、"
        "它写上以前，流水线也可能是绿的，所以只许维护者合并，看到它通过再合并。\n"
        "- 在 `.gitlab/CODEOWNERS` 里填上监督机关和各机关审核人的账号。"
    ),
    "none": (
        "- 服务器上怎么装，见 `server/post-receive` 开头；网站服务器的样例是 `server/nginx.conf`。"
    ),
}
_PROPOSED = (
    "提交{0}，等检查结果和审核人的意见。检查说「不能合并」的，照它写的「改法」改，"
    "改完再提交到同一个{0}。"
)
_SUBMIT = {
    "github": _PROPOSED.format("拉取请求"),
    "gitea": _PROPOSED.format("合并请求"),
    "gitlab": _PROPOSED.format("合并请求"),
    "none": (
        "请审核人看过，再推送到服务器，等检查结果。检查说有错误的，网页不会更新，"
        "照它写的「改法」改好再推送。"
    ),
}
_PINNED = {
    "github": "`.github/workflows/` 里写着它的四个文件",
    "gitea": "`.gitea/workflows/` 三个文件里",
    "gitlab": "`.gitlab-ci.yml` 里",
    "none": "服务器上重新 `pip install`",
}


def init(
    directory: Path,
    preset: str,
    forge: str,
    *,
    today: date,
    version: str,
    supervisor: str | None = None,
    reviewer: str | None = None,
) -> tuple[Path, ...]:
    """Write a root that passes the gate and builds, and give the files written, sorted.

    `version` is the tool's, which the forge's files install; `supervisor` and `reviewer` are
    accounts on the forge. Raises AuthorError when a file is already there (nothing is written
    then) or `preset` or `forge` is unknown; OSError when the disk refuses.
    """
    if preset not in _PRESETS:
        raise AuthorError(f"没有「{preset}」这种预设", f"从 {'、'.join(PRESETS)} 里选一个")
    if forge not in FORGES:
        raise AuthorError(f"不认识代码平台 `{forge}`", f"从 {'、'.join(FORGES)} 里选一个")
    chosen = _PRESETS[preset]
    values = {
        **chosen.values,
        "folder": chosen.folder,
        "forge": forge,
        "today": today.isoformat(),
        "version": version,
        "phone": "0000-8000000",
        "complaints": "0000-8000001",
        "setup": _SETUP[forge],
        "pinned": _PINNED[forge],
        "submit": _SUBMIT[forge],
    }
    files = {
        target: _Template(template.read_text(encoding="utf-8")).substitute(values)
        for target, template in _targets(chosen.folder, forge, today).items()
    }
    if owners := _OWNERS_FILE.get(forge):
        files[owners] = codeowners(forge, _owned(chosen, forge, supervisor, reviewer))
    taken = sorted(target for target in files if os.path.lexists(directory / target))
    if taken:
        raise AuthorError(
            f"`{directory}` 里已经有 {'、'.join(taken[:3])}{' 等' if len(taken) > 3 else ''}",
            "换一个空文件夹；已有的文件一个也没有动",
        )
    for target, text in files.items():
        path = directory / target
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    if forge == "none":
        (directory / "server/post-receive").chmod(0o755)
    return tuple(sorted(directory / target for target in files))


_OWNERS_FILE = {
    "github": ".github/CODEOWNERS",
    "gitea": "CODEOWNERS",
    "gitlab": ".gitlab/CODEOWNERS",
}
_FORGE_FILES = {
    "github": (".github/",),
    "gitea": (".gitea/", "CODEOWNERS"),
    "gitlab": (".gitlab/", ".gitlab-ci.yml"),
}


def _targets(folder: str, forge: str, today: date) -> Mapping[str, Path]:
    """Path in the new root → template."""
    every = _ROOT / "every"
    targets = {
        "README.md": every / "README.md",
        "site_config.yml": every / "site_config.yml",
        ".gitignore": every / "gitignore",
        ".gitattributes": every / "gitattributes",
        f"content/{folder}/department.yml": every / "department.yml",
        f"content/{folder}/items/{today.year}/organs.md": every / "organs.md",
    }
    for template in sorted((_ROOT / forge).rglob("*")):
        if template.is_file():
            targets[template.relative_to(_ROOT / forge).as_posix()] = template
    return targets


def _owned(
    preset: _Preset, forge: str, supervisor: str | None, reviewer: str | None
) -> tuple[Owned, ...]:
    above = (supervisor,) if supervisor else ()
    own = (reviewer,) if reviewer else ()
    settings = (
        "site_config.yml",
        "content/catalog/",
        "content/calendar/",
        "content/exemptions/",
        "content/allow.yml",
    )
    forge_files = _FORGE_FILES[forge]
    return (
        *(Owned(path, above, "监督机关") for path in (*settings, *forge_files)),
        Owned(f"content/{preset.folder}/", own, f"{preset.values['department']}审核人"),
    )
