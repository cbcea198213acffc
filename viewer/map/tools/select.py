"""The tool that selects: a click takes what lies there, a click again in place what lies below."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from geodata.hit import Hit
from viewer.engine.messages import PickAnswer
from viewer.engine_client import EngineClient
from viewer.map.mouse import MapMouse
from viewer.session import Session

IN_PLACE_PX = 4.0
_HOVER_EVERY_MS = 33


class Select(QObject):
    """Selects features and finds the one under the pointer.

    Hovering asks at most 30 times a second and never before the last answer is there; a click is asked at once.
    """

    def __init__(self, session: Session, engine: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._engine = engine
        self._click: MapMouse | None = None
        self._click_serial = -1
        self._is_again = False
        self._hover_serial = -1
        self._waiting_hover: MapMouse | None = None
        self._look: tuple[tuple[float, float], Callable[[], None]] | None = None
        self._look_serial = -1
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_HOVER_EVERY_MS)
        self._pause.timeout.connect(self._ask_hover)
        engine.pick_answered.connect(self._answered)
        engine.restarted.connect(self._ask_again)

    def clicked(self, mouse: MapMouse) -> None:
        """Ask what lies there, and select it when the answer comes."""
        self._is_again = self._click is not None and _is_in_place(self._click, mouse)
        self._click = mouse
        self._ask_click()

    def hovered(self, mouse: MapMouse | None) -> None:
        """Find what the pointer rests on, or forget it."""
        self._waiting_hover = mouse
        if mouse is None:
            self._hover_serial = -1
            self._session.hover(None)
        elif self._hover_serial < 0 and not self._pause.isActive():
            self._ask_hover()

    def look_at(self, at: tuple[float, float], then: Callable[[], None]) -> None:
        """Find what lies at a point, in map metres, say that the pointer is over it, and then do something.

        Only the last thing asked for is done; it waits for the answer, which takes about a frame.
        """
        self._look = (at, then)
        self._ask_look()

    def shutdown(self) -> None:
        """Ask nothing more."""
        self._pause.stop()
        self._look = None
        self._engine.pick_answered.disconnect(self._answered)
        self._engine.restarted.disconnect(self._ask_again)

    def _ask_click(self) -> None:
        if self._click is not None:
            self._click_serial = self._ask(self._click)

    def _ask_look(self) -> None:
        if self._look is not None:
            (x, y), _ = self._look
            self._look_serial = self._engine.pick(x, y, self._session.camera.metres_per_pixel)

    def _ask_hover(self) -> None:
        if self._hover_serial >= 0:
            return
        mouse, self._waiting_hover = self._waiting_hover, None
        if mouse is not None:
            self._hover_serial = self._ask(mouse, hovering=True)
            self._pause.start()

    def _ask(self, mouse: MapMouse, *, hovering: bool = False) -> int:
        return self._engine.pick(mouse.x, mouse.y, mouse.camera.metres_per_pixel, hovering=hovering)

    def _ask_again(self) -> None:
        self._hover_serial = -1
        if self._click_serial >= 0:
            self._ask_click()
        self._ask_look()

    def _answered(self, answer: PickAnswer) -> None:
        if answer.request.serial == self._click_serial:
            self._click_serial = -1
            self._session.select(self._choice(answer.hits))
        elif answer.request.serial == self._look_serial and self._look is not None:
            (_, then), self._look = self._look, None
            self._session.hover(answer.hits[0] if answer.hits else None)
            then()
        elif answer.request.serial == self._hover_serial:
            self._hover_serial = -1
            self._session.hover(answer.hits[0] if answer.hits else None)
            if not self._pause.isActive():
                self._ask_hover()

    def _choice(self, hits: tuple[Hit, ...]) -> Hit | None:
        """Return the topmost, or the one below the selected where the click came again in place."""
        if not hits:
            return None
        references = [hit.reference for hit in hits]
        selected = self._session.selection
        if not self._is_again or selected is None or selected.reference not in references:
            return hits[0]
        return hits[(references.index(selected.reference) + 1) % len(hits)]


def _is_in_place(before: MapMouse, now: MapMouse) -> bool:
    return before.camera == now.camera and math.hypot(now.px - before.px, now.py - before.py) <= IN_PLACE_PX
