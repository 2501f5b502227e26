"""Family L over one department: fields, Markdown files, and everything that stands in attachments."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from generator.check.legality import concealed, fields, masks
from generator.check.legality.document import Document
from generator.check.legality.hit import Hit
from generator.check.legality.marks import HEAD_LINES
from generator.check.legality.scan import NOTHING, Scanned, Scope, found_in, interesting, scan
from generator.diagnostic import Diagnostic, Place
from generator.load import Allowed, Attached, Ground, Holding
from generator.model import Repository
from generator.rules import legality as rules
from generator.source import Source

_LISTED = 20
"""Findings of one rule that are listed for one attachment."""
_SKIPPED = ("number:", "index:", "process:", "old_url:", "path:", "corrects:", "interprets:")


@dataclass(frozen=True, slots=True)
class _Read:
    """One document of an item, scanned."""

    path: str
    item: str | None
    document: Document
    scanned: Scanned


def findings(
    ground: Ground, holding: Holding, repository: Repository
) -> tuple[list[Diagnostic], frozenset[Allowed]]:
    """Every finding of the family in one department, and the allow list's entries it met.

    What the list permits is left out. `repository` holds this department alone.
    """
    found = list(fields.findings(repository))
    used: set[Allowed] = set()
    for diagnostic, hit in _personal(ground, holding):
        allowed = next((a for a in ground.allowed if _permits(a, diagnostic, hit)), None)
        if allowed is None:
            found.append(diagnostic)
        else:
            used.add(allowed)
    return found, frozenset(used)


def unused(allowed: Iterable[Allowed], used: Container[Allowed]) -> Iterator[Diagnostic]:
    """The allow list's entries that nothing met."""
    for entry in allowed:
        if entry not in used:
            yield Diagnostic(
                Place(entry.path, entry.line, 1, 2),
                rules.ALLOWED_NOTHING,
                f"放行的 {entry.rule}「{entry.shows}」没有遇到",
                "内容已经改好的，删去这一条；没有改的，照检查结果核对写法",
            )


def _permits(entry: Allowed, diagnostic: Diagnostic, hit: Hit) -> bool:
    places = (diagnostic.place.path, diagnostic.item)
    return entry.target in places and entry.rule == hit.rule.code and entry.shows == hit.shown


def _personal(ground: Ground, holding: Holding) -> Iterator[tuple[Diagnostic, Hit]]:
    attached: dict[str, list[Attached]] = {}
    for one in holding.attached:
        attached.setdefault(one.item, []).append(one)
    own_facts = f"content/{holding.folder}/department.yml"
    known = {path: source for path, source in ground.sources.items() if path == own_facts}
    for path, source in {**known, **holding.sources}.items():
        item = _item_of(path)
        if item is None:
            continue
        title = _title(source)
        own = [_text(path, source, item, title)]
        own += [_attachment(one, title) for one in attached.pop(item, ())]
        yield from _of_item(own)


def _of_item(every: Iterable[_Read]) -> Iterator[tuple[Diagnostic, Hit]]:
    every = list(every)
    read = [one for one in every if one.scanned is not NOTHING]
    for one in read:
        yield from _placed(one, one.scanned.hits)
    owner = {id(token): one for one in read for token in one.scanned.masked}
    over: dict[str, list[Hit]] = {}
    for token, hit in masks.joined(token for one in read for token in one.scanned.masked):
        one = owner[id(token)]
        over.setdefault(one.path, []).append(hit)
        yield from _placed(one, (hit,))
    for one in every:
        yield from _concealed(one, (*one.scanned.hits, *over.get(one.path, ())))


def _concealed(read: _Read, hits: Iterable[Hit]) -> Iterator[tuple[Diagnostic, Hit]]:
    """One warning for what an attachment hides and `hits` do not name."""
    if read.document.passages:
        name = read.path.rpartition("/")[2]
        if (found := concealed.found(read.document, name, hits)) is not None:
            hit, place = found.hit, Place(read.path, locator=found.locator)
            yield Diagnostic(place, hit.rule, hit.message, hit.hint, read.item), hit


