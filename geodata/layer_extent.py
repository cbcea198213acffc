"""Where a person's layer lies, by its file, of whichever of the two forms."""

from __future__ import annotations

from pathlib import Path

from geodata import prepared, swarm
from geodata.extent import Extent


def extent_of(path: Path) -> Extent | None:
    """Return the extent of a layer in map metres; None where nothing is in it.

    Raises
    ------
    PreparedError
        Where its file is missing or damaged.
    """
    return swarm.read(path).extent if swarm.is_swarm(path) else prepared.read(path).extent
