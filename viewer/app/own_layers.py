"""The person's own layers, from the file that is opened to the layer on the map, and back at the next start."""

from __future__ import annotations

import functools
import logging
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog

from geodata.edits import Row
from geodata.errors import PreparedError, ReadingError
from geodata.extent import Extent
from geodata.layer_extent import extent_of
from geodata.prepared import GeometryKind
from geodata.reading import profile
from geodata.reading.formats import is_table, name_filter
from geodata.reading.outcome import Done, LayerRead, ReadRequest
from geodata.reading.profile import Profile
from geodata.writing.request import part_of
from viewer.app.file_reader import FileReader
from viewer.app.incoming import DropTarget, ending_of, kept, paths_in
from viewer.app.main_window import MainWindow
from viewer.app.map_menu import feature_camera
from viewer.app.opening import Opening
from viewer.app.own_order import OwnOrder
from viewer.app.own_store import OwnStore
from viewer.app.reading_news import news_of
from viewer.app.record import Record
from viewer.messages import Grade, MessageAction, Messages
from viewer.model import layer_edits
from viewer.model.layer import Layer
from viewer.model.layer_edits import TABLE
from viewer.model.own_layers import OwnLayer, day_of, first_look, from_row, layer_above, source_of
from viewer.model.own_styles import BY_CATEGORY, styled
from viewer.panels.progress import ProgressLine
from viewer.session import Session

_LOG = logging.getLogger(__name__)


