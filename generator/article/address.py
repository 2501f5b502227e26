"""Where the addresses in a body lead: the tree's files on one side, the site's on the other."""

import re
from dataclasses import dataclass
from enum import Enum
from html import escape, unescape
from urllib.parse import quote, unquote

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_OUTSIDE = re.compile(r"(?:https?://[^/?#\\]|mailto:.|tel:.)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\\]")
_SLUG = re.compile(r"[a-z0-9-]{1,80}")
_YEAR = re.compile(r"[0-9]{4}")
_HREF = re.compile(r'<(a|img) (href|src)="([^"]*)"')


class Astray(Enum):
    """Why an address leads nowhere on the site."""

    MALFORMED = "malformed"
    """Control characters, a backslash, an empty segment or bytes that are not UTF-8."""
    ESCAPES = "escapes"
    """More `..` than there are folders."""
    UNPUBLISHED = "unpublished"
    """A place of the tree from which nothing is published."""


class Outside(Enum):
    """An address that the site only names."""

    WEB = "web"
    """Another site, a mailbox or a telephone."""
    HERE = "here"
    """`#…`: a heading of the same page."""


@dataclass(frozen=True, slots=True)
class Inside:
    """An address inside the site."""

    path: str
    """From the site's root, decoded: `chengguan/files/a.xlsx`."""
    source: str | None
    """The file of the tree that it names; None for an absolute address of the site itself."""
    fragment: str
    """Without `#`, as written; empty where there is none."""


def allowed(href: str, *, image: bool) -> bool:
    """Whether a page may carry the address (entity-decoded, not percent-decoded).

    Links: http, https, mailto, tel and relative ones. Images: relative ones only, since a page
    loads nothing from elsewhere. `//host` and every other scheme are refused.
    """
    if not href or href.startswith(("//", "\\")) or _CONTROL.search(href):
        return False
    if _SCHEME.match(href):
        return not image and _OUTSIDE.match(href) is not None
    return not (image and href.startswith("#"))


def locate(href: str, item_path: str, department: str, site_url: str) -> Inside | Outside | Astray:
    """Say where an address of a body leads.

    `href` is as written (`Link.href`), `item_path` the Markdown file relative to the root,
    `site_url` ends in a slash. Percent-encoding is decoded once and letters keep their case. A path
    beginning with `/` counts from the repository's root, as a forge shows it.
    """
    if href.startswith(site_url):
        return _own(href[len(site_url) :])
    if _SCHEME.match(href) or href.startswith("//"):
        return Outside.WEB
    if href.startswith("#"):
        return Outside.HERE
    rest, _, fragment = href.partition("#")
    parts = _decoded(rest.partition("?")[0])
    if parts is None:
        return Astray.MALFORMED
    folder = [] if parts[0] == "" else item_path.split("/")[:-1]
    walked = _walk(folder, parts[1:] if parts[0] == "" else parts)
    if walked is None:
        return Astray.ESCAPES
    depth = item_path.split("/").index(department)
    if walked[:depth] != item_path.split("/")[:depth]:
        return Astray.ESCAPES
    path = _published(walked[depth:])
    if path is None:
        return Astray.UNPUBLISHED
    return Inside(path, "/".join(walked), fragment)


def resolve(href: str, item_path: str, department: str, site_url: str) -> str | None:
    """Give the path from the site's root that an address leads to; None if not inside the site.

    Same arguments as `locate`, which also tells an outside address from one that leads astray.
    """
    found = locate(href, item_path, department, site_url)
    return found.path if isinstance(found, Inside) else None


def relative(path: str, page: str, site_url: str) -> str:
    """Write the address of `path` for a reader of `page` (both from the site's root), encoded.

    Inside a department's folder it is relative, so that the folder can be copied alone; out of it
    it begins with `site_url`.
    """
    department, _, rest = path.partition("/")
    own, _, here = page.partition("/")
    if department != own or not rest:
        return site_url + quote(path)
    folder, steps = here.split("/")[:-1], rest.split("/")
    while folder and len(steps) > 1 and folder[0] == steps[0]:
        folder, steps = folder[1:], steps[1:]
    return "../" * len(folder) + quote("/".join(steps))


def place(html: str, source: str, page: str, site_url: str) -> str:
    """Rewrite a draft's addresses for the page that shows it.

    `source` is the Markdown file relative to the root (`content/chengguan/…`), `page` the page's
    path from the site's root. An address that leads astray loses its href (the gate reports it);
    one of another site gets `rel="noopener"`.
    """
    department = page.partition("/")[0]

    def rewrite(match: re.Match[str]) -> str:
        tag, key, written = match.groups()
        href = unescape(written)
        found = locate(href, source, department, site_url)
        match found:
            case Outside.HERE:
                return match[0]
            case Outside.WEB:
                rel = ' rel="noopener"' if href[:4].lower() == "http" else ""
                return f"{match[0]}{rel}"
            case Astray():
                return f"<{tag}"
        address = relative(found.path, page, site_url)
        if found.fragment:
            anchor = quote(unquote(found.fragment))
            address += f"#t-{anchor}" if (found.source or "").endswith(".md") else f"#{anchor}"
        return f'<{tag} {key}="{escape(address)}"'

    return _HREF.sub(rewrite, html)


def _own(rest: str) -> Inside | Astray:
    path, _, fragment = rest.partition("#")
    parts = _decoded(path.partition("?")[0], empty_last=True)
    if parts is None or ".." in parts or "." in parts:
        return Astray.MALFORMED
    return Inside("/".join(parts), None, fragment)


def _decoded(path: str, *, empty_last: bool = False) -> list[str] | None:
    """Split a path into decoded segments; a leading `/` leaves an empty first one."""
    try:
        text = unquote(path, errors="strict")
    except UnicodeDecodeError:
        return None
    if _CONTROL.search(text):
        return None
    parts = text.split("/")
    inner = parts if empty_last and parts[-1] != "" else parts[:-1] if empty_last else parts[1:]
    if (not empty_last and text in ("", "/")) or "" in inner:
        return None
    return parts


def _walk(folder: list[str], parts: list[str]) -> list[str] | None:
    walked = list(folder)
    for part in parts:
        if part == "..":
            if not walked:
                return None
            walked.pop()
        elif part != ".":
            walked.append(part)
    return walked


def _published(parts: list[str]) -> str | None:
    """Map a file below `content/` to its path on the site; None where nothing is published."""
    match parts:
        case [department, "files", _, *_]:
            return "/".join((department, *parts[1:]))
        case [department, "services", name] if name.endswith(".md") and _SLUG.fullmatch(name[:-3]):
            return f"{department}/services/{name[:-3]}.html"
        case [department, "items", year, *rest] if _YEAR.fullmatch(year) and rest:
            slug = rest[0].removesuffix(".md") if len(rest) == 1 else rest[0]
            if not _SLUG.fullmatch(slug):
                return None
            if (len(rest) == 1 and rest[0] != slug) or rest[1:] == ["index.md"]:
                return f"{department}/{year}/{slug}.html"
            return "/".join((department, year, *rest)) if len(rest) > 1 else None
        case _:
            return None