def _placed(read: _Read, hits: Iterable[Hit]) -> Iterator[tuple[Diagnostic, Hit]]:
    """Findings as diagnostics; an attachment's list of one rule ends with how many more."""
    hits = tuple(hits)
    if not read.document.passages:
        for hit in hits:
            line = read.document.line_of(hit.start)
            column = hit.start - read.document.starts[line] + 1
            place = Place(read.path, line + 1, column, column + max(hit.end - hit.start, 1))
            yield Diagnostic(place, hit.rule, hit.message, hit.hint, read.item), hit
        return
    counts = Counter(hit.rule.code for hit in hits)
    given: Counter[str] = Counter()
    for hit in hits:
        code = hit.rule.code
        given[code] += 1
        if given[code] > _LISTED:
            continue
        message = hit.message
        if given[code] == _LISTED and counts[code] > _LISTED:
            message = f"{message}；这个附件里另有 {counts[code] - _LISTED} 处没有列出"
        line = read.document.line_of(hit.start)
        where = read.document.passages[line].place(hit.start - read.document.starts[line])
        place = Place(read.path, locator=where)
        yield Diagnostic(place, hit.rule, message, hit.hint, read.item), hit


def _text(path: str, source: Source, item: str, title: str) -> _Read:
    document = Document(source.text, caption=title)
    offsets = tuple(found_in(document.text))
    if not offsets:
        return _Read(path, item, document, NOTHING)
    lines = source.lines
    is_item = path.endswith(".md")
    body = next((i + 1 for i in range(1, len(lines)) if lines[i].rstrip() == "---"), 0)
    front = range(body if is_item else len(lines))
    filled = [i for i in range(body, min(len(lines), body + 60)) if lines[i].strip()]
    heads = frozenset(filled[:HEAD_LINES] if is_item else ())
    titles = frozenset(i for i in front if lines[i].startswith("title:"))
    keys = {i: lines[i].strip().lstrip("- {") for i in front}
    scope = Scope(
        heads | titles,
        frozenset(i for i in front if "contact:" in lines[i]),
        frozenset(i for i, text in keys.items() if text.startswith(_SKIPPED)),
    )
    return _Read(path, item, document, scan(document, scope, offsets))


def _attachment(one: Attached, title: str) -> _Read:
    passages = one.reading.passages
    text = "\n".join(passage.text.replace("\n", " ") for passage in passages)
    name = one.source.rpartition("/")[2]
    document = Document(text, passages, f"{title} {one.title} {name}")
    if not passages or not interesting(f"{text}\n{document.caption}"):
        gps = any(passage.where.endswith("元数据 GPS") for passage in passages)
        return _Read(one.source, one.item, document, scan(document, Scope()) if gps else NOTHING)
    heads = frozenset(i for i, p in enumerate(passages) if p.head or p.where.startswith("页眉"))
    return _Read(one.source, one.item, document, scan(document, Scope(heads)))


def _item_of(path: str) -> str | None:
    """Id of the item or guide of a Markdown file; a department's own file stands for itself."""
    parts = path.split("/")
    if len(parts) < 3 or parts[0] != "content":
        return None
    if parts[2] == "department.yml":
        return f"{parts[1]}/department"
    if parts[2] in ("items", "services") and path.endswith(".md"):
        slug = path.removesuffix("/index.md").removesuffix(".md").split("/")
        return "/".join([parts[1], *slug[3:]] if parts[2] == "items" else [parts[1], *slug[2:]])
    return None


def _title(source: Source) -> str:
    """The title that the front matter gives; it heads the whole text."""
    for line in source.lines[:40]:
        if line.startswith("title:"):
            return line[6:].strip()
    return ""
