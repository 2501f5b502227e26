"""Our own Jinja2 templates in `theme/`: one environment, filled by name."""

import os
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined

from generator.render import inline, words
from generator.render.theme import theme_folder


def fill(name: str, /, **values: object) -> str:
    """HTML of the template `name` (relative to `theme/`) with `values` in its names.

    Every value is escaped unless it is `Markup`; a name that is not given raises
    `jinja2.UndefinedError`. The wording functions of `words` stand in templates as `words`.
    """
    return _environment().get_template(name).render(**values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(theme_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        extensions=["jinja2.ext.do"],
        bytecode_cache=_compiled(),
    )
    environment.globals.update(words=words, inline=inline)
    return environment


def _compiled() -> FileSystemBytecodeCache | None:
    """Compiled templates beside Python's own: compiling all of them takes half a second."""
    folder = Path(__file__).parent / "__pycache__" / "templates"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder)) if os.access(folder, os.W_OK) else None
