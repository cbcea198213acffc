"""Letters along a curve: how a name follows a stretch of a line, upright and without sharp turns."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from viewer.engine.labels_room import Box
from viewer.engine.labels_text import ASCENT_EM, DESCENT_EM

STEEPEST_STEP_DEG = 22.0
"""The sharpest turn from one letter to the next."""

STEEPEST_BEND_DEG = 75.0
"""The sharpest turn between any two letters."""

_RISE_PX = 3.0
_SIT_EM = 0.09
_SMOOTH_EM = 1.1
_UPRIGHT_DEG = 90.5
_CLEAR_PX = 1.5

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: its origin in pixels from the name's anchor, and its clockwise turn."""

    text: str
    x: float
    y: float
    angle_deg: float


@dataclass(frozen=True, slots=True)
class Lettering:
    """The letters of a name, their middles (n, 2) and the rectangle around them, in pixels from the name's anchor."""

    letters: tuple[Letter, ...]
    middles: Floats
    box: Box


def write(
    text: str,
    steps: Floats,
    x: Floats,
    y: Floats,
    *,
    size_px: float,
    clear_px: float,
    sample_px: float,
) -> Lettering | None:
    """Write a text above a line, centred, reading from left to right.

    Always above: a name that changed sides would jump.

    Parameters
    ----------
    text
        The letters, n of them.
    steps
        Where each letter begins, and where the last one ends, in pixels, (n + 1,).
    x, y
        Even samples of the line in pixels right and down of the anchor; longer than the text.
    size_px
        Size of the type.
    clear_px
        Half the width of the line.
    sample_px
        Distance between samples.

    Returns
    -------
    None where the line turns too much for it or the text would stand on its head.
    """
    if _leans_back(float(x[-1] - x[0]), float(y[-1] - y[0])):
        x, y = x[::-1], y[::-1]
    lift = clear_px + _RISE_PX + _SIT_EM * size_px
    x, y = _beside(*_smoothed(x, y, max(3, round(_SMOOTH_EM * size_px / sample_px))), lift)
    places = _along(x, y, steps)
    if places is None:
        return None
    px, py = places
    angles = _angles_deg(px[1:] - px[:-1], py[1:] - py[:-1])
    if not _reads_well(angles):
        return None
    return _lettering(text, steps, px, py, np.clip(angles, -90.0, 90.0), size_px=size_px)


def bend_deg(x: Floats, y: Floats) -> float:
    """Return how much a line turns, all turns added up."""
    dx, dy = np.diff(x), np.diff(y)
    turns = np.arctan2(dx[:-1] * dy[1:] - dy[:-1] * dx[1:], dx[:-1] * dx[1:] + dy[:-1] * dy[1:])
    return math.degrees(float(np.abs(turns).sum()))


def _along(x: Floats, y: Floats, steps: Floats) -> tuple[Floats, Floats] | None:
    """Return where on a line the steps of a text centred on it lie; None where the line is too short."""
    run = np.zeros(len(x))
    np.cumsum(np.hypot(x[1:] - x[:-1], y[1:] - y[:-1]), out=run[1:])
    start = (run[-1] - steps[-1]) / 2
    return None if start < 0 else (np.interp(steps + start, run, x), np.interp(steps + start, run, y))


def _reads_well(angles: Floats) -> bool:
    """Return whether letters turned so neither jerk nor bend too far nor stand on their heads."""
    turns = np.abs(angles[1:] - angles[:-1])
    if turns.max(initial=0.0) > STEEPEST_STEP_DEG or angles.max() - angles.min() > STEEPEST_BEND_DEG:
        return False
    return max(angles.max(), -angles.min()) <= _UPRIGHT_DEG


def _lettering(text: str, steps: Floats, px: Floats, py: Floats, angles: Floats, *, size_px: float) -> Lettering:
    """Return a text whose letters begin at places and are turned by angles; there is one place more, for its end."""
    rows = zip(text, px.tolist(), py.tolist(), angles.tolist(), strict=False)
    letters = tuple(Letter(letter, left, base, angle) for letter, left, base, angle in rows if not letter.isspace())
    turns = np.radians(angles)
    half = ASCENT_EM / 2 * size_px
    middles = np.stack(
        ((px[1:] + px[:-1]) / 2 + np.sin(turns) * half, (py[1:] + py[:-1]) / 2 - np.cos(turns) * half), axis=1
    )
    widest = float((steps[1:] - steps[:-1]).max())
    return Lettering(letters, middles, _box(px[:-1], py[:-1], turns, size_px, widest))


def _leans_back(right: float, down: float) -> bool:
    """Return whether text running this way would be read backwards; upright lines are read from foot to head."""
    if abs(right) < 0.01 * abs(down):
        return down > 0
    return right < 0


@cache
def _kernel(window: int) -> Floats:
    kernel: Floats = np.hanning(window + 2)[1:-1].astype(np.float64)
    return kernel / kernel.sum()


def _smoothed(x: Floats, y: Floats, window: int) -> tuple[Floats, Floats]:
    """Return a line of even samples with its corners rounded, and as many samples fewer as the window has."""
    kernel = _kernel(window)
    return np.convolve(x, kernel, "valid"), np.convolve(y, kernel, "valid")


def _beside(x: Floats, y: Floats, lift_px: float) -> tuple[Floats, Floats]:
    """Return a line moved to its left, as one walks along it, on a screen whose y points down; one sample shorter."""
    dx, dy = x[1:] - x[:-1], y[1:] - y[:-1]
    lift = lift_px / np.maximum(np.hypot(dx, dy), 1e-9)
    return (x[1:] + x[:-1]) / 2 + dy * lift, (y[1:] + y[:-1]) / 2 - dx * lift


def _angles_deg(dx: Floats, dy: Floats) -> Floats:
    """Return the clockwise turn of each step, without leaps from 180° to -180° between neighbours."""
    middle = math.atan2(float(dy.sum()), float(dx.sum()))
    cos, sin = math.cos(middle), math.sin(middle)
    return np.degrees(np.arctan2(dy * cos - dx * sin, dx * cos + dy * sin) + middle)


def _box(x: Floats, y: Floats, turns: Floats, size_px: float, widest_px: float) -> Box:
    """Return the rectangle around letters, taking each for as wide as the widest."""
    cos, sin = np.cos(turns), np.sin(turns)
    right = np.array([[0.0], [widest_px], [0.0], [widest_px]])
    down = np.array([[-ASCENT_EM], [-ASCENT_EM], [DESCENT_EM], [DESCENT_EM]]) * size_px
    all_x, all_y = x + right * cos - down * sin, y + right * sin + down * cos
    return (
        float(all_x.min()) - _CLEAR_PX,
        float(all_y.min()) - _CLEAR_PX,
        float(all_x.max()) + _CLEAR_PX,
        float(all_y.max()) + _CLEAR_PX,
    )
