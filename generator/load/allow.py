"""`content/allow.yml` → what the supervisor lets stand, each with a reason."""

from dataclasses import dataclass

from generator.diagnostic import Diagnostic
from generator.rules import fields as rules
from generator.source import Fields, NodeMap, NodeSequence, Source, read_yaml

PATH = "content/allow.yml"


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
    node, found = read_yaml(source)
    if isinstance(node, NodeMap) and not node.entries:
        return (), found
    if node is not None and not isinstance(node, NodeSequence):
        found.append(
            Diagnostic(
                source.place(0),
                rules.WRONG_TYPE,
                "放行名单应是一个列表",
                "每条以 `- {at: …, rule: …, shows: …, reason: …}` 开头",
            )
        )
    out: list[Allowed] = []
    for entry in node.items if isinstance(node, NodeSequence) else ():
        if not isinstance(entry, NodeMap):
            found.append(
                Diagnostic(
                    source.place(entry.start, entry.end),
                    rules.WRONG_TYPE,
                    "放行名单的每一条应是一组字段",
                    "写成 `- {at: …, rule: …, shows: …, reason: …}`",
                )
            )
            continue
        fields = Fields(source, entry, found)
        target = fields.text("at", required=True)
        rule = fields.pattern(
            "rule", r"L[23][0-9]{2}", "合法性规则的代码，如 `L204`", required=True
        )
        shows = fields.text("shows", required=True)
        reason = fields.text("reason", required=True, least=4)
        fields.finish()
        if target and rule and shows and reason:
            line = source.line_of(entry.start)
            out.append(Allowed(source.path, line, target, rule, shows, reason))
    return tuple(out), found
