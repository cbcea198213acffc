"""Walking from feature to feature with the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from geodata.hit import Hit
from viewer.engine.messages import FeaturesInViewAnswer
from viewer.engine_client import EngineClient
from viewer.model.camera import Viewport
from viewer.session import Session


class FeatureWalk(QObject):
    """Goes through the features in view, the nearest to its middle first, round and round.

    The list is asked for at the first step, and anew after the view or the layers changed.

    Signals
    -------
    stepped(Hit)
        Another feature is the one that Enter would open; it is also the session's hovered one.
    """

    stepped = Signal(object)

    def __init__(self, session: Session, engine: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._engine = engine
        self._hits: tuple[Hit, ...] = ()
        self._listed: tuple[Viewport, object] | None = None
        self._serial = -1
        self._pending = 0
        self._current: Hit | None = None
        session.hover_changed.connect(self._hovered)
        engine.in_view_answered.connect(self._answered)
        engine.restarted.connect(self._ask_again)

    @property
    def current(self) -> Hit | None:
        """The feature that the walk stands on."""
        return self._current

    def step(self, by: int) -> None:
        """Go to the next feature (1) or the one before (-1)."""
        if self._listed == self._place and self._serial < 0:
            self._go(by)
            return
        self._pending = by
        self._ask()

    def leave(self) -> bool:
        """End the walk; return whether there was one."""
        if self._current is None:
            return False
        self._current = None
        self._session.hover(None)
        return True

    def shutdown(self) -> None:
        """Ask nothing more."""
        self._session.hover_changed.disconnect(self._hovered)
        self._engine.in_view_answered.disconnect(self._answered)
        self._engine.restarted.disconnect(self._ask_again)

    @property
    def _place(self) -> tuple[Viewport, object]:
        return self._session.viewport, self._session.stack

    def _hovered(self, hit: Hit | None) -> None:
        if hit is not self._current:
            self._current = None  # the pointer has taken over

    def _ask(self) -> None:
        viewport = self._session.viewport
        self._listed = self._place
        self._serial = self._engine.features_in_view(viewport.camera, int(viewport.width_px), int(viewport.height_px))

    def _ask_again(self) -> None:
        if self._serial >= 0:
            self._ask()

    def _answered(self, answer: FeaturesInViewAnswer) -> None:
        if answer.request.serial != self._serial:
            return
        self._serial = -1
        self._hits = answer.hits
        self._current = None
        self._go(self._pending)

    def _go(self, by: int) -> None:
        if not self._hits:
            return
        references = [hit.reference for hit in self._hits]
        if self._current is None or self._current.reference not in references:
            index = 0 if by > 0 else len(self._hits) - 1
        else:
            index = (references.index(self._current.reference) + by) % len(self._hits)
        self._current = self._hits[index]
        self._session.hover(self._current)
        self.stepped.emit(self._current)
