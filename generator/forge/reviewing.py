"""What the reviewer's report needs, gathered: the proposal, the ledger with it, repaired files."""

from generator.author import corrected
from generator.history import GitFailed, ShallowClone
from generator.load import Loaded
from generator.report.findings import Findings
from generator.report.review import Became, Review, proposal
from generator.survey import Survey, judged


def review_of(findings: Findings, loaded: Loaded, base: str) -> Review:
    """The review of the tree of `loaded` against `base`.

    Raises `NoBase` where there is no such revision, and `GitFailed`. Without its whole history
    the ledger is left out: a cut history would make items look later than they are.
    """
    changes = proposal(loaded.root, base)
    try:
        survey = judged(loaded, findings.diagnostics, findings.as_of)
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