class OwnLayers(QObject):
    """Opens files as layers, asks what has to be asked, and remembers the layers.

    Attributes
    ----------
    reader : FileReader
        Reads the files.
    record : Record
        Keeps what the person does to layers, and all else that a document holds.
    openers : dict of str to callable
        By the endings of files that are no layers, who opens them; returns False for one that is a layer after all.
    """

    def __init__(self, session: Session, window: MainWindow, messages: Messages, store: OwnStore) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._messages = messages
        self._store = store
        self.openers: dict[str, Callable[[Path], object]] = {}
        self._order = OwnOrder()
        self.record = Record(session, messages, store.journal, self)
        self.record.show_with(TABLE, self._show_rows)
        self.reader = FileReader(self)
        self._opening = Opening(session, window, messages, self.reader, folder=store.folder)
        self._opening.finished.connect(self._add_all)
        self._progress = ProgressLine()
        window.statusBar().addWidget(self._progress)
        self.reader.progressed.connect(self._progress.show_text)
        self._progress.cancel_requested.connect(self.cancel)
        DropTarget(window, self.open_data)
        window.window_actions["open"].triggered.connect(self.choose_files)
        window.window_actions["paste"].triggered.connect(lambda: self.open_data(QGuiApplication.clipboard().mimeData()))
        window.layers_panel.remove_requested.connect(self.remove)
        window.layers_panel.move_requested.connect(self.move)
        window.layers_panel.layer_changed.connect(self._keep_change)

    @property
    def folder(self) -> Path:
        """Where the layers' files lie."""
        return self._store.folder

    def origin(self, layer_id: str) -> OwnLayer | None:
        """Return where a layer is from; None for one that is no layer of the person's own."""
        return self._order.known.get(layer_id)

    def place_for(self, geometry: GeometryKind) -> float:
        """Return the place among the person's layers where a new one of this kind goes."""
        return self._order.place_under(layer_above(geometry, self._session.stack.layers))

    def restore(self) -> None:
        """Show the layers that were there at the last end; what changed in the meantime is read again."""
        try:
            for own, look in self._store.read_index():
                self.record.keep(layer_edits.added(own, look, at=float(len(self._order.at))), is_step=False)
                self._order.at[own.id] = float(len(self._order.at))
        except ValueError as error:
            self._store.problem = str(error)
        if self._store.problem:
            lost = self._store.problem
            self._messages.tell(f"Your layers of the last time cannot be shown ({lost}). Open their files again.")
        rows = self.record.journal.state(TABLE)
        known = [entry for entry in map(self._decoded_or_told, rows.values()) if entry is not None]
        for own, look, at in sorted(known, key=lambda entry: entry[2]):
            self._order.at[own.id] = at
            self._restore_one(own, look, at)
        self.record.show_annotations()

    def has_files_of(self, rows: Sequence[Row]) -> bool:
        """Return whether all layers that rows lead to can be shown."""
        texts = (row.after for row in rows if row.table == TABLE and row.after is not None)
        return all(Path(self._decoded(text)[1].prepared_path).is_file() for text in texts)

    def choose_files(self) -> None:
        """Let the person choose files, then open them."""
        dialog = QFileDialog(self._window, "Open a file", "", name_filter(*self.openers))
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
            opener = self.openers.get(path.suffix.lower())
            if opener is None or opener(path.absolute()) is False:
                self._opening.read(path.absolute())

    def cancel(self) -> None:
        """Stop reading; what is on the map stays."""
        for request in self.reader.cancel():
            if isinstance(request, ReadRequest):
                self._opening.clear(request)
            else:
                part_of(request.path).unlink(missing_ok=True)
        self._messages.tell("Stopped. Nothing was added.", grade=Grade.HINT)

    def remove(self, layer_id: str) -> None:
        """Take a layer off the map; its files stay until the next start, so that it can be brought back."""
        layer, own = self._session.stack.get(layer_id), self._order.known.get(layer_id)
        if layer is None or own is None:
            return
        at = self._order.at[layer_id]
        if not self.record.push(layer_edits.removed(own, layer, at=at)):
            return
        back = MessageAction("Bring it back", lambda: self._session.push_edit(layer_edits.added(own, layer, at=at)))
        self._messages.tell(f"{layer.title} was removed from the map. Its file is untouched.", action=back)

    def read_again(self, layer_id: str) -> None:
        """Read the file of a layer once more, and show what it says now."""
        own = self._order.known.get(layer_id)
        if own is not None and own.path:
            self._opening.read(
                Path(own.path), layers=(own.layer,), way=own.interpretation, columns=own.table, replacing=own.id
            )

    def move(self, layer_id: str, by: int) -> None:
        """Draw a layer above the next of the person's own (1) or under it (-1)."""
        layer, own = self._session.stack.get(layer_id), self._order.known.get(layer_id)
        if layer is None or own is None:
            return
        to = self._order.place_beside(layer_id, by)
        if to is None:
            return
        self.record.push(layer_edits.moved(own, layer, at=self._order.at[layer_id], to=to))

    def shutdown(self) -> None:
        """Stop reading and leave nothing behind; what the person did is kept already."""
        self.reader.shutdown()
        self._opening.shutdown()
        self._store.close()

    def _add_all(self, request: ReadRequest, done: Done, replacing: str) -> None:
        extents: list[Extent] = []
        for read in done.layers:
            before = replacing if len(done.layers) == 1 else ""
            extent = self._add_read(request, read, replacing=before)
            if extent is not None:
                extents.append(extent)
        self._report(request, done)
        is_in_sight = all(read.is_far for read in done.layers) and all(map(self._shows, extents))
        if extents and not replacing and not is_in_sight:
            self._session.fly_to(feature_camera(self._session.viewport, functools.reduce(Extent.union, extents)))

    def _shows(self, extent: Extent) -> bool:
        """Return whether an extent is in view, and neither small in it."""
        view = self._session.viewport.extent
        return view.contains(extent) and max(extent.width, extent.height) * 4 > min(view.width, view.height)

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
            frame="" if read.is_far else f"{name}.fgb",
            columns=read.columns,
            count=read.report.drawn,
            left_out=sum(entry.count for entry in read.report.left_out),
            report=read.report.text,
            interpretation=read.interpretation if read.is_far else request.interpretation,
            stamp=_stamp(request.path),
            table=request.columns,
        )
        path = str(self._store.folder / own.prepared)
        self._push_read(own, path, category=read.category)
        return extent_of(Path(path))

    def _push_read(self, own: OwnLayer, path: str, *, category: str) -> None:
        """Put a layer that was read into the document, and so on the map."""
        stack = self._session.stack
        kept = self.record.journal.state(TABLE).get(own.id)
        if kept is None:
            profiles, looks = _told(Path(path))
            look = first_look(own, title=own.layer, prepared_path=path, stack=stack.layers, looks=looks)
            chosen = next((known for known in profiles if known.name == category), None)
            if chosen is not None:
                look = replace(look, style=styled(look.style, chosen, BY_CATEGORY))
            self.record.push(layer_edits.added(own, look, at=self.place_for(own.geometry)))
        else:
            before, look, at = self._decoded(kept)
            self.record.push(layer_edits.read_again(before, own, look, at=at))

    def _decoded(self, text: str) -> tuple[OwnLayer, Layer, float]:
        return from_row(text, folder=str(self._store.folder))

    def _decoded_or_told(self, text: str) -> tuple[OwnLayer, Layer, float] | None:
        try:
            return self._decoded(text)
        except ValueError as error:
            self._messages.tell(f"A layer of the document cannot be shown: {error}.")
            return None

    def _keep_change(self, layer: Layer) -> None:
        """Keep what the person changes about a layer before it is shown."""
        kept = self.record.journal.state(TABLE).get(layer.id)
        if kept is None or layer.id not in self._order.known:
            return
        own, before, at = self._decoded(kept)
        layer = replace(layer, near=None)
        if before != layer:
            self.record.keep(layer_edits.changed(own, before, layer, at=at), is_gesture=True)

    def _show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show layers as an edit left them."""
        for row in rows:
            if row.after is None:
                self._session.remove_layer(row.id)
                self._order.forget(row.id)
                continue
            entry = self._decoded_or_told(row.after)
            if entry is None:
                continue
            own, look, at = entry
            before = self._session.stack.get(row.id)
            stays = (
                before is not None and before.prepared_path == look.prepared_path and self._order.at.get(row.id) == at
            )
            self._order.at[row.id] = at
            if stays:
                self._session.set_layer(look)
            else:
                self._add(own, look)

    def _add(self, own: OwnLayer, look: Layer) -> None:
        """Show a layer at its place among the others."""
        self._order.known[own.id] = own
        above = self._order.above(own.id)
        self._session.add_layer(look, source_of(own, look, changed=day_of(own)), before=above)

    def _report(self, request: ReadRequest, done: Done) -> None:
        """Say what became of a file."""
        for read in done.layers:
            text, grade = news_of(read)
            action = MessageAction("Other …", lambda read=read: self._ask_again(request, read)) if read.doubt else None
            if action is None and read.columns and request.columns is None and is_table(request.path):
                action = MessageAction("Columns …", lambda read=read: self._ask_columns(request, read))
                grade = Grade.NOTICE
            self._messages.tell(text, grade=grade, action=action)

    def _ask_columns(self, request: ReadRequest, read: LayerRead) -> None:
        """Let the person say what the columns of a table mean, which were guessed."""
        self._opening.read(request.path, asks_columns=True, replacing=self._id_of(request, read))

    def _id_of(self, request: ReadRequest, read: LayerRead) -> str:
        origin = (str(request.path), read.name)
        return next((own.id for own in self._order.known.values() if (own.path, own.layer) == origin), "")

    def _ask_again(self, request: ReadRequest, read: LayerRead) -> None:
        layer_id = self._id_of(request, read)
        self._opening.ask_again(request, read, replacing=layer_id)

    def _restore_one(self, own: OwnLayer, look: Layer, at: float) -> None:
        path = Path(own.path)
        try:
            extent_of(Path(look.prepared_path))
        except PreparedError as error:
            _LOG.warning("A layer of the person's own is read again: %s", error)
            self._read_again(own, look, at)
            return
        self._add(own, look)
        if not own.path:
            return  # drawn or edited here, and so of no file
        if not path.is_file():
            self._ask_for(own, look, at)
        elif _stamp(path) != own.stamp:
            self.read_again(own.id)

    def _ask_for(self, own: OwnLayer, look: Layer, at: float) -> None:
        """Ask once for a file that moved; where it is not looked for, the layer is of no file from then on."""
        if own.is_missed:
            return
        missed = replace(own, is_missed=True)
        self.record.keep(layer_edits.read_again(own, missed, look, at=at), is_step=False)
        find = MessageAction("Find it …", lambda: self._choose_anew(missed, look))
        told = f"{look.title} is shown as it was: {own.path} is no longer there."
        self._messages.tell(told, action=find)

    def _choose_anew(self, own: OwnLayer, look: Layer) -> None:
        dialog = QFileDialog(self._window, f"Find the file of {look.title}", Path(own.path).name, name_filter())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(
            lambda name: self._opening.read(
                Path(name).absolute(), layers=(own.layer,), way=own.interpretation, columns=own.table, replacing=own.id
            )
        )
        _show(dialog)

    def _read_again(self, own: OwnLayer, look: Layer, at: float) -> None:
        if Path(own.path).is_file():
            self._opening.read(Path(own.path), way=own.interpretation, columns=own.table, replacing=own.id)
        else:
            self.record.keep(layer_edits.removed(own, look, at=at), is_step=False)
            lost = f"{own.path} is no longer there. Open it again." if own.path else "its rows are lost."
            self._messages.tell(f"{look.title} cannot be shown: {lost}")


def _show(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _told(path: Path) -> tuple[tuple[Profile, ...], dict[str, tuple[str, ...]]]:
    """Return what a layer's attributes are like, and how its file wants it to look."""
    told = path.with_suffix(".columns")
    try:
        return profile.read(told), profile.read_looks(told)
    except ReadingError as error:
        _LOG.warning("%s", error)
        return (), {}


def _stamp(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except OSError:
        return (0, 0)
    return (stat.st_mtime_ns, stat.st_size)
