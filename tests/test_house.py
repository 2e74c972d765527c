"""The rules of the house: what may import what, what a file may be called, and how long it may grow."""

import ast
import json
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("server", "sync", "web", "tests", "tools")
SAYS_NOTHING = {"utils", "helpers", "common", "misc", "base", "core", "manager"}
WRITTEN = {".py", ".js", ".css", ".html"}
MOST_LINES = 250
MAY_IMPORT = {
    "sync": {"sync", "msgspec"},
    "server": {"server", "sync"},  # and what pyproject.toml names
    "tools": {"server", "sync", "tests", "tools"},
    "tests": {"server", "sync", "tests", "tools"},
}


def ours() -> list[Path]:
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*") if path.is_file()]
    return [path for path in files if not {"vendor", "__pycache__", "node_modules"} & set(path.parts)]


def project() -> dict[str, list[str]]:
    """Every declared dependency by its name alone, for running and for development."""
    python = tomllib.loads((ROOT / "pyproject.toml").read_text())
    browser = [json.loads((ROOT / folder / "package.json").read_text()) for folder in (".", "tools/lighthouse")]
    return {
        "run": [bare(each) for each in python["project"]["dependencies"]],
        "dev": [
            *(bare(each) for each in python["dependency-groups"]["dev"]),
            *(name for package in browser for name in package["devDependencies"]),
        ],
    }


def bare(requirement: str) -> str:
    return re.split(r"[=<>\[;~! ]", requirement, maxsplit=1)[0]


def imported(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text())))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in names} - sys.stdlib_module_names - LATER


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_imports_point_one_way(room: str):
    allowed = set(MAY_IMPORT[room])
    if room != "sync":
        installed = project()["run"] + (project()["dev"] if room != "server" else [])
        allowed |= {MODULES.get(name, name.replace("-", "_")) for name in installed}

    for path in (ROOT / room).rglob("*.py"):
        assert imported(path) <= allowed, path


MODULES = {"argon2-cffi": "argon2", "backports.zstd": "backports"}  # where a distribution and its module differ
LATER = {"compression"}  # the standard library's own, from Python 3.14 on


def test_a_file_is_called_after_what_is_in_it():
    assert [path for path in ours() if path.stem in SAYS_NOTHING] == []


def test_no_file_outgrows_its_reader():
    lengths = {path: path.read_text().count("\n") for path in ours() if path.suffix in WRITTEN}

    assert {str(path.relative_to(ROOT)): lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


def test_every_part_is_in_the_readme_with_its_reason_and_nothing_else_is():
    section = (ROOT / "README.md").read_text().split("## Parts", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| (?!part |---)(.+?) \| .+ \|$", section, re.MULTILINE)

    listed = {name for row in rows for name in row.split(", ")}

    assert listed == {*project()["run"], *project()["dev"]}


def test_styles_know_a_start_and_an_end_but_no_left_and_no_right():
    found = [
        f"{path.relative_to(ROOT)}: {declaration.strip()}"
        for path in (ROOT / "web/styles").glob("*.css")
        for declaration in DECLARATION.findall(path.read_text())
        if SIDED.search(declaration) or sides_differ(declaration)
    ]

    assert found == []


DECLARATION = re.compile(r"^ +[a-z-]+:[^;{]+;", re.MULTILINE)
SIDED = re.compile(
    r"^ *(?:(?:margin|padding|border|inset|scroll-[a-z]+)-)?(?:left|right)\b"
    r"|^ *border-(?:top|bottom)-(?:left|right)-radius"
    r"|^ *(?:text-align|float|clear|justify-[a-z]+):.*\b(?:left|right)\b"
)
FOUR = re.compile(r"^ *(?:margin|padding|inset|border-(?:width|style|color|radius)|scroll-[a-z]+): *(.+);")

VALUE = re.compile(r"[\w-]+\((?:[^()]|\([^()]*\))*\)|[^ ]+")


def sides_differ(declaration: str) -> bool:
    """Whether a shorthand of four values says one thing of the left and another of the right."""
    found = FOUR.match(declaration)
    values = VALUE.findall(found[1]) if found else []
    return len(values) == 4 and values[1] != values[3]


@pytest.mark.parametrize(
    ("kept", "source"),
    [
        ("web/vendor/htmx.min.js", "htmx.org/dist/htmx.min.js"),
        ("web/vendor/hx-csp.min.js", "htmx.org/dist/ext/hx-csp.min.js"),
        ("web/phone/vendor/idb.js", "idb/build/index.js"),
        ("web/keys/vendor/argon2.umd.min.js", "hash-wasm/dist/argon2.umd.min.js"),
    ],
)
def test_what_is_vendored_is_what_the_lock_file_names(kept: str, source: str):
    assert (ROOT / kept).read_bytes() == (ROOT / "node_modules" / source).read_bytes()


def test_the_two_ways_to_bring_uv_bring_the_same_one():
    bootstrap = re.search(r"^VERSION=(.+)$", (ROOT / "tools/uv").read_text(), re.MULTILINE)
    image = re.search(r"uv==(\S+)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)

    assert bootstrap
    assert image
    assert bootstrap[1] == image[1]
