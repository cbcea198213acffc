"""A few parts out of a level of detail, without touching the others."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geodata.prepared import Level


def some_parts(level: Level, parts: NDArray[np.intp]) -> Level:
    """Return a level that holds some parts only, in the order asked for."""
    rings = ranges(level.part_offsets[parts], level.part_offsets[parts + 1])
    vertices = ranges(level.ring_offsets[rings], level.ring_offsets[rings + 1])
    return replace(
        level,
        coords=level.coords[vertices],
        ring_offsets=_offsets(level.ring_offsets[rings + 1] - level.ring_offsets[rings]),
        part_offsets=_offsets(level.part_offsets[parts + 1] - level.part_offsets[parts]),
        feature_of_part=level.feature_of_part[parts],
        bounds=level.bounds[parts],
    )


def ranges(begins: NDArray[np.int32], ends: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return all whole numbers of some ranges, one range after the other."""
    lengths = (ends - begins).astype(np.int64)
    starts = np.cumsum(lengths) - lengths
    return np.arange(int(lengths.sum())) + np.repeat(begins - starts, lengths)


def _offsets(lengths: NDArray[Any]) -> NDArray[np.int32]:
    return np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
