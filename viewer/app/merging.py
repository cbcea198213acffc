"""Merging another copy of the document into the one that is open."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFileDialog

from geodata.document_request import SUFFIX, Disagreement, Merged, MergeRequest, Shape
from geodata.errors import GeodataError
from geodata.extent import Extent
from viewer.app.file_reader import FileReader
from viewer.app.main_window import MainWindow
from viewer.app.map_menu import feature_camera
from viewer.app.own_layers import OwnLayers
from viewer.app.own_store import WORK
from viewer.map.overlays.drawn_lines import Drawing, DrawnLine, DrawnMark, paint_drawing
from viewer.map.overlays.overlay import Overlay
from viewer.messages import Grade, Messages
from viewer.panels.merge_question import MergeQuestion
from viewer.session import Session

if TYPE_CHECKING:
    from viewer.map.canvas import Canvas

_ABOVE_ALL_Z = 24.0
_MINE, _THEIRS = "own_1", "own_2"


class Merging(QObject):
    """Asks for the other copy, shows what both changed side by side on the map, and merges as one step.

    Parameters
    ----------
    session, window, messages
        On whose map versions are shown, over which the question stands, and through which the outcome is told.
    own
        The working copy.
    """

    def __init__(self, session: Session, window: MainWindow, messages: Messages, own: OwnLayers) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._messages = messages
        self._own = own
        self._canvas: Canvas | None = None
        self._drawing = Drawing()
        self._reader = FileReader(self)
        self._reader.answered.connect(self._take)
        self._reader.failed.connect(self._refuse)
        window.window_actions["merge"].triggered.connect(lambda: self.choose_file())

    @property
    def is_busy(self) -> bool:
        """Whether something is being merged."""
        return self._reader.is_busy

    def take_canvas(self, canvas: Canvas) -> None:
        """Show versions on this canvas from now on."""
        self._canvas = canvas
        canvas.add_overlay(Overlay(self._paint, z=_ABOVE_ALL_Z))

    def choose_file(self) -> None:
        """Let the person choose the other copy."""
        dialog = QFileDialog(self._window, "Merge with another copy", "", f"Arctic map (*{SUFFIX})")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.merge(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def merge(self, path: Path) -> None:
        """Merge a copy into the document; what both changed is asked about first."""
        if not self._reader.is_busy:
            journal = self._own.record.journal
            folder = Path(tempfile.mkdtemp(prefix=WORK, dir=self._own.folder))
            self._reader.read(MergeRequest(path.absolute(), journal.path, self._own.folder, folder, journal.token))

    def shutdown(self) -> None:
        """Stop what is under way."""
        self._reader.shutdown()

    def _take(self, request: object, outcome: object) -> None:
        if not isinstance(request, MergeRequest) or not isinstance(outcome, Merged):
            return
        if outcome.token != self._own.record.journal.token:
            self._again(request, request.chosen)  # something was changed meanwhile
        elif outcome.open:
            self._ask(request, outcome.open)
        else:
            self._show_merged(request, outcome)

    def _again(self, request: MergeRequest, chosen: tuple[tuple[str, str, str | None], ...]) -> None:
        shutil.rmtree(request.folder, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=WORK, dir=self._own.folder))
        token = self._own.record.journal.token
        self._reader.read(replace(request, folder=folder, token=token, chosen=chosen))

    def _ask(self, request: MergeRequest, open_ones: Sequence[Disagreement]) -> None:
        question = MergeQuestion(request.path.name, open_ones, self._window)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.looked_at.connect(lambda row: self._show_both(open_ones[row]))
        question.answered.connect(lambda chosen: self._again(request, (*request.chosen, *chosen)))
        question.rejected.connect(lambda: shutil.rmtree(request.folder, ignore_errors=True))
        question.finished.connect(lambda _result: self._draw(Drawing()))
        question.show()
        corner = self._window.geometry().bottomRight() - question.frameGeometry().bottomRight()
        question.move(question.pos() + corner)  # away from the middle of the map
        self._show_both(open_ones[0])

    def _show_both(self, one: Disagreement) -> None:
        """Show where both versions lie, each in its colour, and fly there."""
        mine, theirs = _drawn(one.our_shape, _MINE, "mine"), _drawn(one.their_shape, _THEIRS, "theirs")
        self._draw(Drawing((*mine.lines, *theirs.lines), (*mine.marks, *theirs.marks), caption=one.title))
        places = [np.array(line) for line in (*one.our_shape, *one.their_shape)]
        if places:
            extents = [Extent(*map(float, (*xy.min(axis=0), *xy.max(axis=0)))) for xy in places]
            self._session.fly_to(feature_camera(self._session.viewport, reduce(Extent.union, extents)))

    def _show_merged(self, request: MergeRequest, merged: Merged) -> None:
        record = self._own.record
        before = record.state()
        try:
            for file in request.folder.iterdir():
                if file.is_file() and not file.name.startswith(merged.journal.name):
                    file.replace(self._own.folder / file.name)
            record.journal.load(merged.journal)
        except (OSError, sqlite3.Error) as error:
            self._messages.tell(f"The documents cannot be merged ({error}).", grade=Grade.DANGER)
            return
        finally:
            shutil.rmtree(request.folder, ignore_errors=True)
        record.show_all(before)
        same = record.journal.token == request.token
        words = "holds nothing that is not here already." if same else "is merged. Ctrl+Z takes it back."
        self._messages.tell(f"{request.path.name} {words}", grade=Grade.HINT)

    def _refuse(self, request: object, error: GeodataError) -> None:
        if isinstance(request, MergeRequest):
            shutil.rmtree(request.folder, ignore_errors=True)
            self._messages.tell_error(error)

    def _draw(self, drawing: Drawing) -> None:
        self._drawing = drawing
        if self._canvas is not None:
            self._canvas.viewport().update()

    def _paint(self, painter: QPainter) -> None:
        paint_drawing(painter, self._drawing, self._session.viewport, self._session.palette)


def _drawn(shape: Shape, colour: str, word: str) -> Drawing:
    lines = [line for line in shape if len(line) > 1]
    points = [line[0] for line in shape if len(line) == 1]
    return Drawing(
        tuple(DrawnLine(np.array(line), colour, text=word if number == 0 else "") for number, line in enumerate(lines)),
        tuple(DrawnMark(*place, colour, word if number == 0 else "") for number, place in enumerate(points)),
    )
