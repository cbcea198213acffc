"""Layers that stay in their files: what is near the view is read when the hand rests, and given to the map."""

from __future__ import annotations

import contextlib
import logging
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from geodata.errors import GeodataError, ReadingError
from geodata.extent import Extent
from geodata.reading.near_request import NearAnswer, NearRequest, NearSource, stamp_of
from geodata.reading.process import ReadingProcess, launch_near
from viewer.app.near_work import serve
from viewer.app.own_layers import OwnLayers
from viewer.app.own_store import WORK
from viewer.messages import MessageAction, Messages
from viewer.model.layer import LayerStack, Near
from viewer.model.own_layers import OwnLayer
from viewer.session import Session
from viewer.tasks import Listener

_LOG = logging.getLogger(__name__)

_REST_MS = 120
_WATCH_MS = 2_000
_PICTURED = 0.28
"""By how much of its longer side a picture reaches beyond the view, on each side."""

_READ = 0.6
"""By how much what is read reaches beyond the view, so that a hand may move a little."""


class FarReader(QObject):
    """The process that reads one file, and what it found last.

    Signals
    -------
    found(NearAnswer)
        What is near the view, or what is wrong.
    """

    found = Signal(object)

    def __init__(self, source: NearSource, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self.source = source
        self.near: Near | None = None
        self.is_told = False
        self._folder = folder
        self._number = 0
        self._asked: Extent | None = None
        self._answered: Extent | None = None
        self._is_exact = False
        self._process: ReadingProcess | None = None
        self._listener: Listener | None = None

    def look(self, view: Extent) -> None:
        """Ask for what is near a view, unless it is known or being read."""
        side = max(view.width, view.height)
        pictured = view.grown(_PICTURED * side)
        known = self._asked or self._answered
        if known is not None and known.contains(pictured) and (self._is_exact or known.width <= 2.6 * view.width):
            return
        reach = view.grown(_READ * side)
        self._number += 1
        self._asked = reach
        corners = (reach.left, reach.bottom, reach.right, reach.top)
        try:
            self._connection().send(NearRequest(corners, self._folder, f"{self.objectName()}-{self._number}"))
        except OSError as error:
            self._asked = None
            self.found.emit(_failed(self.source, corners, self._folder, error))

    def end(self) -> None:
        """End the process, then the thread that reads its pipe, then the pipe."""
        process, self._process = self._process, None
        listener, self._listener = self._listener, None
        if process is not None:
            process.kill()
            if listener is not None:
                listener.join()
                listener.deleteLater()
            process.close()
        near, self.near = self.near, None
        self._drop(near)

    def _connection(self) -> Connection:
        if self._process is None:
            self._process = launch_near(serve, self.source)
            self._listener = Listener(self._process.connection, self)
            self._listener.received.connect(self._take)
            self._listener.ended.connect(self._miss)
            self._listener.start()
        return self._process.connection

    def _take(self, answer: object) -> None:
        if not isinstance(answer, NearAnswer) or self.sender() is not self._listener:
            return
        reach = Extent(*answer.request.reach)
        if reach == self._asked:
            self._asked = None
        before, self._answered, self._is_exact = self.near, reach, answer.is_exact
        path = answer.request.folder / answer.path
        self.near = Near(str(path), answer.request.reach) if answer.path else None
        self.found.emit(answer)
        self._drop(before)

    def _miss(self) -> None:
        """Start anew at the next look, after a process that ended by itself."""
        if self.sender() is not self._listener:
            return
        _LOG.warning("The process that reads near the view ended.")
        self._asked = self._answered = None
        self.end()

    def _drop(self, near: Near | None) -> None:
        if near is not None and near != self.near:
            with contextlib.suppress(OSError):  # where a system keeps files that are mapped, they go with the folder
                Path(near.path).unlink(missing_ok=True)


class FarLayers(QObject):
    """Keeps what is near the view at hand, for all layers that stay in their files.

    Parameters
    ----------
    session, own, messages
        Whose view counts, who knows where layers are from, and through which door problems go.
    """

    def __init__(self, session: Session, own: OwnLayers, messages: Messages) -> None:
        super().__init__(own)
        self._session = session
        self._own = own
        self._messages = messages
        self._readers: dict[str, FarReader] = {}
        self._folder: Path | None = None
        self._rest = self._timer(_REST_MS, self._ask, is_single=True)
        self._watch = self._timer(_WATCH_MS, self._look_at_files)
        session.camera_changed.connect(lambda _: self._wait())
        session.viewport_changed.connect(lambda _: self._wait())
        session.stack_changed.connect(self._follow)
        self._follow(session.stack)

    def shutdown(self) -> None:
        """End all processes and leave nothing behind."""
        self._rest.stop()
        self._watch.stop()
        for layer_id in list(self._readers):
            self._readers.pop(layer_id).end()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _timer(self, milliseconds: int, deed: Callable[[], None], *, is_single: bool = False) -> QTimer:
        timer = QTimer(self, singleShot=is_single, interval=milliseconds)
        timer.timeout.connect(deed)
        return timer

    def _wait(self) -> None:
        if self._readers:
            self._rest.start()

    def _follow(self, stack: LayerStack) -> None:
        """Have a reader for each layer in the stack that stays in its file, and none for others."""
        found = {layer.id: self._own.origin(layer.id) for layer in stack if layer.is_own}
        far = {layer_id: own for layer_id, own in found.items() if own is not None and own.is_far}
        for layer_id, reader in list(self._readers.items()):
            if layer_id not in far or reader.source != _source(far[layer_id]):
                self._readers.pop(layer_id).end()
                reader.deleteLater()
        for layer_id, own in far.items():
            if layer_id not in self._readers:
                self._readers[layer_id] = self._reader(layer_id, own)
                self._rest.start()
        for layer_id, reader in self._readers.items():
            self._show(layer_id, reader.near)
        if bool(self._readers) != self._watch.isActive():
            (self._watch.start if self._readers else self._watch.stop)()

    def _reader(self, layer_id: str, own: OwnLayer) -> FarReader:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix=WORK, dir=self._own.folder))
        reader = FarReader(_source(own), self._folder, self)
        reader.setObjectName(layer_id)
        reader.found.connect(lambda answer: self._take(layer_id, answer))
        return reader

    def _ask(self) -> None:
        for layer_id, reader in self._readers.items():
            layer = self._session.stack.get(layer_id)
            if layer is not None and layer.visible and not reader.is_told:
                reader.look(self._session.viewport.extent)

    def _take(self, layer_id: str, answer: NearAnswer) -> None:
        reader = self._readers.get(layer_id)
        if reader is None:
            return
        if answer.problem is not None:
            self._tell(layer_id, reader, answer.problem)
        self._show(layer_id, reader.near)

    def _show(self, layer_id: str, near: Near | None) -> None:
        layer = self._session.stack.get(layer_id)
        if layer is not None and layer.near != near:
            self._session.set_layer(replace(layer, near=near))

    def _look_at_files(self) -> None:
        """Notice that a file was changed or went, even where the hand rests."""
        for layer_id, reader in self._readers.items():
            stamp = stamp_of(reader.source.path)
            if reader.is_told or stamp == reader.source.stamp:
                continue
            name = reader.source.path.name
            what = "The file was changed while it is shown." if any(stamp) else "The file is no longer there."
            self._tell(layer_id, reader, ReadingError(what, where=name))

    def _tell(self, layer_id: str, reader: FarReader, problem: GeodataError) -> None:
        if reader.is_told:
            return
        reader.is_told = True
        again = None
        if reader.source.path.is_file():
            again = MessageAction("Open it again", lambda: self._own.read_again(layer_id))
        self._messages.tell(f"{problem.where}: {problem.what} The map shows where its features were.", action=again)


def _source(own: OwnLayer) -> NearSource:
    assert own.interpretation is not None, "a layer that stays in its file knows how its numbers are understood"
    path = Path(own.path)
    layer = own.layer if path.suffix.lower() == ".gpkg" else ""
    return NearSource(path, own.layer, own.geometry, own.interpretation, own.stamp, layer)


def _failed(source: NearSource, reach: tuple[float, float, float, float], folder: Path, error: OSError) -> NearAnswer:
    why = ReadingError(f"Nothing more can be read of it ({error}).", where=source.path.name)
    return NearAnswer(NearRequest(reach, folder, ""), problem=why)
