"""A layer of the person's own → a file for other programs, after saying what that file cannot hold."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QFileDialog

from geodata.errors import GeodataError, ReadingError
from geodata.reading import profile
from geodata.reading.profile import Profile
from geodata.writing.losses import STYLED, losses
from geodata.writing.request import SUFFIXES, WriteRequest, Written, kind_of, part_of
from viewer.app.main_window import MainWindow
from viewer.app.own_layers import OwnLayers
from viewer.messages import Grade, Messages
from viewer.model.written_styles import looks_of, not_written
from viewer.panels.loss_report import LossReport
from viewer.session import Session

_LOG = logging.getLogger(__name__)

_FORBIDDEN = '\\/:*?"<>|'


class Exporter(QObject):
    """Asks where to and says what will be lost, then writes in a process of its own.

    Parameters
    ----------
    session, window, messages
        Whose layers, over which the questions stand, and through which the outcome is told.
    own
        The layers, and the reader whose processes write too.
    """

    def __init__(self, session: Session, window: MainWindow, messages: Messages, own: OwnLayers) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._messages = messages
        self._own = own
        window.layers_panel.export_requested.connect(self.choose_file)
        own.reader.answered.connect(self._tell)
        own.reader.failed.connect(self._refuse)

    def choose_file(self, layer_id: str) -> None:
        """Let the person say where a layer goes, then ask."""
        layer = self._session.stack.get(layer_id)
        own = self._own.origin(layer_id)
        if layer is None or own is None:
            return
        if own.is_far:
            self._messages.tell(f"{layer.title} stays in its file, {own.path}. Copy that.", grade=Grade.HINT)
            return
        filters = ";;".join(f"{kind} (*{suffix})" for kind, suffix in SUFFIXES.items())
        dialog = QFileDialog(self._window, f"Write {layer.title} as a file", _plain(layer.title), filters)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(next(iter(SUFFIXES.values())))
        dialog.filterSelected.connect(lambda name: dialog.setDefaultSuffix(name.rpartition("*")[2].rstrip(")")))
        dialog.fileSelected.connect(lambda name: self.ask(layer_id, Path(name)))
        _show(dialog)

    def ask(self, layer_id: str, path: Path) -> None:
        """Say what will be lost, then write."""
        layer, own, kind = self._session.stack.get(layer_id), self._own.origin(layer_id), kind_of(path)
        if layer is None or own is None:
            return
        if kind is None:
            self._messages.tell(f"{path.name} cannot be written. Let its name end in {', '.join(SUFFIXES.values())}.")
            return
        looks = looks_of(layer, self._session.palette) if kind in STYLED else ()
        request = WriteRequest(path.absolute(), self._own.folder / own.frame, kind, layer.title, looks)
        found = losses(
            kind,
            geometry=own.geometry,
            profiles=_profiles(self._own.folder / own.prepared),
            left_out=own.left_out,
            has_label=layer.label is not None,
            lost_looks=not_written(layer),
        )
        report = LossReport(path.name, kind, found, self._window)
        report.accepted.connect(lambda: self._own.reader.read(request))
        _show(report)

    def _tell(self, request: object, outcome: object) -> None:
        if isinstance(request, WriteRequest) and isinstance(outcome, Written):
            self._messages.tell(f"{request.path.name}: {outcome.count:,} features written", grade=Grade.HINT)

    def _refuse(self, request: object, error: GeodataError) -> None:
        if isinstance(request, WriteRequest):
            part_of(request.path).unlink(missing_ok=True)
            self._messages.tell_error(error)


def _profiles(prepared: Path) -> tuple[Profile, ...]:
    try:
        return profile.read(prepared.with_suffix(".columns"))
    except ReadingError as error:
        _LOG.warning("%s", error)
        return ()


def _plain(title: str) -> str:
    """Return a title without the signs that a system may refuse in a file's name."""
    return "".join("_" if letter in _FORBIDDEN else letter for letter in title).strip(". ") or "layer"


def _show(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
