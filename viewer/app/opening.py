"""From a stranger's file to layers that are read: the questions that have to be answered on the way."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog

from geodata.errors import GeodataError
from geodata.extent import Extent
from geodata.hit import Hit
from geodata.reading.outcome import (
    Columns,
    Done,
    Interpretation,
    LayerRead,
    Preview,
    ReadRequest,
    WhichColumns,
    WhichLayers,
    WhichPlace,
)
from viewer.app.file_reader import FileReader
from viewer.app.main_window import MainWindow
from viewer.app.map_menu import feature_camera
from viewer.app.own_store import WORK
from viewer.messages import Messages
from viewer.panels.column_question import ColumnQuestion
from viewer.panels.layer_choice import LayerChoice
from viewer.panels.place_question import PlaceQuestion
from viewer.session import Session

_PREVIEW = "preview"


class Opening(QObject):
    """Reads files beside the window, and asks what they leave open: which layers, which columns, where it all lies.

    Parameters
    ----------
    session, window, messages
        On whose map a guess is shown, over which the questions stand, and where problems are told.
    reader
        Reads the files.
    folder
        Holds what is being read.

    Signals
    -------
    finished(ReadRequest, Done, str)
        A file was read, instead of the layer of this id, or of none.
    """

    finished = Signal(object, object, str)

    def __init__(
        self, session: Session, window: MainWindow, messages: Messages, reader: FileReader, *, folder: Path
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._messages = messages
        self._reader = reader
        self._home = folder
        self._replacing: dict[Path, str] = {}
        self._numbers = itertools.count(1)
        self._folder: Path | None = None
        reader.answered.connect(self._take)
        reader.failed.connect(self._refuse)

    def read(
        self,
        path: Path,
        *,
        layers: tuple[str, ...] = (),
        way: Interpretation | None = None,
        columns: Columns | None = None,
        asks_columns: bool = False,
        replacing: str = "",
    ) -> None:
        """Read a file; where a layer is named, what is read takes its place."""
        folder = self._work_folder()
        if replacing:
            self._replacing[folder] = replacing
        self._reader.read(ReadRequest(path, folder, layers, way, columns, asks_columns))

    def ask_again(self, request: ReadRequest, read: LayerRead, *, replacing: str) -> None:
        """Ask where a layer lies that was read with a doubt."""
        question = WhichPlace(read.name, read.doubt, (read.interpretation, *read.others), read.previews)
        self._ask_place(request, question, replacing)

    def clear(self, request: ReadRequest) -> None:
        """Delete what was made for a request."""
        shutil.rmtree(request.folder, ignore_errors=True)

    def shutdown(self) -> None:
        """Leave nothing behind."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _work_folder(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix=WORK, dir=self._home))
        folder = self._folder / str(next(self._numbers))
        folder.mkdir()
        return folder

    def _take(self, request: object, outcome: object) -> None:
        if not isinstance(request, ReadRequest):
            return
        replacing = self._replacing.pop(request.folder, "")
        if isinstance(outcome, Done):
            self.finished.emit(request, outcome, replacing)
        elif isinstance(outcome, WhichLayers):
            self._ask_layers(request, outcome, replacing)
        elif isinstance(outcome, WhichColumns):
            self._ask_columns(request, outcome, replacing)
        elif isinstance(outcome, WhichPlace):
            self._ask_place(request, outcome, replacing)
        self.clear(request)

    def _ask_layers(self, request: ReadRequest, outcome: WhichLayers, replacing: str) -> None:
        choice = LayerChoice(request.path.name, outcome.layers, self._window)
        choice.answered.connect(lambda names: self._go_on(replace(request, layers=names), replacing))
        _show(choice)

    def _ask_columns(self, request: ReadRequest, outcome: WhichColumns, replacing: str) -> None:
        question = ColumnQuestion(request.path.name, outcome, self._window)
        question.answered.connect(
            lambda columns: self._go_on(replace(request, columns=columns, asks_columns=False), replacing)
        )
        question.sheet_chosen.connect(
            lambda columns: self._go_on(replace(request, columns=columns, asks_columns=True), replacing)
        )
        _show(question)

    def _ask_place(self, request: ReadRequest, outcome: WhichPlace, replacing: str) -> None:
        question = PlaceQuestion(request.path.name, outcome.finding, outcome.candidates, self._window)
        question.answered.connect(lambda way: self._go_on(replace(request, interpretation=way), replacing))
        question.looked_at.connect(lambda number: self._show_preview(outcome.previews, number))
        question.finished.connect(lambda _result: self._session.set_glow(()))
        _show(question)
        self._show_preview(outcome.previews, 0)

    def _go_on(self, request: ReadRequest, replacing: str) -> None:
        self.read(
            request.path,
            layers=request.layers,
            way=request.interpretation,
            columns=request.columns,
            asks_columns=request.asks_columns,
            replacing=replacing,
        )

    def _show_preview(self, previews: Sequence[Preview], number: int) -> None:
        """Let the map show where a guess would bring the data: some of its positions glow, and the map flies there."""
        places = previews[number] if 0 <= number < len(previews) else ()
        if not places:
            self._session.set_glow(())
            return
        xy = np.array(places, dtype=np.float64)
        extent = Extent(*(float(value) for value in (*xy.min(axis=0), *xy.max(axis=0))))
        outline = tuple(place.reshape(1, 2) for place in xy)
        self._session.set_glow((Hit(_PREVIEW, str(number), {}, "point", outline, extent),))
        self._session.fly_to(feature_camera(self._session.viewport, extent))

    def _refuse(self, request: object, error: GeodataError) -> None:
        if isinstance(request, ReadRequest):
            self._replacing.pop(request.folder, "")
            self.clear(request)
            self._messages.tell_error(error)


def _show(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
