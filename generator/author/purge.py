"""`gongkai purge`: take what was withdrawn out of caches, the built site and archives."""

import json
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from generator.article import draft, plain_text
from generator.author.errors import AuthorError
from generator.author.passages import Marks, marks
from generator.examine import memory_of
from generator.history import Blob, blobs, contents, touches
from generator.load import load
from generator.model import Item, Repository
from generator.publish.place import MARKER, claimed, is_ours, work_folder
from generator.publish.tree import remove
from generator.source import decode, read_front
from generator.survey import paths_of

_MANIFEST = "manifest.json"
_PUBLIC = b'"state":"public"'


@dataclass(frozen=True, slots=True)
class Purged:
    """What was done, and what only people can do."""

    removed: tuple[str, ...]
    """Each thing that was removed, in Chinese."""
    steps: tuple[str, ...]
    """What is left by hand, in Chinese, in order."""


@dataclass(frozen=True, slots=True)
class _Target:
    """The item, and how files of it are told."""

    item: Item
    kept: frozenset[str]
    """Paths of attachments, from the department's folder, that other items carry too."""
    marks: Marks

    def holds(self, name: str, data: Callable[[], bytes]) -> bool:
        """Whether the file, by its path in a site or an archive, must go."""
        own, folder = self.item, re.escape(self.item.department)
        stem = rf"{folder}/{own.year}/{own.slug}"
        if re.search(rf"(?:^|/){folder}/items/{own.year}/{own.slug}(?:\.md$|/)", name):
            return True
        if re.search(rf"(?:^|/){stem}/", name):
            return name.partition(f"{own.department}/")[2] not in self.kept
        if re.search(rf"(?:^|/){folder}/history/{own.year}/{own.slug}\.json$", name):
            return True
        if re.search(rf"(?:^|/)(?:{folder}/)?pagefind/", f"/{name}"):
            return re.match(rf"(?:{folder}/|data/search/[0-9]+/)?pagefind/", name) is not None
        found = data()
        # A page that shows the reason alone may stay; one that shows the text may not, though
        # the text be all in attachments.
        if re.search(rf"(?:^|/){stem}\.html$", name) and _PUBLIC in found:
            return True
        return self.marks.stand_in(name, found)


def purge(root: Path, item_id: str, out: Path, archives: Sequence[Path]) -> Purged:
    """Remove the earlier text of a withdrawn item from all that this machine has made of it.

    `out` is the built site, which need not be there; `archives` are ZIP files, rewritten where
    they hold it. The receipts stay: they hold hashes and no text. Raises AuthorError where the
    item was not withdrawn for 个人信息 or 涉密, BuildError where `out` is not ours or in use,
    OSError and `GitFailed`.
    """
    for path in archives:
        if not zipfile.is_zipfile(path):
            raise AuthorError(f"`{path}` 不是一个 ZIP 压缩包，什么也没有动", "写档案包的文件名")
    repository, item = _withdrawn(root, item_id)
    target = _target(root, repository, item)
    removed = [*_caches(root, out, target)]
    for path in archives:
        removed += _archive(path, target)
    return Purged(tuple(removed), tuple(_steps(item, archives)))


def _withdrawn(root: Path, item_id: str) -> tuple[Repository, Item]:
    repository = load(root).repository
    if repository is None:
        raise AuthorError("配置有错误，什么也没有动", "运行 `gongkai check` 看错在哪里")
    item = next((each for each in repository.items if each.id == item_id), None)
    if item is None:
        raise AuthorError(
            f"没有 `{item_id}` 这一件，什么也没有动", "写事项编号，如 `chengguan/2026/reception-q3`"
        )
    if item.withdrawn is None or not item.withdrawn.secret:
        raise AuthorError(
            f"`{item_id}` 没有因个人信息或者涉密撤回，什么也没有动",
            "先在它的文件里写 `withdrawn: {on: 日期, reason: 原因, kind: 个人信息}`，再运行",
        )
    return repository, item


def _target(root: Path, repository: Repository, item: Item) -> _Target:
    shown: list[str] = [item.title, item.withdrawn.reason if item.withdrawn else ""]
    kept: set[str] = set()
    hashes: set[str] = set()
    for other in repository.items:
        if other.id != item.id and other.withdrawn is None:
            kept |= {file.path for file in other.files}
            hashes |= {file.sha256 for file in other.files}
            shown += [other.title, other.body, other.summary or ""]
    for row in repository.catalog.rows:
        shown += [*row.basis, row.category, *(element.name for element in row.elements)]
    for department in repository.departments:
        shown += [department.name, department.address or "", department.hours or ""]
    texts, files = _earlier(root, item)
    found = marks(texts, shown, (files | {file.sha256 for file in item.files}) - hashes)
    return _Target(item, frozenset(kept), found)


