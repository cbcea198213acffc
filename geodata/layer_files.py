"""Reading a built-in layer, whatever became of its prepared file."""

from __future__ import annotations

import contextlib
import logging
import zlib
from collections.abc import Callable
from pathlib import Path

from geodata import prepared
from geodata.catalogue import Catalogue
from geodata.errors import RESTORE, CatalogueError, PreparedError, listed, why_unreadable
from geodata.prepared import PreparedLayer

_log = logging.getLogger(__name__)


def read(layer_id: str, folder: Path, *, cache: Callable[[], Path | None]) -> PreparedLayer:
    """Return a layer from ``ID.prepared``; where that is of no use, made anew from ``ID.fgb`` without a word.

    What was made anew is kept in the cache under the sum of what it was made from, so that it is made once.

    Parameters
    ----------
    layer_id
        The layer's id in the catalogue.
    folder
        Where its files lie.
    cache
        Asked for a folder to keep files in, when one is needed; None for none.

    Raises
    ------
    PreparedError
        Where both files are of no use; names them.
    """
    path = folder / f"{layer_id}.prepared"
    try:
        return _belonging(layer_id, path)
    except PreparedError as useless:
        _log.info("%s", useless)
    source = path.with_suffix(".fgb")
    try:
        return _anew(layer_id, source, cache())
    except PreparedError as problem:
        fault = problem.what[:1].lower() + problem.what[1:].rstrip(".")
        raise PreparedError(
            f"The layer cannot be read: {fault}, and {path.name} is of no use either.",
            where=str(source),
            advice=RESTORE,
        ) from problem


def unnamed(folder: Path, catalogue: Catalogue) -> tuple[CatalogueError, ...]:
    """Return a problem where layers lie in a folder that a catalogue does not name: it may have been cut short.

    Says nothing of a catalogue that is empty or has problems of its own, for those name what they leave out.
    """
    if not catalogue.sources or catalogue.problems:
        return ()
    named = {source.id for source in catalogue.sources}
    others = sorted(path.stem for path in folder.glob("*.fgb") if path.stem not in named)
    if not others:
        return ()
    return (
        CatalogueError(
            f"It does not name {listed(others)}, whose {'files lie' if len(others) > 1 else 'file lies'} in {folder}.",
            where=str(folder.parent / "catalogue.toml"),
            advice=RESTORE,
        ),
    )


def _belonging(layer_id: str, path: Path) -> PreparedLayer:
    layer = prepared.read(path)
    if layer.id != layer_id:
        raise PreparedError(f"It holds the layer {layer.id}.", where=str(path))
    return layer


def _anew(layer_id: str, source: Path, cache: Path | None) -> PreparedLayer:
    try:
        stamp = zlib.crc32(source.read_bytes())
    except OSError as error:
        raise PreparedError(why_unreadable(error), where=str(source)) from error
    kept = cache / "layers" / f"{layer_id}-{stamp:08x}.prepared" if cache else None
    if kept is not None:
        with contextlib.suppress(PreparedError):
            return _belonging(layer_id, kept)
    from geodata.remake import remade  # brings GeoPandas, which no start needs where all is well

    layer = remade(layer_id, source)
    if kept is not None:
        _keep(layer, kept)
    return layer


def _keep(layer: PreparedLayer, path: Path) -> None:
    """Write a layer to the cache, in place of those made from other files; a cache that is full goes without."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        stale = [old for old in path.parent.glob(f"{layer.id}-*.prepared") if old.stem[:-9] == layer.id]
        prepared.write(layer, path)
        for old in stale:
            if old != path:
                old.unlink(missing_ok=True)
    except OSError as error:
        _log.info("The layer %s is not kept: %s.", layer.id, why_unreadable(error))
