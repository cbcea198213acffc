"""Words that mean something to a driver, a database, a page or a shell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

DEEP = 1_000_000
RIGHT_TO_LEFT = "\u202egnp.exe\u202c"
LONG = "x" * 65_536
VRT = '<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>{}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'
SOURCES = (
    "/etc/passwd",
    "/vsicurl/http://127.0.0.1:9/x.geojson",
    "/vsizip/x.zip/y",
    "/vsistdin/",
    "PG:dbname=x",
    "../../x",
)
NAMES = (
    "../../evil",
    "a\0b",
    RIGHT_TO_LEFT,
    LONG,
    "'; DROP TABLE gpkg_contents;--",
    "<img src=file:///etc/passwd>",
    "=cmd|'/c calc'!A1",
    "",
)

Made = Iterator[tuple[str, bytes | Callable[[Path], None]]]
"""Names of files, with their content, or with what writes them."""
