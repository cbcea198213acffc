"""What is asked of the process that reads near the view, and what it answers: plain values that pickle."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from geodata.errors import GeodataError
from geodata.prepared import GeometryKind
from geodata.reading.outcome import Interpretation


@dataclass(frozen=True, slots=True)
class NearSource:
    """A layer that stays in its file.

    Attributes
    ----------
    path : Path
        The file.
    title : str
        What features without a name are called after.
    geometry : {"polygon", "line", "point"}
        What it holds.
    way : Interpretation
        How its numbers are understood.
    stamp : tuple of (int, int)
        When it was changed last and its size, when it was opened.
    layer : str
        Which layer of the file; empty for the only one.
    """

    path: Path
    title: str
    geometry: GeometryKind
    way: Interpretation
    stamp: tuple[int, int]
    layer: str = ""


@dataclass(frozen=True, slots=True)
class NearRequest:
    """Ask for what lies in an extent.

    Attributes
    ----------
    reach : tuple of float
        Left, bottom, right, top in map metres.
    folder, stem : Path, str
        Where to write it, and the name of the file without its ending.
    """

    reach: tuple[float, float, float, float]
    folder: Path
    stem: str


@dataclass(frozen=True, slots=True)
class NearAnswer:
    """What lies there.

    Attributes
    ----------
    request : NearRequest
        What was asked.
    path : str
        The name of the file in the request's folder; empty where there is nothing better than what is known already.
    count : int
        How many features it holds.
    is_exact : bool
        Whether it holds the features themselves and not only their places.
    problem : GeodataError or None
        Why it could not be read.
    """

    request: NearRequest
    path: str = ""
    count: int = 0
    is_exact: bool = False
    problem: GeodataError | None = None


def stamp_of(path: Path) -> tuple[int, int]:
    """Return when a file was changed last, in nanoseconds, and its size in bytes; zeros for one that is gone."""
    try:
        stat = path.stat()
    except OSError:
        return (0, 0)
    return (stat.st_mtime_ns, stat.st_size)
