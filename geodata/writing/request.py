"""What is asked of the process that writes a file, and what can be written; loads no geometry library."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from geodata.writing.looks import Look

Kind = Literal["GeoPackage", "GeoJSON", "FlatGeobuf", "KML", "KMZ", "Shapefile", "CSV"]

SUFFIXES: dict[Kind, str] = {
    "GeoPackage": ".gpkg",
    "GeoJSON": ".geojson",
    "FlatGeobuf": ".fgb",
    "KML": ".kml",
    "KMZ": ".kmz",
    "Shapefile": ".zip",
    "CSV": ".csv",
}
"""How the files' names end. The files of a Shapefile go into one archive, which is whole or not there at all."""


@dataclass(frozen=True, slots=True)
class WriteRequest:
    """Ask for a layer to be written.

    Attributes
    ----------
    path : Path
        The new file; one that is there is replaced in one step when the new one is whole.
    frame : Path
        The layer's rows in longitude and latitude, as `geodata.reading.layers` wrote them.
    kind : Kind
        What to write.
    title : str
        What the layer is called in files that name their layers.
    looks : tuple of Look
        How it looks, for GeoJSON and KML.
    """

    path: Path
    frame: Path
    kind: Kind
    title: str
    looks: tuple[Look, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """The file was written, with so many features."""

    count: int


def part_of(path: Path) -> Path:
    """Return the name under which a file is written until it is whole."""
    return path.with_name(f".{path.stem}.part{path.suffix}")


def kind_of(path: Path) -> Kind | None:
    """Return the kind of file that a name asks for, or None."""
    return next((kind for kind, suffix in SUFFIXES.items() if path.suffix.lower() == suffix), None)
