"""Where the theme lies: beside the code in a checkout, inside the package in a wheel."""

from pathlib import Path


def theme_folder() -> Path:
    """The folder of templates, styles and scripts."""
    package = Path(__file__).resolve().parent.parent
    packed = package / "_theme"
    return packed if packed.is_dir() else package.parent / "theme"
