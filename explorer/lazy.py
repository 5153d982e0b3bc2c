"""A module that is imported when it is first used.

Keras takes seconds to import. Sliders, formulas and the code of a loss must be there before it is, so the modules
that only *use* it in the body of a function name it through a stand-in.
"""

from __future__ import annotations

import importlib
from typing import Any


class LazyModule:
    """Stand in for a module; the first attribute that is asked for imports it.

    Parameters
    ----------
    name : str
        Full dotted name of the module.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        value = getattr(importlib.import_module(self._name), attribute)
        setattr(self, attribute, value)
        return value


ops: Any = LazyModule("keras.ops")
