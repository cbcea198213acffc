"""A story → a handout, slides, pictures or a film: asks which and where, and has it made in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QFileDialog

from geodata.errors import GeodataError
from geodata.writing.request import part_of
from viewer.app.file_reader import FileReader
from viewer.app.main_window import MainWindow
from viewer.app.takeaways.talk import NAMES, SUFFIXES, TakeawayKind, TakeawayMade, TakeawayRequest, talk_of
from viewer.app.takeaways.work import discard
from viewer.messages import Grade, Messages
from viewer.model.story import Story
from viewer.model.talk_clock import clock_text
from viewer.panels.progress import ProgressLine
from viewer.panels.takeaway_form import TakeawayForm
from viewer.session import Session

_HOURS_S = 6 * 3600.0
_COUNTED: dict[TakeawayKind, str] = {
    "handout": "pages",
    "slides": "slides",
    "pictures": "pictures",
    "video": "frames",
}
_FORBIDDEN = '\\/:*?"<>|'


class TakeawayDesk(QObject):
    """Opens the form, then asks for the file, then has it made; saving and opening files go on meanwhile.

    Parameters
    ----------
    session, window, messages
        Whose map, over which the form stands, and through which the outcome is told.
    story
        Tells the story that is shown.
    resources
        The folder of the built-in map.

    Attributes
    ----------
    reader : FileReader
        Whose processes make it.
    """

    def __init__(
        self,
        session: Session,
        window: MainWindow,
        messages: Messages,
        story: Callable[[], Story],
        *,
        resources: Path,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._messages = messages
        self._story = story
        self._resources = resources
        self.reader = FileReader(self, seconds=_HOURS_S)
        self._progress = ProgressLine()
        window.statusBar().addWidget(self._progress)
        self.reader.progressed.connect(self._progress.show_text)
        self._progress.cancel_requested.connect(self.cancel)
        self.reader.answered.connect(self._tell)
        self.reader.failed.connect(self._refuse)
        window.window_actions["takeaways"].triggered.connect(self.open_form)

    def open_form(self) -> None:
        """Ask what is wanted."""
        story = self._story()
        form = TakeawayForm(title=story.title, length=clock_text(story.duration_s), parent=self._window)
        form.wanted.connect(self.choose_file)
        _show(form)

    def choose_file(self, kind: str, size_px: tuple[int, int]) -> None:
        """Let the person say where it goes, then have it made."""
        known = cast(TakeawayKind, kind)
        suffix = SUFFIXES[known]
        if suffix:
            dialog = QFileDialog(self._window, f"Save {NAMES[known]}", _plain(self._story().title), f"*{suffix}")
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(suffix)
        else:
            dialog = QFileDialog(self._window, "Folder for the pictures")
            dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda name: self.make(known, Path(name), size_px=size_px))
        _show(dialog)

    def make(self, kind: TakeawayKind, path: Path, *, size_px: tuple[int, int] = (1920, 1080)) -> None:
        """Have it made of the story as it is now."""
        made = f"Made on {date.today():%-d %B %Y}"
        talk = talk_of(self._story(), self._session, made=made)
        self.reader.read(TakeawayRequest(path.absolute(), self._resources, kind, talk, size_px))

    def cancel(self) -> None:
        """Stop, and leave nothing half done behind."""
        for request in self.reader.cancel():
            discard(part_of(request.path))
        self._messages.tell("Stopped. Nothing was written.", grade=Grade.HINT)

    def shutdown(self) -> None:
        """Stop what is being made, and leave no process, thread or half a file behind."""
        for request in self.reader.cancel():
            discard(part_of(request.path))
        self.reader.shutdown()

    def _tell(self, request: object, outcome: object) -> None:
        if isinstance(request, TakeawayRequest) and isinstance(outcome, TakeawayMade):
            counted = _COUNTED[request.kind]
            self._messages.tell(f"{request.path.name}: {outcome.count:,} {counted}", grade=Grade.HINT)

    def _refuse(self, request: object, error: GeodataError) -> None:
        if isinstance(request, TakeawayRequest):
            discard(part_of(request.path))
            self._messages.tell_error(error)


def _plain(title: str) -> str:
    """Return a title without the signs that a system may refuse in a file's name."""
    return "".join("_" if letter in _FORBIDDEN else letter for letter in title).strip(". ") or "talk"


def _show(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
