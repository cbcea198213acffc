"""The document: new, open, save, under which name, and whether something is not saved yet."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

from geodata.document_lock import DocumentLock
from geodata.document_request import SUFFIX, OpenRequest, Saved, SaveRequest, Unpacked, earlier_versions
from geodata.edits import Edit, Row
from geodata.errors import DocumentChangedError, GeodataError
from geodata.history import Entry
from viewer import paths
from viewer.app.file_reader import FileReader
from viewer.app.main_window import MainWindow
from viewer.app.own_layers import OwnLayers
from viewer.app.own_store import WORK
from viewer.app.person import name_of_person
from viewer.messages import Grade, Messages
from viewer.panels.earlier_versions import EarlierVersions
from viewer.panels.history import HistoryDialog

_SAVED_WITHIN_MS = 20_000
_CHANGED = "{} was changed by somebody else since you opened it. Yours is not lost and theirs is not overwritten."
_SECOND = "Another window is open already: what you change in this one is gone when you close it, unless you save it."


class Documents(QObject):
    """Which document is open, and what becomes of it.

    The working copy holds every edit at once; saving writes it as one file beside the window.

    Parameters
    ----------
    window, messages, own
        Whose title says the name, through which door problems go, and what the document holds.
    versions
        Where earlier versions are kept; None for nowhere.
    is_kept
        Whether the working copy outlives the window; of several windows the first one's does.
    """

    def __init__(
        self, window: MainWindow, messages: Messages, own: OwnLayers, *, versions: Path | None, is_kept: bool = True
    ) -> None:
        super().__init__(window)
        self._window = window
        self._messages = messages
        self._own = own
        self._record = own.record
        self._versions = versions
        self._lock: DocumentLock | None = None
        self._as_copy = False
        self._is_told = is_kept
        self._then: Callable[[], None] | None = None
        self._title = window.windowTitle()
        self._reader = FileReader(self)
        self._reader.answered.connect(self._take)
        self._reader.failed.connect(self._refuse)
        actions = window.window_actions
        for name, deed in (
            ("new", self.new),
            ("save", self.save),
            ("save_as", self.choose_name),
            ("versions", self.show_versions),
            ("history", self.show_history),
            ("undo", self._record.undo),
            ("redo", self._record.redo),
        ):
            actions[name].triggered.connect(lambda _checked=False, deed=deed: deed())
        own.openers[SUFFIX] = self.open
        self._record.changed.connect(self._show_names)
        if self.path is not None:
            self._take_lock(self.path)
        self._show_names()

    @property
    def path(self) -> Path | None:
        """The document's file; None for one that was never saved."""
        known = self._record.journal.meta("path")
        return Path(known) if known else None

    @property
    def is_busy(self) -> bool:
        """Whether something is being saved or opened."""
        return self._reader.is_busy

    def new(self) -> None:
        """Begin an empty document, after asking what becomes of one that is not saved."""
        self._after_asking(self._begin)

    def open(self, path: Path, *, as_copy: bool = False) -> None:
        """Open a document in place of the one that is open, after asking what becomes of that if it is not saved.

        As a copy it has no name: what is done to it does not touch the file.
        """
        self._after_asking(lambda: self._open(path, as_copy=as_copy))

    def save(self) -> None:
        """Write the document; where it has no name yet, let the person choose one."""
        path = self.path
        if path is None:
            self.choose_name()
        elif not self._reader.is_busy:
            stamp = json.loads(self._record.journal.meta("stamp") or "null")
            self._save(path, stamp=(int(stamp[0]), int(stamp[1])) if stamp else None)

    def choose_name(self) -> None:
        """Let the person choose a file, then write the document there."""
        dialog = QFileDialog(self._window, "Save the document", "", f"Arctic map (*{SUFFIX})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX)
        if self.path is not None:
            dialog.selectFile(str(self.path))
        dialog.fileSelected.connect(lambda name: self.save_as(Path(name)))
        dialog.rejected.connect(self._forget_plan)
        _show(dialog)

    def save_as(self, path: Path) -> None:
        """Write the document under another name; the file of that name is replaced, whatever it is."""
        if not self._reader.is_busy:
            self._save(path.absolute(), stamp=None)

    def show_versions(self) -> None:
        """Show the earlier versions of the document."""
        path = self.path
        if path is None or self._versions is None:
            self._messages.tell("Earlier versions are kept from the second save on.", grade=Grade.HINT)
            return
        dialog = EarlierVersions(path.name, earlier_versions(self._versions, path), self._window)
        dialog.chosen.connect(lambda version: self.open(version, as_copy=True))
        _show(dialog)

    def show_history(self) -> None:
        """Show what was changed, and let the person restore what they want as it was."""
        try:
            known = tuple(entry for entry in self._record.journal.entries() if entry.edit.rows)
        except (sqlite3.Error, ValueError) as error:
            self._messages.tell(f"The history is damaged and cannot be shown ({error}).")
            return
        dialog = HistoryDialog(known, self._window)
        dialog.restore_requested.connect(self.restore)
        _show(dialog)

    def restore(self, entry: Entry) -> None:
        """Bring what an entry changed to what it was right after it, as one step that can be taken back."""
        states = {row.table: self._record.journal.state(row.table) for row in entry.edit.rows}
        rows = tuple(
            Row(row.table, row.id, states[row.table].get(row.id), row.after)
            for row in entry.edit.rows
            if states[row.table].get(row.id) != row.after
        )
        if not rows:
            self._messages.tell("It is as it was then.", grade=Grade.HINT)
        elif not self._own.has_files_of(rows):
            self._messages.tell("The rows of that layer are no longer kept. Open an earlier version of the document.")
        else:
            self._record.push(Edit(f"restore {entry.what}", rows))

    def shutdown(self) -> None:
        """Wait for a save that is under way, then give the document free."""
        if self._reader.is_busy:
            loop = QEventLoop()
            self._reader.progressed.connect(lambda text: None if text else loop.quit())
            QTimer.singleShot(_SAVED_WITHIN_MS, loop, loop.quit)
            loop.exec()
        self._reader.shutdown()
        self._release_lock()

    def _save(self, path: Path, *, stamp: tuple[int, int] | None) -> None:
        journal = self._record.journal.path
        self._reader.read(SaveRequest(path, journal, self._own.folder, stamp, self._versions))

    def _open(self, path: Path, *, as_copy: bool) -> None:
        folder = Path(tempfile.mkdtemp(prefix=WORK, dir=self._own.folder))
        self._as_copy = as_copy
        self._reader.read(OpenRequest(path, folder))

    def _begin(self) -> None:
        self._release_lock()
        before = self._record.state()
        self._record.journal.clear()
        self._record.show_all(before)

    def _after_asking(self, deed: Callable[[], None]) -> None:
        """Do something that ends the open document, after asking about what is not saved of it."""
        if self._reader.is_busy:
            self._messages.tell("The document is still being saved or opened.", grade=Grade.HINT)
            return
        if not self._record.journal.is_modified:
            deed()
            return
        name = self.path.name if self.path else "This document"
        box = QMessageBox(QMessageBox.Icon.Question, paths.TITLE, f"{name} has changes that are not saved.")
        save = box.addButton("Save", QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton("Discard them", QMessageBox.ButtonRole.DestructiveRole)
        box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
        save.clicked.connect(lambda: self._save_then(deed))
        discard.clicked.connect(deed)
        self._ask(box)

    def _save_then(self, deed: Callable[[], None]) -> None:
        self._then = deed
        self.save()

    def _forget_plan(self) -> None:
        self._then = None

    def _take(self, request: object, outcome: object) -> None:
        if isinstance(outcome, Saved):
            self._note_saved(outcome)
        elif isinstance(outcome, Unpacked) and isinstance(request, OpenRequest):
            self._show_document(request, outcome)

    def _note_saved(self, saved: Saved) -> None:
        if saved.path != self.path:
            self._release_lock()
            self._take_lock(saved.path)
        self._record.journal.mark_saved(saved.token, path=str(saved.path), stamp=json.dumps(saved.stamp))
        self._messages.tell(f"Saved: {saved.path.name}", grade=Grade.HINT)
        self._show_names()
        then, self._then = self._then, None
        if then is not None:
            QTimer.singleShot(0, self, then)

    def _show_document(self, request: OpenRequest, unpacked: Unpacked) -> None:
        """Make what was unpacked the working copy, and show it."""
        self._release_lock()
        is_copy = self._as_copy or not self._take_lock(request.path)
        before = self._record.state()
        try:
            for file in request.folder.iterdir():
                if file.is_file() and not file.name.startswith(unpacked.journal.name):
                    file.replace(self._own.folder / file.name)
            self._record.journal.load(unpacked.journal)
            name = {} if is_copy else {"path": str(request.path), "stamp": json.dumps(unpacked.stamp)}
            self._record.journal.set_meta(**name)
        except (OSError, sqlite3.Error) as error:
            self._messages.tell(f"The document cannot be opened ({error}).", grade=Grade.DANGER)
            return
        finally:
            shutil.rmtree(request.folder, ignore_errors=True)
        self._record.show_all(before)
        if unpacked.has_news:
            told = f"{request.path.name} was changed in another program; the history tells what."
            self._messages.tell(told)
        if unpacked.damages:
            lines = "\n".join(unpacked.damages)
            self._messages.tell(f"{request.path.name} is open, but its history is damaged.\n\n{lines}")

    def _refuse(self, request: object, error: GeodataError) -> None:
        self._forget_plan()
        if isinstance(request, OpenRequest):
            shutil.rmtree(request.folder, ignore_errors=True)
            self._messages.tell_error(error)
        elif isinstance(error, DocumentChangedError) and isinstance(request, SaveRequest):
            self._ask_about_theirs(request.path)
        else:
            self._messages.tell(str(error), grade=Grade.DANGER)

    def _ask_about_theirs(self, path: Path) -> None:
        box = QMessageBox(QMessageBox.Icon.Warning, paths.TITLE, _CHANGED.format(path.name))
        mine = box.addButton("Save mine as …", QMessageBox.ButtonRole.AcceptRole)
        theirs = box.addButton("Discard mine, open theirs", QMessageBox.ButtonRole.DestructiveRole)
        box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
        mine.clicked.connect(self.choose_name)
        theirs.clicked.connect(lambda: self._open(path, as_copy=False))
        self._ask(box)

    def _ask(self, box: QMessageBox) -> None:
        box.setParent(self._window, box.windowFlags())
        box.setTextFormat(Qt.TextFormat.PlainText)
        _show(box)

    def _take_lock(self, path: Path) -> bool:
        """Take a document's lock; where somebody else has it, say who, and work on a copy without a name."""
        lock = DocumentLock(path, who=name_of_person())
        other = lock.take()
        if other is None:
            self._lock = lock
            return True
        self._record.journal.set_meta(path="", stamp="")
        self._messages.tell(
            f"{path.name} is open already: {other.who} on {other.host}, since {other.since}. "
            "You have a copy without a name; save it as another file."
        )
        return False

    def _release_lock(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _show_names(self) -> None:
        """Say in the title what is open and whether it is saved, and in the actions what they would undo and redo."""
        journal = self._record.journal
        modified = journal.is_modified
        if modified and not self._is_told:
            self._is_told = True
            self._messages.tell(_SECOND)
        untitled = "Untitled – " + paths.TITLE if modified else self._title
        title = f"{self.path.stem} – {paths.TITLE}" if self.path else untitled
        head, _, tail = title.rpartition(" – ")
        self._window.setWindowTitle(f"{head}[*] – {tail}" if head else f"{tail}[*]")
        self._window.setWindowModified(modified)
        for action, word, name in (("undo", "Undo", journal.undo_name), ("redo", "Redo", journal.redo_name)):
            self._window.window_actions[action].setText(f"{word}: {name}" if name else word)
            self._window.window_actions[action].setEnabled(name is not None)


def _show(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
