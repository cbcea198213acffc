"""Everything behind the window, from its first picture to its last."""

from __future__ import annotations

import logging
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from viewer import paths
from viewer.app import keepsake
from viewer.app.annotating import Annotating
from viewer.app.arguments import View
from viewer.app.documents import Documents
from viewer.app.evidence import Evidence
from viewer.app.exporting import Exporter
from viewer.app.feature_list import FeatureList
from viewer.app.figures import Figures
from viewer.app.loading import Start, load
from viewer.app.main_window import MainWindow
from viewer.app.merging import Merging
from viewer.app.own_articles import OwnArticles
from viewer.app.own_layers import OwnLayers
from viewer.app.own_pictures import OwnPictures
from viewer.app.own_store import OwnStore
from viewer.app.own_stories import OwnStories
from viewer.app.searching import Searching
from viewer.app.shape_bench import ShapeBench
from viewer.app.sources import Sources
from viewer.app.tables import Tables
from viewer.app.telling import Telling
from viewer.app.travelling import Travelling
from viewer.engine import fonts
from viewer.engine.process import EngineProcess
from viewer.engine_client import EngineClient
from viewer.map.first_picture import FirstPicture
from viewer.messages import Messages
from viewer.model import settings as settings_files
from viewer.model.camera import Viewport
from viewer.model.palette import ThemeName
from viewer.model.settings import Settings
from viewer.panels import icon_files
from viewer.session import Session
from viewer.tasks import Task

if TYPE_CHECKING:
    from viewer.map.canvas import Canvas

_log = logging.getLogger(__name__)

_FIRST_PICTURE_WITHIN_MS = 4_000
_NO_CANVAS = "The map cannot be loaded: {}. Install the program again."


