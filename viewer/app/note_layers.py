"""A person's own annotations on the map: layers that follow what the session knows of them."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from pathlib import Path

from PySide6.QtCore import QObject

from geodata.annotations import OWN_LAYERS, Annotation, AnnotationSet
from geodata.catalogue import Source
from geodata.certainty import certainty
from viewer.app.own_store import WORK
from viewer.messages import Messages
from viewer.model.notes import GROUP, layer_of
from viewer.session import Session
from viewer.tasks import Task


class NoteLayers(QObject):
    """Makes layers of the person's annotations beside the window, anew whenever one of them changes.

    Parameters
    ----------
    session, messages
        Whose annotations are shown, and where it is said that they cannot be.
    folder
        Holds the layers' files until `shutdown`; what a killed window left there is deleted at the next start.
    parent
        Who owns it.
    """

    def __init__(self, session: Session, messages: Messages, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._messages = messages
        self._folder = Path(tempfile.mkdtemp(prefix=WORK, dir=folder))
        self._numbers = itertools.count(1)
        self._shown: tuple[Annotation, ...] = ()
        self._wanted: tuple[Annotation, ...] = ()
        self._task: Task | None = None
        session.annotations_changed.connect(self._want)
        self._want(session.annotations)

    @property
    def has_caught_up(self) -> bool:
        """Whether the layers hold all that is known."""
        return self._task is None and self._wanted == self._shown

    def shutdown(self) -> None:
        """Wait for what is being made, and leave nothing behind."""
        self._session.annotations_changed.disconnect(self._want)
        if self._task is not None:
            self._task.join()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _want(self, annotations: AnnotationSet) -> None:
        own = (note for note in annotations if note.voice == "own")
        self._wanted = tuple(note for note in own if note.place and not note.targets)
        self._make_next()

    def _make_next(self) -> None:
        if self._task is not None or self._wanted == self._shown:
            return
        notes, stem, folder = self._wanted, str(next(self._numbers)), self._folder

        def write() -> dict[str, Path]:
            from geodata.note_layers import write_layers  # GeoPandas is only loaded where somebody has notes

            return write_layers(notes, folder, stem=stem)

        self._shown = notes
        self._task = Task(write, self)
        self._task.done.connect(self._show)
        self._task.failed.connect(self._refuse)
        self._task.start()

    def _show(self, files: dict[str, Path]) -> None:
        certainties = {certainty(note) for note in self._shown}
        for layer_id in OWN_LAYERS.values():
            if layer_id in files:
                layer = layer_of(layer_id, str(files[layer_id]), certainties=certainties)
                source = Source(layer_id, layer.title, GROUP, source="Your own annotations", licence="", vintage="")
                self._session.add_layer(layer, source)
            elif self._session.stack.get(layer_id) is not None:
                self._session.remove_layer(layer_id)
        self._finish()

    def _refuse(self, error: Exception) -> None:
        self._messages.tell(f"Your annotations cannot be shown on the map ({error}). They are kept.")
        self._finish()

    def _finish(self) -> None:
        self._task = None
        self._make_next()
