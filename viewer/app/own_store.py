"""Where the layers that a person brought are kept until there is a document to hold them."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLockFile

from viewer.model.layer import Layer
from viewer.model.own_layers import OwnLayer, from_text, to_text

_LOG = logging.getLogger(__name__)

WORK = "reading-"
"""How the names of folders begin that hold work under way."""

_INDEX = "own-layers.json"
_MADE = frozenset((".prepared", ".fgb", ".columns"))


class OwnStore:
    """A folder with a few files for each layer, and an index.

    Of several windows the first keeps the index; the others show the same layers and remember no change of theirs.

    Parameters
    ----------
    folder
        Made when missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = QLockFile(str(folder / "window.lock"))
        self._lock.setStaleLockTime(0)
        self._is_ours = self._lock.tryLock(0)

    @property
    def folder(self) -> Path:
        """Where the files lie."""
        return self._folder

    @property
    def is_ours(self) -> bool:
        """Whether no other window keeps the index."""
        return self._is_ours

    def close(self) -> None:
        """Let another window keep the index."""
        self._lock.unlock()

    def read(self) -> tuple[tuple[OwnLayer, Layer], ...]:
        """Return the layers remembered, in drawing order; files that belong to none of them are deleted.

        Raises
        ------
        ValueError
            Where the index cannot be understood; it is kept beside under another name, and no file is deleted.
        """
        index = self._folder / _INDEX
        try:
            layers = from_text(index.read_text(encoding="utf-8"), folder=str(self._folder))
        except FileNotFoundError:
            layers = ()
        except (OSError, ValueError, RecursionError) as error:
            index.replace(index.with_suffix(".broken"))
            raise ValueError(str(error)) from error
        if self._is_ours:
            self._clear({Path(own.prepared).stem for own, _ in layers})
        return layers

    def write(self, layers: Sequence[tuple[OwnLayer, Layer]]) -> None:
        """Remember these layers, replacing the index in one step; does nothing where another window keeps it.

        Raises
        ------
        OSError
            Where it cannot be written.
        """
        if not self._is_ours:
            return
        beside = self._folder / f"{_INDEX}.{os.getpid()}.new"
        try:
            beside.write_text(to_text(layers), encoding="utf-8")
            beside.replace(self._folder / _INDEX)
        finally:
            beside.unlink(missing_ok=True)

    def adopt(self, file: Path, stem: str) -> None:
        """Move a file, and those beside it of the same stem, into the folder under a new one."""
        for path in file.parent.glob(f"{file.stem}.*"):
            path.replace(self._folder / f"{stem}{path.suffix}")

    def _clear(self, known: set[str]) -> None:
        for path in self._folder.iterdir():
            if path.name.startswith(WORK) and path.is_dir():
                shutil.rmtree(path, ignore_errors=True)  # of a window that did not end in peace
            elif path.suffix in _MADE and path.stem not in known:
                try:
                    path.unlink()
                except OSError as error:
                    _LOG.warning("A file that no layer needs cannot be deleted (%s).", error)
