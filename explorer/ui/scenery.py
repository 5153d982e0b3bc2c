"""The pictures of the surface page: one loss large, or two beside each other on one scale with their difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from explorer import theme
from explorer.descent import Path
from explorer.doctor import Layers
from explorer.figures import difference, surface, versus
from explorer.figures import slice as cuts
from explorer.figures.frame import span, span_of_most
from explorer.parameters import Value
from explorer.spec import Plane
from explorer.surface import Surface
from explorer.ui import ball, cached, catalogue, frame, plot
from explorer.ui.following import following
from explorer.ui.sides import Side
from explorer.ui.words import setting, short

POINTS = 61
TALL = 420


@dataclass(frozen=True, eq=False)
class View:
    """What the pictures share, whichever loss they show.

    Attributes
    ----------
    plane, scene : Plane, mapping
        What the losses are drawn over, and what is held fixed.
    cut : tuple of float
        Where the slices run.
    layers : sequence of str
        What is laid over the fields.
    how : mapping or None
        How the ball rolls; None without one.
    """

    plane: Plane
    scene: Mapping[str, Value]
    cut: tuple[float, float]
    layers: Sequence[str]
    how: Mapping[str, Any] | None

    def subtitle(self, side: Side) -> str:
        """Return the numbers of a picture."""
        return setting((*side.spec.parameters, *self.plane.scene), {**side.values, **self.scene})

    @property
    def axes(self) -> tuple[str, str]:
        """Names of the two axes."""
        return self.plane.x.label, self.plane.y.label


@dataclass(frozen=True, eq=False)
class Seen:
    """What was computed of one side."""

    side: Side
    surface: Surface
    layers: Layers | None
    path: Path | None


def draw(place: frame.Workspace, sides: Sequence[Side], view: View) -> bool:
    """Draw what there is to see; return whether it could be computed."""
    with place.first:
        seen = frame.attempt(lambda: [_see(side, view) for side in sides], TALL)
    if not seen:
        return False
    keep = f"{catalogue.prefix(sides[0].spec)}-{view.plane.key}"
    if len(seen) == 1:
        _alone(place, seen[0], view, keep)
    elif place.phone:
        _compared_on_phone(place, seen, view, keep)
    else:
        _compared(place, seen, view, keep)
    for one in seen:
        if one.path and one.path.sentence:
            place.rest.caption(f":material/sports_baseball: {one.side.title}: {one.path.sentence}")
    return True


def _see(side: Side, view: View) -> Seen:
    asked = (side.spec.key, side.values, view.scene, view.plane.key)
    layers = cached.layers(*asked, POINTS) if view.layers else None
    path = cached.descent(*asked, view.how) if view.how else None
    return Seen(side, cached.surface(*asked, POINTS), layers, path)


def _alone(place: frame.Workspace, seen: Seen, view: View, keep: str) -> None:
    limits = span_of_most(seen.surface.value)
    left, right = (place.first, place.rest) if place.phone else place.first.columns(2, gap="small")
    height = None if place.phone else TALL
    with left:
        _surface(seen, view, keep, limits, height)
    with right:
        _field(seen, view, keep, limits, height)
    with place.rest:
        if seen.path:
            _steps([seen], view)
        shared = {"subtitle": view.subtitle(seen.side), "axes": view.axes, "terms": _terms(seen.side)}
        beside = not place.phone
        figure = cuts.slices(seen.surface, title="Slices", at=view.cut, beside=beside, **shared)
        plot.draw(figure, "slices", keep=keep)


def _compared(place: frame.Workspace, seen: Sequence[Seen], view: View, keep: str) -> None:
    limits = _limits(seen)
    columns = place.first.columns(3, gap="small")
    for column, one in zip(columns, seen, strict=False):
        with column:
            _surface(one, view, keep, limits)
    with columns[2]:
        _difference(seen, view, keep)
    columns = place.rest.columns(3, gap="small")
    for column, one in zip(columns, seen, strict=False):
        with column:
            _field(one, view, keep, limits)
    with columns[2]:
        _steps(seen, view) if view.how else _versus(seen, view, keep)


def _compared_on_phone(place: frame.Workspace, seen: Sequence[Seen], view: View, keep: str) -> None:
    limits = _limits(seen)
    with place.first:
        which = st.segmented_control("Show", ["A", "B", "A − B"], default="A", required=True, key="which")
        if which == "A − B":
            _difference(seen, view, keep)
        else:
            _surface(seen[which == "B"], view, keep, limits)
    with place.rest:
        _field(seen[which == "B"], view, keep, limits)
        _steps(seen, view) if view.how else _versus(seen, view, keep)


def _limits(seen: Sequence[Seen]) -> tuple[float, float]:
    """Return the range that the pictures of both losses share."""
    values = [one.surface.value for one in seen]
    return span_of_most(*values) or span(*values)


def _said(one: Seen, view: View, limits: tuple[float, float] | None) -> str:
    """Return the numbers of a picture, and where its colours end if that is not at its highest peak."""
    clipped = limits is not None and limits[1] < np.nanmax(one.surface.value)
    ends = f"drawn up to {short(float(f'{limits[1]:.2g}'))}" if clipped and limits else ""
    return " · ".join(filter(None, (view.subtitle(one.side), ends)))


def _name(one: Seen, key: str) -> str:
    """Return the name of a picture in the page: A keeps the plain one."""
    return key if one.side.letter == "A" else f"{key}-b"


def _surface(one: Seen, view: View, keep: str, limits: Any, height: int | None = None) -> None:
    side = one.side
    figure = surface.surface(
        one.surface,
        title=side.title,
        subtitle=_said(one, view, limits),
        axes=view.axes,
        limits=limits,
        colour=side.colour,
    )
    plot.draw(figure, _name(one, "surface"), keep=keep, height=height, drag=_drag(one, view, limits))


def _field(one: Seen, view: View, keep: str, limits: Any, height: int | None = None) -> None:
    side, key = one.side, _name(one, "field")
    path = None if one.path is None else np.stack([one.path.x, one.path.y], axis=1)
    said = " · ".join(filter(None, (_ball(view) if view.how else "", _said(one, view, limits))))
    figure = surface.field(
        one.surface,
        title=f"{side.letter} · −gradient",
        subtitle=said,
        axes=view.axes,
        limits=limits,
        colour=side.colour,
        path=path,
        layers=one.layers,
        chosen=view.layers,
    )
    prefix = f"{catalogue.prefix(side.spec)}.{view.plane.key}"
    click = (lambda: ball.follow_click(view.plane, prefix, key)) if view.how else None
    plot.draw(
        figure, key, keep=keep, height=height, on_click=click, drag=_drag(one, view, limits), played=ball.played()
    )


def _drag(one: Seen, view: View, limits: Any) -> Mapping[str, Any]:
    return following(one.side, view.plane, view.scene, catalogue.prefix(one.side.spec), limits)


def _difference(seen: Sequence[Seen], view: View, keep: str) -> None:
    subtitle = setting(view.plane.scene, view.scene)
    figure = difference.difference(seen[0].surface, seen[1].surface, subtitle=subtitle, axes=view.axes)
    plot.draw(figure, "difference", keep=keep, height=theme.HEIGHT["surface"])


def _versus(seen: Sequence[Seen], view: View, keep: str) -> None:
    results = [(one.side.title, one.side.colour, one.surface) for one in seen]
    subtitle = view.subtitle(seen[0].side)
    figure = versus.versus(results, at=view.cut[1], subtitle=subtitle, axes=view.axes, terms=_terms(seen[0].side))
    plot.draw(figure, "slices", keep=keep)


def _steps(seen: Sequence[Seen], view: View) -> None:
    paths = [(one.side.title, one.side.colour, one.path) for one in seen if one.path]
    steps = int((view.how or {})["steps"])
    height = None if seen[1:] else theme.HEIGHT["slices"]
    plot.draw(versus.descents(paths, steps=steps, subtitle=_ball(view)), "descent", height=height)


def _ball(view: View) -> str:
    how = view.how or {}
    return f"{how['optimizer']}, {how['steps']} steps, lr {how['learning_rate']:g}"


def _terms(side: Side) -> tuple[str, str]:
    split = side.spec.split
    return (split.rest, split.term) if split else cuts.TERMS
