"""The whole ledger of one day."""

from collections.abc import Mapping
from datetime import date

from generator.article import Article
from generator.ledger.draft import drafts, processes_of
from generator.ledger.evidence import Chain
from generator.ledger.judge import Bench
from generator.ledger.sums import gaps, rates
from generator.model import Evidence, Gap, Ledger, NotJudged, Rates, Repository, Slot
from generator.workdays import Workdays


def reckon(
    repository: Repository,
    articles: Mapping[str, Article],
    evidence: Evidence,
    as_of: date,
) -> Ledger:
    """Every slot with its status at the end of the Beijing day `as_of`.

    `as_of` filters evidence only; content, catalogue and calendar are the checkout's.
    """
    workdays = Workdays(repository.calendars)
    judge = repository.site.judge
    slots: list[Slot] = []
    sums: list[Rates] = []
    lost: list[Gap] = []
    for department in repository.departments:
        chain = Chain(evidence, department.folder, as_of)
        items = [item for item in department.items if chain.there(item)]
        standing = [
            item
            for item in items
            if item.imported is None
            and not (item.withdrawn is not None and item.withdrawn.on <= as_of)
        ]
        bench = Bench(
            workdays,
            evidence,
            chain,
            articles,
            repository.exemptions,
            judge,
            as_of,
            processes_of(standing),
        )
        judged = [
            slot
            for draft in drafts(department, repository.catalog, items, judge, as_of)
            if (slot := bench.slot(draft)) is not None
        ]
        slots += judged
        sums.append(rates(department.folder, judged, judge, as_of))
        lost += gaps(department, repository.catalog, items, repository.exemptions)
    return Ledger(
        as_of,
        judge,
        workdays.announced,
        tuple(sorted(slots, key=lambda slot: slot.key)),
        tuple(sums),
        tuple(lost),
        tuple(
            NotJudged(folder, "内容有错误，这次没有判定") for folder in sorted(repository.broken)
        ),
        tuple(dict.fromkeys(e for slot in slots for e in slot.due.late)),
    )
