"""Where everything lies, from the root of its department's site."""

from generator.model import Class, Every, Item, Site, Slot
from generator.render.words import CLASS_SLUGS


def item_page(item: Item) -> str:
    """`2026/reception-q3.html`."""
    return f"{item.year}/{item.slug}.html"


def slot_page(slot: Slot) -> str:
    """A slot's own page; an event slot's is its item's (formats.md section 4.2)."""
    if own_page(slot) or slot.item is None:
        return f"slots/{slot.row.slug}/{slot.tail}.html"
    return item_page(slot.item)


def own_page(slot: Slot) -> bool:
    """Whether the slot has a page of its own beside its item's."""
    return slot.row.every is not Every.EVENT or slot.result


def landing_page(slot: Slot) -> str:
    """Where a reader who wants the content goes: the item, or the slot while it is empty."""
    return slot_page(slot) if slot.item is None else item_page(slot.item)


def row_page(row_slug: str) -> str:
    """All periods of one row."""
    return f"slots/{row_slug}/index.html"


def service_page(service_slug: str) -> str:
    """One 办事指南."""
    return f"services/{service_slug}.html"


def class_list(class_: Class | None, year: int) -> str:
    """The newest page of a class's (None: all classes') list of a year."""
    return f"lists/{'all' if class_ is None else CLASS_SLUGS[class_]}-{year}.html"


def list_page(class_: Class | None, year: int, page: int, last: int) -> str:
    """Page `page` of `last`, numbered from the oldest.

    The last one carries no number, so that a new item rewrites it alone.
    """
    newest = class_list(class_, year)
    return newest if page == last else f"{newest.removesuffix('.html')}-{page}.html"


def public_url(site: Site, folder: str, path: str) -> str:
    """The address under which the public reads a page of a department."""
    return f"{site.url}{folder}/{path}"


def host(site: Site) -> str:
    """The site's domain, as the meta tag SiteDomain wants it."""
    return site.url.split("//", 1)[-1].split("/", 1)[0]
