"""The browser that the tests use: an installed Chromium, else one that is fetched.

Run as a program (`make test` does), it makes sure that there is one, or says how to get one.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def executable() -> str | None:
    """Where Chromium is: `GONGKAI_CHROMIUM`, the PATH, or Playwright's own; None without one."""
    named = os.environ.get("GONGKAI_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, _NAMES)), None)
    return found or _fetched()


def _fetched() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def ensure() -> str:
    """Chromium's path; installs Debian's package where root may, else Playwright's own."""
    found = executable()
    if found is None and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium",
             "fonts-noto-cjk"],
            check=False,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )  # fmt: skip
        found = executable()
    if found is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
        found = executable()
    if found is None:
        sys.exit("no Chromium: install one (apt install chromium) or set GONGKAI_CHROMIUM")
    return found


if __name__ == "__main__":
    print(f"browser: {ensure()}")
