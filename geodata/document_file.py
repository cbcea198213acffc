"""A working copy → one file that is a GeoPackage. To be used in a process of its own."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geodata import geopackage, history
from geodata.annotation_edits import TABLE as ANNOTATIONS
from geodata.document_request import KEPT_VERSIONS, Saved, SaveRequest, stamp_of, versions_of
from geodata.errors import DocumentChangedError, DocumentError
from geodata.geopackage import Features
from geodata.journal import Journal, now, refuse_newer
from geodata.reading.outcome import Progress

LAYERS = "layers"
"""The table of rows that say where a layer is from and how it looks."""

EXTENSION = "arcticmap_document"
DEFINITION = "Tables of the Arctic Map Viewer: rows, history and steps as JSON text, each entry sealed with SHA-256."

_STEM = re.compile(r"own-[0-9a-f]{8}-[0-9a-f]{4}")
ANNOTATION_COLUMNS = (
    "id", "title", "kind", "body", "passage", "likelihood", "confidence", "date", "author", "created", "modified",
)  # fmt: skip
LIST_COLUMNS = ("targets", "sources", "tags", "pictures")
_OF_US = ("path", "stamp", "session")
"""What a working copy remembers for itself alone."""


@dataclass(frozen=True, slots=True)
class LayerTable:
    """A layer's table in the file, by the stem of the files that it is unpacked to."""

    stem: str
    table: str


