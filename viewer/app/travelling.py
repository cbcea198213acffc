"""Going from place to place: back and forward over those visited, and on through the annotations in reading order."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QMouseEvent

from geodata.annotations import Annotation, AnnotationSet
from geodata.article import Article
from viewer.app.main_window import MainWindow
from viewer.model.visits import Visit, Visits
from viewer.session import Session

_SETTLED_AFTER_MS = 300
_BUTTONS = {Qt.MouseButton.BackButton: "back", Qt.MouseButton.ForwardButton: "forward"}


class Travelling(QObject):
    """Notes each place where the map comes to rest, and goes back to it as it was left.

    A place is new when something else is opened, when somebody wants the map elsewhere, or when a hand moved it far.
    """

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self.setObjectName("travelling")
        self._session = session
        self._actions = window.window_actions
        self._visits = Visits()
        self._is_new = True
        self._is_arriving = self._has_moved = self._is_returning = self._is_looking = False
        self._resting = QTimer(self, singleShot=True, interval=_SETTLED_AFTER_MS)
        self._resting.timeout.connect(self._settled)
        session.camera_changed.connect(self._moved)
        session.annotation_changed.connect(self._opened)
        session.selection_changed.connect(self._opened)
        session.glow_changed.connect(lambda _: self._rest())
        for wanted in (session.flight_requested, session.features_requested, session.overview_requested):
            wanted.connect(self._depart)
        actions = self._actions
        actions["back"].triggered.connect(lambda: self._go(-1))
        actions["forward"].triggered.connect(lambda: self._go(1))
        actions["next_annotation"].triggered.connect(lambda: self._read_on(1))
        actions["previous_annotation"].triggered.connect(lambda: self._read_on(-1))
        window.installEventFilter(self)
        self._resting.start()
        self._tell()

    @property
    def visits(self) -> Visits:
        """The places that were visited."""
        return self._visits

    @property
    def is_waiting(self) -> bool:
        """Whether the map has yet to rest before the place is noted."""
        return self._resting.isActive()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the two buttons beside a mouse's wheel, wherever in the window they are pressed."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            name = _BUTTONS.get(event.button())
            if name is not None:
                self._actions[name].trigger()
                return True
        return super().eventFilter(watched, event)

    def look_about(self) -> None:
        """Note nothing until `go_on`: the person looks at what could be gone to."""
        if self._is_new:
            self._settled()
        self._resting.stop()
        self._is_looking = True

    def go_on(self, *, stays: bool) -> None:
        """Note places again, and first the one that was come to, where the person stays there."""
        self._is_looking = False
        self._is_new = stays
        self._is_arriving, self._has_moved = not stays, False
        self._resting.start()

    def shutdown(self) -> None:
        """Note nothing more."""
        self._resting.stop()

    def _moved(self, _: object) -> None:
        self._has_moved = True
        self._rest()

    def _rest(self) -> None:
        if not self._is_looking:
            self._resting.start()

    def _opened(self, opened: object) -> None:
        """Take a place for new when something is opened; to close a card is no journey."""
        if self._is_looking:
            return
        if opened is not None and not self._is_returning:
            self._leave()
        self._resting.start()

    def _depart(self, _: object) -> None:
        if self._is_returning or self._is_looking:
            return
        self._leave()
        self._is_arriving, self._has_moved = True, False
        self._resting.start()

    def _leave(self) -> None:
        """Note the last place as it was left, where the map had no time to come to rest there."""
        here, present = self._here(), self._visits.present
        is_left = not self._is_new and self._resting.isActive() and not self._is_arriving
        if is_left and present is not None and present.is_near(here) and present.opens_the_same(here):
            self._visits = self._visits.with_present(here)
        self._is_new = True

    def _settled(self) -> None:
        here, present = self._here(), self._visits.present
        is_far = present is not None and not present.is_near(here) and not self._is_arriving
        if self._is_new or is_far:
            self._visits = self._visits.with_new(here)
        else:
            self._visits = self._visits.with_present(here)
        self._is_new = False
        self._is_arriving = self._is_arriving and not self._has_moved
        self._tell()

    def _here(self) -> Visit:
        session = self._session
        annotation = session.annotation.id if session.annotation else ""
        return Visit(session.camera, annotation, session.selection, session.glow)

    def _go(self, by: int) -> None:
        if self._is_new:
            self._settled()
        self._visits = self._visits.moved(by)
        visit = self._visits.present
        if visit is None:
            return
        self._is_returning = True
        self._show(visit)
        self._is_returning = False
        self._is_new, self._is_arriving, self._has_moved = False, True, False
        self._tell()

    def _show(self, visit: Visit) -> None:
        session = self._session
        found = session.annotations.get(visit.annotation) if visit.annotation else None
        if visit.selection is not None:
            session.select(visit.selection)
        if visit.selection is None or found is not session.annotation:
            session.read(found)
        session.set_glow(visit.glow)
        session.fly_to(visit.camera)

    def _read_on(self, by: int) -> None:
        session = self._session
        order = reading_order(session.article, session.annotations)
        if not order:
            return
        ids = [one.id for one in order]
        if session.annotation is not None and session.annotation.id in ids:
            session.open_annotation(order[(ids.index(session.annotation.id) + by) % len(order)])
        else:
            session.open_annotation(order[0 if by > 0 else -1])

    def _tell(self) -> None:
        self._actions["back"].setEnabled(self._visits.can_go_back)
        self._actions["forward"].setEnabled(self._visits.can_go_forward)


def reading_order(article: Article | None, annotations: AnnotationSet) -> tuple[Annotation, ...]:
    """Return annotations as their passages follow each other in an article, then those that belong to none of them."""
    passages = [run.passage for section in article.sections for run in article.runs(section.id)] if article else []
    read = [one for passage in dict.fromkeys(passages) if passage for one in annotations.of_passage(passage)]
    return tuple({one.id: one for one in (*read, *annotations)}.values())
