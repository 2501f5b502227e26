"""The other forms of the same data, one module each: open data, feed, site map."""

from generator.model import Department
from generator.outputs.deadlines import due_file
from generator.outputs.feed import feed
from generator.outputs.history import history_files
from generator.outputs.open_data import open_data
from generator.outputs.portal import portal_files
from generator.outputs.records import Record, slot_record
from generator.outputs.sitemap import portal_sitemap, sitemap
from generator.render.page import Asset
from generator.render.publication import publications
from generator.render.world import World

__all__ = [
    "Record",
    "department_files",
    "portal_files",
    "portal_sitemap",
    "sitemap",
    "slot_record",
]


def department_files(world: World, department: Department) -> tuple[Asset, ...]:
    """The feed, deadlines, open data and histories of a department, paths from its site's root."""
    public = publications(world, department)
    return (
        feed(world, department, public),
        due_file(world, department, public),
        *open_data(world, department, public),
        *history_files(world, department),
    )
