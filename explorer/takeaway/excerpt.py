"""The source of functions with all that they use, taken out of their modules so that it stands alone."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Callable, Iterable, Iterator
from types import FunctionType, ModuleType
from typing import Any, NamedTuple

from explorer.lazy import LazyModule

SHARED = {"keras": "import keras", "np": "import numpy as np"}
OWN = "explorer."


class Excerpt(NamedTuple):
    """What a script has to hold for some functions to run in it.

    Attributes
    ----------
    standard, others : tuple of str
        Import lines of the standard library, and of Keras and NumPy; a name a line.
    constants : tuple of str
        Assignments of the modules, in the order that they need each other.
    functions : tuple of str
        Sources of the functions, those that are called before those that call them.
    """

    standard: tuple[str, ...]
    others: tuple[str, ...]
    constants: tuple[str, ...]
    functions: tuple[str, ...]


def excerpt(functions: Iterable[Callable[..., Any]]) -> Excerpt:
    """Return the sources of functions, with what they use of their modules and of other modules of this package."""
    found: dict[str, dict[str, None]] = {kind: {} for kind in Excerpt._fields}
    seen: set[Any] = set()
    for function in functions:
        for kind, line in _parts(function, seen):
            found[kind][line] = None
    return Excerpt(*map(tuple, found.values()))


def imports(lines: Iterable[str]) -> str:
    """Return import lines sorted, whole modules first, with the names of one module in one line."""
    whole = sorted({line for line in lines if line.startswith("import ")})
    names: dict[str, set[str]] = {}
    for line in lines:
        if line.startswith("from "):
            _, home, _, name = line.split(" ")
            names.setdefault(home, set()).add(name)
    return "\n".join([*whole, *(f"from {home} import {', '.join(sorted(names[home]))}" for home in sorted(names))])


def _parts(function: Callable[..., Any], seen: set[Any]) -> Iterator[tuple[str, str]]:
    """Yield what a function needs and then its source, each with its kind."""
    seen.add(function)
    text = inspect.getsource(function).strip()
    yield from _needed(_names(ast.parse(text)), sys.modules[function.__module__], seen)
    yield "functions", text


def _names(tree: ast.AST) -> list[str]:
    """Return the names that a piece of code reads, each once, in their order."""
    return list(dict.fromkeys(node.id for node in ast.walk(tree) if isinstance(node, ast.Name)))


def _needed(names: Iterable[str], module: ModuleType, seen: set[Any]) -> Iterator[tuple[str, str]]:
    for name in names:
        if name not in vars(module):
            continue
        value = vars(module)[name]
        if name in SHARED:
            yield "others", SHARED[name]
        elif isinstance(value, LazyModule):
            yield "others", f"from keras import {name}"
        elif isinstance(value, FunctionType) and value.__module__.startswith(OWN):
            if value not in seen:
                yield from _parts(value, seen)
        elif (home := getattr(value, "__module__", None)) and getattr(value, "__name__", "") == name:
            yield "standard", f"from {home} import {name}"
        elif (module, name) not in seen:
            seen.add((module, name))
            yield from _assigned(name, module, seen)


def _assigned(name: str, module: ModuleType, seen: set[Any]) -> Iterator[tuple[str, str]]:
    """Yield the assignment of a constant, behind what it needs; follow it to the module that it was imported from."""
    text = inspect.getsource(module)
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and name in _targets(node):
            seen.update((module, target) for target in _targets(node))
            yield from _needed([other for other in _names(node) if other not in _targets(node)], module, seen)
            yield "constants", str(ast.get_source_segment(text, node))
            return
        if isinstance(node, ast.ImportFrom) and node.module and any(alias.name == name for alias in node.names):
            if node.module.startswith(OWN):
                yield from _needed([name], sys.modules[node.module], seen)
            else:
                yield "others", f"from {node.module} import {name}"
            return


def _targets(node: ast.Assign | ast.AnnAssign) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)]
