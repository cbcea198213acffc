"""The kinds of file that are read, told by name and by their first bytes. Nothing else is ever opened."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from geodata.errors import ReadingError

Reader = Literal["vector", "archive", "table", "wkt", "parquet"]

_HEAD_BYTES = 65_536
_MARKUP = (b"<?xml", b"<kml", b"<gpx", b"<!--")


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file.

    Attributes
    ----------
    name : str
        What people call it.
    suffixes : tuple of str
        How its files' names end, in small letters.
    reader : {"vector", "archive", "table", "wkt", "parquet"}
        Who reads it.
    drivers : frozenset of str
        The drivers of GDAL that may.
    starts : tuple of bytes
        One of these stands at the beginning, after white space where the file is text; empty where anything may.
    has_layers : bool
        Whether there may be several layers; to find out, some kinds have to be read whole.
    """

    name: str
    suffixes: tuple[str, ...]
    reader: Reader
    drivers: frozenset[str] = frozenset()
    starts: tuple[bytes, ...] = ()
    has_layers: bool = False


_KML = frozenset(("LIBKML", "KML"))
_ZIP = (b"PK\x03\x04",)
_GEOJSON = frozenset(("GeoJSON",))

FORMATS: tuple[Format, ...] = (
    Format("GeoPackage", (".gpkg",), "vector", frozenset(("GPKG",)), (b"SQLite format 3\0",), True),
    Format("GeoJSON", (".geojson", ".json"), "vector", _GEOJSON, (b"{",)),
    Format(
        "GeoJSON sequence",
        (".geojsonl", ".geojsons", ".ndjson", ".jsonl"),
        "vector",
        frozenset(("GeoJSONSeq",)),
        (b"{", b"\x1e"),
    ),
    Format("Shapefile", (".shp",), "vector", frozenset(("ESRI Shapefile",)), (b"\x00\x00\x27\x0a",)),
    Format("zipped Shapefile", (".zip", ".shz"), "archive", frozenset(("ESRI Shapefile",)), _ZIP),
    Format("FlatGeobuf", (".fgb",), "vector", frozenset(("FlatGeobuf",)), (b"fgb",)),
    Format("KML", (".kml",), "vector", _KML, _MARKUP, True),
    Format("KMZ", (".kmz",), "archive", _KML, _ZIP),
    Format("GPX", (".gpx",), "vector", frozenset(("GPX",)), _MARKUP, True),
    Format("table", (".csv", ".tsv", ".tab", ".txt"), "table"),
    Format("spreadsheet", (".xlsx", ".xlsm"), "table", starts=_ZIP),
    Format("GeoParquet", (".parquet", ".geoparquet"), "parquet", starts=(b"PAR1",)),
    Format("WKT", (".wkt",), "wkt"),
)

DRIVERS = frozenset(driver for format_ in FORMATS for driver in format_.drivers)
"""All drivers of GDAL that may ever open a file."""


def format_of(path: Path) -> Format:
    """Return the kind of a file after looking at its name and its first bytes.

    Raises
    ------
    ReadingError
        Where the file is missing, empty or a folder, its name ends in nothing that is known, or its content is of
        another kind than its name says.
    """
    suffix = path.suffix.lower()
    found = next((format_ for format_ in FORMATS if suffix in format_.suffixes), None)
    if found is None:
        known = ", ".join(format_.suffixes[0] for format_ in FORMATS)
        raise ReadingError(
            f"Files that end in {suffix!r} cannot be opened."
            if suffix
            else "A file without an ending cannot be opened.",
            where=path.name,
            advice=f"Known are {known}.",
        )
    head = _head(path)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if found.starts and not (head.startswith(found.starts) or text.startswith(found.starts)):
        raise ReadingError(
            f"The file is called {suffix} but its content is no {found.name}.",
            where=path.name,
            advice="Save it once more with the program that made it, or give it the ending that fits.",
        )
    if found.starts == _MARKUP and (b"<!ENTITY" in head or b"<!DOCTYPE" in head):
        raise ReadingError(
            "The file declares entities of its own, which could read other files.",
            where=path.name,
            advice="Remove its DOCTYPE.",
        )
    return found


def is_table(path: Path) -> bool:
    """Return whether a file's name says that it is a table whose columns may mean this or that."""
    return any(path.suffix.lower() in known.suffixes for known in FORMATS if known.reader == "table")


def name_filter(*further: str) -> str:
    """Return what a dialog for choosing files offers, as Qt writes it; endings of other kinds may be added."""
    known = (suffix for format_ in FORMATS for suffix in format_.suffixes)
    every = " ".join(f"*{suffix}" for suffix in (*further, *known))
    each = [f"{format_.name} ({' '.join(f'*{suffix}' for suffix in format_.suffixes)})" for format_ in FORMATS]
    return ";;".join((f"All that can be opened ({every})", *each))


def _head(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise ReadingError("This is a folder.", where=path.name, advice="Choose a file in it.")
        if not path.is_file():
            raise ReadingError("There is no such file.", where=path.name)
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except (OSError, ValueError) as error:
        raise ReadingError(f"The file cannot be read ({error}).", where=path.name) from error
    if not head.strip():
        raise ReadingError("The file is empty.", where=path.name)
    return head
