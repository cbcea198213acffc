"""Copying and moving shapes from one layer of the person's own to another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu

from geodata.edits import Edit
from geodata.errors import GeometryError
from viewer.app.file_shapes import NAMING, FileShapes
from viewer.app.main_window import MainWindow
from viewer.app.note_shapes import NoteShapes
from viewer.app.own_layers import OwnLayers
from viewer.app.reshaping import ReshapingDesk
from viewer.messages import Grade, Messages
from viewer.model.notes import GROUP
from viewer.model.reshaping import Change, Subject
from viewer.session import Session

_NEW = "a new layer"


class Transfers(QObject):
    """Opens the menu of layers that a shape can go to, and makes one step of what is chosen.

    Parameters
    ----------
    session, window, messages, own
        What is on the map, where the action is, where it is said what is lost, and whose layers these are.
    desk
        Who knows which shape is meant.
    notes, files
        Who knows the shapes of annotations and of layers.
    """

    def __init__(
        self,
        session: Session,
        window: MainWindow,
        messages: Messages,
        own: OwnLayers,
        *,
        desk: ReshapingDesk,
        notes: NoteShapes,
        files: FileShapes,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._messages = messages
        self._own = own
        self._desk = desk
        self._notes = notes
        self._files = files
        window.window_actions["to_layer"].triggered.connect(lambda: desk.with_subjects(self._ask))

    def send(self, subject: Subject, target: str, *, stays: bool) -> None:
        """Copy a shape, or move it, to a layer of this id; the group's name means annotations, empty a new layer."""
        keeper = self._desk.keeper_of(subject.layer_id)
        if keeper is not None:
            keeper.read(subject.reference, lambda found: self._send(found, target, stays=stays))

    def _ask(self, subjects: tuple[Subject, ...]) -> None:
        if len(subjects) != 1:
            self._messages.tell("Take one shape at a time to copy or move it.", grade=Grade.HINT)
            return
        subject = subjects[0]
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for word, stays in (("Copy to", True), ("Move to", False)):
            for target, title in self._targets(subject):
                menu.addAction(f"{word} {title}", partial(self.send, subject, target, stays=stays))
            menu.addSeparator()
        menu.popup(self._window.mapToGlobal(self._window.rect().center()))

    def _targets(self, subject: Subject) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        if not self._notes.holds(subject.layer_id):
            found.append((GROUP, GROUP))
        for layer in self._session.stack:
            origin = self._own.origin(layer.id)
            if origin is not None and layer.id != subject.layer_id and origin.geometry == subject.geometry_kind:
                found.append((layer.id, layer.title))
        return [*found, ("", _NEW)]

    def _send(self, found: tuple[Subject, Mapping[str, Any]] | None, target: str, *, stays: bool) -> None:
        if found is None:
            return
        subject, attributes = found
        layer = self._session.stack.get(target)
        title = layer.title if layer is not None else target or _NEW
        name = f"{'copy' if stays else 'move'} {subject.title} to {title}"
        push = self._session.push_edit if stays else lambda edit: self._take_away(name, subject, edit)
        try:
            self._add(name, subject, attributes, target, push)
        except GeometryError as error:
            self._messages.tell_error(error)

    def _add(
        self,
        name: str,
        subject: Subject,
        attributes: Mapping[str, Any],
        target: str,
        then: Callable[[Edit], None],
    ) -> None:
        if target == GROUP:
            self._notes.edit(name, [Change(None, subject, subject)], then, attributes=attributes)
            return
        origin = self._own.origin(target)
        if origin is None:
            known = attributes or {"name": subject.title}
            self._files.edit_new(name, subject.title, subject, then, attributes=known)
            return
        naming = {column: subject.title for column in origin.columns if column.casefold() in NAMING}
        lost = [key for key, value in attributes.items() if value and key not in origin.columns and key != "name"]
        if lost:
            self._messages.tell(f"{', '.join(lost)}: the layer has no such attribute, so it was left out.")
        like = Subject(f"{target}/0", subject.title, subject.vertices, subject.kind)
        self._files.edit(name, [Change(None, subject, like)], then, attributes={**attributes, **naming})

    def _take_away(self, name: str, subject: Subject, added: Edit) -> None:
        """Make one step of what was added there and what goes here."""
        keeper = self._desk.keeper_of(subject.layer_id)
        if keeper is None:
            return
        gone = [Change(subject, None, subject)]
        keeper.edit(name, gone, lambda edit: self._session.push_edit(Edit(name, (*added.rows, *edit.rows))))
