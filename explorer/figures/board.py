"""Points of a batch on a plane, by user: the forces on them, their ways, and the loss for the one that moves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from explorer import theme
from explorer.figures.arrow import polyline
from explorer.figures.bar import BAR_ROOM, bar
from explorer.figures.frame import (
    Draft,
    Word,
    axis,
    blank,
    escaped,
    light,
    plain,
    shown,
    span,
    span_in_words,
    span_of_most,
)
from explorer.figures.mark import ring
from explorer.figures.plane import bands
from explorer.figures.region import SYMBOLS

Array = NDArray[np.float64]
Users = NDArray[np.intp]
Limits = tuple[float, float]
Field = tuple[Array, Array, Array]

LONGEST = 0.2  # of the picture's width: the longest force
QUIET = 0.5
TRAIL = 0.7
RIM = 0.12  # of a point’s size
NAMED = 6
SIGNS = "●◆■▲▼⬟★⬢◀▶"


def board(
    point: ArrayLike,
    user: ArrayLike,
    *,
    force: ArrayLike | None = None,
    longest: float | None = None,
    field: Field | None = None,
    limits: Limits | None = None,
    moving: int | None = None,
    trail: ArrayLike | None = None,
    reach: Limits,
    names: Sequence[str] | None = None,
    title: str,
    subtitle: str,
    colour: str | None = None,
    narrow: bool = False,
) -> go.Figure:
    """Return points by user on a square of the plane, an arrow for the force on each, what has left it counted.

    Parameters
    ----------
    point : array_like of shape (n, 2)
        Where the points are; one that is not finite, or out of reach, is counted under the title.
    user : array_like of int, shape (n,)
        Whose each point is, from 0; six users are as different as can be, sixty differ in colour or sign.
    force : array_like of shape (n, 2), optional
        Where each point is drawn to, in units of the loss over the plane's.
    longest : float, optional
        Length of the force that is drawn with a fifth of the picture's width, for boards that are compared; without it,
        or where a force is larger, the longest of this board. Said under the title.
    field : tuple of ndarray, optional
        Nodes ``(nx,)`` and ``(ny,)`` and the loss ``(ny, nx)`` if the moving point were there.
    limits : tuple of float, optional
        Lowest and highest loss of the field's colours; without them, from its lowest up to what leaves peaks out.
    moving : int, optional
        The point that moves: it gets a ring.
    trail : array_like of shape (step, n, 2), optional
        Where the points have been.
    reach : tuple of float
        Ends of both axes.
    names : sequence of str, optional
        Names of the users, for a legend under the title.
    title, subtitle : str
        Plain text: which form, and its parameter values.
    colour : str, optional
        Colour of the dot before the title.
    narrow : bool
        Whether it will be drawn less than about 260 pixels wide: without numbers along the axes.
    """
    places, owner = np.asarray(point, dtype=np.float64).reshape(-1, 2), np.asarray(user)
    pull = None if force is None else np.asarray(force, dtype=np.float64).reshape(-1, 2)
    most = _longest(pull, longest)
    legend = user_words(owner, names) if names else []
    legend += [Word("→", theme.INK, f"longest force {shown(most)}")] if most else []
    legend += lost_words(places, reach)
    margin = theme.MARGIN["plane"] | {"b": (8 if narrow else 22) + BAR_ROOM * (field is not None)}
    margin |= {"l": 8, "r": 8} if narrow else {}
    alt = _sentence(places, owner, pull, field, reach, title)
    draft = blank(title, subtitle, kind="field", margin=margin, alt=alt, colour=colour, legend=legend)
    if field is not None:
        _add_field(draft, field, limits)
    if trail is not None:
        _add_trail(draft, np.asarray(trail, dtype=np.float64), owner)
    if pull is not None and most:
        _add_forces(draft, places, pull * (LONGEST * (reach[1] - reach[0]) / most))
    add_users(draft, places, owner, names, force=pull, size=7.5 if narrow else 9)
    if moving is not None and np.isfinite(places[moving]).all():
        x, y = map(float, places[moving])
        draft.add(**ring(x, y, "this point moves", size=19) | {"cliponaxis": True})
    return draft.figure(**square(reach, numbers=not narrow))


def square(reach: Limits, *, numbers: bool = True) -> dict[str, dict[str, object]]:
    """Return two axes of the same ends that are drawn equally long, in the middle of what room there is."""
    shared = {"range": reach, "showgrid": False, "nticks": 4, "constrain": "domain", "showticklabels": numbers}
    frame = {"showline": True, "linecolor": theme.HAIRLINE, "mirror": True}
    return {"xaxis": axis(**shared, **frame), "yaxis": axis(scaleanchor="x", **shared, **frame)}


def user_look(user: int) -> tuple[str, str, str]:
    """Return the colour of a user, the sign of its points, and the same sign as a letter."""
    turn = (user + user // len(SYMBOLS)) % len(SYMBOLS)
    return theme.REGIONS[user % len(theme.REGIONS)], SYMBOLS[turn], SIGNS[turn]


def user_words(user: Users, names: Sequence[str] | None = None) -> list[Word]:
    """Return the legend of the users, as long as there are few."""
    known = [int(one) for one in np.unique(user)]
    looks = [(user_look(one), named(one, names)) for one in known]
    return [Word(sign, colour, name) for (colour, _, sign), name in looks] if len(known) <= NAMED else []


def lost_words(places: Array, reach: Limits) -> list[Word]:
    """Return how many points are not seen, and why."""
    broken = int((~np.isfinite(places).all(axis=1)).sum())
    outside = int(_outside(places, reach).sum())
    told = [(outside, f"{outside} of {len(places)} outside"), (broken, f"{broken} not finite")]
    return [Word("▸", theme.WARN, text) for count, text in told if count]


def named(user: int, names: Sequence[str] | None) -> str:
    """Return the name of a user; its number where it has none."""
    return names[user] if names and user < len(names) else f"user {user}"


def add_users(
    draft: Draft,
    places: Array,
    user: Users,
    names: Sequence[str] | None = None,
    *,
    force: Array | None = None,
    size: float = 9,
) -> None:
    """Add the points, a trace for each user, with the force on each under the pointer."""
    for one in map(int, np.unique(user)):
        here = user == one
        colour, symbol, _ = user_look(one)
        rim = {"color": theme.PAGE, "width": size * RIM}
        told = f"{escaped(named(one, names))} at (%{{x:.3g}}, %{{y:.3g}})"
        extra = {} if force is None else {"customdata": light(force[here])}
        told += "" if force is None else "<br>force (%{customdata[0]:.3g}, %{customdata[1]:.3g})"
        draft.add(
            type="scatter",
            x=light(places[here, 0]),
            y=light(places[here, 1]),
            mode="markers",
            marker={"symbol": symbol, "size": size, "color": colour, "line": rim},
            hovertemplate=f"{told}<extra></extra>",
            **extra,
        )


def _add_field(draft: Draft, field: Field, limits: Limits | None) -> None:
    """Add the loss behind the points, half as strong as where it is the picture itself."""
    x, y, value = (np.asarray(part, dtype=np.float64) for part in field)
    low, high = limits or span_of_most(value) or span(value)
    above = bool(np.isfinite(value).any() and np.nanmax(value) > high)
    lines = bands(low, high)
    draft.add(
        type="contour",
        x=light(x),
        y=light(y),
        z=light(value),
        zmin=low,
        zmax=high,
        colorscale=[(place, theme.veil(tint, QUIET)) for place, tint in theme.TIDE_SCALE],
        colorbar=bar([low, high], [f"loss {shown(low)}", f"{'≥ ' if above else ''}{shown(high)}"]),
        hovertemplate="loss %{z:.4g}, if the moving point were here<extra></extra>",
        **lines | {"showscale": True, "contours": lines["contours"] | {"coloring": "heatmap"}},
    )


def _add_trail(draft: Draft, trail: Array, user: Users) -> None:
    """Add the ways of the points as one faint line a user, cut between points."""
    for one in map(int, np.unique(user)):
        ways = np.pad(trail[:, user == one], ((0, 1), (0, 0), (0, 0)), constant_values=np.nan)
        x, y = light(ways.transpose(2, 1, 0).reshape(2, -1))
        line = {"color": theme.veil(user_look(one)[0], TRAIL), "width": 1.5}
        draft.add(type="scatter", x=x, y=y, mode="lines", line=line, hoverinfo="skip")


def _add_forces(draft: Draft, places: Array, arrows: Array) -> None:
    """Add an arrow from each point, in ink on a casing of the page's colour."""
    (x, y), (u, v) = (places + arrows / 2).T, arrows.T
    x, y = polyline(x, y, u, v, (1.0, 1.0))
    for colour, width in ((theme.PAGE, 3.4), (theme.INK, 1.5)):
        line = {"color": colour, "width": width}
        draft.add(type="scatter", x=light(x), y=light(y), mode="lines", line=line, hoverinfo="skip")


def _longest(force: Array | None, least: float | None) -> float:
    """Return the length of the force that is drawn longest; 0 where no point has a finite one."""
    length = np.zeros(1) if force is None else np.hypot(*force.T)
    found = float(length[np.isfinite(length)].max(initial=0.0))
    return max(found, least or 0.0) if found else 0.0


def _outside(places: Array, reach: Limits) -> NDArray[np.bool_]:
    beyond = ((places < reach[0]) | (places > reach[1])).any(axis=1)
    return np.logical_and(np.isfinite(places).all(axis=1), beyond)


def _sentence(places: Array, user: Users, force: Array | None, field: Field | None, reach: Limits, title: str) -> str:
    """Return what the board shows, in words."""
    parts = [f"{len(places)} points of {np.unique(user).size} users on a plane, {plain(title, 80)}"]
    if force is not None:
        most = _longest(force, None)
        parts.append(f"longest force {shown(most)}" if most else "no force on any")
    parts += [f"loss for the moving point {span_in_words(field[2])}"] if field is not None else []
    return ", ".join(parts + [word.text for word in lost_words(places, reach)]) + "."
