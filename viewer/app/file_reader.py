"""Reads and writes files one after the other, each in a process of its own that can be stopped at any moment."""

from __future__ import annotations

import logging
from collections import deque

from PySide6.QtCore import QObject, QTimer, Signal

from geodata.article_reading import ArticleRequest
from geodata.article_reading import carry_out as read_article
from geodata.document_request import MergeRequest, OpenRequest, SaveRequest
from geodata.document_work import carry_out as keep_document
from geodata.errors import GeodataError, ReadingError
from geodata.reading import limits
from geodata.reading.outcome import Progress, ReadRequest
from geodata.reading.process import ReadingProcess, launch
from geodata.writing.request import WriteRequest
from geodata.writing.work import carry_out
from viewer.app.figure_work import FigureRequest
from viewer.app.figure_work import carry_out as draw_figure
from viewer.app.takeaways.talk import TakeawayRequest
from viewer.app.takeaways.thumbnail_work import ThumbnailRequest
from viewer.app.takeaways.thumbnail_work import carry_out as draw_thumbnails
from viewer.app.takeaways.work import carry_out as make_takeaway
from viewer.tasks import Listener

_LOG = logging.getLogger(__name__)


_BYTES_PER_PIXEL = 4
_TAKEAWAY_BYTES = 500_000_000  # pictures, and an encoder that has its own threads and frames

Request = (
    ReadRequest
    | WriteRequest
    | SaveRequest
    | OpenRequest
    | MergeRequest
    | FigureRequest
    | ArticleRequest
    | TakeawayRequest
    | ThumbnailRequest
)

_WORDS = {
    ReadRequest: "Opening",
    WriteRequest: "Writing",
    SaveRequest: "Saving",
    OpenRequest: "Opening",
    MergeRequest: "Merging",
    FigureRequest: "Drawing",
    ArticleRequest: "Opening",
    TakeawayRequest: "Making",
    ThumbnailRequest: "Drawing",
}
_WORK = {
    WriteRequest: carry_out,
    SaveRequest: keep_document,
    OpenRequest: keep_document,
    MergeRequest: keep_document,
    FigureRequest: draw_figure,
    ArticleRequest: read_article,
    TakeawayRequest: make_takeaway,
    ThumbnailRequest: draw_thumbnails,
}


class FileReader(QObject):
    """Reads or writes one file at a time; others wait.

    Signals
    -------
    progressed(str)
        What is being done; empty when there is nothing left to do.
    answered(Request, object)
        An `Outcome`, `Written`, `Saved`, `Unpacked`, `FigureDrawn` or `TakeawayMade` for a request.
    failed(Request, GeodataError)
        Why a file could not be read or written.
    """

    progressed = Signal(str)
    answered = Signal(object, object)
    failed = Signal(object, object)

    def __init__(self, parent: QObject | None = None, *, seconds: float = limits.SECONDS) -> None:
        super().__init__(parent)
        self._waiting: deque[Request] = deque()
        self._request: Request | None = None
        self._process: ReadingProcess | None = None
        self._listener: Listener | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(round(seconds * 1000))
        self._patience.timeout.connect(self._give_up)

    @property
    def is_busy(self) -> bool:
        """Whether a file is being read or waits to be."""
        return self._request is not None or bool(self._waiting)

    def read(self, request: Request) -> None:
        """Read or write a file when those before it are done."""
        self._waiting.append(request)
        self._start_next()

    def cancel(self) -> tuple[Request, ...]:
        """Stop at once, forget all that waits, and return what was not done; nothing is said of it any more."""
        given_up = (*([self._request] if self._request else ()), *self._waiting)
        self._waiting.clear()
        self._end()
        self.progressed.emit("")
        return given_up

    def shutdown(self) -> None:
        """Stop and leave no process and no thread behind."""
        self._waiting.clear()
        self._end()

    def _start_next(self) -> None:
        if self._request is not None:
            return
        if not self._waiting:
            self.progressed.emit("")
            return
        request = self._request = self._waiting.popleft()
        self.progressed.emit(f"{_WORDS[type(request)]} {request.path.name}")
        try:
            self._process = launch(_WORK.get(type(request)), request, size=_bytes_of(request))
        except (OSError, ValueError) as error:
            self._fail(ReadingError(f"The file cannot be opened ({error}).", where=request.path.name))
            return
        self._listener = Listener(self._process.connection, self)
        self._listener.received.connect(self._receive)
        self._listener.ended.connect(self._miss)
        self._listener.start()
        self._patience.start()

    def _receive(self, message: object) -> None:
        if self.sender() is not self._listener or self._request is None:
            return
        if isinstance(message, Progress):
            self.progressed.emit(message.text)
        elif isinstance(message, GeodataError):
            self._fail(message)
        else:
            request = self._request
            self._end()
            self.answered.emit(request, message)
            self._start_next()

    def _miss(self) -> None:
        """Say that the process ended without an answer: it crashed, or the system took its memory."""
        if self.sender() is self._listener and self._request is not None:
            _LOG.warning("The reading process ended without an answer.")
            self._fail(
                ReadingError(
                    "Work on the file broke off. It may be damaged, or need more memory than it is allowed.",
                    where=self._request.path.name,
                    advice="Save it once more, as another kind of file, or in parts.",
                )
            )

    def _give_up(self) -> None:
        if self._request is not None:
            minutes = self._patience.interval() / 60_000
            what = f"Work on the file took longer than {minutes:g} minutes and was stopped."
            self._fail(ReadingError(what, where=self._request.path.name, advice="Cut it into parts."))

    def _fail(self, error: GeodataError) -> None:
        request = self._request
        self._end()
        self.failed.emit(request, error)
        self._start_next()

    def _end(self) -> None:
        """End the process, then the thread that reads its pipe, then the pipe."""
        self._patience.stop()
        self._request = None
        listener, self._listener = self._listener, None
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        if listener is not None:
            listener.join()
            listener.deleteLater()
        process.close()


def _bytes_of(request: Request) -> int:
    """Return how much there is to read, or for a figure to paint."""
    if isinstance(request, FigureRequest):
        return request.spec.width_px * request.spec.height_px * _BYTES_PER_PIXEL if request.spec.kind == "PNG" else 0
    if isinstance(request, TakeawayRequest):
        return _TAKEAWAY_BYTES
    if isinstance(request, SaveRequest):
        return sum(path.stat().st_size for path in request.folder.glob("*.fgb"))
    read = request.frame if isinstance(request, WriteRequest) else request.path
    return read.stat().st_size if read.is_file() else 0