class Program(QObject):
    """What makes a window on the screen into the program: session, engine client, map.

    Attributes
    ----------
    session : Session
        The current value of everything.
    window : MainWindow
        The window.
    annotating : Annotating
        Annotations of the person's own.
    articles : OwnArticles
        Articles of the person's own.
    evidence : Evidence
        Ways, measurements, viewpoints and events.
    searching : Searching
        The search box.
    stories : OwnStories
        Stories of the person's own.
    shapes : ShapeBench
        What draws shapes and changes them.
    """

    def __init__(
        self,
        window: MainWindow,
        view: View | None,
        engine: EngineProcess,
        *,
        resources: Path,
        settings_file: Path | None,
    ) -> None:
        super().__init__()
        self._files: tuple[Path, ...] = ()
        self.window = window
        self._settings_file = settings_file
        font_problems = fonts.load_as_one(resources)
        start = load(resources)
        self._messages = Messages(self)
        self._told: set[str] = set()
        self.session = _session(start, window.first_theme, view, parent=self)
        self.client = EngineClient(engine, resources, self)
        self._view = view or View("arctic")
        self._resources = resources
        self.session.viewport_changed.connect(self._fit_first_view)
        self._first = self._ask_first_picture(window.first_settings)
        window.furnish(self.session, resources=resources, messages=self._messages, story=start.story)
        self._telling = Telling(self.session, self.client, window, start.story, self) if start.story else None
        self._connect()
        self._keeping: Task | None = None
        self._canvas: Canvas | None = None
        self._canvas_class: type[Canvas] | None = None
        # Queued, for the first picture must not be taken down while it takes its picture in.
        self._first.picture_arrived.connect(self._show_canvas, Qt.ConnectionType.QueuedConnection)
        self.window.set_map(self._first)
        self._tell_all((*start.problems, *map(str, (*font_problems, *icon_files.problems(resources / "icons")))))
        self._own, self._tables = self._bench(resources)
        self._loading = Task(_canvas_class, self)
        self._loading.done.connect(self._take_canvas)
        self._loading.failed.connect(lambda error: self._messages.tell(_NO_CANVAS.format(error)))
        self._patience = QTimer(self, singleShot=True, interval=_FIRST_PICTURE_WITHIN_MS)
        self._patience.timeout.connect(self._show_canvas)

    def _bench(self, resources: Path) -> tuple[OwnLayers, Tables]:
        """Return the person's own layers, those of the last time shown already, and all tables."""
        session, window, messages = self.session, self.window, self._messages
        store = OwnStore(_own_folder())
        own = OwnLayers(session, window, messages, store)
        own.restore()
        home = paths.data_folder()
        versions = home / "versions" if home else None
        self._documents = Documents(window, messages, own, versions=versions, is_kept=store.is_ours)
        self._merging = Merging(session, window, messages, own)
        Exporter(session, window, messages, own)
        self.annotating = Annotating(session, window, messages, folder=store.folder)
        self.stories = OwnStories(own.record, messages, self)
        OwnPictures(window, messages, own.record, self.annotating)
        self.articles = OwnArticles(session, window, messages, own, self.annotating)
        self.evidence = Evidence(session, window, messages, facts=resources / "facts")
        Figures(session, window, messages, own.reader, resources=resources, drawings=lambda: self.evidence.drawings)
        self._travelling = Travelling(session, window)
        self.searching = Searching(session, self.client, window, messages, self.articles, resources=resources)
        self.searching.opened.connect(self._travelling.look_about)
        self.searching.closed.connect(lambda stays: self._travelling.go_on(stays=stays))
        Sources(window, messages)
        notes = self.annotating.layers
        self.shapes = ShapeBench(session, window, messages, self.client, own=own, notes=notes)
        return own, Tables(session, self.client, window, messages, layers_folder=resources / "layers")

    def load_canvas(self) -> None:
        """Load the canvas beside the window, and put it in the first picture's place when it is there."""
        self._loading.start()

    def open_files(self, files: tuple[Path, ...]) -> None:
        """Open files as layers, once there is a map to show them on."""
        if self._canvas is None:
            self._files = files
        else:
            self._own.open_files(files)

    def shutdown(self) -> None:
        """Take everything down in the order that leaves nothing behind."""
        self._travelling.shutdown()
        self.searching.shutdown()
        self.evidence.shutdown()
        self.annotating.shutdown()
        self.shapes.shutdown()
        self._documents.shutdown()
        self._merging.shutdown()
        self._own.shutdown()
        self._tables.shutdown()
        self._loading.join()
        if self._keeping is not None:
            self._keeping.join()
        self._patience.stop()
        if self._telling is not None:
            self._telling.shutdown()
        self._first.shutdown()
        if self._canvas is not None:
            self._canvas.shutdown()
        self.client.shutdown()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, 0)
        QApplication.processEvents()

    def _ask_first_picture(self, settings: Settings) -> FirstPicture:
        """Let the engine paint the map while the window is furnished around it."""
        self._show_look()
        kept = self.window.keepsake
        first = FirstPicture(self.session, self.client, self.window, meanwhile=kept.image if kept else None)
        size = self.window.size()
        first.expect_size(*settings_files.expected_map(settings, width_px=size.width(), height_px=size.height()))
        return first

    def _fit_first_view(self, viewport: Viewport) -> None:
        """Show the whole of the first view, whatever size the map turns out to have."""
        camera = self._view.camera(width_px=viewport.width_px, height_px=viewport.height_px)
        self.session.set_camera(camera)

    def _take_canvas(self, canvas_class: type[Canvas]) -> None:
        self._canvas_class = canvas_class
        self._patience.start()
        self._show_canvas()

    def _show_canvas(self) -> None:
        """Put the canvas in the first picture's place once there is a picture to go on from, or none is to be had."""
        if self._canvas_class is None or self._canvas is not None:
            return
        if not self._first.has_picture and self._patience.isActive():
            return
        self._patience.stop()
        self.session.viewport_changed.disconnect(self._fit_first_view)
        self._canvas = self._canvas_class(self.session, self.client, first=self._first)
        self._keep_first_view()
        self._first.shutdown()
        self.window.set_map(self._canvas)
        self.evidence.take_canvas(self._canvas)
        self.searching.take_canvas(self._canvas)
        self.shapes.take_canvas(self._canvas)
        self._merging.take_canvas(self._canvas)
        self._own.open_files(self._files)
        if self._telling is not None:
            self._telling.left_stage.connect(self._come_back)

    def _keep_first_view(self) -> None:
        """Keep the first view for the next start, where it is not the one that was kept already."""
        folder, session, window = paths.cache_folder(), self.session, self.window
        kept, size = window.keepsake, self._first.size()
        is_kept = kept is not None and kept.image.deviceIndependentSize().toSize() == size
        if folder is None or is_kept or self._view != View("arctic") or not self._first.has_picture:
            return
        if self._told or session.theme != window.first_theme:
            return  # a damaged map is not to be seen again
        made_of = keepsake.made_of(self._resources, session.theme, window.devicePixelRatioF())
        found = keepsake.Keepsake(self._first.grab().toImage(), window.map_corner, window.size())
        self._keeping = Task(lambda: keepsake.write(found, folder / keepsake.FILE, of=made_of), self)
        self._keeping.failed.connect(lambda error: _log.warning("The first view could not be kept (%s).", error))
        self._keeping.start()

    def _come_back(self) -> None:
        """Show the map as it was before the talk."""
        self._show_look()
        if self._canvas is not None:
            self._canvas.refresh()

    def _connect(self) -> None:
        session, client = self.session, self.client
        session.stack_changed.connect(lambda _: self._show_look())
        session.theme_changed.connect(lambda _: self._show_look())
        client.problem_found.connect(self._tell_once)
        self._feature_list = FeatureList(session, client, self.window.layers_panel, parent=self)
        self.window.settings_changed.connect(self._keep_settings)
        self.window.zoom_to_layer_requested.connect(lambda layer: session.show_features((f"{layer}/",)))

    def _show_look(self) -> None:
        self.client.set_look(self.session.stack, self.session.theme)

    def _tell_all(self, problems: tuple[str, ...]) -> None:
        for problem in problems:
            self._tell_once(problem)
        home_problem = paths.home_problem()
        if home_problem:
            self._tell_once(home_problem)

    def _tell_once(self, problem: str) -> None:
        """Tell what window and engine both find in the files that both read."""
        if problem not in self._told:
            self._told.add(problem)
            self._messages.tell(problem)

    def _keep_settings(self, settings: Settings) -> None:
        if self._settings_file is None:
            return
        try:
            settings_files.write(settings, self._settings_file)
        except OSError as error:
            _log.warning("The settings could not be kept (%s).", error)


def _own_folder() -> Path:
    """Return where the person's own layers are kept; without a home, for as long as the machine keeps such files."""
    home = paths.data_folder()
    return home / "layers" if home else Path(tempfile.gettempdir()) / f"{paths.NAME}-layers-{os.getpid()}"


def _canvas_class() -> type[Canvas]:
    """Import the canvas, and with it pyqtgraph, which takes longer than all that is on the screen by then."""
    from viewer.map.canvas import Canvas

    return Canvas


def _session(start: Start, theme: ThemeName, view: View | None, *, parent: QObject) -> Session:
    camera = (view or View("arctic")).camera(width_px=900, height_px=720)
    return Session(
        catalogue=start.catalogue,
        stack=start.stack,
        palettes=start.palettes,
        theme=theme,
        article=start.article,
        annotations=start.annotations,
        camera=camera,
        parent=parent,
    )
