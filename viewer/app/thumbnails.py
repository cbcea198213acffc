"""Pictures of steps for the strip: drawn by the map's own painters in a process beside, and kept for the next start."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from geodata.errors import GeodataError
from viewer import __version__, paths
from viewer.app.file_reader import FileReader
from viewer.app.takeaways.talk import Talk
from viewer.app.takeaways.thumbnail_work import SIZE_PX, ThumbnailRequest, Thumbnails
from viewer.model.layer import LayerStack
from viewer.model.story import Story, StoryStep
from viewer.session import Session
from viewer.tasks import Task

_LOG = logging.getLogger(__name__)
_PAUSE_MS = 400
_AT_FIRST_MS = 2_500  # the start has better things to do
_MOST_KEPT = 400


class ThumbnailDesk(QObject):
    """Has those pictures drawn that are missing, some time after something changed.

    Signals
    -------
    arrived()
        There are more pictures.
    """

    arrived = Signal()

    def __init__(self, session: Session, *, resources: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._resources = resources
        self._images: dict[str, QImage] = {}
        self._wanted: tuple[StoryStep, ...] = ()
        self._is_first = True
        self._keeping: Task | None = None
        self._look_of: tuple[LayerStack | None, str] = (None, "")
        self.reader = FileReader(self)
        self.reader.answered.connect(self._take)
        self.reader.failed.connect(self._miss)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        session.theme_changed.connect(lambda _: self.want(self._wanted))

    def want(self, steps: tuple[StoryStep, ...]) -> None:
        """Say which steps are shown; pictures that are there come at once, the others by and by."""
        self._wanted = steps
        for step in steps:
            key = self._key(step)
            if key not in self._images:
                image = QImage(str(_file_of(key) or ""))
                if image.size().toTuple() == SIZE_PX:
                    self._images[key] = image
        self.arrived.emit()
        self._pause.start(_AT_FIRST_MS if self._is_first else _PAUSE_MS)

    def image_of(self, step: StoryStep) -> QImage | None:
        """Return the picture of a step as it is now; None while there is none."""
        return self._images.get(self._key(step))

    def shutdown(self) -> None:
        """Draw nothing more."""
        self._pause.stop()
        self.reader.shutdown()
        if self._keeping is not None:
            self._keeping.join()

    def _ask(self) -> None:
        self._is_first = False
        missing = tuple(step for step in self._wanted if self._key(step) not in self._images)
        if not missing or self.reader.is_busy:
            return
        talk = Talk(Story("Thumbnails", missing), self._session.stack, self._session.theme)
        self.reader.read(ThumbnailRequest(Path("thumbnails"), self._resources, talk))

    def _take(self, request: object, outcome: object) -> None:
        if not isinstance(request, ThumbnailRequest) or not isinstance(outcome, Thumbnails):
            return
        width, height = SIZE_PX
        made: dict[str, QImage] = {}
        for step, pixels in zip(request.talk.story.steps, outcome.pixels, strict=True):
            made[self._key(step, of=request.talk)] = QImage(pixels, width, height, QImage.Format.Format_RGB32).copy()
        self._images |= made
        self._keeping = Task(lambda: _keep(made), self)
        self._keeping.start()
        self.arrived.emit()
        self._pause.start(_PAUSE_MS)  # what changed in the meantime

    def _miss(self, _request: object, error: GeodataError) -> None:
        _LOG.warning("Pictures of steps could not be drawn (%s).", error)

    def _key(self, step: StoryStep, *, of: Talk | None = None) -> str:
        """Return a name for all that can be seen of a step."""
        theme = of.theme if of else self._session.theme
        stack = of.stack if of else self._session.stack
        words = (step.title, step.caption) if step.kind != "map" else ()
        seen = replace(step, id="", title="", caption="", notes="", annotation="", passage="", duration_s=1.0)
        shown = [layer.visible for layer in step.stack(stack)]
        text = repr((__version__, theme, words, seen, shown)) + self._look(stack)
        return hashlib.sha256(text.encode()).hexdigest()[:24]

    def _look(self, stack: LayerStack) -> str:
        """Return all that can be seen of a stack's layers, shown or not; remembered, for it takes some milliseconds."""
        if self._look_of[0] is not stack:
            self._look_of = stack, repr([replace(layer, visible=True) for layer in stack])
        return self._look_of[1]


def _file_of(key: str) -> Path | None:
    folder = paths.cache_folder()
    return folder / "steps" / f"{key}.png" if folder else None


def _keep(images: Mapping[str, QImage]) -> None:
    """Keep pictures for the next start; the oldest go where there are too many."""
    try:
        for key, image in images.items():
            file = _file_of(key)
            if file is not None:
                file.parent.mkdir(parents=True, exist_ok=True)
                image.save(str(file))
        folder = paths.cache_folder()
        kept = sorted((folder / "steps").glob("*.png"), key=lambda one: one.stat().st_mtime) if folder else []
        for one in kept[:-_MOST_KEPT]:
            one.unlink(missing_ok=True)
    except OSError as error:
        _LOG.warning("Pictures of steps could not be kept (%s).", error)
