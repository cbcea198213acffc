"""Searching everything: gathered beside the window; answers are shown on the map before they are taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPainter

from geodata import chronology, layer_files, prepared
from geodata.annotations import AnnotationSet
from geodata.article import Article, Passage
from geodata.chronology import Event
from geodata.errors import GeodataError
from geodata.hit import Hit
from geodata.stereographic import forward
from viewer import paths
from viewer.app.actions import ACTIONS, keys_of
from viewer.app.main_window import MainWindow
from viewer.app.map_menu import feature_camera
from viewer.app.own_articles import OwnArticles
from viewer.engine.messages import FeatureAnswer
from viewer.engine_client import EngineClient
from viewer.map.overlays.drawn_lines import Drawing, DrawnMark, paint_drawing
from viewer.map.overlays.overlay import Overlay
from viewer.messages import Messages
from viewer.model import search_entries
from viewer.model.camera import Camera
from viewer.model.layer import Layer
from viewer.model.search import Entry, Found, SearchIndex
from viewer.model.views import at
from viewer.panels.search_box import SearchBox
from viewer.session import Session
from viewer.tasks import Task

if TYPE_CHECKING:
    from viewer.map.canvas import Canvas

_PREVIEW_AFTER_MS = 120
_POSITION_MPP = 500.0
_ABOVE_LABELS_Z = 23.0
_NOT_BY_SEARCH = frozenset({"search", "step_back"})


class Searching(QObject):
    """Answers the search box, shows an answer on the map while it is only looked at, and goes to the one chosen.

    The index is made when the box is first opened, and anew when annotations, layers or the article have changed.

    Signals
    -------
    opened()
        From now on places are only looked at.
    closed(bool)
        No longer; and whether the person stays, or goes on from, where the map is.

    Parameters
    ----------
    session, engine, window, messages
        What is searched and shown, who finds features, where the box stands, and through which door problems go.
    articles
        All articles, of which the session shows one.
    resources
        The folder of the built-in map.
    """

    opened = Signal()
    closed = Signal(bool)

    def __init__(
        self,
        session: Session,
        engine: EngineClient,
        window: MainWindow,
        messages: Messages,
        articles: OwnArticles,
        *,
        resources: Path,
    ) -> None:
        super().__init__(window)
        self._articles = articles
        self._session = session
        self._engine = engine
        self._window = window
        self._messages = messages
        self._resources = resources
        self._canvas: Canvas | None = None
        self._box: SearchBox | None = None
        self._index: SearchIndex | None = None
        self._events: dict[str, Event] = {}
        self._is_stale = True
        self._making: Task | None = None
        self._before: Camera | None = None
        self._asked = 0
        self._mark: DrawnMark | None = None
        self._waiting: Found | None = None
        self._soon = QTimer(self, singleShot=True, interval=_PREVIEW_AFTER_MS)
        self._soon.timeout.connect(self._preview)
        window.window_actions["search"].triggered.connect(self.open)
        engine.features_answered.connect(self._take)
        for changed in (session.annotations_changed, session.stack_changed, session.article_changed):
            changed.connect(self._grow_stale)

    @property
    def box(self) -> SearchBox | None:
        """The box; None before it was first opened."""
        return self._box

    def take_canvas(self, canvas: Canvas) -> None:
        """Mark positions that were searched for on this canvas."""
        self._canvas = canvas
        canvas.add_overlay(Overlay(self._paint, z=_ABOVE_LABELS_Z))

    def open(self) -> None:
        """Open the box over the map."""
        box = self._box = self._box or self._new_box()
        if box.isVisible():
            box.open()
            return
        self._before = self._session.camera
        self._set_mark(None)
        self.opened.emit()
        if self._is_stale:
            self._make()
        box.open()
        self.answer(box.line.text())

    def answer(self, query: str) -> None:
        """Show what a question finds."""
        if self._box is None:
            return
        place = search_entries.position_of(query)
        found = self._index.find(query) if self._index is not None else ()
        self._box.show_found((*((Found(place),) if place else ()), *found))

    def shutdown(self) -> None:
        """Wait for what is being gathered."""
        self._soon.stop()
        if self._making is not None:
            self._making.join()

    def _new_box(self) -> SearchBox:
        box = SearchBox(self._window.centralWidget() or self._window, icons=self._window.icons)
        box.asked.connect(self.answer)
        box.previewed.connect(self._preview_soon)
        box.chosen.connect(self._go)
        box.dismissed.connect(self._go_back)
        box.left.connect(self._stay)
        return box

    def _make(self) -> None:
        """Gather what there is, beside the window."""
        self._is_stale = False
        session = self._session
        gather = partial(
            gathered,
            self._resources,
            tuple(session.stack),
            session.annotations,
            tuple(passage for _, passage in self._articles.passages().values()),
            session.article,
        )
        self._making = Task(gather, self)
        self._making.done.connect(self._use)
        self._making.failed.connect(self._refuse)
        self._making.start()

    def _use(self, made: object) -> None:
        assert isinstance(made, tuple), "the task returns index, events and problems"
        self._index, events, problems = made
        self._events = {event.id: event for event in events}
        for problem in problems:
            self._messages.tell_error(problem)
        if self._box is not None and self._box.isVisible():
            self.answer(self._box.line.text())

    def _refuse(self, error: Exception) -> None:
        self._is_stale = True
        self._messages.tell(f"Nothing can be searched now ({error}).")

    def _grow_stale(self, _: object) -> None:
        self._is_stale = True

    def _preview_soon(self, found: Found) -> None:
        self._waiting = found
        self._soon.start()

    def _preview(self) -> None:
        """Show an answer on the map, and open nothing."""
        found, self._waiting = self._waiting, None
        if found is None or found.entry.kind == "command":
            return
        if found.entry.kind == "position":
            self._come_to(found.entry)
            return
        references = self._references(found.entry)
        if references:
            self._session.show_features(references)

    def _go(self, found: Found) -> None:
        """Go to an answer and open it."""
        self._stay()
        session, entry = self._session, found.entry
        self._window.give_map_focus()
        if entry.kind == "command":
            self._window.window_actions[entry.id].trigger()
        elif entry.kind == "position":
            self._come_to(entry)
        elif entry.kind == "feature":
            self._asked = self._engine.find_features((entry.id,), session.camera.metres_per_pixel)
        elif entry.kind == "passage":
            self._open_passage(entry.id)
        else:
            self._open_note(entry)

    def _open_passage(self, passage_id: str) -> None:
        """Open a passage, and first the article that it is in."""
        article = self._session.article
        if article is None or article.passage(passage_id) is None:
            article_id, passage = self._articles.passages()[passage_id]
            self._articles.show_article(article_id, passage.section)
        self._session.open_passage(passage_id)

    def _open_note(self, entry: Entry) -> None:
        event = self._events.get(entry.id) if entry.kind == "event" else None
        note = self._session.annotations.get(event.annotation if event else entry.id)
        if note is not None:
            self._session.open_annotation(note)
        elif event is not None:
            self._session.show_features(event.features)

    def _take(self, answer: FeatureAnswer) -> None:
        """Select the feature that was chosen, and bring it into view."""
        if answer.request.serial != self._asked or not answer.hits:
            return
        hit = answer.hits[0]
        self._session.select(hit)
        self._session.fly_to(self._camera_for(hit))

    def _camera_for(self, hit: Hit) -> Camera:
        return feature_camera(self._session.viewport, hit.extent)

    def _come_to(self, entry: Entry) -> None:
        lon, lat = (float(part) for part in entry.id.split(","))
        x, y = (float(value) for value in forward(lon, lat))
        self._set_mark(DrawnMark(x, y, "ui_focus", entry.title))
        mpp = min(self._session.camera.metres_per_pixel, _POSITION_MPP)
        camera = at(lon, lat, mpp)
        self._session.fly_to(Camera(camera.x, camera.y, mpp, self._session.camera.bearing_deg).clamped())

    def _go_back(self) -> None:
        """Let everything be as it was before the box was opened."""
        self._soon.stop()
        self._window.give_map_focus()
        if self._before is not None and self._before != self._session.camera:
            self._session.set_glow(())
            self._set_mark(None)
            self._session.fly_to(self._before)
        self.closed.emit(False)

    def _stay(self) -> None:
        self._soon.stop()
        self.closed.emit(True)

    def _references(self, entry: Entry) -> tuple[str, ...]:
        session = self._session
        if entry.kind == "feature":
            return (entry.id,)
        if entry.kind == "event" and (event := self._events.get(entry.id)):
            return event.features
        if entry.kind == "passage":
            notes = session.annotations.of_passage(entry.id)
        else:
            notes = tuple(note for note in (session.annotations.get(entry.id),) if note is not None)
        return tuple(dict.fromkeys(reference for note in notes for reference in note.references))

    def _set_mark(self, mark: DrawnMark | None) -> None:
        self._mark = mark
        if self._canvas is not None:
            self._canvas.viewport().update()

    def _paint(self, painter: QPainter) -> None:
        if self._mark is not None:
            paint_drawing(painter, Drawing(marks=(self._mark,)), self._session.viewport, self._session.palette)


def gathered(
    resources: Path,
    stack: tuple[Layer, ...],
    notes: AnnotationSet,
    passages: tuple[Passage, ...],
    article: Article | None,
) -> tuple[SearchIndex, tuple[Event, ...], list[GeodataError]]:
    """Return an index of everything, the events, and what could not be read."""
    problems: list[GeodataError] = []
    noted = frozenset(reference for note in notes for reference in note.references)
    entries = [*_commands(), *search_entries.notes_of(notes), *search_entries.passages_of(passages, article)]
    events: tuple[Event, ...] = ()
    try:
        events = chronology.read(resources / "facts")
        entries += search_entries.events_of(events)
    except GeodataError as problem:
        problems.append(problem)
    for layer in stack:
        if layer.id in search_entries.NAMELESS:
            continue
        try:
            entries += search_entries.features_of(layer, _attributes(layer, resources), noted=noted)
        except GeodataError:
            continue  # told when the map was read
    return SearchIndex(entries), events, problems


def _attributes(layer: Layer, resources: Path) -> Mapping[str, Sequence[Any]]:
    if layer.is_own:
        return prepared.read(Path(layer.prepared_path)).attributes
    return layer_files.read(layer.id, resources / "layers", cache=paths.cache_folder).attributes


def _commands() -> list[Entry]:
    shown = (spec for spec in ACTIONS if spec.id not in _NOT_BY_SEARCH)
    return [
        Entry("command", spec.id, spec.text, detail=", ".join(keys_of(spec)[:1]), text=f"{spec.tip} {spec.group}")
        for spec in shown
    ]
