"""A forge small enough for a test: runs a workflow's own steps as GitHub's runner would.

Checkout, artifacts and Pages are played; every `run:` is run as it stands.
"""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent.parent
_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


@contextmanager
def web(folder: Path) -> Iterator[str]:
    """Serve `folder` on a free port; gives the address of its root."""
    folder.mkdir(parents=True, exist_ok=True)

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def tools(folder: Path) -> Path:
    """A `python3` whose venv holds this checkout's tool, and a log of what pip was asked for."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "python3").write_text(
        f"""#!/bin/sh
[ "$1 $2 $3" = "-I -m venv" ] || {{ echo "unexpected: $*" >&2; exit 9; }}
mkdir -p "$4/bin"
printf '#!/bin/sh\\necho "$@" >> {folder}/pip.log\\n' > "$4/bin/pip"
printf '#!/bin/sh\\nPYTHONPATH="$PYTHONPATH:{HERE}" exec {sys.executable} "$@"\\n' > "$4/bin/python"
printf '#!/bin/sh\\nPYTHONPATH={HERE} exec {sys.executable} -P -m generator "$@"\\n' > "$4/bin/gongkai"
chmod +x "$4"/bin/*
""",
        encoding="utf-8",
    )
    (folder / "python3").chmod(0o755)
    return folder


@dataclass
class Forge:
    """One repository on the played forge."""

    bare: Path
    """The repository that jobs check out."""
    base: Path
    """Folder for workspaces, artifacts and logs."""
    pages: Path
    """What Pages serves; deployments replace it."""
    event: Mapping[str, str] = field(default_factory=dict)
    """Expressions of the event → their values."""
    deployments: list[str] = field(default_factory=list)
    """Names of the artifacts deployed, in order."""
    log: list[str] = field(default_factory=list)
    """What each `run:` printed."""
    summary: str = ""
    other: Mapping[str, Path] = field(default_factory=dict)
    """Checkout path → another repository to take it from."""
    env: Mapping[str, str] = field(default_factory=dict)
    """What this forge sets beside GitHub's variables."""

    def run(self, workflow: Path) -> bool:
        """Run every job in order; whether all succeeded."""
        jobs = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"]
        outputs: dict[str, str] = {}
        passed = True
        for name, job in jobs.items():
            values = {**self.event, **outputs, "github.token": "t0ken"}
            if not _true(job.get("if", "true"), values, passed):
                continue
            ok, given = self._job(name, job, values)
            passed = passed and ok
            outputs |= {f"needs.{name}.outputs.{key}": value for key, value in given.items()}
            if not ok:
                break
        return passed

    def _job(self, name: str, job: dict, values: dict[str, str]) -> tuple[bool, dict[str, str]]:  # type: ignore[type-arg]
        space, temp = self.base / name / "workspace", self.base / name / "temp"
        shutil.rmtree(self.base / name, ignore_errors=True)
        space.mkdir(parents=True)
        temp.mkdir()
        values = {**values, "runner.temp": str(temp)}
        outputs = temp / "outputs"
        outputs.touch()
        (temp / "summary.md").touch()
        ok = True
        for step in job["steps"]:
            if not _true(step.get("if", "true"), values, ok):
                continue
            if "uses" in step:
                self._uses(step, space, values)
            elif not self._shell(step, space, temp, values):
                ok = False
            pairs = (line.partition("=") for line in outputs.read_text().splitlines())
            values |= {f"steps.{step.get('id')}.outputs.{k}": v for k, _, v in pairs}
            outputs.write_text("")
        self.summary += (temp / "summary.md").read_text(encoding="utf-8")
        return ok, {key: _filled(value, values) for key, value in job.get("outputs", {}).items()}

    def _uses(self, step: dict, space: Path, values: dict[str, str]) -> None:  # type: ignore[type-arg]
        action = step["uses"].partition("@")[0]
        given = {k: _filled(str(v), values) for k, v in step.get("with", {}).items()}
        match action:
            case "actions/checkout":
                source = self.other.get(given.get("path", ""), self.bare)
                target = space / given.get("path", ".")
                _git(space, "clone", "-q", "--no-local", str(source), str(target))
                if source == self.bare:
                    _git(target, "checkout", "-q", "--detach", given.get("ref", values["sha"]))
            case "actions/upload-artifact" | "actions/upload-pages-artifact":
                artifact = self.base / "artifacts" / given.get("name", "github-pages")
                assert not artifact.exists(), "artifacts cannot be uploaded twice in a run"
                if Path(given["path"]).exists():
                    shutil.copytree(given["path"], artifact)
            case "actions/deploy-pages":
                name = given.get("artifact_name", "github-pages")
                shutil.rmtree(self.pages, ignore_errors=True)
                shutil.copytree(self.base / "artifacts" / name, self.pages)
                self.deployments.append(name)
            case _:
                raise AssertionError(f"the played forge has no {action}")

    def _shell(self, step: dict, space: Path, temp: Path, values: dict[str, str]) -> bool:  # type: ignore[type-arg]
        script = temp / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        bin_folder = tools(self.base / "bin")
        env = {
            "PATH": f"{bin_folder}:{os.environ['PATH']}",
            "HOME": str(self.base),
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(space),
            "GITHUB_OUTPUT": str(temp / "outputs"),
            "GITHUB_STEP_SUMMARY": str(temp / "summary.md"),
            "GITHUB_SERVER_URL": "https://github.example",
            "GITHUB_REPOSITORY": "o/r",
            "GITHUB_SHA": values["sha"],
            "RUNNER_TEMP": str(temp),
            **self.env,
            **{k: _filled(str(v), values) for k, v in step.get("env", {}).items()},
        }
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", str(script)],
            cwd=space,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.log.append(done.stdout)
        return done.returncode == 0

    def new_run(self) -> None:
        """Forget the artifacts of the run before."""
        shutil.rmtree(self.base / "artifacts", ignore_errors=True)
        self.deployments.clear()
        self.log.clear()
        self.summary = ""


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _EXPRESSION.sub(lambda m: values.get(m[1], ""), text)


def _true(condition: str, values: Mapping[str, str], passed: bool) -> bool:
    """The few conditions that our workflows have."""
    inside = _EXPRESSION.sub(lambda m: m[1], str(condition))
    terms = [term.strip() for term in inside.split("&&")]
    if "!cancelled()" in terms:
        terms.remove("!cancelled()")
    elif not passed:
        return False
    for term in terms:
        left, equals, right = term.partition(" == ")
        if equals:
            if values.get(left.strip(), "") != right.strip().strip("'"):
                return False
        else:
            assert term == "true" or not term, term
    return True
