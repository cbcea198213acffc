"""The talk itself: a story, two windows, and the speaker's keys."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from viewer.engine_client import EngineClient
from viewer.model.camera import Viewport
from viewer.model.story import Story
from viewer.model.talk_clock import TalkClock
from viewer.modes.player import StoryPlayer
from viewer.modes.present.audience import AudienceWindow
from viewer.modes.present.console import ConsoleWindow
from viewer.modes.present.keys import Deed, StageKeys
from viewer.modes.present.link import MapLink
from viewer.modes.present.screens import ScreenPlan, plan
from viewer.session import Session

_CLOCK_MS = 250
_ZOOM = 1.5
_NOTES_STEP_PX = 2


class Stage(QObject):
    """Presents a story. The editor's session is not touched: leaving brings back what was there.

    With two screens the audience has one and the speaker's console the other; with one there is the audience's window
    alone. While nothing is frozen the console's map and the audience's are one; frozen, the speaker looks round alone.
    Nothing but Esc, or the window system, ends it.

    Signals
    -------
    ended(int, str)
        The talk is over: the step it was at, and the name of the audience's screen.
    """

    ended = Signal(int, str)

    def __init__(
        self,
        session: Session,
        engine: EngineClient,
        story: Story,
        *,
        own_screen: QScreen,
        remembered_screen: str = "",
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._now = clock
        self._own_screen = own_screen
        self._screen_name = remembered_screen
        self._is_swapped = self._is_over = False
        self.session = session.twin(self)
        self.session.set_stack(session.stack)
        self.session.stack_changed.connect(lambda _: self._show_look())
        self.player = StoryPlayer(self.session, engine, story, with_layers=True, parent=self)
        self.player.step_changed.connect(self._show_step)
        self.player.keep_clear(lambda: self.audience.covered_px)
        self.audience = AudienceWindow(self.session, engine)
        self.audience.closed.connect(self.end)
        self.console: ConsoleWindow | None = None
        self._console_session: Session | None = None
        self._talk: TalkClock | None = None
        self._keys = StageKeys()
        self._link: MapLink | None = None
        self._ticking = self._timer(_CLOCK_MS, self._show_clock)
        self._deeds = self._table()

    @property
    def is_frozen(self) -> bool:
        """Whether the audience's picture is held while the speaker looks round."""
        return self._link is not None and self._link.is_frozen

    def begin(self, index: int) -> None:
        """Open the windows and play a step."""
        self._show_look()
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)
        gui = QGuiApplication.instance()
        assert isinstance(gui, QGuiApplication)
        gui.screenAdded.connect(self._place_soon)
        gui.screenRemoved.connect(self._place_soon)
        self._place()
        now = self._now()
        self._talk = TalkClock(now, now)
        self.session.viewport_changed.connect(self._fit_step)
        self.player.go_to(index, fly=False)
        self._ticking.start()

    def end(self) -> None:
        """Close both windows and say so. Safe to call twice."""
        if self._is_over:
            return
        self._is_over = True
        self._ticking.stop()
        app = QApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.removeEventFilter(self)
        app.screenAdded.disconnect(self._place_soon)
        app.screenRemoved.disconnect(self._place_soon)
        self.session.viewport_changed.disconnect(self._fit_step)
        self.player.shutdown()
        self._close_console()
        self.audience.shutdown()
        self.audience.close()
        self.audience.deleteLater()
        self.ended.emit(max(self.player.index, 0), self._screen_name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take every key while a window of the talk is in front."""
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride, QEvent.Type.KeyRelease):
            return super().eventFilter(watched, event)
        if not isinstance(watched, QWidget) or watched.window() not in (self.audience, self.console):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # no shortcut of the editor's fires on stage
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._press(event)
        return True

    def freeze(self) -> None:
        """Hold the audience's picture, or let it follow the speaker's again; without a console nothing happens."""
        if self._link is not None:
            self._link.set_frozen(not self._link.is_frozen)
            self._show_state()

    def push(self) -> None:
        """Fly the audience to what the speaker sees."""
        if self._link is not None:
            self._link.push()
            self._show_state()

    def return_to_step(self) -> None:
        """Show the step again exactly as it is written."""
        self.player.go_to(self.player.index)

    def swap_screens(self) -> None:
        """Let audience and speaker change places."""
        self._is_swapped = not self._is_swapped
        self._place()

    def _table(self) -> dict[Deed, Callable[[], object]]:
        player, audience = self.player, self.audience
        marks = audience.marks
        return {
            "next": player.go_on,
            "back": player.go_back,
            "first": lambda: player.go_to(0),
            "last": lambda: player.go_to(len(player.story.steps) - 1),
            "black": lambda: self._turn_curtain("black"),
            "white": lambda: self._turn_curtain("white"),
            "freeze": self.freeze,
            "push": self.push,
            "return": self.return_to_step,
            "laser": lambda: self._change_marks(lambda: marks.turn("laser")),
            "spotlight": lambda: self._change_marks(lambda: marks.turn("spotlight")),
            "draw": lambda: self._change_marks(lambda: marks.turn("draw")),
            "undo": lambda: self._change_marks(marks.undo),
            "clear": lambda: self._change_marks(marks.clear),
            "closer": lambda: self._zoom(_ZOOM),
            "farther": lambda: self._zoom(1 / _ZOOM),
            "swap": self.swap_screens,
            "timer": self._turn_timer,
            "notes": lambda: None,
            "end": self.end,
        }

    def _press(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.ControlModifier and self.console is not None:
            sign = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}.get(Qt.Key(event.key()), 0)
            self.console.grow_notes(sign * _NOTES_STEP_PX)
            return
        if modifiers not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            return
        deed = self._keys.press(Qt.Key(event.key()))
        if isinstance(deed, int):
            self.player.go_to(deed - 1)
        elif deed is not None:
            self._do(deed, is_repeated=event.isAutoRepeat())

    def _do(self, deed: Deed, *, is_repeated: bool) -> None:
        if is_repeated and deed not in ("closer", "farther"):
            return
        if self.audience.curtain and deed in ("next", "back"):
            self.audience.draw_curtain("")
        self._deeds[deed]()

    def _turn_curtain(self, colour: str) -> None:
        self.audience.draw_curtain("" if self.audience.curtain == colour else colour)
        self._show_state()

    def _change_marks(self, change: Callable[[], None]) -> None:
        change()
        self.audience.canvas.viewport().update()

    def _zoom(self, factor: float) -> None:
        session = self._console_session if self.is_frozen and self._console_session else self.session
        viewport = session.viewport
        session.fly_to(viewport.zoomed(factor, px=viewport.width_px / 2, py=viewport.height_px / 2))

    def _turn_timer(self) -> None:
        if self._talk is not None:
            self._talk = self._talk.turned(self._now())
            self._show_clock()

    def _show_look(self) -> None:
        self._engine.set_look(self.session.stack, self.session.theme)

    def _show_step(self, index: int) -> None:
        step = self.player.story.steps[index]
        if self._link is not None:
            self._link.set_frozen(False)
        if self._talk is not None:
            self._talk = self._talk.at_step(self._now())
        self.audience.draw_curtain("")
        self.audience.show_step(step)
        if self.console is not None:
            self.console.show_step(index)
        self._show_state()
        self._show_clock()

    def _show_state(self) -> None:
        if self.console is None:
            return
        if self.audience.curtain:
            self.console.show_state(f"The audience sees {self.audience.curtain}", tone="dark")
        elif self.is_frozen:
            self.console.show_state("Frozen: only you see this map. P shows it, R returns", tone="held")
        else:
            self.console.show_state("Live: the audience sees this map", tone="live")

    def _show_clock(self) -> None:
        if self.console is None or self._talk is None or self.player.step is None:
            return
        now, step = self._now(), self.player.step
        planned_s = self.player.story.planned_s(self.player.index)
        self.console.show_clock(
            elapsed_s=self._talk.elapsed_s(now),
            in_step_s=self._talk.in_step_s(now),
            step_s=step.duration_s,
            behind_s=self._talk.behind_s(now, planned_s=planned_s, duration_s=step.duration_s),
            stopped=self._talk.paused_s is not None,
        )

    def _fit_step(self, _viewport: Viewport) -> None:
        """Show the step whole when the audience's window has another size."""
        camera = self.player.camera()
        if camera is not None:
            self.session.set_camera(camera)

    def _place_soon(self, _screen: QScreen) -> None:
        QTimer.singleShot(0, self, self._place)

    def _place(self) -> None:
        """Put the windows on their screens; with one screen there is no console."""
        if self._is_over:
            return
        screens = QGuiApplication.screens()
        own = screens.index(self._own_screen) if self._own_screen in screens else 0
        corners = [(screen.geometry().x(), screen.geometry().y()) for screen in screens]
        where = plan([screen.name() for screen in screens], corners, own=own, remembered=self._screen_name)
        if self._is_swapped and where.console is not None:
            where = ScreenPlan(where.console, where.audience)
        if where.console is None:
            self._close_console()
        else:
            self._open_console(screens[where.console])
            self._screen_name = screens[where.audience].name()
        _fill(self.audience, screens[where.audience])
        if self.console is not None:
            self.console.activateWindow()
        else:
            self.audience.activateWindow()

    def _open_console(self, screen: QScreen) -> None:
        if self.console is None:
            self._console_session = self.session.twin(self)
            self.console = ConsoleWindow(self._console_session, self._engine, self.player.story, audience=self.session)
            self._link = MapLink(self.session, self._console_session, self)
            self.session.theme_changed.connect(self._dress_console)
            self.console.step_chosen.connect(self.player.go_to)
            self.console.closed.connect(self.end)
            if self.player.index >= 0:
                self.console.show_step(self.player.index)
        _fill(self.console, screen)
        self._show_state()

    def _dress_console(self, _palette: object) -> None:
        if self._console_session is not None:
            self._console_session.set_theme(self.session.theme)

    def _close_console(self) -> None:
        console, self.console = self.console, None
        if console is None:
            return
        if self._link is not None:
            self._link.shutdown()
            self._link = None
        self.session.theme_changed.disconnect(self._dress_console)
        console.closed.disconnect(self.end)
        console.shutdown()
        console.close()
        console.deleteLater()
        self._console_session = None

    def _timer(self, interval_ms: int, do: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval_ms)
        timer.timeout.connect(do)
        return timer


def _fill(window: QWidget, screen: QScreen) -> None:
    if window.isVisible() and window.screen() is screen and window.geometry() == screen.geometry():
        return
    window.hide()
    window.setScreen(screen)
    window.setGeometry(screen.geometry())
    window.showFullScreen()
