"""Who may acknowledge the warnings of a file, and whether somebody is one of them."""

from collections.abc import Callable
from dataclasses import dataclass

from generator.forge.hub import Account, Hub
from generator.forge.owners import Owners, Read
from generator.source import Fields, NodeMap, decode, read_yaml


@dataclass(frozen=True, slots=True)
class People:
    """The owners of some files."""

    owners: tuple[str, ...]
    """Accounts, teams and e-mail addresses in CODEOWNERS, without the first `@`."""
    accounts: tuple[str, ...]
    """The reviewer's accounts in department.yml: they stand in for a team that nobody can ask."""


@dataclass(frozen=True, slots=True)
class Belongs:
    """Whether somebody is one of some people."""

    yes: bool
    unknown: tuple[str, ...] = ()
    """Owners of whom the forge does not say who they are."""


def people_of(owners: Owners, read: Read, within: str, forge: str) -> Callable[[str], People]:
    """Path in the repository → its people; everything is read with `read`, never the proposal.

    `within` is the root's folder in the repository, `county/` or empty.
    """
    known: dict[str, tuple[str, ...]] = {}

    def people(path: str) -> People:
        folder = _department(path.removeprefix(within))
        if folder is None:
            return People(owners.of(path), ())
        if folder not in known:
            name = f"{within}content/{folder}/department.yml"
            known[folder] = _reviewers(name, read(name), forge)
        return People(owners.of(path), known[folder])

    return people


def belongs(hub: Hub) -> Callable[[People, Account], Belongs]:
    """Asks the forge about each team and person once. What it gives may raise ForgeRefused."""
    said: dict[tuple[str, int], bool | None] = {}

    def asked(owner: str, who: Account) -> bool | None:
        if owner.casefold() == who.login.casefold():
            return True
        if "@" in owner:
            # An e-mail address, or a role of GitLab's (`@@maintainer`).
            return None
        if not hub.may_be_team(owner):
            return False
        if (owner, who.id) not in said:
            said[owner, who.id] = hub.member(owner, who)
        return said[owner, who.id]

    def one_of(people: People, who: Account) -> Belongs:
        answers = {owner: asked(owner, who) for owner in people.owners}
        if any(answers.values()):
            return Belongs(True)
        unknown = tuple(owner for owner, answer in answers.items() if answer is None)
        names = {name.casefold() for name in people.accounts}
        return Belongs(bool(unknown) and who.login.casefold() in names, unknown)

    return one_of


def _department(path: str) -> str | None:
    parts = path.split("/")
    return parts[1] if len(parts) > 2 and parts[0] == "content" else None


def _reviewers(path: str, text: str | None, forge: str) -> tuple[str, ...]:
    source = decode(path, text.encode())[0] if text is not None else None
    node = read_yaml(source)[0] if source is not None else None
    if source is None or not isinstance(node, NodeMap):
        return ()
    reviewer = Fields(source, node, []).map("reviewer")
    accounts = reviewer.map("accounts") if reviewer is not None else None
    return accounts.texts(forge) if accounts is not None else ()
