"""Reshaping what is there: the actions, and the tool on the canvas."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu

from geodata.edits import Edit
from geodata.errors import GeometryError
from geodata.hit import Hit
from geodata.shapes import Drawn
from viewer.app.drawing import DrawingDesk
from viewer.app.main_window import MainWindow
from viewer.engine.messages import PickAnswer
from viewer.engine_client import EngineClient
from viewer.messages import Grade, Messages
from viewer.model.layer import LayerStack
from viewer.model.notes import is_note_layer
from viewer.model.reshaping import Change, Subject, merge_changes, split_changes
from viewer.session import Session

if TYPE_CHECKING:
    from viewer.map.canvas import Canvas
    from viewer.modes.annotate.reshape_tool import Reshape

_HOW = (
    "Click a shape of yours; with Ctrl one more. Drag a corner, an edge to add one, or the cross to move the whole. "
    "Backspace deletes the chosen corner, Del the shape."
)
_CUT = "Draw a line right across the shape. Enter or a double click cuts it, Esc does not."
_NONE = "Nothing of yours is chosen. Click a shape that you drew or a feature of a layer of yours."


class ShapeKeeper(Protocol):
    """Knows the features of some layers as shapes, and makes edits of what is done to them."""

    def holds(self, layer_id: str) -> bool:
        """Return whether a layer's features are known here."""
        ...

    def load(self, reference: str, then: Callable[[Subject | None], None]) -> None:
        """Give a feature as a shape, None where there is none; at once or later."""
        ...

    def read(self, reference: str, then: Callable[[tuple[Subject, Mapping[str, Any]] | None], None]) -> None:
        """Give a feature as a shape with its attributes, None where there is none; at once or later."""
        ...

    def edit(
        self,
        name: str,
        changes: Sequence[Change],
        then: Callable[[Edit], None],
        *,
        attributes: Mapping[str, Any] | None = None,
    ) -> None:
        """Give the edit that makes these changes as one step; at once or later. What is new has these attributes."""
        ...


