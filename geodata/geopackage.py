"""GeoPackage 1.2 by hand, in one SQLite database: just enough to hold layers in longitude and latitude."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.errors import DocumentError
from geodata.writing.losses import RESERVED, renamed

APPLICATION_ID = 0x47504B47
USER_VERSION = 10_200
SRS = 4326

_HEADER = struct.Struct("<2sBBi")
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
_WGS_84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,'
    'AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]'
)
_SCHEMA = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
  srs_id INTEGER, CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,
  definition TEXT NOT NULL, scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
"""
_SYSTEMS = (
    ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", None),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined", None),
    ("WGS 84 geodetic", SRS, "EPSG", SRS, _WGS_84, None),
)


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """Rows of a table in longitude and latitude.

    Attributes
    ----------
    fids : sequence of int
        Of each row, unique.
    geometry : (n,) object
        Shapely geometries or None.
    columns : mapping
        n plain values by attribute: bool, int, float, str or None.
    """

    fids: Sequence[int]
    geometry: NDArray[np.object_]
    columns: Mapping[str, Sequence[Any]]


def create(connection: sqlite3.Connection) -> None:
    """Make an empty database a GeoPackage without layers."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {USER_VERSION}")
    for statement in filter(str.strip, _SCHEMA.split(";")):
        connection.execute(statement)
    connection.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", _SYSTEMS)


def add_extension(connection: sqlite3.Connection, table: str, *, name: str, definition: str) -> None:
    """Tell other programs that a table is none of theirs, and where it is described."""
    values = (table, None, name, definition, "read-write")
    connection.execute("INSERT INTO gpkg_extensions VALUES (?, ?, ?, ?, ?)", values)


def write_features(connection: sqlite3.Connection, table: str, features: Features, *, kind: str = "GEOMETRY") -> None:
    """Write rows into a table of their own; nobody knows it for a layer until `list_layer`.

    Attributes whose names the table needs for itself, or that differ by case alone, get others: see `original_names`.
    """
    names = names_in_file(list(features.columns))
    kinds = [_kind(values) for values in features.columns.values()]
    defined = "".join(f", {quoted(name)} {of}" for name, of in zip(names, kinds, strict=True))
    connection.execute(
        f"CREATE TABLE {quoted(table)} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom {kind}{defined})"
    )
    shapes = _blobs(features.geometry)
    rows = zip(features.fids, shapes, *features.columns.values(), strict=True)
    marks = ", ".join("?" * (len(names) + 2))
    connection.executemany(f"INSERT INTO {quoted(table)} VALUES ({marks})", rows)


def list_layer(
    connection: sqlite3.Connection, table: str, *, title: str, changed: str, geometry: NDArray[np.object_], kind: str
) -> None:
    """Make a table known as a layer, under a title that is unique in the file."""
    drawn = geometry[~(shapely.is_missing(geometry) | shapely.is_empty(geometry))]
    bounds = [float(value) for value in shapely.total_bounds(drawn)] if len(drawn) else [None] * 4
    contents = (table, "features", title, "", changed, *bounds, SRS)
    connection.execute("INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", contents)
    connection.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)", (table, kind, SRS))


def list_table(connection: sqlite3.Connection, table: str, *, title: str, changed: str) -> None:
    """Make a table without geometries known; programs that see one such list no unlisted tables."""
    values = (table, "attributes", title, "", changed, None, None, None, None, None)
    connection.execute("INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)


def drop(connection: sqlite3.Connection, table: str) -> None:
    """Take a table away, and what is known of it."""
    for known in ("gpkg_geometry_columns", "gpkg_contents"):
        connection.execute(f"DELETE FROM {known} WHERE table_name = ?", (table,))
    connection.execute(f"DROP TABLE IF EXISTS {quoted(table)}")


def read_features(connection: sqlite3.Connection, table: str, *, where: str) -> Features:
    """Read all rows of a table in the order of their fids.

    Raises
    ------
    DocumentError
        Where it is missing, damaged, or not in longitude and latitude.
    """
    info = connection.execute(f"PRAGMA table_info({quoted(table)})").fetchall()
    key = next((row[1] for row in info if row[5]), "")
    listed = connection.execute(
        "SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?", (table,)
    ).fetchone()
    place, system = listed or ("geom", SRS)
    names = [str(row[1]) for row in info]
    if not key or place not in names or system != SRS:
        what = "is missing" if not info else "is not in longitude and latitude"
        raise DocumentError(f"The table {table} {what}.", where=where)
    rows = connection.execute(f"SELECT * FROM {quoted(table)} ORDER BY {quoted(key)}").fetchall()
    values = dict(zip(names, zip(*rows, strict=True) if rows else [()] * len(names), strict=True))
    booleans = {str(row[1]) for row in info if str(row[2]).upper() == "BOOLEAN"}
    columns = {
        name: _booleans(column) if name in booleans else column
        for name, column in values.items()
        if name not in (key, place)
    }
    return Features([int(fid) for fid in values[key]], _geometries(values[place], where=where), columns)


def names_in_file(names: Sequence[str]) -> list[str]:
    """Return the names that attributes have in a table."""
    new = renamed(names, RESERVED["GeoPackage"])
    return [new.get(name, name) for name in names]


def original_names(names: Sequence[str], originals: Sequence[str]) -> list[str]:
    """Return the names that a table's columns had before, where these were the originals; others stay as they are."""
    known = dict(zip(names_in_file(originals), originals, strict=True))
    return [known.get(name, name) for name in names]


def quoted(name: str) -> str:
    """Return a name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def _kind(values: Sequence[Any]) -> str:
    kinds = {type(value) for value in values if value is not None}
    if kinds == {bool}:
        return "BOOLEAN"
    if kinds == {int}:
        return "INTEGER"
    return "DOUBLE" if kinds and kinds <= {int, float} else "TEXT"


def _booleans(values: Sequence[Any]) -> list[Any]:
    return [bool(value) if isinstance(value, int) else value for value in values]


def _blobs(geometry: NDArray[np.object_]) -> list[bytes | None]:
    """Return geometries as GeoPackage keeps them: a header of 8 bytes, then well-known binary."""
    texts = shapely.to_wkb(geometry, output_dimension=2)
    empty = shapely.is_empty(geometry)
    return [
        None if text is None else _HEADER.pack(b"GP", 0, 0x11 if none else 0x01, SRS) + text
        for text, none in zip(texts.tolist(), empty.tolist(), strict=True)
    ]


def _geometries(blobs: Sequence[Any], *, where: str) -> NDArray[np.object_]:
    bare = np.array([_bare(blob) for blob in blobs], dtype=np.object_)
    try:
        return np.asarray(shapely.from_wkb(bare), dtype=np.object_)
    except (shapely.errors.GEOSException, TypeError) as error:
        raise DocumentError(f"A geometry is damaged ({error}).", where=where) from error


def _bare(blob: Any) -> bytes | None:
    """Return a geometry's well-known binary without the header and the envelope before it."""
    if not isinstance(blob, bytes) or len(blob) < _HEADER.size or blob[:2] != b"GP":
        return None
    return blob[_HEADER.size + _ENVELOPE_BYTES[min((blob[3] >> 1) & 7, 4)] :]
