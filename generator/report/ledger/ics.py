"""`gongkai due --format ics`: due days as an iCalendar file, with reminders at 临期."""

from collections.abc import Iterable

from generator.model import Repository, Slot
from generator.outputs.deadlines import due_events, in_order
from generator.outputs.ics import calendar


def render(repository: Repository, slots: Iterable[Slot]) -> bytes:
    """One all-day event a slot, CRLF-ended; the same as the site's `due.ics`, notices left out."""
    events = in_order(due_events(repository, slots))
    return calendar(f"{repository.site.name}：公开期限", events)
