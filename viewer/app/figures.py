"""The view → a figure: asks what it is to be like and where it goes, and has it drawn in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from geodata.errors import GeodataError
from geodata.writing.request import part_of
from viewer.app.figure_work import FigureDrawn, FigureRequest
from viewer.app.file_reader import FileReader
from viewer.app.main_window import MainWindow
from viewer.engine.figure import strips
from viewer.map.overlays.drawn_lines import Drawing
from viewer.messages import Grade, Messages
from viewer.model.figure import SUFFIXES, FigureSpec, citations, fitting_height, note_citations
from viewer.panels.figure_form import FigureForm
from viewer.session import Session

_FORBIDDEN = '\\/:*?"<>|'


class Figures(QObject):
    """Opens the form, then asks for the file, then has the figure drawn.

    Parameters
    ----------
    session, window, messages
        Whose view, over which the form stands, and through which the outcome is told.
    reader
        Whose processes draw too, with its progress and its cancel.
    resources
        The folder of the built-in map.
    drawings
        Tells what is drawn over the map.
    """

    def __init__(
        self,
        session: Session,
        window: MainWindow,
        messages: Messages,
        reader: FileReader,
        *,
        resources: Path,
        drawings: Callable[[], tuple[Drawing, ...]] = tuple,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._messages = messages
        self._reader = reader
        self._resources = resources
        self._drawings = drawings
        window.window_actions["figure"].triggered.connect(self.open_form)
        reader.answered.connect(self._tell)
        reader.failed.connect(self._refuse)

    def open_form(self) -> None:
        """Ask what the figure is to be like."""
        article = self._session.article
        form = FigureForm(
            title=article.title if article else "",
            today=f"Drawn on {date.today():%-d %B %Y}",
            fitting_height=self._fitting_height,
            parent=self._window,
        )
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form.wanted.connect(self.choose_file)
        form.open()

    def choose_file(self, spec: FigureSpec, with_citations: bool) -> None:
        """Let the person say where it goes, then have it drawn."""
        suffix = SUFFIXES[spec.kind]
        dialog = QFileDialog(self._window, "Save the figure", _plain(spec.title), f"{spec.kind} (*{suffix})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.fileSelected.connect(lambda name: self.draw(spec, Path(name), with_citations=with_citations))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def draw(self, spec: FigureSpec, path: Path, *, with_citations: bool = False) -> None:
        """Have what is seen now drawn into a file."""
        session = self._session
        cited: tuple[str, ...] = ()
        if with_citations:
            of_layers = citations(session.catalogue, session.stack, session.camera.metres_per_pixel)
            cited = (*of_layers, *note_citations(session.annotations))
        look = (self._resources, session.stack, session.theme, session.viewport)
        self._reader.read(FigureRequest(path.absolute(), *look, spec, cited, self._drawings()))

    def _fitting_height(self, spec: FigureSpec) -> int:
        view = self._session.viewport
        attribution = self._session.catalogue.attribution
        return fitting_height(
            spec.width_px, (view.width_px, view.height_px), lambda width: strips(spec, attribution, width)
        )

    def _tell(self, request: object, outcome: object) -> None:
        if isinstance(request, FigureRequest) and isinstance(outcome, FigureDrawn):
            size = f"{request.spec.width_px:,} × {request.spec.height_px:,} px"
            self._messages.tell(f"{request.path.name}: {size} at {request.spec.dpi} dpi", grade=Grade.HINT)

    def _refuse(self, request: object, error: GeodataError) -> None:
        if isinstance(request, FigureRequest):
            part_of(request.path).unlink(missing_ok=True)
            self._messages.tell_error(error)


def _plain(title: str) -> str:
    """Return a title without the signs that a system may refuse in a file's name."""
    return "".join("_" if letter in _FORBIDDEN else letter for letter in title).strip(". ") or "map"
