"""The rules of the house, and the proof that the checks which guard them would notice."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("geodata", "viewer")
LINES = 400
FUNCTION_LINES = 40
CHECK = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"

FLOORS = "A floor imports floors below it, never above"
NO_QT = "No Qt below the Qt line"
ENGINE = "The engine knows QtGui, but no widgets, no pyqtgraph and no session"
CIRCLES = "No circles among siblings"

# Written so that this file does not itself contain what it looks for.
UNWANTED = {
    "a path of somebody's machine": r"(?<![\w.])/(?:work|tmp|home/\w+|root|Users/\w+)/[\w.]",
    "the host of a package registry": r"pypi[.]org|pythonhosted[.]org|registry[.]npmjs|deb[.]debian[.]org",
    "work left undone": r"\b(?:TODO|FIXME|XXX)\b",
}
# Places that tests invent, and the customs of other systems.
INVENTED = {"tests/test_run.py", "tests/viewer/app/test_desktop.py", "tests/test_house.py"}
TEXT = {".py", ".md", ".toml", ".csv", ".desktop", ".svg", ".json", ".lock", ".txt", ".yml", ".xml", ""}


def tracked():
    """The files of the checkout: what git tracks, or everything but what is made where there is no git."""
    if shutil.which("git") and (ROOT / ".git").exists():
        command = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z", "--cached"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    made = re.compile(r"(^|/)(\.venv.*|\.git|__pycache__|\.\w+_cache|\.hypothesis|\.packages|build|dist)(/|$)")
    return [path for path in ROOT.rglob("*") if path.is_file() and not made.search(str(path.relative_to(ROOT)))]


def sources():
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def imported(path):
    """The full names a file imports, anywhere in it: `from a import b` gives both a and a.b."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A copy of the code to plant violations in."""
    copy = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", copy)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__", "resources"))
    return copy


def broken_contracts(house):
    """The names of the contracts that import-linter finds broken in a copy of the code."""
    command = [sys.executable, "-c", CHECK]
    done = subprocess.run(command, cwd=house, capture_output=True, text=True, check=False)
    assert "Contracts:" in done.stdout, done.stdout + done.stderr
    return set(re.findall(r"^(.+) BROKEN", done.stdout, re.MULTILINE))


def test_the_code_as_it_is_keeps_every_contract(house):
    assert broken_contracts(house) == set()


@pytest.mark.parametrize(
    ("place", "line", "contract"),
    [
        ("geodata/planted.py", "import PySide6.QtCore", NO_QT),
        ("geodata/planted.py", "import pyqtgraph", NO_QT),
        ("viewer/model/planted.py", "from PySide6.QtGui import QColor", NO_QT),
        ("geodata/planted.py", "import viewer.model.camera", FLOORS),
        ("viewer/model/planted.py", "import viewer.session", FLOORS),
        ("viewer/map/planted.py", "import viewer.panels", FLOORS),
        ("viewer/panels/planted.py", "def late():\n    import viewer.map", FLOORS),
        ("viewer/modes/planted.py", "import viewer.app.theme", FLOORS),
        ("viewer/engine/planted.py", "import pyqtgraph", ENGINE),
        ("viewer/engine/planted.py", "import viewer.session", ENGINE),
    ],
)
def test_a_forbidden_import_breaks_its_contract(house, place, line, contract):
    planted = house / place
    planted.write_text(line + "\n")
    try:
        assert contract in broken_contracts(house)
    finally:
        planted.unlink()


def test_a_circle_breaks_its_contract(house):
    first, second = house / "geodata/planted_one.py", house / "geodata/planted_two.py"
    first.write_text("import geodata.planted_two\n")
    second.write_text("import geodata.planted_one\n")
    try:
        assert CIRCLES in broken_contracts(house)
    finally:
        first.unlink()
        second.unlink()


def test_every_part_of_the_viewer_stands_on_a_floor():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    floors = next(contract["layers"] for contract in settings if contract["name"] == FLOORS)
    named = {module for floor in floors for module in floor.split(" | ")}
    parts = {f"viewer.{path.stem}" for path in (ROOT / "viewer").iterdir() if path.suffix == ".py" or is_package(path)}
    assert parts - {"viewer.__init__"} <= named


def is_package(path):
    return (path / "__init__.py").exists()


def test_the_engine_imports_no_widgets():
    widgets = re.compile(r"PySide6\.(QtWidgets|QtOpenGLWidgets|QtPrintSupport|QtSvgWidgets)")
    found = {
        str(path.relative_to(ROOT)): name
        for path in sources()
        if path.is_relative_to(ROOT / "viewer/engine")
        for name in imported(path)
        if widgets.match(name)
    }
    assert found == {}


def test_no_widgets_come_with_the_engine_from_the_modules_it_imports():
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in sources()
        if path.is_relative_to(ROOT / "viewer/engine") and path.name != "__init__.py"
    ]
    found = "[name for name in sys.modules if 'Widgets' in name or name == 'pyqtgraph']"
    code = f"import sys, {', '.join(names)}; print({found})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_no_file_of_code_is_too_long():
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in tracked()
        if path.suffix == ".py" or path == ROOT / "run"
    }
    assert {name: length for name, length in lengths.items() if length >= LINES} == {}


def function_lengths(code):
    """The lines of each function in a piece of code, without its docstring, by the line that it begins in and name."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            told = node.body[0] if ast.get_docstring(node) is not None else None
            docstring = told.end_lineno - told.lineno + 1 if told else 0
            yield f"{node.lineno} {node.name}", node.end_lineno - node.lineno + 1 - docstring


def test_no_function_is_too_long():
    lengths = {
        f"{path.relative_to(ROOT)}:{name}": length
        for path in sources()
        for name, length in function_lengths(path.read_text())
    }
    assert {name: length for name, length in lengths.items() if length > FUNCTION_LINES} == {}


def test_the_lines_of_a_function_are_counted_without_its_docstring():
    told = ['        """One.', "", "        Two.", '        """']
    code = "\n".join(["class A:", "    def told(", "        self,", "    ):", *told, "        return 1"])
    assert dict(function_lengths(code)) == {"2 told": 4}


def test_no_file_is_a_drawer_for_everything():
    drawers = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
    assert [path for path in tracked() if path.stem in drawers or path.parent.name in drawers] == []


def test_packages_announce_themselves_and_nothing_else():
    for path in sources():
        if path.name == "__init__.py":
            body = ast.parse(path.read_text()).body
            beyond = [
                node for node in body if not (isinstance(node, ast.Assign) and "__version__" in ast.unparse(node))
            ]
            assert [type(node) for node in beyond] == [ast.Expr], path


def test_only_three_files_catch_everything():
    allowed = {"viewer/tasks.py", "viewer/app/crash.py", "viewer/engine/server.py"}
    broad = re.compile(r"except\s*(\(?\s*(Base)?Exception\b|:)")
    catching = {str(path.relative_to(ROOT)) for path in sources() if broad.search(path.read_text())}
    assert catching <= allowed


@pytest.mark.parametrize("what", UNWANTED)
def test_no_tracked_file_contains(what):
    pattern = re.compile(UNWANTED[what])
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in tracked()
        if path.suffix in TEXT and str(path.relative_to(ROOT)) not in INVENTED
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    "line", ["see /" + "tmp/x.png", "in /" + "work/main", "https://pypi" + ".org/simple", "# TO" + "DO"]
)
def test_unwanted_things_would_be_found(line):
    assert any(re.search(pattern, line) for pattern in UNWANTED.values())