def save(request: SaveRequest, tell: Callable[[Progress], None]) -> Saved:
    """Write a working copy as a document; the file is replaced in one step when the new one is whole and on the disk.

    Raises
    ------
    DocumentChangedError
        Where somebody else changed the file since it was opened.
    DocumentError
        Where it cannot be written.
    """
    tell(Progress(f"Saving {request.path.name}"))
    part = request.path.with_name(f".{request.path.name}.part{os.getpid()}")
    try:
        _clear_parts(request.path)
        with closing(sqlite3.connect(part, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = OFF")  # it is made sure of below, once
            connection.execute("BEGIN")
            token = _write(connection, request)
            connection.execute("COMMIT")
        refuse_changed(request.path, request.stamp)
        _keep_version(request)
        replace_whole(part, request.path)
        return Saved(request.path, stamp_of(request.path), token)
    except (OSError, sqlite3.Error) as error:
        raise DocumentError(
            f"The document cannot be saved ({error}).",
            where=str(request.path),
            advice="Nothing is lost: your work is in the working copy. Save it in another place.",
        ) from error
    finally:
        _clear_parts(request.path)


@contextmanager
def reading(path: Path) -> Generator[sqlite3.Connection]:
    """Open a document for reading, and close it in the end.

    Raises
    ------
    DocumentError
        Where it is no document, is damaged, or is from a newer version.
    """
    if not path.is_file():
        raise DocumentError("There is no such file.", where=str(path))
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            there = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'arcticmap_meta'").fetchone()
            refuse_newer(history.meta(connection, "format") if there[0] else "", where=str(path))
            yield connection
    except (sqlite3.DatabaseError, ValueError, KeyError, TypeError) as error:
        raise DocumentError(
            f"The document is damaged ({error}).",
            where=str(path),
            advice="Open one of its earlier versions.",
        ) from error


def layer_tables(connection: sqlite3.Connection) -> tuple[LayerTable, ...]:
    """Return the tables of a document's layers."""
    return tuple(LayerTable(*row) for row in connection.execute("SELECT stem, name FROM arcticmap_layers"))


def origin_of(text: str) -> dict[str, Any]:
    """Return where a layer is from, of the text of its row."""
    return dict(json.loads(text)["origin"])


def title_of(text: str) -> str:
    """Return what a layer is called, of the text of its row."""
    row = json.loads(text)
    return str((row.get("look") or {}).get("title") or row["origin"]["layer"])


def stem_of(origin: dict[str, Any], *, where: str) -> str:
    """Return the stem of a layer's files, which must be one of ours: it names files on this machine."""
    stem = str(origin["prepared"]).removesuffix(".prepared")
    if not _STEM.fullmatch(stem):
        raise DocumentError(f"A layer's name makes no sense: {stem!r}.", where=where)
    return stem


def refuse_changed(path: Path, stamp: tuple[int, int] | None) -> None:
    """Refuse to overwrite a file that is no longer as it was; None for a file that may be replaced whatever it is.

    Raises
    ------
    DocumentChangedError
        Where its time of change or its size is another.
    """
    if stamp is not None and path.exists() and stamp_of(path) != stamp:
        raise DocumentChangedError(
            "Somebody else changed the file since it was opened.",
            where=path.name,
            advice="Save yours under another name, or open theirs.",
        )


def replace_whole(part: Path, path: Path) -> None:
    """Put a file in another one's place, in one step that also an end of power leaves whole."""
    _to_disk(part)
    part.replace(path)
    _to_disk(path.parent)


def write_annotations(connection: sqlite3.Connection, rows: dict[str, str]) -> None:
    """Write annotations as a layer for other programs; the viewer itself reads the rows."""
    features = [json.loads(text) for text in rows.values()]
    texts = [json.dumps(feature["geometry"]) if feature["geometry"] else None for feature in features]
    geometry = np.asarray(shapely.from_geojson(np.array(texts, dtype=np.object_)), dtype=np.object_).reshape(-1)
    columns: dict[str, list[Any]] = {
        name: [feature["properties"].get(name, "") for feature in features] for name in ANNOTATION_COLUMNS
    }
    columns["id"] = list(rows)
    for name in LIST_COLUMNS:
        columns[name] = [json.dumps(feature["properties"].get(name, []), ensure_ascii=False) for feature in features]
    geopackage.write_features(connection, ANNOTATIONS, Features(range(1, len(rows) + 1), geometry, columns))
    geopackage.list_layer(
        connection, ANNOTATIONS, title=ANNOTATIONS, changed=stamp_text(), geometry=geometry, kind="GEOMETRY"
    )


def begin(connection: sqlite3.Connection) -> None:
    """Make an empty database a document without content."""
    geopackage.create(connection)
    for statement in filter(str.strip, history.SCHEMA.split(";")):
        connection.execute(statement)
    connection.execute("CREATE TABLE arcticmap_layers (stem TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL)")
    for table in (*(table for table in history.TABLES if table != "arcticmap_meta"), "arcticmap_layers"):
        geopackage.add_extension(connection, table, name=EXTENSION, definition=DEFINITION)
    geopackage.list_table(connection, "arcticmap_meta", title="About this document", changed=stamp_text())


def stamp_text() -> str:
    """Return the time as GeoPackage writes it."""
    return now().replace("+00:00", ".000Z")


def free_name(connection: sqlite3.Connection, title: str) -> str:
    """Return a title that no layer of the file has yet, whatever the case of its letters."""
    taken = {str(row[0]).lower() for row in connection.execute("SELECT name FROM sqlite_master")}
    taken |= {str(row[0]).lower() for row in connection.execute("SELECT identifier FROM gpkg_contents")}
    plain = re.sub(r"[\x00-\x1f]", " ", title).strip() or "layer"
    plain = f"layer {plain}" if plain.lower().startswith(("gpkg", "sqlite_", "arcticmap", "rtree")) else plain
    name, number = plain, 2
    while name.lower() in taken:
        name, number = f"{plain} {number}", number + 1
    return name


def put_layer(connection: sqlite3.Connection, stem: str, features: Features, *, title: str, is_shown: bool) -> None:
    """Write a layer's rows; one that is only on the undo stack is no layer for other programs."""
    kind = _kind_of(features)
    name = free_name(connection, title) if is_shown else f"arcticmap_kept_{stem}"
    geopackage.write_features(connection, name, features, kind=kind)
    if is_shown:
        geopackage.list_layer(connection, name, title=name, changed=stamp_text(), geometry=features.geometry, kind=kind)
    connection.execute("INSERT OR REPLACE INTO arcticmap_layers VALUES (?, ?)", (stem, name))


def _write(connection: sqlite3.Connection, request: SaveRequest) -> str:
    """Write everything, and return the token of what was written."""
    from geodata.document_layers import packed

    begin(connection)
    copy = _copied(request.journal, request.folder)
    journal = Journal(copy)
    try:
        token = journal.token
        shown = {stem_of(origin_of(text), where=""): title_of(text) for text in journal.state(LAYERS).values()}
        texts = list(dict.fromkeys(journal.texts_on_stack(LAYERS)))
        annotations = journal.state(ANNOTATIONS)
        _copy_tables(connection, copy, token)
    finally:
        journal.close()
        copy.unlink()
    if annotations:
        write_annotations(connection, annotations)
    for origin in {origin["prepared"]: origin for origin in map(origin_of, texts)}.values():
        stem = stem_of(origin, where="")
        title = shown.get(stem)
        if not origin["frame"]:
            continue  # it stays in its own file, of which the document knows the place
        features = packed(origin, request.folder, stem)
        put_layer(connection, stem, features, title=title or stem, is_shown=title is not None)
    return token


def _copied(journal: Path, folder: Path) -> Path:
    """Return a copy of a working copy, which the window may go on changing."""
    copy = folder / f"{journal.stem}.{os.getpid()}.copy"
    copy.unlink(missing_ok=True)
    source = Journal(journal)
    try:
        source.copy_to(copy)
    finally:
        source.close()
    return copy


def _copy_tables(connection: sqlite3.Connection, journal: Path, token: str) -> None:
    with closing(sqlite3.connect(f"{journal.absolute().as_uri()}?mode=ro", uri=True)) as source:
        source.execute("BEGIN")
        for table in history.TABLES:
            rows = source.execute(f"SELECT * FROM {table}")
            marks = ", ".join("?" * len(rows.description))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
    for key in _OF_US:
        connection.execute("DELETE FROM arcticmap_meta WHERE key = ?", (key,))
    history.set_meta(connection, "saved", token)


def _kind_of(features: Features) -> str:
    names = {str(name) for name in shapely.get_type_id(features.geometry).tolist()} - {"-1"}
    return shapely.GeometryType(int(names.pop())).name if len(names) == 1 else "GEOMETRY"


def _keep_version(request: SaveRequest) -> None:
    """Keep the file that is about to be replaced among the earlier versions."""
    if request.versions is None or not request.path.is_file():
        return
    folder = versions_of(request.versions, request.path)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    version = folder / f"{stamp_of(request.path)[0]}{request.path.suffix}"
    with contextlib.suppress(FileExistsError):
        try:
            version.hardlink_to(request.path)
        except FileExistsError:
            raise
        except OSError:  # another disk, or one that knows no links
            shutil.copy2(request.path, version)
    for old in sorted(folder.iterdir(), key=lambda path: path.name)[:-KEPT_VERSIONS]:
        old.unlink(missing_ok=True)


def _clear_parts(path: Path) -> None:
    """Delete what saves that broke off left behind."""
    for part in path.parent.glob(f".{_escaped(path.name)}.part*"):
        part.unlink(missing_ok=True)


def _escaped(name: str) -> str:
    return re.sub(r"([\[*?])", r"[\1]", name)


def _to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk; Windows knows this of files only."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
