"""`gongkai ci publish`: build, receipts from the public address, and a second build with them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from generator.examine import day_of
from generator.forge.git import Git
from generator.forge.receipts_branch import Mounted, Raced, mount, push, receipts_folder
from generator.forge.surroundings import surroundings
from generator.load import load, read_ground
from generator.model import Site
from generator.publish.build import build
from generator.publish.request import BuildRefused, BuildRequest
from generator.publish.world import world_of
from generator.report.diagnostics import concise
from generator.report.findings import Findings
from generator.survey import survey
from generator.witness import Fetch, Outcome, append, lines_of

TRIES = 5
"""How often the public address, or a branch that moved, is tried."""
PAUSE = 30.0
"""Seconds between two tries: what a forge's web server needs to serve a new site."""


@dataclass(frozen=True, slots=True)
class Job:
    """One run of `ci publish`, with everything that it may ask."""

    root: Path
    env: Mapping[str, str]
    asked: date | None
    """`--as-of`."""
    clock: Callable[[], datetime]
    """The moment in +08:00; asked again after each pause."""
    clock_given: bool
    """Whether the moment was supplied (`GONGKAI_NOW`)."""
    pause: Callable[[float], None]
    """Waits so many seconds."""
    fetch: Fetch
    theme: Path
    jobs: int
    """Departments built at one time."""
    write: Callable[[str], None]
    """Takes text for the job's log."""

    @property
    def git(self) -> Git:
        """Git in the root, with the token that the job was given."""
        return Git(self.root, self.env, surroundings(self.env).token)

    def say(self, sentence: str) -> None:
        """A line of the log."""
        self.write(f"{sentence}\n")


def ci_publish(job: Job, out: Path) -> int:
    """Build into `out`, which is what the public address serves; receipts; build again if new.

    For forges whose job writes the web server's folder. Gives the worst exit code of the parts.
    Raises what they raise.
    """
    code = publish_build(job, out)
    if not out.is_dir():
        return code
    confirmed, new = _receipts(job)
    return max(code, confirmed, publish_build(job, out) if new else 0)


def publish_build(job: Job, out: Path) -> int:
    """Mount the receipts and build the site: 0 all built, 1 some or nothing for content's sake.

    Raises BuildError (the site that was there stays) and GitRefused.
    """
    ground = read_ground(job.root)
    as_of = day_of(ground, job.asked, job.clock().date())
    if ground.site is not None:
        _mounted(job, ground.site)
    request = BuildRequest(root=job.root, out=out, as_of=as_of, theme=job.theme, jobs=job.jobs)
    try:
        summary = build(request, job.say)
    except BuildRefused as refused:
        job.write(concise.render(Findings(refused.diagnostics, load(job.root).files, as_of)))
        job.say(str(refused))
        return 1
    for folder, reason in summary.failed.items():
        job.say(f"{folder} 没有生成: {reason}")
    return summary.exit_code


def publish_receipt(job: Job) -> int:
    """Confirm at the public address, append, push; tells later steps `new=true` or `new=false`.

    0 all confirmed, or nothing new; 1 something was not confirmed. Raises GitRefused.
    """
    code, new = _receipts(job)
    outputs = surroundings(job.env).outputs
    if outputs is not None:
        with outputs.open("a", encoding="utf-8") as stream:
            stream.write(f"new={'true' if new else 'false'}\n")
    return code


def _receipts(job: Job) -> tuple[int, bool]:
    """Exit code, and whether lines were kept."""
    site = read_ground(job.root).site
    if site is None:
        job.say("站点设置有错误，没有核对回执")
        return 1, False
    if site.as_of is not None:
        job.say(f"站点停在 {site.as_of.isoformat()}，不追加回执")
        return 0, False
    if site.receipts is None:
        job.say("站点设置里没有 `receipts`，不记回执")
        return 0, False
    kept = False
    for attempt in range(1, TRIES + 1):
        mounted = _mounted(job, site)
        assert mounted is not None
        try:
            outcome = _append(job, site, mounted.folder)
        except BuildRefused as refused:
            job.say(f"没有核对回执: {refused}")
            return 1, kept
        for sentence in lines_of(outcome):
            job.say(sentence)
        pushed = not outcome.sealed or _pushed(job, mounted)
        kept = kept or (outcome.sealed and pushed)
        if pushed and outcome.ok:
            return 0, kept
        if attempt < TRIES:
            job.pause(PAUSE)
    return 1, kept


def _append(job: Job, site: Site, folder: Path) -> Outcome:
    now = job.clock()
    world = world_of(survey(job.root, None, now.date()), trial=True)
    return append(
        world,
        job.root,
        folder,
        url=site.url,
        now=now,
        clock_given=job.clock_given,
        fetch=job.fetch,
    )


def _mounted(job: Job, site: Site) -> Mounted | None:
    folder = receipts_folder(job.root, site)
    return None if folder is None else mount(job.git, folder)


def _pushed(job: Job, mounted: Mounted) -> bool:
    """Whether the lines are kept; False when another run was first and this one must redo."""
    if not mounted.pushed:
        return True
    try:
        push(job.git, mounted, job.clock())
    except Raced:
        job.say("另一次发布先推送了回执，重新核对")
        return False
    return True