class ReshapingDesk(QObject):
    """Gives the canvas its reshaping tool while the action is on, and keeps each change as one step.

    Parameters
    ----------
    session, window, messages, engine
        What is shown, where the actions are, where it is said what to do, and who knows what lies at a place.
    drawing
        Whose palette, snapping and lines are used.
    keepers
        Who knows the shapes of the person's layers.
    """

    def __init__(
        self,
        session: Session,
        window: MainWindow,
        messages: Messages,
        engine: EngineClient,
        *,
        drawing: DrawingDesk,
        keepers: Sequence[ShapeKeeper],
    ) -> None:
        super().__init__(window)
        self._session = session
        self._messages = messages
        self._engine = engine
        self._drawing = drawing
        self._keepers = tuple(keepers)
        self._canvas: Canvas | None = None
        self._tool: Reshape | None = None
        self._pick: tuple[int, bool] = (-1, False)
        self._files: set[str] = set()
        actions = window.window_actions
        self._action = actions["reshape"]
        self._further = tuple(actions[name] for name in ("split_shape", "merge_shapes", "delete_shape"))
        self._action.toggled.connect(self._switch)
        actions["delete_shape"].triggered.connect(self.delete)
        actions["split_shape"].triggered.connect(self.split)
        actions["merge_shapes"].triggered.connect(self.merge)
        engine.pick_answered.connect(self._take_pick)
        session.annotations_changed.connect(lambda _: self.refresh())
        session.stack_changed.connect(self._follow_layers)
        window.place_menu.add_entries(self._add_entries)

    @property
    def tool(self) -> Reshape | None:
        """The tool while it reshapes."""
        return self._tool

    def take_canvas(self, canvas: Canvas) -> None:
        """Reshape on this canvas from now on."""
        self._canvas = canvas

    def begin(self, reference: str) -> None:
        """Reshape a feature."""
        self._action.setChecked(True)
        self._take(reference, is_one_more=False)

    def delete(self) -> None:
        """Delete the chosen corner, else the shapes that were taken, else the selected feature of one's own."""
        if self._tool is not None and self._tool.delete_chosen():
            return
        self.with_subjects(self._delete)

    def split(self) -> None:
        """Let a line be drawn that cuts the shape."""
        self.with_subjects(self._begin_cut)

    def merge(self) -> None:
        """Make one shape of those that were taken."""
        self.with_subjects(lambda subjects: self._keep(f"merge {len(subjects)} shapes", merge_changes(subjects)))

    def with_subjects(self, deed: Callable[[tuple[Subject, ...]], None]) -> None:
        """Do something with the shapes that were taken, else with the selected feature."""
        hit = self._session.selection
        if self._tool is not None and self._tool.subjects:
            self._try(deed, self._tool.subjects)
        elif hit is not None and self.keeper_of(hit.layer_id) is not None:
            self._load([hit.reference], lambda subjects: self._try(deed, subjects))
        else:
            self._messages.tell(_NONE, grade=Grade.HINT)

    def keeper_of(self, layer_id: str) -> ShapeKeeper | None:
        """Return who knows the shapes of a layer; None where it is not the person's own."""
        return next((keeper for keeper in self._keepers if keeper.holds(layer_id)), None)

    def refresh(self) -> None:
        """Take the shapes anew, as undoing or another layer may have left them."""
        if self._tool is None or not self._tool.subjects:
            return
        self._load([subject.reference for subject in self._tool.subjects], self._retake)

    def _follow_layers(self, stack: LayerStack) -> None:
        """Take the shapes anew where the files of their layers are others now."""
        taken = self._tool.subjects if self._tool is not None else ()
        layers = [stack.get(layer_id) for layer_id in {subject.layer_id for subject in taken}]
        files = {layer.prepared_path for layer in layers if layer is not None and not is_note_layer(layer.id)}
        is_same, self._files = files == self._files, files
        if not is_same or (taken and None in layers):
            self.refresh()

    def _retake(self, subjects: tuple[Subject, ...]) -> None:
        if self._tool is not None:
            self._tool.take(subjects)

    def _switch(self, on: bool) -> None:
        canvas, snapper = self._canvas, self._drawing.snapper
        if not on:
            self._tool = None
            self._drawing.palette.tell("")
            if canvas is not None:
                canvas.set_drawing(None)
            return
        if canvas is None or snapper is None:
            self._action.setChecked(False)
            return
        from viewer.modes.annotate.reshape_tool import Reshape

        self._tool = Reshape(
            self._session,
            snapper,
            on_changed=canvas.viewport().update,
            on_reshaped=self._keep_reshaped,
            on_picked=self._ask,
            on_left=lambda: self._action.setChecked(False),
        )
        self._drawing.show_palette()
        self._go_on()
        if self._session.selection is not None:
            self._take(self._session.selection.reference, is_one_more=False)

    def _go_on(self) -> None:
        """Let the tool have the map."""
        if self._canvas is not None and self._tool is not None:
            self._canvas.set_drawing(self._tool)
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
            self._drawing.palette.tell(_HOW)
            self._messages.tell(_HOW, grade=Grade.HINT)

    def _ask(self, x: float, y: float, is_one_more: bool) -> None:
        self._pick = (self._engine.pick(x, y, self._session.camera.metres_per_pixel), is_one_more)

    def _take_pick(self, answer: PickAnswer) -> None:
        serial, is_one_more = self._pick
        if answer.request.serial != serial or self._tool is None:
            return
        self._pick = (-1, False)
        mine = next((hit for hit in answer.hits if self.keeper_of(hit.layer_id) is not None), None)
        if mine is not None:
            self._take(mine.reference, is_one_more=is_one_more)
        elif not is_one_more:
            self._tool.take(())

    def _take(self, reference: str, *, is_one_more: bool) -> None:
        tool, keeper = self._tool, self.keeper_of(reference.partition("/")[0])
        if tool is None or keeper is None:
            return
        before = tool.subjects if is_one_more else ()
        if before and self.keeper_of(before[0].layer_id) is not keeper:
            self._messages.tell("Take shapes of one layer at a time.", grade=Grade.HINT)
            return
        known = [subject.reference for subject in before]
        is_taken = reference in known
        references = [key for key in known if key != reference] if is_taken else [*known, reference]
        self._session.select(None)
        self._load(references, self._retake)

    def _load(self, references: Sequence[str], then: Callable[[tuple[Subject, ...]], None]) -> None:
        """Give features as shapes, in order, when all are there; what is gone is left out."""
        found: dict[str, Subject | None] = {}

        def take(reference: str, subject: Subject | None) -> None:
            found[reference] = subject
            if len(found) == len(references):
                then(tuple(shape for key in references if (shape := found[key]) is not None))

        if not references:
            then(())
        for reference in references:
            keeper = self.keeper_of(reference.partition("/")[0])
            if keeper is None:
                take(reference, None)
            else:
                keeper.load(reference, lambda subject, reference=reference: take(reference, subject))

    def _try(self, deed: Callable[[tuple[Subject, ...]], None], subjects: tuple[Subject, ...]) -> None:
        if not subjects:
            return
        try:
            deed(subjects)
        except GeometryError as error:
            self._messages.tell_error(error)

    def _delete(self, subjects: tuple[Subject, ...]) -> None:
        name = subjects[0].title if len(subjects) == 1 else f"{len(subjects)} shapes"
        self._session.select(None)
        self._keep(f"delete {name}", [Change(subject, None, subject) for subject in subjects])

    def _begin_cut(self, subjects: tuple[Subject, ...]) -> None:
        subject = subjects[0]
        self.begin(subject.reference)
        self._drawing.borrow_line(_CUT, lambda line: self._cut(subject, line), self._go_on)

    def _cut(self, subject: Subject, line: Drawn) -> None:
        self._go_on()
        self._try(lambda _: self._keep(f"split {subject.title}", split_changes(subject, line)), (subject,))

    def _keep_reshaped(self, name: str, subject: Subject) -> None:
        before = self._tool.subject if self._tool is not None else None
        if before is not None:
            self._try(lambda _: self._keep(name, [Change(before, subject, subject)]), (subject,))

    def _keep(self, name: str, changes: Sequence[Change]) -> None:
        keeper = self.keeper_of(changes[0].like.layer_id)
        if keeper is not None:
            keeper.edit(name, changes, self._session.push_edit)

    def _add_entries(self, menu: QMenu, _at: tuple[float, float], hit: Hit | None) -> None:
        if hit is not None and self.keeper_of(hit.layer_id) is not None:
            menu.addAction("Reshape this", lambda: self.begin(hit.reference))
        if self._tool is not None and self._tool.subjects:
            menu.addActions(list(self._further))
