"""What the reviewer's report needs, gathered: the proposal, the ledger with it, repaired files."""

from dataclasses import replace

from generator.author.fix import corrected
from generator.examine import Examined
from generator.history import GitFailed, ShallowClone
from generator.report.findings import Findings
from generator.report.review import Became, Review, proposal
from generator.survey import Survey, judged


def review_of(findings: Findings, examined: Examined, base: str) -> Review:
    """The review of the tree that was examined against `base`.

    Raises `NoBase` where there is no such revision, and `GitFailed`. Without its whole history
    the ledger is left out: a cut history would make items look later than they are.
    """
    loaded = examined.loaded
    changes = proposal(loaded.root, base)
    try:
        survey = judged(replace(examined, diagnostics=findings.diagnostics))
    except (ShallowClone, GitFailed):
        survey = Survey(
            loaded, findings.diagnostics, findings.as_of, loaded.repository, None, {}, None
        )
    repaired = {}
    for path, became in changes.files.items():
        mine = [d for d in findings.diagnostics if d.place.path == path]
        if became is not Became.GONE and mine:
            text = corrected(loaded.root, path, mine)
            if text is not None:
                repaired[path] = text
    return Review(changes, survey, repaired)
