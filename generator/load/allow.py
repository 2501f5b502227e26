"""`content/allow.yml` → what the supervisor lets stand, each with a reason."""

from dataclasses import dataclass

from generator.diagnostic import Diagnostic
from generator.source import Listing, Source, read_entries

PATH = "content/allow.yml"
_LISTING = Listing(
    "放行名单",
    "每一条",
    "每条以 `- {at: …, rule: …, shows: …, reason: …}` 开头",
    "写成 `- {at: …, rule: …, shows: …, reason: …}`",
)


@dataclass(frozen=True, slots=True)
class Allowed:
    """One finding of family L that was looked at and may stand."""

    path: str
    line: int
    target: str
    """Path of a file, or an item's id."""
    rule: str
    """`L204`."""
    shows: str
    """The masked form, as the finding shows it: `138****1234`."""
    reason: str


def read_allowed(source: Source) -> tuple[tuple[Allowed, ...], list[Diagnostic]]:
    """The entries of the list, and what is wrong with it."""
    entries, found = read_entries(source, _LISTING)
    out: list[Allowed] = []
    for fields in entries:
        target = fields.text("at", required=True)
        rule = fields.pattern(
            "rule", r"L(?:105|[23][0-9]{2})", "合法性规则的代码，如 `L204`", required=True
        )
        shows = fields.text("shows", required=True)
        reason = fields.text("reason", required=True, least=4)
        fields.finish()
        if target and rule and shows and reason:
            line = source.line_of(fields.node.start)
            out.append(Allowed(source.path, line, target, rule, shows, reason))
    return tuple(out), found
