"""A whole site: read, judged, rendered department by department, swapped in at once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from generator.load.config import read_config
from generator.load.reading import Reading
from generator.model import Site
from generator.publish.frame import Frames, frames_beside
from generator.publish.place import claimed, disk_time, is_ours, swap_in, work_folder
from generator.publish.request import BuildRequest, Progress, Summary
from generator.publish.tree import plain_modes
from generator.publish.unchanged import forget, inputs_stamp, recall, remember


def build(request: BuildRequest, progress: Progress) -> Summary:
    """Build the site of `request` and swap it in.

    The site that was there stays whole until the new one is, whatever happens on the way. A
    department that cannot be built keeps its last good site, and the portal says so. Raises
    BuildRefused when what all departments rest on has errors, BuildError when the build cannot
    be done (another one runs, disk, history cut off, theme, an `out` that is not ours).
    """
    out = request.out.absolute()
    out = out.resolve() if out.is_symlink() else out
    work = work_folder(out)
    with plain_modes(), claimed(out) as new:
        now = disk_time(new)
        if not request.departments and (last := recall(work, request, out, now)):
            progress("没有变化，网站还是上一次的")
            return last
        configured = read_config(Reading(request.root))
        receipts = configured.receipts if configured else None
        # Before anything else is read: what changes on the way makes the next stamp another.
        inputs = inputs_stamp(request, receipts, now)
        with _frames(request, configured) as frames:
            # Imported while MkDocs is at work: half of what a build takes before it reads.
            from generator.publish.make import make

            summary = make(request, frames, new, out if is_ours(out) else None, progress)
        swap_in(new, out)
        forget(work)
        if inputs is not None and not summary.failed and not request.departments:
            remember(work, inputs, receipts, out, summary)
        return summary


@contextmanager
def _frames(request: BuildRequest, site: Site | None) -> Iterator[Callable[[], Frames] | None]:
    """What waits for the frames of `site`; None where there is no site to make them for."""
    if site is None:
        yield None
        return
    as_of = request.as_of or site.as_of or request.today
    assert as_of is not None, "a build needs a day"
    trial = site.judge.trial if request.trial else None
    in_trial = trial if trial is not None and as_of <= trial else None
    with frames_beside(site, request.theme, as_of, in_trial) as wait:
        yield wait
