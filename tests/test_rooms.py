"""The rooms of generator/, lowest first: a room imports only from rooms below it."""

import ast
from pathlib import Path

import generator

ROOMS = (
    "processes",
    "model",
    "diagnostic",
    "rules",
    "source",
    "workdays",
    "catalog",
    "history",
    "article",
    "office",
    "load",
    "check",
    "examine",
    "ledger",
    "survey",
    "assess",
    "render",
    "outputs",
    "search",
    "publish",
    "report",
    "author",
    "witness",
    "forge",
    "cli",
)
PACKAGE = Path(generator.__file__).parent


def _room(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "generator" and len(parts) > 1 else None


def _imports(path: Path) -> list[tuple[int, str]]:
    """Every room imported, those for types only and inside functions included."""
    out: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            out += [(node.lineno, room) for a in node.names if (room := _room(a.name))]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            if node.module == "generator":
                out += [(node.lineno, a.name) for a in node.names if a.name in ROOMS]
            elif node.module and (room := _room(node.module)):
                out.append((node.lineno, room))
    return out


def test_every_room_imports_only_from_rooms_below_it() -> None:
    wrong = []
    seen = 0
    for path in sorted(PACKAGE.rglob("*.py")):
        relative = path.relative_to(PACKAGE)
        own = relative.parts[0].removesuffix(".py")
        if own in ("__init__", "__main__", "standard"):
            continue
        assert own in ROOMS, f"{relative}: a room that nobody listed"
        for line, room in _imports(path):
            seen += 1
            if room != own and ROOMS.index(room) > ROOMS.index(own):
                wrong.append(f"{relative}:{line} imports {room}")
    assert seen > 100
    assert wrong == []


def test_modules_within_a_room_form_no_cycle() -> None:
    graph: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        name = name.removesuffix(".__init__")
        found: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module)
                found |= {f"{node.module}.{a.name}" for a in node.names}
        graph[name] = found
    edges = {name: {f for f in found if f in graph and f != name} for name, found in graph.items()}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail[trail.index(name) :], name))
        if name not in done:
            for other in sorted(edges[name]):
                # A package's `__init__` gathers its own modules; that is no knot.
                if not other.startswith(name + ".") and not name.startswith(other + "."):
                    visit(other, (*trail, name))
            done.add(name)

    for name in sorted(edges):
        visit(name, ())
