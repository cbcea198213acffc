"""The one door for what a person changes: kept on the disk, then shown, and to be taken back."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from geodata.annotation_edits import TABLE as ANNOTATIONS
from geodata.annotation_edits import applied
from geodata.edits import Edit, Row
from geodata.journal import Journal
from viewer.messages import Grade, Messages
from viewer.session import Session

_GESTURE_S = 1.0
_NOT_KEPT = "This change could not be kept: {}. Make room on the disk, then change it again."


class Record(QObject):
    """Keeps edits in the working copy and shows what they change; undoing and doing again go the same way.

    Signals
    -------
    changed()
        Something was kept, taken back or done again, or the document is another.
    """

    changed = Signal()

    def __init__(self, session: Session, messages: Messages, journal: Journal, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._messages = messages
        self._journal = journal
        self._shown: dict[str, Callable[[tuple[Row, ...]], None]] = {ANNOTATIONS: self._show_annotations}
        self._last = ("", 0.0)
        session.edit_pushed.connect(self.push)

    @property
    def journal(self) -> Journal:
        """The working copy."""
        return self._journal

    def show_with(self, table: str, show: Callable[[tuple[Row, ...]], None]) -> None:
        """Say how rows of a table come onto the screen."""
        self._shown[table] = show

    def push(self, edit: Edit) -> bool:
        """Keep an edit, then show what it changes; return whether it could be kept."""
        kept = self.keep(edit)
        if kept:
            self._show(edit)
        return kept

    def keep(self, edit: Edit, *, is_gesture: bool = False, is_step: bool = True) -> bool:
        """Keep an edit that is shown already or will be; return whether it could be.

        Parameters
        ----------
        edit
            What changed; nothing happens where it has no rows.
        is_gesture
            Whether it goes on with the edit of the same name just before, as a slider does that is dragged.
        is_step
            Whether it can be taken back.
        """
        if not edit.rows:
            return True
        name, at = self._last
        goes_on = is_gesture and name == edit.name and time.monotonic() - at < _GESTURE_S
        try:
            self._journal.commit(edit, onto_last=goes_on, is_step=is_step)
        except sqlite3.Error as error:
            self._messages.tell(_NOT_KEPT.format(error), grade=Grade.DANGER)
            return False
        self._last = (edit.name if is_gesture else "", time.monotonic())
        self.changed.emit()
        return True

    def undo(self) -> None:
        """Take the last step back."""
        self._step(self._journal.undo, "Undone")

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        self._step(self._journal.redo, "Done again")

    def show_all(self, before: dict[str, dict[str, str]]) -> None:
        """Show a working copy that is another now; `before` says what was shown, by table and id."""
        self._last = ("", 0.0)
        for table in self._shown:
            old, new = before.get(table, {}), self._journal.state(table)
            rows = tuple(Row(table, key, old.get(key), new.get(key)) for key in dict.fromkeys((*old, *new)))
            self._show(Edit("", rows))
        self.changed.emit()

    def show_annotations(self) -> None:
        """Show the annotations that the working copy has from the last time."""
        kept = self._journal.state(ANNOTATIONS)
        if kept:
            self._show_annotations(tuple(Row(ANNOTATIONS, key, None, text) for key, text in kept.items()))

    def state(self) -> dict[str, dict[str, str]]:
        """Return what is shown of the working copy, by table and id."""
        return {table: self._journal.state(table) for table in self._shown}

    def _step(self, go: Callable[[], Edit | None], word: str) -> None:
        self._last = ("", 0.0)
        try:
            edit = go()
        except sqlite3.Error as error:
            self._messages.tell(_NOT_KEPT.format(error), grade=Grade.DANGER)
            return
        if edit is None:
            self._messages.tell("There is nothing left to undo or to do again.", grade=Grade.HINT)
            return
        self._show(edit)
        self._messages.tell(f"{word}: {edit.name}", grade=Grade.HINT)
        self.changed.emit()

    def _show(self, edit: Edit) -> None:
        for table, show in self._shown.items():
            rows = edit.rows_of(table)
            if rows:
                show(rows)

    def _show_annotations(self, rows: tuple[Row, ...]) -> None:
        self._session.set_annotations(applied(rows, self._session.annotations))
