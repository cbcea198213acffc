"""The menus of the story's strip, and the files that stories are read from and written to."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QMenu

from geodata.errors import GeodataError
from viewer.app.composing import Composing
from viewer.app.main_window import MainWindow
from viewer.messages import Grade, Messages
from viewer.model import story_file
from viewer.model.story_text import text_of

_FILTER = "Stories (*.toml)"
_FORBIDDEN = '\\/:*?"<>|'
_OF_STORY = ("present", "present_from_here", "preflight", "takeaways")
_OF_STEP = ("add_step", "update_step", "step_form", "duplicate_step", "step_earlier", "step_later", "delete_step")


class StoryMenu(QObject):
    """Fills the menu of the story's name, opens the menu of a step, and asks for files and names."""

    def __init__(self, window: MainWindow, messages: Messages, composing: Composing) -> None:
        super().__init__(window)
        self._window = window
        self._messages = messages
        self._composing = composing
        self.menu = QMenu(window)
        self.menu.aboutToShow.connect(self._fill)
        actions = window.window_actions
        actions["new_story"].triggered.connect(lambda: composing.new_story())
        actions["open_story"].triggered.connect(self.choose_file)
        actions["save_story"].triggered.connect(self.choose_target)
        actions["rename_story"].triggered.connect(self.ask_name)
        actions["remove_story"].triggered.connect(composing.remove)

    def open_step_menu(self, at: QPoint) -> None:
        """Open the menu of the step that is marked."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self._window.window_actions[name] for name in _OF_STEP])
        menu.popup(at)

    def choose_file(self) -> None:
        """Let the person choose a story to open."""
        dialog = QFileDialog(self._window, "Open a story", "", _FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.open_file(Path(name)))
        _show(dialog)

    def open_file(self, path: Path) -> None:
        """Take a story from a file into the document; one that is broken is told, with its line."""
        try:
            self._composing.take_in(story_file.read(path))
        except GeodataError as problem:
            self._messages.tell_error(problem)

    def choose_target(self) -> None:
        """Let the person say where the story is written to."""
        name = "".join("_" if letter in _FORBIDDEN else letter for letter in self._composing.story.title)
        dialog = QFileDialog(self._window, "Save the story as a file", name.strip(". ") or "story", _FILTER)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(".toml")
        dialog.fileSelected.connect(lambda chosen: self.write_file(Path(chosen)))
        _show(dialog)

    def write_file(self, path: Path) -> None:
        """Write the story into a file, in one step."""
        part = path.with_name(f".{path.stem}.part{path.suffix}")
        try:
            part.write_text(text_of(self._composing.story), encoding="utf-8")
            part.replace(path)
        except OSError as error:
            self._messages.tell(f"{path.name} cannot be written ({error.strerror}). Choose another place.")
        else:
            self._messages.tell(f"{path.name}: {len(self._composing.story.steps)} steps written", grade=Grade.HINT)
        finally:
            _remove(part)

    def ask_name(self) -> None:
        """Ask what the story is to be called."""
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle("Rename the story")
        dialog.setLabelText("Its title, as on its cover")
        dialog.setTextValue(self._composing.story.title)
        dialog.textValueSelected.connect(self._composing.rename)
        _show(dialog)

    def _fill(self) -> None:
        menu, actions = self.menu, self._window.window_actions
        menu.clear()
        for story_id, title in self._composing.titles.items():
            entry = menu.addAction(title, partial(self._composing.choose, story_id))
            entry.setCheckable(True)
            entry.setChecked(story_id == self._composing.story_id)
        menu.addSeparator()
        menu.addActions([actions[name] for name in ("new_story", "open_story", "save_story", "rename_story")])
        actions["remove_story"].setEnabled(bool(self._composing.story_id))
        menu.addAction(actions["remove_story"])
        menu.addSeparator()
        menu.addActions([actions[name] for name in _OF_STEP])
        menu.addSeparator()
        menu.addActions([actions[name] for name in _OF_STORY])


def _remove(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:
        return


def _show(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
