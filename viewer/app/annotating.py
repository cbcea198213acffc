"""Annotations of one's own, written at a place of the map or about a feature, changed and deleted."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu, QWidget

from geodata.annotation_edits import edit_of
from geodata.annotations import Annotation
from geodata.edits import Row
from geodata.hit import Hit
from geodata.journal import now
from geodata.own_pictures import rows_for
from geodata.shapes import Drawn, to_text
from geodata.stereographic import inverse
from viewer.app.docks import PanelDock
from viewer.app.main_window import MainWindow
from viewer.app.note_layers import NoteLayers
from viewer.app.person import name_of_person
from viewer.messages import Grade, Messages
from viewer.panels.note_form import DRAFT, NoteForm
from viewer.panels.picture_list import PictureBook
from viewer.session import Session


class Annotating(QObject):
    """Puts the form into the window and what is written with it into the document, as one step.

    Attributes
    ----------
    form : NoteForm
        What is written.
    book : PictureBook
        The pictures that can be attached.
    layers : NoteLayers
        What was written, on the map.
    """

    def __init__(self, session: Session, window: MainWindow, messages: Messages, *, folder: Path) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._messages = messages
        self._at: tuple[float, float] | None = None
        self._target = ""
        self._quoted: Row | None = None
        self._edited = ""
        self._draft = DRAFT
        self.layers = NoteLayers(session, messages, folder, self)
        self.book = PictureBook()
        self.form = NoteForm(session.palette, self.book)
        self.form.save_requested.connect(self.save)
        self.form.delete_requested.connect(self.delete)
        session.theme_changed.connect(self.form.set_palette)
        self._dock = PanelDock("Annotation", self.form, icons=window.icons, parent=window)
        self._action = window.window_actions["annotate"]
        window.add_dock(self._dock, Qt.DockWidgetArea.RightDockWidgetArea, action="annotate")
        self._action.toggled.connect(self._turn)
        card = window.article_panel.card
        card.annotate_requested.connect(self._annotate_shown)
        card.edit_requested.connect(self._edit_shown)
        window.window_actions["edit_note"].triggered.connect(self._edit_shown)
        window.place_menu.add_entries(self._add_entries)

    def begin(self, at: tuple[float, float] | None, target: str = "", *, quoted: Row | None = None) -> None:
        """Open the form for a point in map metres or for a feature, without both for the middle of the view.

        Words that are there already stay, but for those of an annotation that is being edited. An
        annotation of a passage, which is kept with it as a row, stands nowhere.
        """
        self._leave_edited()
        self._at, self._target, self._quoted = at, target, quoted
        self._open()
        if quoted is not None:
            self.form.passage.addItem("The selected words", quoted.id)
            self.form.passage.setCurrentIndex(self.form.passage.count() - 1)

    def edit(self, note: Annotation) -> None:
        """Open the form with an annotation that is kept already; a draft comes back afterwards."""
        if not self._edited:
            self._draft = self.form.annotation()
        self._edited = note.id
        self._open()
        self.form.show_annotation(note)

    def save(self) -> None:
        """Keep what is written, show it on the map, and close the form."""
        session = self._session
        before = session.annotations.get(self._edited) if self._edited else None
        note = self._changed(before) if before is not None else self._new()
        if before is not None and replace(note, modified=before.modified) == before:
            self._close()
            return
        edit = edit_of(f"{'edit' if before else 'add'} annotation {note.title}", (before, note))
        quoted = self._quoted if self._quoted and self._quoted.id == note.passage else None
        rows = (*edit.rows, *((quoted,) if quoted else ()), *self._pictures(before, note))
        session.push_edit(replace(edit, rows=rows))
        if session.annotations.get(note.id) != note:
            return  # it could not be kept, which was told; the form keeps the words
        self._messages.tell(f"Kept: {note.title}", grade=Grade.HINT)
        self._close()

    def delete(self) -> None:
        """Delete the annotation that is edited, and close the form."""
        note = self._session.annotations.get(self._edited)
        if note is not None:
            edit = edit_of(f"delete annotation {note.title}", (note, None))
            self._session.push_edit(replace(edit, rows=(*edit.rows, *self._pictures(note, None))))
        if self._session.annotations.get(self._edited) is None:
            self._close()

    def shutdown(self) -> None:
        """Leave nothing behind."""
        self.layers.shutdown()

    def _pictures(self, before: Annotation | None, after: Annotation | None) -> tuple[Row, ...]:
        known = before or after
        own = [note for note in self._session.annotations if note.voice == "own"]
        others = [note for note in own if known is not None and note.id != known.id]
        kept = {key: self.book.texts[key] for note in own for key in note.pictures if key in self.book.texts}
        return rows_for(before, after, others=others, kept=kept, fresh=self.book.texts)

    def _changed(self, before: Annotation) -> Annotation:
        return replace(self.form.annotation(before), modified=now())

    def _new(self) -> Annotation:
        camera, when = self._session.camera, now()
        stands_nowhere = bool(self._target or self._quoted)
        lon, lat = (float(part) for part in inverse(*(self._at or (camera.x, camera.y))))
        place = json.dumps({"type": "Point", "coordinates": [lon, lat]}, separators=(",", ":"))
        return replace(
            self.form.annotation(),
            id=f"own_{uuid.uuid4().hex[:12]}",
            targets=(self._target,) if self._target else (),
            place="" if stands_nowhere else place,
            drawn="" if stands_nowhere else to_text(Drawn("point", ((lon, lat),))),
            author=name_of_person(),
            created=when,
            modified=when,
        )

    def _open(self) -> None:
        article = self._session.article
        self.form.set_passages([(passage.id, passage.exact) for passage in article.passages] if article else ())
        self._action.setChecked(True)
        self._dock.raise_()
        self.form.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        if not self._edited:
            self.form.clear()
        self._action.setChecked(False)
        shown = self._window.findChild(QWidget, "map")
        if shown is not None:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)  # so that the next key is no letter in some field

    def _leave_edited(self) -> None:
        """Show the draft again where an annotation was edited."""
        if self._edited:
            self._edited = ""
            self.form.clear()
            self.form.show_annotation(self._draft)
            self.form.delete.hide()
            self._draft = DRAFT

    def _turn(self, shown: bool) -> None:
        """Let a form that was closed be about nothing any more."""
        if not shown:
            self._leave_edited()
            self._at, self._target, self._quoted = None, "", None
        elif not self._edited:
            self._open()

    def _annotate_shown(self) -> None:
        """Say something of the feature on the card."""
        hit, note = self._session.selection, self._session.annotation
        target = hit.reference if hit is not None else next(iter(note.references if note else ()), "")
        if target:
            self.begin(hit.extent.centre if hit is not None else None, target)

    def _edit_shown(self) -> None:
        note = self._session.annotation
        if note is not None and note.voice == "own":
            self.edit(note)
        else:
            self._messages.tell("Open an annotation of your own first; only those can be changed.", grade=Grade.HINT)

    def _add_entries(self, menu: QMenu, at: tuple[float, float], hit: Hit | None) -> None:
        menu.addAction("Write an annotation here", lambda: self.begin(at))
        if hit is None:
            return
        own = next((note for note in self._session.annotations.of_feature(hit.reference) if note.voice == "own"), None)
        if own is not None:
            menu.addAction("Edit this annotation", lambda: self.edit(own))
        if own is None or own.targets:
            menu.addAction("Annotate this feature", lambda: self.begin(at, hit.reference))
