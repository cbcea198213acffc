"""All names of a stack as columns, and which of them matter to a view."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.prepared import PreparedLayer
from viewer.engine.labels_names import Name, Symbols, names_of, runs_along, symbols_of
from viewer.engine.labels_runners import Runner
from viewer.engine.labels_text import Typesetter
from viewer.model.camera import COARSEST_MPP, FINEST_MPP, Camera
from viewer.model.layer import Layer

_TILE_PX = 1024.0
_CHAIN_PX = 600.0
"""How far a name's influence reaches over its neighbours and theirs, at the scale that it comes with."""

SYMBOLS_AHEAD = 1
"""How many octaves before a symbol comes names begin to keep clear of it."""

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A square tile of the map at one octave of scale, as far around as views from within it can see.

    Views of the same tile share what was decided for it.

    Attributes
    ----------
    octave : int
        As `octave` counts.
    column, row : int
        Of the tile.
    sight : int
        How far beyond the tile is seen, in tiles, rounded up.
    """

    octave: int
    column: int
    row: int
    sight: int

    @classmethod
    def of(cls, camera: Camera, *, reach_px: float) -> Neighbourhood:
        """Return the neighbourhood of a camera whose view reaches so far from its middle."""
        level = octave(camera.metres_per_pixel)
        tile_m = _TILE_PX * mpp_of(level)
        return cls(level, math.floor(camera.x / tile_m), math.floor(camera.y / tile_m), math.ceil(reach_px / _TILE_PX))

    def holds(self, points: Floats, octaves: Indices, *, ahead: int = 0) -> Indices:
        """Return which points that come with these octaves may matter to a view here, ascending.

        Those of finer octaves than the view's do not, but for as many as it looks ahead.
        """
        tile_m = _TILE_PX * mpp_of(self.octave)
        middle = (self.column + 0.5) * tile_m, (self.row + 0.5) * tile_m
        away = np.maximum(np.abs(points[:, 0] - middle[0]), np.abs(points[:, 1] - middle[1]))
        near = away < tile_m * (0.5 + self.sight) + _CHAIN_PX * COARSEST_MPP / 2.0**octaves
        return np.flatnonzero(near & (octaves <= self.octave + ahead))


@dataclass(frozen=True, slots=True, eq=False)
class NameTable:
    """The names of a stack.

    Attributes
    ----------
    names : list of Name
        Those that stand at a point, in the order in which they are served.
    xy, coarsest_mpp, finest_mpp, octaves : arrays of n rows
        What the names say, as columns.
    symbols : Symbols
        What names would rather not cover.
    symbol_octaves : (m,) int64
        The octaves of scale that the symbols come with.
    runners : list of Runner
        The names along lines, by priority.
    """

    names: list[Name]
    xy: Floats
    coarsest_mpp: Floats
    finest_mpp: Floats
    octaves: Indices
    symbols: Symbols
    symbol_octaves: Indices
    runners: list[Runner]


def table_of(layers: Sequence[tuple[Layer, PreparedLayer]], typesetter: Typesetter) -> NameTable:
    """Gather the names and symbols of layers."""
    upright: list[Name] = []
    runners: list[Runner] = []
    for layer, prepared in layers:
        names = names_of(layer, prepared)
        if runs_along(layer, prepared):
            runners.extend(Runner(name, prepared, typesetter) for name in names)
        else:
            upright.extend(names)
    upright.sort(key=_turn)
    symbols = symbols_of(layers)
    coarsest = np.array([name.coarsest_mpp for name in upright], dtype=np.float64)
    return NameTable(
        names=upright,
        xy=np.array([(name.x, name.y) for name in upright], dtype=np.float64).reshape(-1, 2),
        coarsest_mpp=coarsest,
        finest_mpp=np.array([name.finest_mpp for name in upright], dtype=np.float64),
        octaves=_octaves(coarsest),
        symbols=symbols,
        symbol_octaves=_octaves(symbols.coarsest_mpp),
        runners=sorted(runners, key=lambda runner: runner.name.label.priority),
    )


def octave(mpp: float) -> int:
    """Return how many times a scale is finer than the coarsest, in doublings, rounded down."""
    return math.floor(math.log2(COARSEST_MPP / max(mpp, FINEST_MPP / 2)) + 1e-9)


def mpp_of(level: int) -> float:
    """Return the coarsest scale of an octave."""
    return COARSEST_MPP / 2.0**level


def _octaves(mpp: Floats) -> Indices:
    return np.floor(np.log2(COARSEST_MPP / np.maximum(mpp, FINEST_MPP / 2)) + 1e-9).astype(np.int64)


def _turn(name: Name) -> tuple[int, int, float, float, str]:
    """Return what decides when a name is served: the octave of scale that it comes with, then its priority."""
    return octave(name.coarsest_mpp), name.label.priority, name.rank, -name.size_px, name.reference
