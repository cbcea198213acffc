"""The person's annotations → a file of Web Annotations, and back into the document."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from geodata import web_annotations
from geodata.annotation_edits import edit_between
from geodata.annotations import AnnotationSet
from geodata.article import Passage
from geodata.edits import Row
from geodata.errors import AnnotationError, why_unreadable
from geodata.own_articles import PASSAGES, passage_text
from viewer.app.main_window import MainWindow
from viewer.messages import Grade, Messages
from viewer.session import Session

SUFFIX = ".jsonld"


class WebAnnotations(QObject):
    """Writes a person's annotations for other programs, and takes in what other programs wrote.

    Parameters
    ----------
    session, window, messages
        Whose annotations, over which the question stands, and through which the outcome is told.
    passages
        Returns all passages with the id of their article.
    articles
        Returns the ids of the articles that are open.
    """

    def __init__(
        self,
        session: Session,
        window: MainWindow,
        messages: Messages,
        *,
        passages: Callable[[], Mapping[str, tuple[str, Passage]]],
        articles: Callable[[], frozenset[str]],
    ) -> None:
        super().__init__(window)
        self._session, self._window, self._messages = session, window, messages
        self._passages, self._articles = passages, articles
        window.window_actions["web_annotations"].triggered.connect(lambda: self.choose_file())

    def choose_file(self) -> None:
        """Let the person say where the annotations go, then write them."""
        dialog = QFileDialog(self._window, "Write my annotations", "annotations", f"Web Annotations (*{SUFFIX})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX)
        dialog.fileSelected.connect(lambda name: self.write(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def write(self, path: Path) -> None:
        """Write the person's own annotations, replacing the file in one step."""
        own = [note for note in self._session.annotations if note.voice == "own"]
        part = path.with_name(f".{path.name}.part")
        try:
            part.write_text(web_annotations.to_text(own, self._passages()), encoding="utf-8")
            part.replace(path)
        except OSError as error:
            part.unlink(missing_ok=True)
            self._messages.tell(f"{path.name} cannot be written ({error.strerror}).")
            return
        self._messages.tell(f"{path.name}: {len(own):,} annotations written", grade=Grade.HINT)

    def read(self, path: Path) -> None:
        """Take the annotations of a file into the document, as one step; those of the same id are replaced."""
        try:
            found = web_annotations.from_jsonld(json.loads(path.read_text(encoding="utf-8")), where=path.name)
        except AnnotationError as error:
            self._messages.tell_error(error)
            return
        except (OSError, ValueError, RecursionError) as error:
            why = why_unreadable(error) if isinstance(error, OSError | ValueError) else "it is nested too deep"
            self._messages.tell(f"{path.name} cannot be read: {why}.")
            return
        known, texts = self._passages(), self._articles()
        rows = [
            Row(PASSAGES, passage.id, None, passage_text(passage, owner))
            for owner, passage in found.passages
            if owner in texts and passage.id not in known
        ]
        placed = {*known, *(row.id for row in rows)}
        fresh = [note if note.passage in placed else replace(note, passage="") for note in found.annotations]
        taken = {note.id for note in self._session.annotations if note.voice != "own"}
        fresh = [note for note in fresh if note.id not in taken]
        before, ids = self._session.annotations, {note.id for note in fresh}
        after = AnnotationSet((*(note for note in before if note.id not in ids), *fresh), before.problems)
        edit = edit_between(f"take in {path.name}", before, after)
        self._session.push_edit(replace(edit, rows=(*edit.rows, *rows)))
        self._tell(
            path,
            len(fresh),
            left_out=len(found.annotations.problems),
            lost=sum(passage.id not in placed for _, passage in found.passages),
        )

    def _tell(self, path: Path, count: int, *, left_out: int, lost: int) -> None:
        text = f"{path.name}: {count:,} annotations taken in."
        text += f" {left_out:,} could not be understood." if left_out else ""
        text += f" {lost:,} belong to articles that are not open." if lost > 0 else ""
        self._messages.tell(text, grade=Grade.NOTICE if left_out or lost > 0 else Grade.HINT)
