"""`gongkai ci acknowledge`: whether the warnings of open proposals are acknowledged.

The proposal is read anew here, beside its branch, by the program of a job that it cannot change:
what the checking job left could leave warnings out. Its commit and number come from the forge,
the owners from the branch.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from generator.forge.api import ForgeRefused
from generator.forge.comment import MARKER, forge_of, put_comment
from generator.forge.gate import Gate, changed, gate, within
from generator.forge.git import Git
from generator.forge.hub import Hub, Proposed, hub_of
from generator.forge.merged import Unmergeable, merged
from generator.forge.owners import owners
from generator.forge.people import belongs, people_of
from generator.forge.surroundings import surroundings
from generator.forge.verdict import Verdict, Warned, verdict
from generator.history import GitFailed
from generator.report.diagnostics.markdown import COMMENT
from generator.report.markup import escaped
from generator.report.review import warnings_of


@dataclass(frozen=True, slots=True)
class Acknowledging:
    """One run, with everything that it may ask."""

    root: Path
    env: Mapping[str, str]
    asked: date | None
    """`--as-of`."""
    at: datetime
    """The Beijing moment."""
    comment: bool
    """Whether the report is kept as a comment too."""
    write: Callable[[str], None]
    """Takes text for the job's log."""

    @property
    def git(self) -> Git:
        """Git in the root, with the token that the job was given."""
        return Git(self.root, self.env, surroundings(self.env).token)


def ci_acknowledge(job: Acknowledging, head: str | None) -> int:
    """Set the status of the open proposals whose newest commit is `head`, or of all for None.

    Only proposals to the branch on which the job runs: another branch may have other owners, and
    a status belongs to a commit, not to a proposal. 0: all were told, acknowledged or not; 1:
    the forge or Git refused somewhere, and the log says where. Raises ForgeRefused where nothing
    could be asked at all.
    """
    hub = hub_of(job.env)
    branch = job.env.get("CI_DEFAULT_BRANCH") or job.env.get("GITHUB_REF_NAME")
    if not branch:
        raise ForgeRefused("没有 `GITHUB_REF_NAME` 或 `CI_DEFAULT_BRANCH`")
    heads: dict[str, list[Proposed]] = {}
    for one in hub.proposals():
        if one.base == branch and head in (None, one.head):
            heads.setdefault(one.head, []).append(one)
    if not heads:
        job.write("没有要看的提交\n")
    return max((_told(job, hub, group) for group in heads.values()), default=0)


def _told(job: Acknowledging, hub: Hub, group: list[Proposed]) -> int:
    """Several proposals of one commit share its status: the one that lacks something decides."""
    numbers = "、".join(str(one.number) for one in group)
    try:
        seen = [_seen(job, hub, one) for one in group]
        said = next((said for said, _ in seen if not said.done), seen[0][0])
        for one, (_, text) in zip(group, seen, strict=True):
            hub.tell(one, said.done, said.sentence)
            if text is not None:
                put_comment(forge_of(job.env), one.number, f"{MARKER}\n{text}")
    except (ForgeRefused, GitFailed, OSError) as refused:
        why = " ".join(str(refused).split())
        job.write(f"{numbers} 号提交没有写好警告确认: {why}\n")
        return 1
    job.write(f"{numbers} 号提交: {said.sentence}\n")
    return 0


def _seen(job: Acknowledging, hub: Hub, one: Proposed) -> tuple[Verdict, str | None]:
    """The verdict, and the comment where one is wanted."""
    try:
        with merged(job.git, hub.ref(one.number), one, job.at) as tree:
            git = replace(tree.git, root=tree.root)
            found = gate(tree.root, git, tree.base, job.asked, job.at.date())
            inside = within(git)
            warned = [
                Warned(d.rule.code, f"{inside}{d.place.path}")
                for d in warnings_of(found.findings, changed(git, tree.base))
            ]
            people = people_of(owners(hub.name, tree.read), tree.read, inside, hub.name)
            opinions = hub.opinions(one) if warned else ()
            said = verdict(warned, people, belongs(hub), opinions, one.author)
            return said, _comment(job, found, one, said) if job.comment else None
    except Unmergeable:
        return Verdict(False, f"和 {one.base} 有冲突，先合并 {one.base}，再提交"), None


def _comment(job: Acknowledging, found: Gate, one: Proposed, said: Verdict) -> str:
    at_head = {**job.env, "GITHUB_SHA": one.head, "CI_COMMIT_SHA": one.head}
    report = found.report(surroundings(at_head).blob, COMMENT)
    heading, _, rest = report.partition("\n")
    return f"{heading}\n\n警告确认：{escaped(said.sentence)}\n{rest}"
