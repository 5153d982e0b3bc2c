"""Where a network puts the test points of several users, and how far apart points of one and of two users are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from explorer import theme
from explorer.figures.board import add_users, lost_words, square, user_words
from explorer.figures.callout import HALO
from explorer.figures.curve import NAME_STEP, SMALL
from explorer.figures.frame import Draft, Word, axis, blank, light, plain, shown, upright

Array = NDArray[np.float64]
Limits = tuple[float, float]

FEW_POINTS = 100
LARGEST, SMALLEST = 8.0, 5.5
BINS = 30
FILL = 0.3
HEADROOM = 1.15
NAMES = ("same user", "different users")
COLOURS = (theme.A, theme.B)


class Kind(NamedTuple):
    """Pairs of one kind: how often each distance occurs, their median (NaN without a pair), and what is not drawn."""

    name: str
    colour: str
    edges: Array
    share: Array
    median: float
    lost: list[str]


def embedding(
    point: ArrayLike,
    user: ArrayLike,
    *,
    reach: Limits,
    names: Sequence[str] | None = None,
    title: str,
    subtitle: str,
    colour: str | None = None,
) -> go.Figure:
    """Return points of a plane by user, a legend for up to six of them.

    Parameters
    ----------
    point : array_like of shape (n, 2)
        Where the points are; one that is not finite, or out of reach, is counted under the title.
    user : array_like of int, shape (n,)
        Whose each point is, from 0.
    reach : tuple of float
        Ends of both axes: the same for all epochs of a training, and for trainings that are compared.
    names : sequence of str, optional
        Names of the users; without them, their numbers.
    title, subtitle : str
        Plain text: which form, and the epoch.
    colour : str, optional
        Colour of the dot before the title.
    """
    places, owner = np.asarray(point, dtype=np.float64).reshape(-1, 2), np.asarray(user)
    lost = lost_words(places, reach)
    said = f"Embedding of {len(places)} points of {np.unique(owner).size} users, {plain(title, 80)}"
    alt = ", ".join([said, *(word.text for word in lost)]) + "."
    margin = theme.MARGIN["plane"] | {"b": 22}
    legend = [*user_words(owner, names), *lost]
    draft = blank(title, subtitle, kind="field", margin=margin, alt=alt, colour=colour, legend=legend)
    size = float(np.clip(LARGEST * np.sqrt(FEW_POINTS / max(len(places), 1)), SMALLEST, LARGEST))
    add_users(draft, places, owner, names, size=size)
    return draft.figure(**square(reach))


def distances(
    same: ArrayLike,
    different: ArrayLike,
    *,
    reach: Limits | None = None,
    title: str,
    subtitle: str,
    colour: str | None = None,
) -> go.Figure:
    """Return how often each distance occurs between points of one user and between points of two, with the medians.

    Parameters
    ----------
    same, different : array_like of shape (pair,)
        Distances of pairs of points of one user, and of two users; what is not finite is left out and counted.
    reach : tuple of float, optional
        Ends of the axis; without them, from 0 to the largest distance. Pairs beyond count for the shares, are not
        drawn, and are said.
    title, subtitle : str
        Plain text: which form, and the epoch.
    colour : str, optional
        Colour of the dot before the title.
    """
    kinds = _kinds(same, different, reach)
    legend = [Word("■", kind.colour, kind.name) for kind in kinds]
    legend += [Word("▸", theme.WARN, f"{kind.name}: {word}") for kind in kinds for word in kind.lost]
    alt = f"Distances of pairs, {plain(title, 80)}: {'; '.join(map(_in_words, kinds))}."
    margin = theme.MARGIN["plane"] | {"t": 66, "b": 36}
    draft = blank(title, subtitle, kind="curves", margin=margin, alt=alt, colour=colour, legend=legend)
    draft.layout["height"] += draft.layout["margin"]["t"] - margin["t"]
    for kind in kinds:
        _add_shares(draft, kind)
    ends = float(kinds[0].edges[0]), float(kinds[0].edges[-1])
    for place, kind in enumerate(kinds):
        _add_median(draft, kind, ends, down=NAME_STEP * place)
    highest = max(float(kind.share.max()) for kind in kinds) or 1.0
    across = axis(range=ends, showgrid=False, title={"text": "distance", "standoff": 4, "font": SMALL})
    draft.note(**upright("share of pairs") | {"font": SMALL})
    return draft.figure(xaxis=across, yaxis=axis(range=(0, HEADROOM * highest), nticks=4, tickformat=".0%"))


def _kinds(same: ArrayLike, different: ArrayLike, reach: Limits | None) -> list[Kind]:
    """Return both kinds of pairs, counted over the same bins."""
    values = [np.asarray(pairs, dtype=np.float64).ravel() for pairs in (same, different)]
    known = [value[np.isfinite(value)] for value in values]
    low, high = reach or (0.0, max(float(value.max(initial=0.0)) for value in known) or 1.0)
    edges = np.linspace(low, high, BINS + 1)
    kinds = []
    for name, colour, value, finite in zip(NAMES, COLOURS, values, known, strict=True):
        share = np.histogram(finite, edges)[0] / max(finite.size, 1)
        beyond = ((finite < low) | (finite > high)).mean() if finite.size else 0.0
        lost = [f"{beyond:.0%} beyond"] if beyond else []
        lost += [f"{value.size - finite.size:,} not finite"] if finite.size < value.size else []
        kinds.append(Kind(name, colour, edges, share, float(np.median(finite)) if finite.size else np.nan, lost))
    return kinds


def _add_shares(draft: Draft, kind: Kind) -> None:
    """Add how often each distance occurs, as steps with a shade below."""
    draft.add(
        type="scatter",
        x=light(kind.edges),
        y=light(np.append(kind.share, kind.share[-1])),
        mode="lines",
        line={"color": kind.colour, "width": 1.6, "shape": "hv"},
        fill="tozeroy",
        fillcolor=theme.veil(kind.colour, FILL),
        hovertemplate=f"from %{{x:.3g}}: %{{y:.1%}}<extra>{kind.name}</extra>",
    )


def _add_median(draft: Draft, kind: Kind, ends: Limits, *, down: float) -> None:
    """Add a line at the median with its value; an arrow at the edge where it lies beyond."""
    if np.isnan(kind.median):
        return
    low, high = ends
    sign = "" if low <= kind.median <= high else " →" if kind.median > high else " ←"
    at = min(max(kind.median, low), high)
    if not sign:
        line = {"color": kind.colour, "width": 1.4, "dash": "5px,4px"}
        draft.shape(type="line", x0=at, x1=at, y0=0, y1=1, yref="y domain", line=line)
    left = at - low < (high - low) / 2
    draft.note(
        text=f"median {shown(kind.median)}{sign}",
        x=at,
        y=1,
        yref="y domain",
        xanchor="left" if left else "right",
        xshift=3 if left else -3,
        yanchor="top",
        yshift=-down,
        font={"color": kind.colour, "size": theme.SMALL_SIZE, "weight": 600, "shadow": HALO},
    )


def _in_words(kind: Kind) -> str:
    """Return the median of one kind, and what is not drawn."""
    told = "no pair" if np.isnan(kind.median) else f"median {shown(kind.median)}"
    return ", ".join([f"{kind.name} {told}", *kind.lost])
