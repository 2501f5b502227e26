"""Whether a proposal's warnings are acknowledged, and in one sentence what is still lacking."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from generator.forge.hub import Account, Opinion, Standing
from generator.forge.people import Belongs, People
from generator.report.review import must_be_named, named_in, words_for

_FEW = 3
"""Names that stand in one sentence."""


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning, without anything of the text that it is about."""

    code: str
    path: str
    """From the repository's root, which may lie above the site's."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the status says."""

    done: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class _Lack:
    """What one group of owners still owes."""

    people: People
    sentence: str


Asked = Callable[[People, Account], Belongs]


def verdict(
    warned: Sequence[Warned],
    people_of: Callable[[str], People],
    belongs: Asked,
    opinions: Sequence[Opinion],
    author: Account,
) -> Verdict:
    """Hold the approvals against the warnings.

    An approval counts where it is of the newest commit, by an owner of the file who is not the
    author. One acknowledges all warnings of its files; those of family L only where it names
    them, each code once.
    """
    if not warned:
        return Verdict(True, "没有要确认的警告")
    groups: dict[People, list[Warned]] = {}
    for one in sorted(warned, key=lambda w: (w.path, w.code)):
        groups.setdefault(people_of(one.path), []).append(one)
    counted = [o for o in opinions if o.who.id != author.id]
    lacks: list[_Lack] = []
    confirmed: list[str] = []
    for people, mine in groups.items():
        approved = [
            o for o in counted if o.standing is Standing.CURRENT and belongs(people, o.who).yes
        ]
        if (sentence := _lacking(people, mine, approved, author)) is not None:
            lacks.append(_Lack(people, sentence))
        confirmed += [o.who.login for o in approved]
    if not lacks:
        return Verdict(True, f"{len(warned)} 个警告由 {_names(confirmed)} 确认")
    codes = {one.code for one in warned}
    reasons = _reasons(lacks, tuple(groups), belongs, opinions, author, codes)
    return Verdict(False, "；".join(dict.fromkeys([*(lack.sentence for lack in lacks), *reasons])))


def _lacking(
    people: People, mine: Sequence[Warned], approved: Sequence[Opinion], author: Account
) -> str | None:
    if not people.owners:
        return f"`{mine[0].path}` 没有代码所有者，在 CODEOWNERS 里写上"
    named = {code for opinion in approved for code in named_in(opinion.text)}
    codes = sorted({w.code for w in mine if must_be_named(w.code)} - named)
    words = "".join(words_for(code) for code in codes)
    if approved:
        who = _names(o.who.login for o in approved)
        return f"{who} 批准了，还要在审核意见里写{words}" if codes else None
    others = [o for o in people.owners if o.casefold() != author.login.casefold()]
    if not others:
        return f"代码所有者只有提交人 @{author.login}，在 CODEOWNERS 里再写一位"
    return f"要 {_names(others)} 批准最新一版" + (f"，在审核意见里写{words}" if codes else "")


def _reasons(
    lacks: Sequence[_Lack],
    groups: Sequence[People],
    belongs: Asked,
    opinions: Sequence[Opinion],
    author: Account,
    codes: set[str],
) -> list[str]:
    """Why what was said does not suffice, one for each person."""
    reasons: list[str] = []
    unknown: list[str] = []
    for opinion in opinions:
        name = f"@{opinion.who.login}"
        current = opinion.standing is Standing.CURRENT
        if opinion.who.id == author.id:
            reasons += ["提交人自己的批准不算"] if current else []
            continue
        answers = [belongs(lack.people, opinion.who) for lack in lacks]
        if any(answer.yes for answer in answers):
            reasons += _of_owner(name, opinion, codes)
        elif current:
            unasked = [owner for answer in answers for owner in answer.unknown]
            unknown += unasked
            if not unasked and not any(belongs(people, opinion.who).yes for people in groups):
                reasons.append(f"{name} 不是这些文件的代码所有者")
    if unknown:
        reasons.append(
            f"平台不说 {_names(unknown)} 有谁，在 department.yml 的 `reviewer.accounts` 里写上个人账号"
        )
    return reasons


def _of_owner(name: str, opinion: Opinion, codes: set[str]) -> list[str]:
    match opinion.standing:
        case Standing.OLD:
            return [f"{name} 批准的是旧版"]
        case Standing.WITHDRAWN:
            return [f"{name} 现在没有批准"]
        case Standing.CURRENT:
            strange = sorted(named_in(opinion.text) - codes)
            return [f"{name} 写的 {'、'.join(strange)} 不在这次的警告里"] if strange else []


def _names(names: Iterable[str]) -> str:
    each = list(dict.fromkeys(names))
    shown = "、".join(f"@{name}" for name in each[:_FEW])
    return f"{shown} 等 {len(each)} 位" if len(each) > _FEW else shown
