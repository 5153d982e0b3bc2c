"""The house: explicit lists are complete, and imports go one way."""

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.losses import CATALOGUE
from explorer.spec import LossSpec
from explorer.tasks import TASKS

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "explorer"
FLOORS = (  # what stands below may be imported by what stands above; rooms of one floor know nothing of each other
    {"ui"},
    {"engine", "figures", "takeaway", "gallery"},
    {"doctor", "descent", "training", "pairs", "masks", "arguments"},
    {"sweep", "line", "labelled"},
    {"surface", "series"},
    {"samples", "losses", "tasks"},
    {"spec"},
    {"parameters", "lazy", "theme", "confusion", "embedding"},
)
NEIGHBOURS = {
    ("losses", "samples"),
    ("samples", "losses"),
    ("descent", "training"),
    ("pairs", "training"),
    ("masks", "training"),
    ("arguments", "training"),
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room(path):
    """Return the room of a module: its first folder or its own name."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("explorer"):
            names = [node.module] if node.module != "explorer" else [f"explorer.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if alias.name.startswith("explorer.")]
        yield from (name.split(".")[1] for name in names)


def floor(name):
    return next(place for place, rooms in enumerate(FLOORS) if name in rooms)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_go_one_way(path):
    here = room(path)
    if here == "__init__":
        return
    for there in set(imported_rooms(path)) - {here}:
        assert floor(there) > floor(here) or (here, there) in NEIGHBOURS, f"{here} must not know {there}"


def test_every_loss_of_a_file_is_in_the_catalogue():
    known = set(map(id, CATALOGUE.values()))
    for path in (PACKAGE / "losses").glob("[a-z]*.py"):
        module = importlib.import_module(f"explorer.losses.{path.stem}")
        forgotten = [s.key for s in vars(module).values() if isinstance(s, LossSpec) and id(s) not in known]
        assert not forgotten, f"{path.name} has losses that are not in CATALOGUE: {forgotten}"


def test_every_page_is_in_the_table_of_contents():
    main = (PACKAGE / "ui" / "main.py").read_text(encoding="utf-8")
    for path in (ROOT / "pages").glob("*/*.py"):
        assert f'"{path.parent.name}" / "{path.name}"' in main, f"{path.name} is in no menu"


def test_every_loss_trains_on_a_task_that_exists():
    assert {spec.task for spec in CATALOGUE.values()} - {""} <= set(TASKS)


def test_every_data_file_names_its_source_and_licence():
    notice = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    for path in (ROOT / "data").glob("*.csv"):
        assert f"`{path.name}`" in notice


def test_the_readme_has_exactly_two_commands():
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert [len(block.strip().splitlines()) for block in blocks] == [1, 1]


def test_no_colour_code_outside_the_theme():
    for path in [*MODULES, *(ROOT / "pages").glob("*/*.py")]:
        if path.name != "theme.py":
            found = re.findall(r"""["'](#[0-9A-Fa-f]{6})["']""", path.read_text(encoding="utf-8"))
            assert not found, f"{path.name} has {found}"


def test_importing_the_package_imports_neither_keras_nor_streamlit():
    modules = ["losses", "tasks", "series", "labelled", "training", "takeaway", "training.cloud", "figures.surface"]
    modules = [f"explorer.{module}" for module in modules]
    code = f"import sys, {', '.join(modules)}; print({{'keras', 'tensorflow', 'streamlit'}} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"
