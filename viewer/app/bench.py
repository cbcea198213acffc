"""All that a person does with the map, beyond looking at it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from viewer import paths
from viewer.app.annotating import Annotating
from viewer.app.documents import Documents
from viewer.app.evidence import Evidence
from viewer.app.exporting import Exporter
from viewer.app.far_layers import FarLayers
from viewer.app.feature_list import FeatureList
from viewer.app.figures import Figures
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
from viewer.app.stories import StoryDesk
from viewer.app.tables import Tables
from viewer.app.telling import Telling
from viewer.app.travelling import Travelling
from viewer.engine_client import EngineClient
from viewer.map.canvas import Canvas
from viewer.messages import Messages
from viewer.model.story import Story
from viewer.session import Session


class Bench(QObject):
    """Puts together what works on the session: layers, annotations, articles, evidence, search, drawing, the talk.

    Layers of the last time are shown as soon as it is there.

    Signals
    -------
    left_stage()
        A talk is over.

    Attributes
    ----------
    own : OwnLayers
        Layers of the person's own.
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
    story_desk : StoryDesk or None
        Stories in the window; None without the built-in one.
    shapes : ShapeBench
        What draws shapes and changes them.
    """

    left_stage = Signal()

    def __init__(
        self,
        session: Session,
        engine: EngineClient,
        window: MainWindow,
        messages: Messages,
        *,
        story: Story | None,
        resources: Path,
    ) -> None:
        super().__init__(window)
        self._telling = Telling(session, engine, window, story, self) if story else None
        if self._telling is not None:
            self._telling.left_stage.connect(self.left_stage)
        FeatureList(session, engine, window.layers_panel, parent=self)
        store = OwnStore(_own_folder())
        self.own = own = OwnLayers(session, window, messages, store)
        own.restore()
        self._far = FarLayers(session, own, messages)
        home = paths.data_folder()
        versions = home / "versions" if home else None
        self._documents = Documents(window, messages, own, versions=versions, is_kept=store.is_ours)
        self._merging = Merging(session, window, messages, own)
        Exporter(session, window, messages, own)
        self.annotating = Annotating(session, window, messages, folder=store.folder)
        self.stories = OwnStories(own.record, messages, self)
        OwnPictures(window, messages, own.record, self.annotating)
        self.story_desk = self._story_desk(session, engine, window, messages, resources=resources)
        self.articles = OwnArticles(session, window, messages, own, self.annotating)
        self.evidence = Evidence(session, window, messages, facts=resources / "facts")
        Figures(session, window, messages, own.reader, resources=resources, drawings=lambda: self.evidence.drawings)
        self._travelling = Travelling(session, window)
        self.searching = Searching(session, engine, window, messages, self.articles, resources=resources)
        self.searching.opened.connect(self._travelling.look_about)
        self.searching.closed.connect(lambda stays: self._travelling.go_on(stays=stays))
        Sources(window, messages)
        self.shapes = ShapeBench(session, window, messages, engine, own=own, notes=self.annotating.layers)
        self._tables = Tables(session, engine, window, messages, layers_folder=resources / "layers")

    def take_canvas(self, canvas: Canvas) -> None:
        """Work on this canvas."""
        self.evidence.take_canvas(canvas)
        self.searching.take_canvas(canvas)
        self.shapes.take_canvas(canvas)
        self._merging.take_canvas(canvas)

    def open_files(self, files: tuple[Path, ...]) -> None:
        """Open files as layers, articles or documents."""
        self.own.open_files(files)

    def shutdown(self) -> None:
        """Take everything down in the order that leaves nothing behind."""
        self._travelling.shutdown()
        self.searching.shutdown()
        self.evidence.shutdown()
        self.annotating.shutdown()
        self.shapes.shutdown()
        if self.story_desk is not None:
            self.story_desk.shutdown()
        self._documents.shutdown()
        self._merging.shutdown()
        self._far.shutdown()
        self.own.shutdown()
        self._tables.shutdown()
        if self._telling is not None:
            self._telling.shutdown()

    def _story_desk(
        self, session: Session, engine: EngineClient, window: MainWindow, messages: Messages, *, resources: Path
    ) -> StoryDesk | None:
        telling, strip = self._telling, window.story_strip
        if telling is None or strip is None:
            return None
        return StoryDesk(
            session, window, messages, self.stories, telling, engine=engine, strip=strip, resources=resources
        )


def _own_folder() -> Path:
    """Return where the person's own layers are kept; without a home, for as long as the machine keeps such files."""
    home = paths.data_folder()
    return home / "layers" if home else Path(tempfile.gettempdir()) / f"{paths.NAME}-layers-{os.getpid()}"
