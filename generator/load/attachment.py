"""Attachments: every file that front matter or body names, found, measured and hashed."""

import hashlib
import re
from collections.abc import Iterable

from generator import office
from generator.article import (
    Astray,
    Document,
    Draft,
    Inside,
    Link,
    Table,
    TableError,
    TableTooLarge,
    locate,
    read_document,
    read_tables,
)
from generator.diagnostic import Diagnostic, NotChecked, Place, Rule
from generator.load.reading import Attached, Reading
from generator.model import Attachment
from generator.rules import files as rules
from generator.source import Fields, Source

MAX_BYTES = 200_000_000
_REFUSED = frozenset(
    [
        "exe",
        "dll",
        "com",
        "bat",
        "cmd",
        "ps1",
        "vbs",
        "vbe",
        "js",
        "mjs",
        "jse",
        "wsf",
        "wsh",
        "msi",
        "scr",
        "jar",
        "sh",
        "py",
        "php",
        "html",
        "htm",
        "xhtml",
        "svg",
        "xml",
        "mht",
        "hta",
        "lnk",
        "url",
        "reg",
        "xlsm",
        "xltm",
        "docm",
        "dotm",
        "pptm",
        "potm",
        "apk",
        "app",
        "dmg",
        "iso",
    ]
)
_MAGIC = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")


def listed(
    reading: Reading, fields: Fields, key: str, folder: str, beside: str | None, item: str
) -> tuple[Attachment, ...]:
    """The files that the front matter lists under `key`.

    `folder` is the department's, `beside` the folder of `index.md`, where a file is looked for
    first (None for an item that is a single file).
    """
    out: list[Attachment] = []
    for entry in fields.maps(key):
        path, title = entry.text("path", required=True), entry.text("title", required=True)
        entry.finish()
        if path is None:
            continue
        if re.search(r"^[/~]|^[A-Za-z]:|\\|(?:^|/)\.(?:/|$)", path):
            entry.report(
                rules.PATH_FORM,
                entry.place("path"),
                f"附件路径「{path}」不是相对路径",
                "只写文件名，文件放在 `index.md` 旁边或机关的 `files/` 里",
            )
            continue
        if ".." in path.split("/"):
            entry.report(
                rules.FILE_OUTSIDE,
                entry.place("path"),
                f"附件「{path}」在机关文件夹之外",
                "复制一份放到自己的 `files/`，只写文件名",
            )
            continue
        places = ([f"{beside}/{path}"] if beside else []) + [f"content/{folder}/files/{path}"]
        source = next((p for p in places if (reading.root / p).is_file()), None)
        if source is None:
            looked = "、".join(f"`{place}`" for place in places)
            entry.report(
                rules.FILE_MISSING,
                entry.place("path"),
                f"附件「{path}」不存在",
                f"上传到 {looked}，或改正文件名（分大小写）",
            )
            continue
        attachment = _measure(
            reading, source, folder, title or path, entry.place("path"), item, True
        )
        if attachment is not None:
            out.append(attachment)
    return tuple(out)


def named_in_body(
    reading: Reading,
    source: Source,
    body_line: int,
    draft: Draft,
    folder: str,
    site_url: str,
    item: str,
    already: Iterable[Attachment],
) -> tuple[Attachment, ...]:
    """The files of the department that a body links to or shows, beyond those already listed."""
    out = {attachment.source: attachment for attachment in already}
    count = len(out)
    for link in draft.refused:
        _at(
            reading,
            source,
            body_line,
            link,
            rules.UNSAFE_LINK,
            f"链接 `{link.href}` 的协议不许用"
            if not link.image
            else f"图片 `{link.href}` 不在本站",
            "用 https 链接；图片放在 `index.md` 旁边或 `files/` 里，写相对路径",
            item,
        )
    for link in draft.links:
        found = locate(link.href, source.path, folder, site_url)
        if isinstance(found, Astray):
            rule, message, hint = {
                Astray.MALFORMED: (rules.PATH_FORM, "写法不对", "用 `/` 分隔，写相对路径"),
                Astray.ESCAPES: (
                    rules.FILE_OUTSIDE,
                    "在机关文件夹之外",
                    "复制一份放到自己的 `files/`",
                ),
                Astray.UNPUBLISHED: (
                    rules.FILE_MISSING,
                    "指的地方不公开",
                    "附件放到 `files/` 或 `index.md` 旁边",
                ),
            }[found]
            _at(reading, source, body_line, link, rule, f"链接 `{link.href}` {message}", hint, item)
            continue
        if not isinstance(found, Inside) or found.source is None:
            continue
        own = found.source.startswith(f"content/{folder}/")
        if found.source.endswith(".md") or found.path.endswith(".html"):
            # A link to another item or service: its file, or the item's folder form.
            other = found.source.removesuffix(".md") + "/index.md"
            if not reading.stands(found.source) and not reading.stands(other):
                _at(
                    reading,
                    source,
                    body_line,
                    link,
                    rules.NAMES_NOTHING,
                    f"链接 `{link.href}` 所指的事项不存在",
                    "核对文件名，分大小写",
                    item,
                )
            continue
        if not own:
            _at(
                reading,
                source,
                body_line,
                link,
                rules.FILE_OUTSIDE,
                f"附件 `{link.href}` 是别的机关的",
                "复制一份放到自己的 `files/`",
                item,
            )
            continue
        if not reading.stands(found.source):
            _at(
                reading,
                source,
                body_line,
                link,
                rules.FILE_MISSING,
                f"正文里的附件 `{link.href}` 不存在",
                f"上传到 `{found.source}`，或改正链接",
                item,
            )
            continue
        if found.source not in out:
            place = _place(source, body_line, link)
            name = found.source.rpartition("/")[2]
            attachment = _measure(reading, found.source, folder, name, place, item, False)
            if attachment is not None:
                out[found.source] = attachment
    return tuple(list(out.values())[count:])


