"""Everything behind the window, from its first picture to its last."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from viewer import paths
from viewer.app import keepsake
from viewer.app.arguments import View
from viewer.app.loading import Start, load
from viewer.app.main_window import MainWindow
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
    from viewer.app.bench import Bench
    from viewer.map.canvas import Canvas

_log = logging.getLogger(__name__)

_FIRST_PICTURE_WITHIN_MS = 4_000
_NO_CANVAS = "The map cannot be loaded: {}. Install the program again."


class Program(QObject):
    """What makes a window on the screen into the program: session, engine client, map, and the bench.

    The first picture comes first. All that a person does with the map (`Bench`) and the map's canvas are loaded beside
    the window while that picture is on the screen: to import them takes longer than the engine paints.

    Attributes
    ----------
    session : Session
        The current value of everything.
    window : MainWindow
        The window.
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
        self._story = start.story
        self.session.viewport_changed.connect(self._fit_first_view)
        self._first = self._ask_first_picture(window.first_settings)
        window.furnish(self.session, resources=resources, messages=self._messages, story=start.story)
        self._connect()
        self._keeping: Task | None = None
        self._canvas: Canvas | None = None
        self._bench: Bench | None = None
        self._is_closing = False
        # Queued, for the first picture must not be taken down while it takes its picture in.
        self._first.picture_arrived.connect(self._load_the_rest, Qt.ConnectionType.QueuedConnection)
        self.window.set_map(self._first)
        self._tell_all((*start.problems, *map(str, (*font_problems, *icon_files.problems(resources / "icons")))))
        self._loading = Task(_late, self)
        self._loading.done.connect(self._take_the_rest)
        self._loading.failed.connect(lambda error: self._messages.tell(_NO_CANVAS.format(error)))
        self._patience = QTimer(self, singleShot=True, interval=_FIRST_PICTURE_WITHIN_MS)
        self._patience.timeout.connect(self._load_the_rest)
        self._patience.start()

    def open_files(self, files: tuple[Path, ...]) -> None:
        """Open files as layers, once there is a map to show them on."""
        if self._bench is None:
            self._files = files
        else:
            self._bench.open_files(files)

    def shutdown(self) -> None:
        """Take everything down in the order that leaves nothing behind."""
        self._is_closing = True
        self._loading.join()
        if self._bench is not None:
            self._bench.shutdown()
        if self._keeping is not None:
            self._keeping.join()
        self._patience.stop()
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

    def _load_the_rest(self) -> None:
        """Load canvas and bench beside the window, once the first picture is there or is not to be had soon."""
        if self._patience.isActive():
            self._patience.stop()
            self._loading.start()

    def _take_the_rest(self, late: _Late) -> None:
        """Put the canvas in the first picture's place, and all that is done with it around it."""
        if self._is_closing:
            return  # it was on its way when the window was closed
        session, window = self.session, self.window
        session.viewport_changed.disconnect(self._fit_first_view)
        bench = late.bench(session, self.client, window, self._messages, story=self._story, resources=self._resources)
        canvas = late.canvas(session, self.client, first=self._first)
        self._keep_first_view()
        self._first.shutdown()
        window.set_map(canvas)
        bench.take_canvas(canvas)
        bench.left_stage.connect(self._come_back)
        self._bench, self._canvas = bench, canvas
        bench.open_files(self._files)

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


@dataclass(frozen=True, slots=True)
class _Late:
    """What is imported when the first picture is there."""

    bench: type[Bench]
    canvas: type[Canvas]


def _late() -> _Late:
    """Import the canvas, with pyqtgraph, and the bench: together they take longer than all that comes before."""
    from viewer.app.bench import Bench
    from viewer.map.canvas import Canvas

    return _Late(Bench, Canvas)


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
