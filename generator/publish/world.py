"""From the survey of a root to the one value that pages are made from."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from generator.assess import histories
from generator.ledger.evidence import Chain
from generator.model import Department, Evidence, NotJudged, Repository
from generator.publish.request import BuildRefused
from generator.render.world import World
from generator.survey import Survey


def world_of(survey: Survey, *, trial: bool) -> World:
    """What was there at the end of the survey's day, and nothing that came later.

    `trial=False` shows lateness in a trial too. Raises BuildRefused when an error stands in what
    all departments rest on.
    """
    repository, evidence, ledger = survey.repository, survey.evidence, survey.ledger
    if repository is None or evidence is None or ledger is None:
        raise BuildRefused(survey.diagnostics)
    repository = replace(
        repository,
        departments=tuple(_there(d, evidence, survey.as_of) for d in repository.departments),
    )
    if not trial:
        judge = replace(repository.site.judge, trial=None)
        repository = replace(repository, site=replace(repository.site, judge=judge))
        ledger = replace(ledger, judge=judge)
    hashes = {id_: article.sha256 for id_, article in survey.articles.items()}
    past = histories(survey.loaded.root, repository, evidence, hashes, survey.as_of)
    return World(repository, ledger, _until(evidence, survey.as_of), survey.articles, past)


def leave_out(world: World, failed: Mapping[str, str]) -> World:
    """The world as the portal shows it when these departments' pages could not be made.

    `failed` maps folders to names; their slots are nobody's debt, since nothing shows them.
    """
    if not failed:
        return world
    ledger = world.ledger
    return replace(
        world,
        repository=_without(world.repository, failed),
        ledger=replace(
            ledger,
            slots=tuple(s for s in ledger.slots if s.department.folder not in failed),
            rates=tuple(r for r in ledger.rates if r.department not in failed),
            gaps=tuple(g for g in ledger.gaps if g.department not in failed),
            not_judged=(
                *ledger.not_judged,
                *(NotJudged(folder, "网页没有生成，这次没有判定") for folder in failed),
            ),
        ),
    )


def _there(department: Department, evidence: Evidence, as_of: date) -> Department:
    chain = Chain(evidence, department.folder, as_of)
    return replace(department, items=tuple(item for item in department.items if chain.there(item)))


def _until(evidence: Evidence, as_of: date) -> Evidence:
    return replace(
        evidence,
        landings={
            item: landing
            for item, landing in evidence.landings.items()
            if landing.at.date() <= as_of
        },
        lines={
            department: tuple(line for line in lines if line.at.date() <= as_of)
            for department, lines in evidence.lines.items()
        },
        seals=tuple(seal for seal in evidence.seals if seal.at.date() <= as_of),
    )


def _without(repository: Repository, broken: Mapping[str, str]) -> Repository:
    return replace(
        repository,
        departments=tuple(d for d in repository.departments if d.folder not in broken),
        broken={**repository.broken, **broken},
    )
