"""One widget for each kind of parameter, bound to the link; the only place where a parameter meets a widget."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from explorer.parameters import Choice, Number, Parameter, ParameterError, Table, Value, clean
from explorer.spec import Preset
from explorer.ui.record import record
from explorer.ui.words import plain, short

FEW = 3  # options that stand beside each other; more hide in a list


def ask(parameters: Iterable[Parameter], prefix: str, *, lead: str = "") -> dict[str, Value]:
    """Show a control for each number and choice, two in a row, and return the cleaned values by name.

    Parameters
    ----------
    parameters : iterable of Parameter
        What is asked; a `Table` is left to the page that has room for it.
    prefix : str
        First part of the names in the link, so that two families never share a control.
    lead : str
        What the labels begin with.
    """
    shown = [parameter for parameter in parameters if not isinstance(parameter, Table)]
    values: dict[str, Value] = {}
    for row in range(0, len(shown), 2):
        for column, parameter in zip(st.columns(2, wrap=False), shown[row : row + 2], strict=False):
            with column:
                asked = replace(parameter, label=lead + parameter.label)
                values[parameter.name] = widget(asked, f"{prefix}.{parameter.name}")
    return clean(shown, values)


def ask_how(epochs: Number, settings: Iterable[Parameter], prefix: str) -> dict[str, Value]:
    """Ask how something is trained: the epochs in sight, the settings behind a button beside them."""
    left, right = st.columns(2, wrap=False, vertical_alignment="bottom")
    with left:
        said = {epochs.name: widget(epochs, f"{prefix}.{epochs.name}")}
    with right, st.popover("Settings", width="stretch"):
        return said | ask(settings, prefix)


def widget(parameter: Number | Choice, key: str) -> Value:
    """Show the control of one parameter and return its value; a bad value in the link is named and left out."""
    forget_bad_link(parameter, key)
    value = _widget(parameter, key)
    record().settings[key] = parameter.label, short(value) if isinstance(value, float) else str(value)
    return value


def _widget(parameter: Number | Choice, key: str) -> Value:
    settings: dict[str, Any] = {"key": key, "bind": "query-params", "help": parameter.help or None}
    if isinstance(parameter, Choice):
        if len(parameter.options) > FEW:
            start = parameter.options.index(parameter.default)
            return str(st.selectbox(parameter.label, parameter.options, start, filter_mode=None, **settings))
        return str(
            st.segmented_control(
                parameter.label, parameter.options, default=parameter.default, required=True, **settings
            )
        )
    low, high = parameter.range
    if parameter.log:
        return float(
            st.select_slider(parameter.label, parameter.stops, parameter.default, format_func=short, **settings)
        )
    kind = int if parameter.whole else float
    step = kind(max(parameter.step, 1)) if parameter.whole else float(parameter.step)
    return float(st.slider(parameter.label, kind(low), kind(high), kind(parameter.default), step, **settings))


def switch(label: str, options: Sequence[str], key: str, **settings: Any) -> str:
    """Show words side by side, of which one holds, the first at the beginning; a button may set it too."""
    default = None if key in st.session_state else options[0]
    quiet: dict[str, Any] = {"required": True, "label_visibility": "collapsed", **settings}
    return st.segmented_control(label, options, default=default, key=key, **quiet) or options[0]


def forget_bad_link(parameter: Number | Choice, key: str) -> None:
    """Say what the link got wrong about a parameter, before its widget falls back to the default."""
    raw = st.query_params.get(key)
    if raw is None:
        return
    try:
        value = parameter.clean(raw)
        if isinstance(parameter, Number) and not parameter.range[0] <= float(value) <= parameter.range[1]:
            low, high = parameter.range
            raise ParameterError(f"{parameter.label} goes from {low:g} to {high:g} here, but is {value:g}.")
        if isinstance(parameter, Number) and parameter.log and raw not in map(short, parameter.stops):
            near = min(parameter.stops, key=lambda stop: abs(math.log(stop / float(value))))
            raise ParameterError(f"{parameter.label} moves in steps: write {short(near)} for {raw[:20]}.")
    except ParameterError as error:
        note(f"The link was followed, but for one value: {error} The default stands instead.")


def note(sentence: str) -> None:
    """Keep a sentence that the page shows on top, once."""
    notes: list[str] = st.session_state.setdefault("notes", [])
    if sentence not in notes:
        notes.append(sentence)


def show_notes() -> None:
    """Show what was kept, and forget it."""
    for sentence in st.session_state.pop("notes", []):
        st.warning(plain(sentence), icon=":material/link_off:")


def set_values(prefix: str, values: Mapping[str, Any]) -> None:
    """Set the controls of a prefix; for a button's callback."""
    for name, value in values.items():
        st.session_state[f"{prefix}.{name}"] = value


def set_value(key: str, value: Any) -> None:
    """Set one control; for a button's callback."""
    st.session_state[key] = value


def presets(
    choices: Sequence[Preset], holding: Preset | None, key: str, apply: Callable[[Preset], None], *, quiet: bool = False
) -> None:
    """Show named settings side by side, the one that holds now marked; choosing one applies it.

    ``quiet`` leaves out the label, and with it the tooltip that tells the stories.
    """
    by_title = {choice.title: choice for choice in choices}
    st.session_state[key] = holding.title if holding else None

    def choose() -> None:
        if title := st.session_state[key]:
            apply(by_title[title])

    stories = "  \n".join(f"**{choice.title}**: {choice.story}" for choice in choices)
    label = "collapsed" if quiet else "visible"
    st.pills("Presets", list(by_title), key=key, on_change=choose, help=stories, label_visibility=label)
