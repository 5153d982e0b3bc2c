"""What is trained against what: losses, network and settings, as the card of the page holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from explorer import theme
from explorer.losses import CATALOGUE
from explorer.parameters import Value
from explorer.spec import LossSpec
from explorer.tasks.baseline import calendar_season
from explorer.tasks.forecast import HORIZON, WINDOW, Forecast, forecast
from explorer.tasks.network import HIDDEN, NETWORK
from explorer.training.setting import BATCH_SIZE, EPOCHS, LEARNING_RATE, OPTIMIZER, SEED
from explorer.ui import catalogue, controls
from explorer.ui.foretell.source import Source
from explorer.ui.words import plain, setting

MSE = CATALOGUE["mse"]
TREND = tuple(spec for spec in CATALOGUE.values() if spec.context == ("y_last",))
PLAIN = (MSE, CATALOGUE["mae"], CATALOGUE["huber"], CATALOGUE["pinball"])
NAMES = {**{spec.key: spec.key.upper() for spec in PLAIN[:2]}, "huber": "Huber", "pinball": "pinball"}
NAMES |= {spec.key: spec.form for spec in TREND}
COLOURS = (*theme.RUNS, theme.FIFTH)
HOW = (replace(BATCH_SIZE, default=32), replace(LEARNING_RATE, default=3e-3), OPTIMIZER, SEED)
SIZE = (WINDOW, replace(HORIZON, slider=(1, 24)))


@dataclass(frozen=True, eq=False)
class Contest:
    """Losses that the same network is trained with, from the same first weights and the same batches.

    Attributes
    ----------
    specs, values : sequence of LossSpec, mapping
        The losses, and the parameters of all of them by name.
    source : Source
        The series.
    task : Forecast
        The series as a task.
    arguments : mapping
        What remakes the task in the compute process.
    how : mapping
        Epochs, batch size, learning rate, optimizer and seed.
    """

    specs: Sequence[LossSpec]
    values: Mapping[str, Value]
    source: Source
    task: Forecast
    arguments: Mapping[str, Any]
    how: Mapping[str, Value]

    def of(self, spec: LossSpec) -> dict[str, Value]:
        """Return those values that a loss takes."""
        return {parameter.name: self.values[parameter.name] for parameter in spec.parameters}

    @property
    def names(self) -> list[str]:
        """What the losses are called, with their numbers."""
        return [
            " ".join(filter(None, (NAMES[spec.key], setting(spec.parameters, self.of(spec))))) for spec in self.specs
        ]

    @property
    def losses(self) -> list[tuple[str, dict[str, Value]]]:
        """The losses as the compute process takes them."""
        return [(spec.key, self.of(spec)) for spec in self.specs]

    @property
    def trend(self) -> LossSpec | None:
        """The first of the losses that has a penalty."""
        return next((spec for spec in self.specs if spec.split), None)

    @property
    def title(self) -> str:
        """What was trained how, for the second line of pictures."""
        task, how = self.task, self.how
        return (
            f"{task.network} · window {task.window} · horizon {task.horizon} · "
            f"batch {how['batch_size']:g} · seed {how['seed']:g}"
        )


def ask(given: Source) -> Contest | None:
    """Ask for losses, network and settings; None, and one sentence on the page, where nothing can be trained."""
    specs = _ask_losses()
    parameters = {part.name: part for spec in specs for part in spec.parameters}
    prefix = catalogue.prefix(TREND[0])
    values = controls.ask([part for name, part in parameters.items() if name == "lambda_trend"], prefix)
    size = controls.ask(SIZE, "forecast")
    left, right = st.columns(2, wrap=False, vertical_alignment="bottom")
    with left:
        epochs = controls.widget(replace(EPOCHS, default=60), "run.epochs")
    with right, st.popover("Settings", width="stretch"):
        network = controls.ask((NETWORK, HIDDEN), "forecast")
        how = {"epochs": epochs, **controls.ask(HOW, "run")}
        values |= controls.ask([part for name, part in parameters.items() if name not in values], "losses")
    arguments = {
        "value": given.value,
        "window": int(float(size["window"])),
        "horizon": int(float(size["horizon"])),
        "hidden": int(float(network["hidden"])),
        "network": str(network["network"]),
        "season": calendar_season(given.every or given.series.understood.frequency),
    }
    try:
        task = forecast(**arguments)
    except ValueError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return None
    return Contest(specs, values, given, task, arguments, how) if specs else None


def _ask_losses() -> list[LossSpec]:
    """Ask which losses are trained."""
    by_name = {NAMES[spec.key]: spec for spec in (*PLAIN, *TREND)}
    default = [NAMES["mse"], NAMES["trend-published"]]
    chosen = st.pills(
        "Losses",
        list(by_name),
        selection_mode="multi",
        default=default,
        key="forecast.losses",
        bind="query-params",
        help=f"Up to {len(COLOURS)} are trained beside each other.",
    )
    return [by_name[name] for name in by_name if name in chosen][: len(COLOURS)]
