"""The person's own layers, from the file that is opened to the layer on the map, and back at the next start."""

from __future__ import annotations

import datetime
import functools
import itertools
import logging
import shutil
import tempfile
import uuid
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog

from geodata import prepared
from geodata.errors import GeodataError, PreparedError
from geodata.extent import Extent
from geodata.reading.formats import name_filter
from geodata.reading.outcome import Done, Interpretation, LayerRead, ReadRequest, WhichLayers, WhichPlace
from geodata.writing.request import part_of
from viewer.app.file_reader import FileReader
from viewer.app.incoming import DropTarget, ending_of, kept, paths_in
from viewer.app.main_window import MainWindow
from viewer.app.map_menu import feature_camera
from viewer.app.own_store import WORK, OwnStore
from viewer.messages import Grade, MessageAction, Messages
from viewer.model.layer import Layer, LayerStack
from viewer.model.own_layers import OwnLayer, first_look, layer_above, source_of
from viewer.panels.layer_choice import LayerChoice
from viewer.panels.place_question import PlaceQuestion
from viewer.panels.progress import ProgressLine
from viewer.session import Session

_LOG = logging.getLogger(__name__)

_KEEP_AFTER_MS = 300


class OwnLayers(QObject):
    """Opens files as layers, asks what has to be asked, and remembers the layers.

    Attributes
    ----------
    reader : FileReader
        Reads the files.
    """

    def __init__(self, session: Session, window: MainWindow, messages: Messages, store: OwnStore) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._messages = messages
        self._store = store
        self._known: dict[str, OwnLayer] = {}
        self._replacing: dict[Path, str] = {}
        self._numbers = itertools.count(1)
        self._folder: Path | None = None
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(_KEEP_AFTER_MS)
        self._keeping.timeout.connect(self.keep)
        self.reader = FileReader(self)
        self.reader.answered.connect(self._take)
        self.reader.failed.connect(self._refuse)
        self._progress = ProgressLine()
        window.statusBar().addWidget(self._progress)
        self.reader.progressed.connect(self._progress.show_text)
        self._progress.cancel_requested.connect(self.cancel)
        DropTarget(window, self.open_data)
        window.window_actions["open"].triggered.connect(self.choose_files)
        window.window_actions["paste"].triggered.connect(lambda: self.open_data(QGuiApplication.clipboard().mimeData()))
        window.layers_panel.remove_requested.connect(self.remove)
        session.stack_changed.connect(self._note_change)

    @property
    def folder(self) -> Path:
        """Where the layers' files lie."""
        return self._store.folder

    def origin(self, layer_id: str) -> OwnLayer | None:
        """Return where a layer is from; None for one that is no layer of the person's own."""
        return self._known.get(layer_id)

    def restore(self) -> None:
        """Show the layers that were there at the last end; what changed in the meantime is read again."""
        try:
            remembered = self._store.read()
        except ValueError as error:
            self._messages.tell(f"Your layers of the last time cannot be shown ({error}). Open their files again.")
            return
        for own, look in remembered:
            self._restore_one(own, look)

    def choose_files(self) -> None:
        """Let the person choose files, then open them."""
        dialog = QFileDialog(self._window, "Open a file as a layer", "", name_filter())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.open_files([Path(name) for name in names]))
        _show(dialog)

    def open_data(self, data: QMimeData) -> bool:
        """Open files, or text that describes places or shapes, as they come from a drop or the clipboard."""
        paths = paths_in(data)
        if paths:
            self.open_files(paths)
            return True
        text = data.text()
        if not ending_of(text):
            self._messages.tell("There is no file, GeoJSON, WKT or table with positions to paste.", grade=Grade.HINT)
            return False
        try:
            self.open_files([kept(text, self._store.folder)])
        except OSError as error:
            self._messages.tell(f"What was pasted cannot be kept ({error}).")
            return False
        return True

    def open_files(self, paths: Sequence[Path]) -> None:
        """Open files, each as one layer or several."""
        for path in paths:
            self._read(path.absolute())

    def cancel(self) -> None:
        """Stop reading; what is on the map stays."""
        for request in self.reader.cancel():
            if isinstance(request, ReadRequest):
                self._clear(request)
            else:
                part_of(request.path).unlink(missing_ok=True)
        self._messages.tell("Stopped. Nothing was added.", grade=Grade.HINT)

    def remove(self, layer_id: str) -> None:
        """Take a layer off the map; its files stay until the next start, so that it can be brought back."""
        layer, own = self._session.stack.get(layer_id), self._known.get(layer_id)
        if layer is None or own is None:
            return
        above = _next_above(self._session.stack, layer_id)
        self._session.remove_layer(layer_id)
        back = MessageAction("Bring it back", lambda: self._add(own, layer, above))
        self._messages.tell(f"{layer.title} was removed from the map. Its file is untouched.", action=back)

    def keep(self) -> None:
        """Remember the layers as they are now."""
        self._keeping.stop()
        layers = [(self._known[layer.id], layer) for layer in self._session.stack if layer.id in self._known]
        try:
            self._store.write(layers)
        except OSError as error:
            _LOG.warning("The person's layers could not be kept (%s).", error)

    def shutdown(self) -> None:
        """Stop reading, remember the layers, and leave nothing behind."""
        self.reader.shutdown()
        self.keep()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._store.close()

    def _read(
        self,
        path: Path,
        *,
        layers: tuple[str, ...] = (),
        way: Interpretation | None = None,
        replacing: str = "",
    ) -> None:
        folder = self._work_folder()
        if replacing:
            self._replacing[folder] = replacing
        self.reader.read(ReadRequest(path, folder, layers, way))

    def _work_folder(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix=WORK, dir=self._store.folder))
        folder = self._folder / str(next(self._numbers))
        folder.mkdir()
        return folder

    def _take(self, request: object, outcome: object) -> None:
        if not isinstance(request, ReadRequest):
            return
        replacing = self._replacing.pop(request.folder, "")
        if isinstance(outcome, Done):
            self._add_all(request, outcome, replacing)
        elif isinstance(outcome, WhichLayers):
            choice = LayerChoice(request.path.name, outcome.layers, self._window)
            choice.answered.connect(lambda names: self._read(request.path, layers=names, way=request.interpretation))
            _show(choice)
        elif isinstance(outcome, WhichPlace):
            self._ask_place(request, outcome.finding, outcome.candidates, replacing)
        self._clear(request)

    def _ask_place(
        self, request: ReadRequest, finding: str, candidates: Sequence[Interpretation], replacing: str = ""
    ) -> None:
        question = PlaceQuestion(request.path.name, finding, candidates, self._window)
        question.answered.connect(
            lambda way: self._read(request.path, layers=request.layers, way=way, replacing=replacing)
        )
        _show(question)

    def _refuse(self, request: object, error: GeodataError) -> None:
        if not isinstance(request, ReadRequest):
            return
        self._replacing.pop(request.folder, "")
        self._clear(request)
        self._messages.tell_error(error)

    def _clear(self, request: ReadRequest) -> None:
        shutil.rmtree(request.folder, ignore_errors=True)

    def _add_all(self, request: ReadRequest, done: Done, replacing: str) -> None:
        extents: list[Extent] = []
        for read in done.layers:
            before = replacing if len(done.layers) == 1 else ""
            extent = self._add_read(request, read, replacing=before)
            if extent is not None:
                extents.append(extent)
        self._report(request, done)
        if extents and not replacing:
            self._session.fly_to(feature_camera(self._session.viewport, functools.reduce(Extent.union, extents)))

    def _add_read(self, request: ReadRequest, read: LayerRead, *, replacing: str) -> Extent | None:
        """Put a layer that was read on the map, in place of another where it was read again; return its extent."""
        layer_id = replacing or f"own-{uuid.uuid4().hex[:8]}"
        name = f"{layer_id}-{uuid.uuid4().hex[:4]}"
        self._store.adopt(request.folder / read.prepared, name)
        own = OwnLayer(
            id=layer_id,
            path=str(request.path),
            layer=read.name,
            geometry=read.geometry,
            prepared=f"{name}.prepared",
            frame=f"{name}.fgb",
            columns=read.columns,
            count=read.report.drawn,
            left_out=sum(entry.count for entry in read.report.left_out),
            report=read.report.text,
            interpretation=request.interpretation,
            stamp=_stamp(request.path),
        )
        path = str(self._store.folder / own.prepared)
        stack = self._session.stack
        before = stack.get(layer_id)
        if before is None:
            look = first_look(own, title=read.name, prepared_path=path, stack=stack.layers)
            self._add(own, look, layer_above(own.geometry, stack.layers))
        else:
            self._add(own, replace(before, prepared_path=path), _next_above(stack, layer_id))
        return prepared.read(Path(path)).extent

    def _add(self, own: OwnLayer, look: Layer, above: str) -> None:
        self._known[own.id] = own
        self._session.add_layer(look, source_of(own, look, changed=_day(own)), before=above)

    def _report(self, request: ReadRequest, done: Done) -> None:
        """Say what became of a file: in passing where all went well, else so that it stays."""
        for read in done.layers:
            report = read.report
            if read.doubt:
                action = MessageAction("Other …", lambda read=read: self._ask_again(request, read))
                self._messages.tell(f"{read.name}: {read.doubt}\n\n{report.text}", action=action)
            elif report.left_out or report.repaired or report.notes:
                headline = f"{read.name}: {report.drawn:,} of {report.read:,} features are on the map"
                mended = sum(entry.count for entry in report.repaired)
                headline += f", {mended:,} of them repaired." if mended else "."
                lost = sum(entry.count for entry in report.left_out)
                headline += f" {lost:,} {'is' if lost == 1 else 'are'} left out." if lost else ""
                self._messages.tell(f"{headline}\n\n{report.text}")
            else:
                count = f"{report.drawn:,} {'feature' if report.drawn == 1 else 'features'}"
                self._messages.tell(f"{read.name}: {count}", grade=Grade.HINT)

    def _ask_again(self, request: ReadRequest, read: LayerRead) -> None:
        origin = (str(request.path), read.name)
        layer_id = next((own.id for own in self._known.values() if (own.path, own.layer) == origin), "")
        self._ask_place(request, read.doubt, (read.interpretation, *read.others), layer_id)

    def _restore_one(self, own: OwnLayer, look: Layer) -> None:
        path = Path(own.path)
        try:
            prepared.read(Path(look.prepared_path))
        except PreparedError as error:
            _LOG.warning("A layer of the person's own is read again: %s", error)
            self._read_again(own, look)
            return
        self._add(own, look, layer_above(own.geometry, self._session.stack.layers))
        if not path.is_file():
            self._messages.tell(f"{look.title} is shown as it was: {path} is no longer there.")
        elif _stamp(path) != own.stamp:
            self._read(path, layers=(own.layer,), way=own.interpretation, replacing=own.id)

    def _read_again(self, own: OwnLayer, look: Layer) -> None:
        if Path(own.path).is_file():
            self._read(Path(own.path), way=own.interpretation)
        else:
            self._messages.tell(f"{look.title} cannot be shown: {own.path} is no longer there. Open it again.")

    def _note_change(self, _stack: LayerStack) -> None:
        self._keeping.start()


def _show(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _next_above(stack: LayerStack, layer_id: str) -> str:
    """Return the id of the layer right above another; empty for the topmost."""
    ids = [layer.id for layer in stack]
    at = ids.index(layer_id) + 1
    return ids[at] if at < len(ids) else ""


def _stamp(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except OSError:
        return (0, 0)
    return (stat.st_mtime_ns, stat.st_size)


def _day(own: OwnLayer) -> str:
    changed = datetime.datetime.fromtimestamp(own.stamp[0] / 1e9, tz=datetime.UTC)
    return f"{changed:%d %B %Y}".lstrip("0")