def _earlier(root: Path, item: Item) -> tuple[list[str], set[str]]:
    """Every text that the item's file ever had, and the hashes of what lay beside it."""
    landings = touches(root, {item.id: paths_of(item)}, least=1).get(item.id, ())
    places = [(each.commit, path) for each in landings for path in paths_of(item)]
    data = contents(root, blobs(root, places).values())
    now = (root / item.path).read_bytes()
    texts = [text for raw in (*data.values(), now) if (text := _said(item.path, raw))]
    sources = [file.source for file in item.files]
    beside: list[Blob] = [*blobs(root, ((e.commit, s) for e in landings for s in sources)).values()]
    return texts, {sha256(raw).hexdigest() for raw in contents(root, beside).values()}


def _said(path: str, raw: bytes) -> str:
    source, _ = decode(path, raw)
    front = read_front(source)[0] if source is not None else None
    if front is None:
        return ""
    fields = [front.fields.get(key) for key in ("summary", "nil")]
    said = [str(getattr(node, "text", "")) for node in fields if node is not None]
    return "\n".join((*said, front.body, plain_text(draft(front.body).html)))


def _caches(root: Path, out: Path, target: _Target) -> Iterator[str]:
    out = out.absolute()
    if out.exists():
        with claimed(out):
            if is_ours(out):
                gone = [path for path in _files(out) if target.holds(*_asked(out, path))]
                for path in gone:
                    path.unlink()
                if gone:
                    yield f"网站 {out}：{len(gone)} 个文件"
    memory = memory_of(root)
    for cache in (work_folder(out), root / ".gongkai", memory.folder if memory else None):
        if cache is not None and cache.exists():
            remove(cache)
            yield f"缓存 {cache}"


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != MARKER)


def _asked(out: Path, path: Path) -> tuple[str, Callable[[], bytes]]:
    return path.relative_to(out).as_posix(), path.read_bytes


def _archive(path: Path, target: _Target) -> Iterator[str]:
    """Write the archive anew without what must go; nothing where it holds none of it."""
    unfinished = path.with_name(f".{path.name}.part")
    with zipfile.ZipFile(path) as old:
        entries = old.infolist()
        gone = {e.filename for e in entries if target.holds(e.filename, partial(old.read, e))}
        if not gone:
            return
        try:
            with zipfile.ZipFile(unfinished, "w") as new:
                for entry in entries:
                    if entry.filename in gone:
                        continue
                    data = old.read(entry)
                    if entry.filename == _MANIFEST:
                        data = _listed(data, gone)
                    new.writestr(entry, data)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    yield f"档案包 {path}：{len(gone)} 个文件"


def _listed(data: bytes, gone: set[str]) -> bytes:
    """The manifest without the files that are gone."""
    try:
        manifest = json.loads(data)
        manifest["files"] = [each for each in manifest["files"] if each["path"] not in gone]
    except (ValueError, KeyError, TypeError):
        return data
    return (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()


def _steps(item: Item, archives: Sequence[Path]) -> Iterator[str]:
    places = "、".join(dict.fromkeys((item.path, *(file.source for file in item.files))))
    if item.body.strip() or item.files:
        yield f"删去原文：{places} 里的正文和附件，只留字段，提交、合并"
    yield "重新生成并部署：gongkai build，把新的网站放上去，旧的发布目录、备份、光盘和镜像站一并清掉"
    paths = " ".join(f"--path {path}" for path in paths_of(item))
    yield (
        "清 Git 历史：先备份，再 "
        f"git filter-repo --invert-paths {paths}，把撤回后的文件重新提交，强制推送；"
        "提交号会全部改变，verify 会报 commit-lost，把这次清理的批准文件和说明一并存档"
    )
    yield "清代码平台：合并请求的差异、复刻、缓存的提交和自动任务的产物，平台管理员才能清；各人的克隆作废重取"
    if archives:
        yield "档案包里这一件的网页已经拿掉，verify 会报 page-missing；用 gongkai archive 重做一份代替它"
    yield "清内容分发和代理的缓存：这一件的网址、附件、搜索文件和 feed.xml"
    yield f"请搜索引擎删除快照：百度搜索资源平台、必应站长工具，网址是 {item.id}.html 和它的附件"
    yield "收回纸和别处的副本：公开栏的打印件、档案卡、转载的网站、发过的邮件和群消息"