def _measure(
    reading: Reading, source: str, folder: str, title: str, place: Place, item: str, named: bool
) -> Attachment | None:
    extension = source.rpartition(".")[2].lower()
    name = source.rpartition("/")[2]

    def refuse(rule: Rule, message: str, hint: str) -> None:

        reading.found.append(Diagnostic(place, rule, message, hint, item))

    file = reading.root / source
    if any(part.is_symlink() for part in (file, *list(file.parents)[: source.count("/")])):
        refuse(rules.SYMBOLIC_LINK, f"附件「{name}」是快捷方式（符号链接）", "把文件本身放到这里")
        return None
    if file.stat().st_size > MAX_BYTES:
        refuse(rules.TOO_LARGE, f"附件「{name}」超过 200 MB", "压缩图片或分成几个文件")
        return None
    data = reading.bytes(source)
    if data is None:
        return None
    if not data:
        refuse(rules.FILE_EMPTY, f"附件「{name}」是空文件", "重新上传；多半是上传没有完成")
        return None
    if extension in _REFUSED or data.startswith(_MAGIC):
        refuse(
            rules.FILE_EXECUTABLE,
            f"附件「{name}」是程序、网页或带宏的文件",
            "另存为 xlsx、docx、pdf 或 csv 再上传",
        )
        return None
    path = source.removeprefix(f"content/{folder}/").removeprefix("items/")
    digest = hashlib.sha256(data).hexdigest()
    return Attachment(path, title, source, len(data), digest, named)


def tables_of(
    reading: Reading, attachments: Iterable[Attachment], item: str
) -> tuple[tuple[str, tuple[Table, ...]], ...]:
    """The attachments that can be shown as tables; those that cannot be read are reported."""
    out = []
    for attachment in attachments:
        if attachment.path.rpartition(".")[2].lower() not in ("csv", "xlsx", "xls", "et"):
            continue
        data = (reading.root / attachment.source).read_bytes()
        try:
            tables = read_tables(attachment.path, data)
        except TableTooLarge as large:
            reading.not_checked.append(NotChecked(attachment.source, str(large)))
            continue
        except TableError as broken:
            reading.report(
                rules.TABLE_UNREADABLE,
                attachment.source,
                f"附件表格读不出：{broken}",
                "去掉密码和损坏的部分，另存为 xlsx 或 csv",
                item,
            )
            continue
        if tables:
            out.append((attachment.path, tables))
    return tuple(out)


def documents_of(
    reading: Reading, attachments: Iterable[Attachment]
) -> tuple[tuple[str, Document], ...]:
    """The attachments that can be shown as documents; one that is broken `read_whole` names."""
    out = []
    for attachment in attachments:
        if attachment.path.rpartition(".")[2].lower() not in ("docx", "wps"):
            continue
        data = (reading.root / attachment.source).read_bytes()
        try:
            document = read_document(data)
        except TableTooLarge as large:
            reading.not_checked.append(NotChecked(attachment.source, str(large)))
        except TableError:
            continue
        else:
            if document.blocks:
                out.append((attachment.path, document))
    return tuple(out)


def read_whole(reading: Reading, attachments: Iterable[Attachment], item: str) -> None:
    """Read all that stands in each attachment, once, for the gate; what is not read is named."""
    for attachment in attachments:
        source = attachment.source
        if source in reading.attached:
            continue
        whole = office.passages(source, (reading.root / source).read_bytes())
        reading.characters -= sum(len(passage.text) for passage in whole.passages)
        if reading.characters < 0:
            whole = office.Reading((), ("附件的文字总量太大，这一个没有检查",))
        reading.attached[source] = Attached(source, attachment.title, item, whole)
        reading.not_checked += [NotChecked(source, reason) for reason in whole.not_checked]


def _place(source: Source, body_line: int, link: Link) -> Place:
    line = body_line + link.line - 1
    return Place(source.path, line, link.column, link.end_column)


def _at(
    reading: Reading,
    source: Source,
    body_line: int,
    link: Link,
    rule: Rule,
    message: str,
    hint: str,
    item: str,
) -> None:

    reading.found.append(Diagnostic(_place(source, body_line, link), rule, message, hint, item))
