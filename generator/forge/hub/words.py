"""What every forge has, in one set of words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from generator.forge.api import ForgeRefused, Json

CONTEXT = "公开检查/警告确认"
"""Name of the status, which branch protection asks for."""
LONGEST = 140
"""Characters of a status's sentence: what GitHub takes."""
_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody on the forge."""

    id: int
    """By which two are told apart: names can change hands."""
    login: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """An open proposal."""

    number: int
    head: str
    """Its newest commit, as the forge says."""
    base: str
    """Branch into which it goes."""
    author: Account


class Standing(Enum):
    """What an approval is worth."""

    CURRENT = auto()
    """Of the newest commit, and not taken back."""
    OLD = auto()
    """Of an earlier commit."""
    WITHDRAWN = auto()
    """Dismissed, or a demand for changes in its place."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """Where one reviewer's approval stands."""

    who: Account
    standing: Standing
    text: str
    """What was written with it; empty unless it is current."""


class Hub(Protocol):
    """A forge's repository, as the acknowledging job needs it. Every method raises ForgeRefused."""

    @property
    def name(self) -> str:
        """`github`, `gitea` or `gitlab`: also the key of `accounts` in department.yml."""

    def proposals(self) -> Iterator[Proposed]:
        """All that are open."""

    def ref(self, number: int) -> str:
        """Git's name for a proposal's newest commit."""

    def opinions(self, proposed: Proposed) -> tuple[Opinion, ...]:
        """One for each person who approved or refused, in the order of their first words."""

    def may_be_team(self, owner: str) -> bool:
        """Whether a name in CODEOWNERS can stand for several people."""

    def member(self, team: str, who: Account) -> bool | None:
        """Whether `who` belongs to it; None where the forge does not say."""

    def tell(self, proposed: Proposed, done: bool, sentence: str) -> None:
        """Set the status of the proposal's newest commit."""


def account(said: object) -> Account:
    """Who somebody is; `said` is a user in a forge's answer. Raises ForgeRefused."""
    if isinstance(said, dict):
        id_, login = said.get("id"), said.get("login") or said.get("username")
        if isinstance(id_, int) and isinstance(login, str):
            return Account(id_, login)
    raise ForgeRefused("代码平台没有说账号是谁")


def text_of(said: Json, *keys: str) -> str:
    """A text that must be there, one key inside another. Raises ForgeRefused."""
    value: object = said
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    if isinstance(value, str):
        return value
    raise ForgeRefused(f"代码平台的回答里没有 `{'.'.join(keys)}`")


def sha_of(said: Json, *keys: str) -> str:
    """A commit's hash that must be there. Raises ForgeRefused."""
    sha = text_of(said, *keys)
    if _SHA.fullmatch(sha) is None:
        raise ForgeRefused("代码平台给的提交散列不对")
    return sha


def number_of(said: Json, key: str) -> int:
    """A number that must be there. Raises ForgeRefused."""
    value = said.get(key)
    if isinstance(value, int):
        return value
    raise ForgeRefused(f"代码平台的回答里没有 `{key}`")


def shortened(sentence: str) -> str:
    """The sentence within what a status holds."""
    return sentence if len(sentence) <= LONGEST else f"{sentence[: LONGEST - 2]}……"
