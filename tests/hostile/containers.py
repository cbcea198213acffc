"""Archives and databases that somebody thought of: bombs, links, paths that lead out, SQL where words belong."""

from __future__ import annotations

import sqlite3
import struct
import zipfile
from pathlib import Path

from tests.hostile.words import LONG, RIGHT_TO_LEFT, SOURCES, VRT, Made

BOMB_BYTES = 10_000_000_000


def archives(good: dict[str, Path]) -> Made:
    for number, name in enumerate(
        (
            "../../evil.kml",
            "/etc/evil.kml",
            "C:\\evil.kml",
            "a/../../b.kml",
            "a\0.kml",
            LONG[:30_000] + ".kml",
            RIGHT_TO_LEFT + ".kml",
        )
    ):
        yield f"name_{number}.kmz", lambda path, name=name: _zip(path, {name: good[".kml"].read_bytes()})
        yield (
            f"name_{number}.zip",
            lambda path, name=name: _zip(path, {name.replace(".kml", ".shp"): good[".shp"].read_bytes()}),
        )
    yield "link.kmz", _link
    yield "bomb.kmz", lambda path: _bomb(path, "doc.kml", BOMB_BYTES)
    yield "bomb.zip", lambda path: _bomb(path, "a.shp", 1_000_000_000)
    yield "lying.kmz", _lying
    yield "many.zip", lambda path: _zip(path, {f"{number}.shp": b"" for number in range(5_000)})
    yield "nested.kmz", lambda path: _zip(path, {"doc.kmz": good[".kmz"].read_bytes()})
    yield "empty.zip", lambda path: _zip(path, {})
    yield "only_shp.zip", lambda path: _zip(path, {"a.shp": good[".shp"].read_bytes()})
    yield "text.zip", lambda path: _zip(path, {"readme.txt": b"nothing"})
    yield "locked.zip", _locked
    yield "vrt_inside.kmz", lambda path: _zip(path, {"doc.kml": VRT.format("/etc/passwd").encode()})


def _zip(path: Path, entries: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(zipfile.ZipInfo(name), data)


def _link(path: Path) -> None:
    entry = zipfile.ZipInfo("doc.kml")
    entry.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, "/etc/passwd")


def _bomb(path: Path, name: str, size: int) -> None:
    block = bytes(10_000_000)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w", force_zip64=True) as file:
        for _ in range(size // len(block)):
            file.write(block)


def _lying(path: Path) -> None:
    """Say of fifty million bytes that they are a hundred."""
    _zip(path, {"doc.kml": b"<?xml version='1.0'?>" + bytes(50_000_000)})
    data = path.read_bytes()
    real = struct.pack("<I", 50_000_021)
    path.write_bytes(data.replace(real, struct.pack("<I", 100)))


def _locked(path: Path) -> None:
    _zip(path, {"a.shp": b"secret"})
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))


_STATEMENTS = {
    "trigger": "CREATE TRIGGER t AFTER INSERT ON good BEGIN DELETE FROM good; END",
    "view": "CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c) SELECT x AS fid, x FROM c",
    "view_layer": "INSERT INTO gpkg_contents(table_name,data_type,identifier) VALUES('v','features','v')",
    "application_id": "PRAGMA application_id = 1234567",
    "user_version": "PRAGMA user_version = 999999",
    "no_contents": "DELETE FROM gpkg_contents",
    "no_columns": "DELETE FROM gpkg_geometry_columns",
    "no_systems": "DELETE FROM gpkg_spatial_ref_sys",
    "odd_system": "UPDATE gpkg_spatial_ref_sys SET definition = 'PROJCS[' || hex(zeroblob(50000))",
    "file_system": "UPDATE gpkg_spatial_ref_sys SET definition = '/etc/passwd'",
    "sql_name": "UPDATE gpkg_contents SET table_name = 'a''; DROP TABLE good;--', identifier = 'x\"; --'",
    "huge_extent": "UPDATE gpkg_contents SET min_x = -1e308, max_x = 1e308, min_y = 9e999",
    "blob": "UPDATE good SET geom = zeroblob(30000000)",
    "no_header": "UPDATE good SET geom = x'00'",
    "wild_header": "UPDATE good SET geom = x'47500001ffffffff' || zeroblob(64)",
    "text_geometry": "UPDATE good SET geom = 'POINT(0 0)'",
    "extension": "CREATE TABLE IF NOT EXISTS gpkg_extensions(table_name,column_name,extension_name,definition,scope)",
    "virtual": "CREATE VIRTUAL TABLE f USING fts5(x)",
    "column": 'ALTER TABLE good ADD COLUMN "a""; DROP TABLE good;--" TEXT',
    "same_column": 'ALTER TABLE good ADD COLUMN "fid2" INTEGER',
}


def databases(good: dict[str, Path]) -> Made:
    for name, statement in _STATEMENTS.items():
        for suffix in (".gpkg", ".arcticmap"):
            yield (
                f"{name}{suffix}",
                lambda path, statement=statement, suffix=suffix: _altered(good[suffix], path, statement),
            )
    for number, source in enumerate(SOURCES):
        yield f"vrt_{number}.gpkg", VRT.format(source).encode()
        yield f"vrt_{number}.geojson", VRT.format(source).encode()
    yield "empty.arcticmap", lambda path: sqlite3.connect(path).execute("CREATE TABLE a(b)").connection.close()
    yield "only_magic.gpkg", b"SQLite format 3\0"
    yield "only_magic.arcticmap", b"SQLite format 3\0" + bytes(4_096)


def _altered(good: Path, path: Path, statement: str) -> None:
    path.write_bytes(good.read_bytes())
    database = sqlite3.connect(path)
    try:
        database.execute(statement)
        database.commit()
    except sqlite3.Error:
        pass  # what this file does not have cannot be altered; it is a good one then
    finally:
        database.close()
