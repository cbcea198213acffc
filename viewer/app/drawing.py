"""Drawing on the map: the palette, its actions, and the tool on the canvas."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QAction, QActionGroup, QPainter
from PySide6.QtWidgets import QMenu

from geodata.annotation_edits import edit_of
from geodata.errors import GeometryError
from geodata.hit import Hit
from geodata.journal import now
from geodata.shapes import KINDS, Drawn, Kind, geometry_of, to_text
from viewer.app.docks import PanelDock
from viewer.app.file_shapes import FileShapes
from viewer.app.main_window import MainWindow
from viewer.app.note_layers import NoteLayers
from viewer.app.person import name_of_person
from viewer.map.overlays.overlay import Overlay
from viewer.messages import Grade, Messages
from viewer.model.drawings import NAMES, note_of, step_name, typed_metres
from viewer.model.layer import LayerStack
from viewer.model.notes import GROUP
from viewer.model.reshaping import subject_of
from viewer.panels.draw_palette import DrawPalette
from viewer.session import Session

if TYPE_CHECKING:
    from viewer.map.canvas import Canvas
    from viewer.modes.annotate.draw_tool import Draw
    from viewer.modes.annotate.entry import Entry
    from viewer.modes.annotate.fresh import FreshShapes
    from viewer.modes.annotate.snapping import Snapper

_HOW: dict[Kind, str] = {
    "point": "Click where it stands.",
    "line": "Click from place to place. Enter or a double click ends it, Backspace takes the last place back.",
    "polygon": "Click from corner to corner. Enter, a double click or a click on the first corner ends it.",
    "geodesic": "Click from place to place; the line goes the shortest way on the globe. Enter ends it.",
    "circle": "Drag from the middle, or click the middle and the rim. Type a radius, such as 120 km.",
    "freehand": "Draw with the button held down.",
    "text": "Click where the words stand, then type them.",
    "arrow": "Click from its beginning to its point. Enter or a double click ends it.",
}
_LEAVE = " Esc gives up."
_DEEDS = ("reshape", "split_shape", "merge_shapes", "to_layer", "delete_shape")
_FRESH_Z = 9.0


class DrawingDesk(QObject):
    """Gives the canvas the tool of the chosen shape, and keeps each shape that is drawn as one step.

    Parameters
    ----------
    session, window, messages
        Whose annotations the shapes become, where the palette stands, and where it is said how to draw.
    notes, files
        The annotations on the map, and who adds shapes to other layers of the person's.
    """

    def __init__(
        self, session: Session, window: MainWindow, messages: Messages, *, notes: NoteLayers, files: FileShapes
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._messages = messages
        self._notes = notes
        self._files = files
        self._targets: list[tuple[str, str]] = []
        self._canvas: Canvas | None = None
        self._tool: Draw | None = None
        self._snapper: Snapper | None = None
        self._entry: Entry | None = None
        self._fresh: FreshShapes | None = None
        actions = window.window_actions
        self._actions: dict[Kind, QAction] = {kind: actions[f"draw_{kind}"] for kind in KINDS}
        self.palette = DrawPalette(actions, shapes=[f"draw_{kind}" for kind in KINDS], deeds=_DEEDS)
        dock = PanelDock("Draw", self.palette, icons=window.icons, parent=window)
        window.add_dock(dock, Qt.DockWidgetArea.LeftDockWidgetArea, action="draw")
        actions["draw"].toggled.connect(lambda shown: None if shown else self._leave_all())
        for kind, action in self._actions.items():
            action.toggled.connect(partial(self._switch, kind))
        self._one_at_a_time = QActionGroup(self)
        self._one_at_a_time.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        for action in (*self._actions.values(), actions["measure"], actions["reshape"]):
            self._one_at_a_time.addAction(action)
        self.palette.snapping.toggled.connect(self._set_snapping)
        window.place_menu.add_entries(self._add_entries)
        session.stack_changed.connect(self._show_targets)
        self._show_targets(session.stack)

    @property
    def tool(self) -> Draw | None:
        """The tool while something is drawn."""
        return self._tool

    @property
    def snapper(self) -> Snapper | None:
        """Who knows what a pointer means; None before there is a canvas."""
        return self._snapper

    def take_canvas(self, canvas: Canvas) -> None:
        """Draw on this canvas from now on."""
        from viewer.modes.annotate.entry import Entry
        from viewer.modes.annotate.fresh import FreshShapes
        from viewer.modes.annotate.snapping import Snapper

        self._canvas = canvas
        self._snapper = Snapper(self._session)
        self._snapper.is_on = self.palette.snapping.isChecked()
        self._entry = Entry(canvas)
        self._fresh = FreshShapes(self._session, has_caught_up=lambda: self._has_caught_up(canvas))
        canvas.add_overlay(Overlay(self._paint_fresh, z=_FRESH_Z))

    def _has_caught_up(self, canvas: Canvas) -> bool:
        return self._notes.has_caught_up and not self._files.is_busy and canvas.is_sharp

    def leave(self) -> None:
        """Put the tool away."""
        for action in self._actions.values():
            action.setChecked(False)

    def _leave_all(self) -> None:
        self.leave()
        self._window.window_actions["reshape"].setChecked(False)

    def show_palette(self) -> None:
        """Show the palette."""
        self._window.window_actions["draw"].setChecked(True)

    def borrow_line(self, hint: str, on_drawn: Callable[[Drawn], None], on_left: Callable[[], None]) -> None:
        """Let a line be drawn for another purpose; whoever borrows takes the map back, with the line or without."""
        if self._canvas is None or self._snapper is None:
            return
        self._canvas.set_drawing(
            self._new_tool("line", self._canvas, self._snapper, on_drawn=on_drawn, on_left=on_left)
        )
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self.palette.tell(hint)
        self._messages.tell(hint, grade=Grade.HINT)

    def keep(self, drawn: Drawn, words: str = "") -> bool:
        """Keep a shape in the layer that is chosen, as one step; return whether it could be."""
        target = str(self.palette.target.currentData() or "")
        try:
            return self._keep_in(target, drawn, words) if target else self._keep_note(drawn, words)
        except GeometryError as error:
            self._messages.tell_error(error)
            return False

    def _keep_note(self, drawn: Drawn, words: str) -> bool:
        session = self._session
        note, when = note_of(drawn, f"own_{uuid.uuid4().hex[:12]}", words=words, others=session.annotations), now()
        note = replace(note, author=name_of_person(), created=when, modified=when)
        session.push_edit(edit_of(step_name(drawn.kind), (None, note)))
        kept = session.annotations.get(note.id)
        if kept is None:
            return False
        named = note.title if drawn.kind == "text" else ""
        self._show_fresh(drawn, named, lambda: session.annotations.get(note.id) is kept)
        return True

    def _keep_in(self, target: str, drawn: Drawn, words: str) -> bool:
        layer = self._session.stack.get(target)
        title = words.strip() or NAMES[drawn.kind]
        subject = subject_of(f"{target}/0", title, geometry_of(drawn), to_text(drawn))
        if layer is None or subject is None:
            return False
        step = f"{step_name(drawn.kind)} in {layer.title}"
        if not self._files.add(step, subject, self._session.push_edit):
            told = f"{layer.title} holds shapes of another kind. Draw into another layer, or another shape."
            self._messages.tell(told, grade=Grade.HINT)
            return False
        self._show_fresh(drawn, title if drawn.kind == "text" else "", lambda: True)
        return True

    def _show_targets(self, stack: LayerStack) -> None:
        mine = [(layer.id, layer.title) for layer in reversed(list(stack)) if self._files.holds(layer.id)]
        known = [("", GROUP), *mine]
        if known != self._targets:
            self._targets = known
            self.palette.set_targets(known)

    def _switch(self, kind: Kind, on: bool) -> None:
        if not on:
            self._put_away()
            return
        if self._canvas is None or self._snapper is None:
            self._actions[kind].setChecked(False)
            return
        self.show_palette()
        self._tool = self._new_tool(kind, self._canvas, self._snapper, on_drawn=self._take, on_left=self.leave)
        self._canvas.set_drawing(self._tool)
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self.palette.tell(_HOW[kind] + _LEAVE)
        self._messages.tell(_HOW[kind] + _LEAVE, grade=Grade.HINT)

    def _new_tool(
        self,
        kind: Kind,
        canvas: Canvas,
        snapper: Snapper,
        *,
        on_drawn: Callable[[Drawn], None],
        on_left: Callable[[], None],
    ) -> Draw:
        from viewer.modes.annotate.draw_tool import Draw

        return Draw(
            kind,
            self._session,
            snapper,
            on_changed=canvas.viewport().update,
            on_drawn=on_drawn,
            on_left=on_left,
            on_typing=self._ask_length,
        )

    def _put_away(self) -> None:
        self._tool = None
        self.palette.tell("")
        if self._entry is not None:
            self._entry.give_up()
        if self._canvas is not None:
            self._canvas.set_drawing(None)

    def _take(self, drawn: Drawn) -> None:
        if drawn.kind != "text":
            self.keep(drawn)
        elif self._entry is not None:
            at = self._session.viewport.to_screen(*_xy(drawn))
            self._entry.ask(NAMES["text"], QPointF(*at), lambda text: bool(text.strip()) and self.keep(drawn, text))

    def _ask_length(self, digit: str, at: QPointF) -> None:
        if self._entry is None or self._tool is None:
            return
        what = "Radius in km, m or nm" if self._tool.kind == "circle" else "Length in km, m or nm"
        self._entry.ask(what, at, self._set_length, text=digit, show=self._show_length)
        self._entry.setCursorPosition(len(digit))

    def _show_length(self, text: str) -> None:
        metres = typed_metres(text)
        if metres is not None and self._tool is not None:
            self._tool.show_length(metres)

    def _set_length(self, text: str) -> bool:
        metres = typed_metres(text)
        if metres is None:
            self._messages.tell("Type a number and km, m or nm, such as 120 km.", grade=Grade.HINT)
            return False
        if self._tool is not None:
            self._tool.set_length(metres)
        return True

    def _set_snapping(self, on: bool) -> None:
        if self._snapper is not None:
            self._snapper.is_on = on

    def _show_fresh(self, drawn: Drawn, words: str, is_there: Callable[[], bool]) -> None:
        if self._fresh is not None:
            self._fresh.add(geometry_of(drawn), words, is_there=is_there)

    def _paint_fresh(self, painter: QPainter) -> None:
        if self._fresh is not None:
            self._fresh.paint(painter)

    def _add_entries(self, menu: QMenu, _at: tuple[float, float], _hit: Hit | None) -> None:
        menu.addAction(self._window.window_actions["draw"])


def _xy(drawn: Drawn) -> tuple[float, float]:
    from geodata.stereographic import forward

    x, y = forward(*drawn.places[0])
    return float(x), float(y)
