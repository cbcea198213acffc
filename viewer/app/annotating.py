"""Writing annotations of one's own, at a place of the map or about a feature that is there."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu

from geodata.annotation_edits import edit_between
from geodata.annotations import AnnotationSet
from geodata.edits import Row
from geodata.hit import Hit
from geodata.journal import now
from geodata.shapes import Drawn, to_text
from geodata.stereographic import inverse
from viewer.app.docks import PanelDock
from viewer.app.main_window import MainWindow
from viewer.app.note_layers import NoteLayers
from viewer.app.person import name_of_person
from viewer.messages import Grade, Messages
from viewer.panels.note_form import NoteForm
from viewer.session import Session


class Annotating(QObject):
    """Puts the form into the window and what is written with it into the document, as one step.

    Attributes
    ----------
    form : NoteForm
        What is written.
    """

    def __init__(self, session: Session, window: MainWindow, messages: Messages, *, folder: Path) -> None:
        super().__init__(window)
        self._session = session
        self._messages = messages
        self._at: tuple[float, float] | None = None
        self._target = ""
        self._quoted: Row | None = None
        self._layers = NoteLayers(session, messages, folder, self)
        self.form = NoteForm()
        self.form.save_requested.connect(self.save)
        self._dock = PanelDock("Annotation", self.form, icons=window.icons, parent=window)
        self._action = window.window_actions["annotate"]
        window.add_dock(self._dock, Qt.DockWidgetArea.RightDockWidgetArea, action="annotate")
        self._action.toggled.connect(self._forget_place)
        window.place_menu.add_entries(self._add_entries)

    def begin(self, at: tuple[float, float] | None, target: str = "", *, quoted: Row | None = None) -> None:
        """Open the form for a point in map metres or for a feature, without both for the middle of the view.

        Words that are there already stay. An annotation of a passage, which is kept with it as a row, stands nowhere.
        """
        self._at, self._target, self._quoted = at, target, quoted
        self._action.setChecked(True)
        self._dock.raise_()
        self.form.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Keep what is written, show it on the map, and close the form."""
        session, when, quoted = self._session, now(), self._quoted
        camera = session.camera
        lon, lat = (float(part) for part in inverse(*(self._at or (camera.x, camera.y))))
        place = json.dumps({"type": "Point", "coordinates": [lon, lat]})
        note = replace(
            self.form.annotation(),
            id=f"own_{uuid.uuid4().hex[:12]}",
            targets=(self._target,) if self._target else (),
            passage=quoted.id if quoted else "",
            place="" if self._target or quoted else place,
            drawn="" if self._target or quoted else to_text(Drawn("point", ((lon, lat),))),
            author=name_of_person(),
            created=when,
            modified=when,
        )
        before = session.annotations
        after = AnnotationSet((*before, note), before.problems)
        edit = edit_between(f"add annotation {note.title}", before, after)
        session.push_edit(replace(edit, rows=(*edit.rows, quoted)) if quoted else edit)
        if session.annotations.get(note.id) is None:
            return  # it could not be kept, which was told; the form keeps the words
        self._messages.tell(f"Kept: {note.title}", grade=Grade.HINT)
        self.form.clear()
        self._action.setChecked(False)

    def shutdown(self) -> None:
        """Leave nothing behind."""
        self._layers.shutdown()

    def _forget_place(self, shown: bool) -> None:
        """Let a form that was closed be about nothing any more."""
        if not shown:
            self._at, self._target, self._quoted = None, "", None

    def _add_entries(self, menu: QMenu, at: tuple[float, float], hit: Hit | None) -> None:
        menu.addAction("Write an annotation here", lambda: self.begin(at))
        if hit is not None:
            menu.addAction("Annotate this feature", lambda: self.begin(at, hit.reference))
