"""The closed, tiled form of the pairwise loss beside the published broadcast and the NumPy double loop.

Run with ``python -m benchmarks pairwise``. What one form takes is measured by `explorer.pairs.implementation`, as the
page of the app does it, with 32 numbers a point: each form has a process of its own for each size.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.result import Row
from explorer.pairs.implementation import BROADCAST, LOOP, TILED

SIZES = (32, 512, 4096)
MOST_LOOPED = 512
DIM = 32
USERS = 10
EPSILON = 1e-7
FORMS = (TILED, BROADCAST, LOOP)


def measure() -> dict[str, Any]:
    """Return rows of times and, as facts, peaks of memory in MB and the largest difference of values and slopes."""
    rows, facts = [], {}
    for points in SIZES:
        tiled, *others = (_alone(form, points) for form in FORMS if form != LOOP or points <= MOST_LOOPED)
        for other in others:
            aim = "≥ 50 ×" if (points, other["form"]) == (4096, BROADCAST) else ""
            rows.append(Row(f"pairwise, {points} points", tiled["ms"], other["form"], other["ms"], aim))
            facts[f"total of {points} points, {other['form']} less tiled, relative"] = abs(
                other["total"] - tiled["total"]
            ) / abs(tiled["total"])
        broadcast = others[0]
        facts[f"largest difference of slopes, {points} points"] = float(
            np.abs(np.subtract(broadcast["slope"], tiled["slope"])).max()
        )
        facts[f"peak of memory in MB, {points} points"] = {part["form"]: part["mb"] for part in (tiled, broadcast)}
    facts["memory of the broadcast by that of the tiled form, 4096 points (aim ≥ 300)"] = broadcast["mb"] / tiled["mb"]
    return {"rows": rows, **facts}


def _alone(form: str, points: int) -> dict[str, Any]:
    """Return what one form takes for one size, measured in a process of its own."""
    settings = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
    asked = {"form": form, "points": points, "dim": DIM, "users": USERS, "epsilon": EPSILON}
    command = [sys.executable, "-m", "explorer.pairs.implementation", json.dumps(asked)]
    folder = Path(__file__).parents[1]
    run = subprocess.run(command, env=settings, cwd=folder, capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return told
