"""Documents from Python: ``.arcticmap`` files as GeoDataFrames.

A document is a GeoPackage with a person's layers and annotations, how they look, and the history of it all. QGIS and
GDAL read its layers (``ogrinfo GPKG:FILE``; a copy named ``.gpkg`` opens as it is).

Examples
--------
>>> import geodata.document
>>> with geodata.document.open("north.arcticmap") as document:  # doctest: +SKIP
...     towns = document.read("Towns")
...     document.write("Large towns", towns[towns["people"] > 4_000], why="only what matters here")
...     document.save()
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
import uuid
from collections.abc import Generator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import geopandas as gpd
import pandas as pd

from geodata import annotations as annotation_frames
from geodata import document_outside, geopackage, history
from geodata.annotation_edits import TABLE as ANNOTATIONS
from geodata.annotation_edits import annotations_of, edit_between
from geodata.crs import GEOGRAPHIC
from geodata.document_file import (
    LAYERS,
    begin,
    layer_tables,
    origin_of,
    put_layer,
    reading,
    refuse_changed,
    replace_whole,
    stem_of,
    title_of,
    write_annotations,
)
from geodata.document_frames import features_of, kind_of, new_origin
from geodata.document_merge import merge_into
from geodata.document_request import stamp_of
from geodata.edits import Edit, Row
from geodata.errors import DocumentError
from geodata.journal import FORMAT_VERSION, now
from geodata.merging import Conflict
from geodata.own_stories import STORIES, OwnStory, story_of
from geodata.own_stories import edit_of as story_edit


def open(path: str | Path, *, who: str = "") -> Document:
    """Open a document, or begin one where there is no such file.

    The file itself is not touched before `Document.save`.

    Parameters
    ----------
    path
        Ends in ``.arcticmap``, by custom.
    who
        The name that stands in the history for what is changed.

    Raises
    ------
    DocumentError
        Where the file is no document, is damaged, or is from a newer version of the program.
    """
    return Document(Path(path), who=who)


class Document:
    """A document that is open: a copy of its file, to be changed and saved.

    To be used in a ``with`` statement, or closed in the end. Steps that the window could take back are forgotten by a
    document that was changed here; the history goes on.

    Parameters
    ----------
    path, who
        As for `open`.
    """

    def __init__(self, path: Path, *, who: str = "") -> None:
        self.path = path
        self._who = who or "Python"
        self._folder = Path(tempfile.mkdtemp(prefix="arcticmap-"))
        self._copy = self._folder / "copy.gpkg"
        self._stamp: tuple[int, int] | None = None
        try:
            self._take_copy()
        except (DocumentError, OSError):
            self.close()
            raise

    def __enter__(self) -> Document:
        """Use the document in a ``with`` statement."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it, without saving."""
        self.close()

    @property
    def layers(self) -> tuple[str, ...]:
        """The titles of the layers, the lowest on the map first."""
        return tuple(title for _, title, _ in self._rows())

    @property
    def history(self) -> tuple[history.Entry, ...]:
        """What was changed, the oldest entry first."""
        with reading(self._copy) as connection:
            return tuple(history.entries(connection))

    def read(self, layer: str) -> gpd.GeoDataFrame:
        """Return a layer in longitude and latitude (EPSG:4326), with all its attributes; the index is the feature's id.

        Raises
        ------
        DocumentError
            Where there is no such layer.
        """
        origin, _ = self._find(layer)
        stem = stem_of(origin, where=layer)
        with reading(self._copy) as connection:
            table = next(entry.table for entry in layer_tables(connection) if entry.stem == stem)
            features = geopackage.read_features(connection, table, where=layer)
        index = pd.Index(features.fids, name="fid")
        names = geopackage.original_names(list(features.columns), [str(name) for name in origin["columns"]])
        values = zip(names, features.columns.values(), strict=True)
        columns = pd.DataFrame({name: list(column) for name, column in values}, index=index)
        return gpd.GeoDataFrame(columns, geometry=list(features.geometry), crs=GEOGRAPHIC)

    def write(self, layer: str, frame: gpd.GeoDataFrame, *, why: str = "") -> None:
        """Add a layer on top, or replace the rows of the one of that title, whose look stays.

        Parameters
        ----------
        layer
            Its title.
        frame
            Points, lines or polygons, in any CRS; without one, longitude and latitude. Of one kind: a layer holds one.
        why
            The reason, for the history.

        Raises
        ------
        DocumentError
            Where the frame is empty or holds several kinds of geometries.
        """
        degrees = frame if frame.crs is None else frame.to_crs(GEOGRAPHIC)
        kind = kind_of(degrees, where=layer)
        known = next((row for row in self._rows() if row[1] == layer), None)
        layer_id = origin_of(known[2])["id"] if known else f"own-{uuid.uuid4().hex[:8]}"
        columns = [str(name) for name in degrees.columns if name != degrees.geometry.name]
        stem = f"{layer_id}-{uuid.uuid4().hex[:4]}"
        entry = {"origin": new_origin(layer_id, layer, kind, columns, len(degrees), stem), "look": None, "at": 0.0}
        before = known[2] if known else None
        if before is not None:
            entry |= {key: value for key, value in json.loads(before).items() if key != "origin"}
        else:
            entry["at"] = max((float(json.loads(text)["at"]) for _, _, text in self._rows()), default=-1.0) + 1.0
        text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
        with self._changing() as connection:
            self._drop(connection, before)
            put_layer(connection, stem, features_of(degrees, columns), title=layer, is_shown=True)
            edit = Edit(f"{'write' if before else 'add'} layer {layer}", (Row(LAYERS, layer_id, before, text),))
            self._append(connection, edit, why)

    def remove(self, layer: str, *, why: str = "") -> None:
        """Take a layer away.

        Raises
        ------
        DocumentError
            Where there is no such layer.
        """
        origin, text = self._find(layer)
        with self._changing() as connection:
            self._drop(connection, text)
            self._append(connection, Edit(f"remove layer {layer}", (Row(LAYERS, origin["id"], text, None),)), why)

    def annotations(self) -> gpd.GeoDataFrame:
        """Return the person's annotations, one a row; see `geodata.annotations.to_frame` for the columns."""
        with reading(self._copy) as connection:
            return annotation_frames.to_frame(annotations_of(history.state(connection, ANNOTATIONS)))

    def set_annotations(self, frame: gpd.GeoDataFrame, *, why: str = "") -> None:
        """Have these annotations instead, which the history tells one by one.

        Raises
        ------
        DocumentError
            Where a row does not follow the schema, or is not of voice ``own``; nothing is changed then.
        """
        after = annotation_frames.from_frame(frame, where=self.path.name)
        problems = [str(problem) for problem in after.problems]
        problems += [f"{annotation.id} is not of voice 'own'." for annotation in after if annotation.voice != "own"]
        if problems:
            raise DocumentError(problems[0], where=self.path.name)
        with self._changing() as connection:
            before = annotations_of(history.state(connection, ANNOTATIONS))
            edit = edit_between("set annotations", before, after)
            self._append(connection, edit, why)
            geopackage.drop(connection, ANNOTATIONS)
            rows = history.state(connection, ANNOTATIONS)
            if rows:
                write_annotations(connection, rows)

    def stories(self) -> dict[str, str]:
        """Return the stories as TOML texts by their ids."""
        with reading(self._copy) as connection:
            return {key: story_of(text).text for key, text in history.state(connection, STORIES).items()}

    def set_story(self, story_id: str, text: str | None, *, title: str = "", why: str = "") -> None:
        """Have this TOML text as a story, instead of one of the same id; None takes it away.

        Raises
        ------
        DocumentError
            Where the text is no TOML.
        """
        with self._changing() as connection:
            kept = history.state(connection, STORIES).get(story_id)
            before = story_of(kept) if kept else None
            named = title or (before.title if before else story_id)
            after = OwnStory(story_id, named, text) if text is not None else None
            edit = story_edit(f"{'set' if after else 'remove'} story {named}", before, after)
            for row in edit.rows_of(STORIES):
                story_of(row.after or row.before or "")
            if edit.rows:
                self._append(connection, edit, why)

    def merge(
        self, other: str | Path, *, chosen: Mapping[tuple[str, str], str | None] | None = None
    ) -> tuple[Conflict, ...]:
        """Take in what was done in another copy of this document; merging the other way round gives the same.

        Parameters
        ----------
        other
            The other copy's file, which stays as it is.
        chosen
            What a row that both changed shall be, by table and id, as in the conflicts; None for gone.

        Returns
        -------
        What both changed, each in its own way; without a choice one of the two stands, and the history has the other.

        Raises
        ------
        DocumentError
            Where the two are not copies of one document, or a history is damaged.
        """
        with reading(Path(other)) as theirs, self._changing() as ours:
            return merge_into(ours, theirs, chosen=chosen, where=str(other))

    def save(self, path: str | Path | None = None) -> None:
        """Write the document, under another name where one is given; the file is replaced in one step.

        Raises
        ------
        DocumentChangedError
            Where somebody else changed the file since it was opened; save under another name then.
        DocumentError
            Where it cannot be written.
        """
        target = Path(path) if path is not None else self.path
        stamp = self._stamp if target == self.path else None
        part = target.with_name(f".{target.name}.part{os.getpid()}")
        try:
            shutil.copyfile(self._copy, part)
            if stamp is None and path is None and target.exists():
                stamp = (0, 0)  # it came into being since
            refuse_changed(target, stamp)
            replace_whole(part, target)
        except OSError as error:
            raise DocumentError(f"The document cannot be saved ({error}).", where=str(target)) from error
        finally:
            part.unlink(missing_ok=True)
        self.path, self._stamp = target, stamp_of(target)

    def close(self) -> None:
        """Forget the copy; what was not saved is gone."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _take_copy(self) -> None:
        if self.path.exists():
            with reading(self.path):
                self._stamp = stamp_of(self.path)
                shutil.copyfile(self.path, self._copy)
            with closing(sqlite3.connect(self._copy, isolation_level=None)) as connection:
                history.set_meta(connection, "format", str(FORMAT_VERSION))
                edit, _ = document_outside.edit_of(connection, where=self.path.name)
            if edit.rows:
                with self._changing() as connection:
                    self._append(connection, edit, document_outside.WHO)
            return
        with closing(sqlite3.connect(self._copy, isolation_level=None)) as connection:
            begin(connection)
            base = uuid.uuid4().hex
            for key, value in {"format": FORMAT_VERSION, "cursor": 0, "base": base, "saved": base}.items():
                history.set_meta(connection, key, str(value))

    @contextmanager
    def _changing(self) -> Generator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._copy, isolation_level=None)) as connection:
            connection.execute("BEGIN")
            yield connection
            connection.execute("COMMIT")

    def _append(self, connection: sqlite3.Connection, edit: Edit, why: str) -> None:
        """Add to the history; what the window could take back no longer fits what is there."""
        entry = history.append(connection, edit, kind="edit", who=self._who, at=now(), why=why)
        connection.execute("DELETE FROM arcticmap_steps")
        for stem, table in [(entry.stem, entry.table) for entry in layer_tables(connection)]:
            if table.startswith("arcticmap_kept_"):
                geopackage.drop(connection, table)
                connection.execute("DELETE FROM arcticmap_layers WHERE stem = ?", (stem,))
        for key, value in {"cursor": "0", "base": entry.seal, "saved": entry.seal}.items():
            history.set_meta(connection, key, value)

    def _drop(self, connection: sqlite3.Connection, text: str | None) -> None:
        if text is None:
            return
        stem = stem_of(origin_of(text), where=self.path.name)
        for entry in layer_tables(connection):
            if entry.stem == stem:
                geopackage.drop(connection, entry.table)
        connection.execute("DELETE FROM arcticmap_layers WHERE stem = ?", (stem,))

    def _rows(self) -> list[tuple[str, str, str]]:
        """Return id, title and text of each layer, the lowest on the map first."""
        with reading(self._copy) as connection:
            rows = history.state(connection, LAYERS)
        ordered = sorted(rows.items(), key=lambda row: (float(json.loads(row[1])["at"]), row[0]))
        return [(key, title_of(text), text) for key, text in ordered]

    def _find(self, layer: str) -> tuple[dict[str, Any], str]:
        for _, title, text in self._rows():
            if title == layer:
                return origin_of(text), text
        known = ", ".join(self.layers) or "none"
        raise DocumentError(f"There is no layer {layer!r}.", where=self.path.name, advice=f"Known: {known}.")
