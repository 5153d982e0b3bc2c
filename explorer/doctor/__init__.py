"""The examination of a loss: one file a check, and the one list of them all, in the order told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from explorer.doctor import batch, bound, curvature, gradient, jump, minimum, nan, slope, target
from explorer.doctor.layer import Layers, layers
from explorer.doctor.report import Finding, Report
from explorer.doctor.subject import Subject, subject
from explorer.spec import LossSpec

CHECKS: tuple[Callable[[Subject], Finding], ...] = (
    minimum.check,
    target.check,
    slope.check,
    gradient.check,
    jump.check,
    nan.check,
    bound.check,
    batch.check,
    curvature.check,
)

__all__ = ["CHECKS", "Finding", "Layers", "Report", "Subject", "examine", "examine_plane", "layers", "subject"]


def examine(spec: LossSpec, values: Mapping[str, Any] = {}) -> Report:
    """Return what all checks find about a loss, over its first plane with the scene as it is by default.

    Raises
    ------
    ValueError
        If a value is refused (`ParameterError`).
    """
    return examine_plane(spec, values)


def examine_plane(
    spec: LossSpec, values: Mapping[str, Any] = {}, scene: Mapping[str, Any] = {}, plane: str | None = None
) -> Report:
    """Return what all checks find about a loss over one plane.

    Parameters
    ----------
    spec : LossSpec
        The loss.
    values, scene : mapping
        Parameters of the loss and of the plane; what is not given has its default.
    plane : str, optional
        Key of the plane; the first one where it is not given.

    Raises
    ------
    ValueError
        If the plane is unknown or a value is refused (`ParameterError`).
    """
    examined = subject(spec, values, scene, plane)
    return Report(spec.key, examined.plane.key, tuple(check(examined) for check in CHECKS))
