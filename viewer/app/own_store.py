"""The folder of the working copy: a journal of what the person did, and a few files for each layer of theirs."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QLockFile

from geodata.errors import DocumentError
from geodata.journal import Journal
from viewer.app.person import name_of_person
from viewer.model.layer import Layer
from viewer.model.layer_edits import TABLE
from viewer.model.own_layers import OwnLayer, from_text

_LOG = logging.getLogger(__name__)

WORK = "reading-"
"""How the names of folders begin that hold work under way."""

_INDEX = "own-layers.json"
_JOURNAL = "working-copy.sqlite"
_MADE = frozenset((".prepared", ".fgb", ".columns"))


class OwnStore:
    """The working copy on the disk.

    Of several windows the first keeps it; the others work on a copy of it that ends with them.

    Parameters
    ----------
    folder
        Made when missing.

    Attributes
    ----------
    journal : Journal
        What the document holds, and what was done.
    problem : str
        Why what was there before cannot be shown; empty where all is well.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = QLockFile(str(folder / "window.lock"))
        self._lock.setStaleLockTime(0)
        self._is_ours = self._lock.tryLock(0)
        self._copy: Path | None = None
        self.problem = ""
        self.journal = self._open() if self._is_ours else self._open_copy()
        if self._is_ours:
            self._clear()

    @property
    def folder(self) -> Path:
        """Where the files lie."""
        return self._folder

    @property
    def is_ours(self) -> bool:
        """Whether no other window keeps the working copy."""
        return self._is_ours

    def close(self) -> None:
        """Let another window keep the working copy."""
        self.journal.close()
        if self._copy is not None:
            shutil.rmtree(self._copy, ignore_errors=True)
        self._lock.unlock()

    def read_index(self) -> tuple[tuple[OwnLayer, Layer], ...]:
        """Return the layers that an earlier version of the program remembered, once: its index is kept aside.

        Raises
        ------
        ValueError
            Where the index cannot be understood.
        """
        index = self._folder / _INDEX
        if not self._is_ours or not index.is_file():
            return ()
        try:
            layers = from_text(index.read_text(encoding="utf-8"), folder=str(self._folder))
        except (OSError, ValueError, RecursionError) as error:
            index.replace(index.with_suffix(".broken"))
            raise ValueError(str(error)) from error
        index.replace(index.with_suffix(".before"))
        return layers

    def adopt(self, file: Path, stem: str) -> None:
        """Move a file, and those beside it of the same stem, into the folder under a new one."""
        for path in file.parent.glob(f"{file.stem}.*"):
            path.replace(self._folder / f"{stem}{path.suffix}")

    def _open(self) -> Journal:
        path = self._folder / _JOURNAL
        try:
            return Journal(path, who=name_of_person())
        except DocumentError as error:
            self.problem = str(error)
            for file in self._folder.glob(f"{_JOURNAL}*"):
                file.replace(file.with_name(f"broken-{file.name}"))
            return Journal(path, who=name_of_person())

    def _open_copy(self) -> Journal:
        self._copy = Path(tempfile.mkdtemp(prefix=WORK, dir=self._folder))
        path = self._copy / _JOURNAL
        try:
            with closing(Journal(self._folder / _JOURNAL)) as source:
                source.copy_to(path)
        except DocumentError as error:
            self.problem = str(error)
        return Journal(path, who=name_of_person())

    def _clear(self) -> None:
        """Delete what no layer needs, none of those either that undoing can bring back."""
        if (self._folder / _INDEX).exists() or self.problem:
            return
        known = {Path(json.loads(text)["origin"]["prepared"]).stem for text in self.journal.texts_on_stack(TABLE)}
        for path in self._folder.iterdir():
            if path.name.startswith(WORK) and path.is_dir():
                shutil.rmtree(path, ignore_errors=True)  # of a window that did not end in peace
            elif path.suffix in _MADE and path.stem not in known:
                try:
                    path.unlink()
                except OSError as error:
                    _LOG.warning("A file that no layer needs cannot be deleted (%s).", error)
