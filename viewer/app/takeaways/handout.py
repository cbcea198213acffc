"""The handout: a cover, and a page for each step with picture, text, notes and sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, QUrl
from PySide6.QtGui import (
    QImage,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextCursor,
    QTextDocument,
    QTextDocumentFragment,
    QTextImageFormat,
)

from viewer.app.takeaways.pictures import StepPainter
from viewer.app.takeaways.talk import Talk
from viewer.engine.halo_text import broken, draw_text, text_width
from viewer.model.palette import Palette
from viewer.model.story import StoryStep
from viewer.model.talk_clock import clock_text
from viewer.panels.typesetting import Look, set_markdown, without_marks

_DPI = 300
_PAGE_MM = (210.0, 297.0)
_UNITS_PER_MM = 96 / 25.4
_PAGE = (_PAGE_MM[0] * _UNITS_PER_MM, _PAGE_MM[1] * _UNITS_PER_MM)
_EDGE, _FOOT = 64.0, 56.0
_ROOM = (_PAGE[0] - 2 * _EDGE, _PAGE[1] - _EDGE - _FOOT)
_PICTURE_PX = (1760, 990)
_TEXT_PX, _FOOT_PX = 14, 10.5
_SMALLER_PX = (13, 12, 11)
_COVER_TITLE_PX, _COVER_TEXT_PX = 40.0, 18.0

Tell = Callable[[str], None]


def write(talk: Talk, resources: Path, file: Path, tell: Tell) -> int:
    """Write the handout and return how many pages it has. Paper is light, whatever the colours of the talk.

    Needs an application with its font. The file is not written in one step.

    Raises
    ------
    OSError
        Where it cannot be written.
    """
    file.touch()
    painter = StepPainter(talk, resources, theme="light")
    pdf = QPdfWriter(str(file))
    pdf.setTitle(talk.story.title)
    pdf.setCreator("Arctic Map Viewer")
    pdf.setResolution(_DPI)
    pdf.setPageSize(QPageSize(QSizeF(*_PAGE_MM), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch))
    pdf.setPageMargins(QMarginsF(0, 0, 0, 0))
    pages = _Pages(pdf, talk, painter.palette)
    tell("Handout: the cover")
    pages.add_cover(painter)
    for number, step in enumerate(talk.story.steps, start=1):
        tell(f"Handout: step {number} of {len(talk.story.steps)}")
        pages.add_step(number, step, painter.paint(step, _PICTURE_PX, with_words=False, stage_px=720))
    pages.add_sources()
    if not pages.end():
        raise OSError("the pages could not be written")
    _add_bookmarks(file, pages.marks)
    return pages.count


class _Pages:
    """Pages one after the other, each with a foot; and where its steps begin."""

    def __init__(self, pdf: QPdfWriter, talk: Talk, palette: Palette) -> None:
        self.marks: list[tuple[str, int]] = []
        self.count = 1
        self._pdf = pdf
        self._talk = talk
        self._palette = palette
        self._painter = QPainter(pdf)
        self._to_units()

    def end(self) -> bool:
        return self._painter.end()

    def add_cover(self, painter: StepPainter) -> None:
        """Draw the title page on the first page."""
        story = self._talk.story
        self.marks.append((story.title, 0))
        first = next((step for step in story.steps if step.kind == "cover"), story.steps[0])
        width = _PAGE[0] - 2 * _EDGE
        image = painter.paint(first, (_PICTURE_PX[0], _PICTURE_PX[0]), with_words=False, stage_px=900)
        top = self._write(broken(story.title, width, size_px=_COVER_TITLE_PX, weight=600), _EDGE, _COVER_TITLE_PX, 600)
        top = self._write(broken(story.subtitle, width, size_px=_COVER_TEXT_PX), top + 8, _COVER_TEXT_PX, 400)
        self._painter.drawImage(QRectF(_EDGE, top + 24, width, width), image)
        steps = f"{len(story.steps)} steps, {clock_text(story.duration_s)}"
        self._write([f"{steps}. {self._talk.made}".strip()], top + width + 40, _TEXT_PX, 400)

    def add_step(self, number: int, step: StoryStep, image: QImage) -> None:
        """Draw a step on a page of its own; where it has no room in smaller type either, it goes on to another."""
        document = self._step_document(number, step, image, text_px=_TEXT_PX)
        for text_px in _SMALLER_PX:
            if document.pageCount() == 1:
                break
            document = self._step_document(number, step, image, text_px=text_px)
        self.marks.append((f"{number}. {step.title}", self.count))
        self._draw(document)

    def _step_document(self, number: int, step: StoryStep, image: QImage, *, text_px: int) -> QTextDocument:
        document = self._document()
        document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl("map"), image)
        picture = QTextImageFormat()
        picture.setName("map")
        picture.setWidth(_ROOM[0])
        picture.setHeight(_ROOM[0] * image.height() / image.width())
        QTextCursor(document).insertImage(picture)
        for text, is_small in self._texts(number, step):
            self._append(document, text, text_px=text_px - 3 if is_small else text_px)
        return document

    def _texts(self, number: int, step: StoryStep) -> Iterator[tuple[str, bool]]:
        """Yield what stands below a picture, in Markdown, and whether it is set small."""
        yield f"## {number}. {_one_line(step.title)}", False
        if step.caption:
            yield f"**{_one_line(step.caption)}**", False
        passage, annotation = self._talk.passage_of(step), self._talk.annotation_of(step)
        if passage:
            yield f"From the article: *“{_one_line(passage)}”*", False
        yield step.notes, False
        if annotation is not None:
            yield f"### {_one_line(annotation.title)}\n\n{annotation.body}", False
        sources = self._talk.sources_of(step)
        if sources:
            yield "### Sources\n\n" + _listed(sources), True

    def add_sources(self) -> None:
        """Draw the sources of the map on a last page."""
        if self._talk.cited:
            document = self._document()
            self._append(document, "## Sources of the map\n\n" + _listed(self._talk.cited), text_px=_TEXT_PX - 3)
            self.marks.append(("Sources of the map", self.count))
            self._draw(document)

    def _document(self) -> QTextDocument:
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setUseDesignMetrics(True)
        document.setPageSize(QSizeF(*_ROOM))
        return document

    def _append(self, document: QTextDocument, markdown: str, *, text_px: int) -> None:
        if not markdown.strip():
            return
        look = Look(self._palette, text_px=text_px, leading_pct=130, paragraph_px=text_px / 2)
        set_text = set_markdown(without_marks(markdown), look)
        cursor = QTextCursor(document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertBlock(set_text.begin().blockFormat(), set_text.begin().charFormat())
        cursor.insertFragment(QTextDocumentFragment(set_text))  # its first block takes the look of the one it goes into

    def _draw(self, document: QTextDocument) -> None:
        for page in range(document.pageCount()):
            self._pdf.newPage()
            self.count += 1
            self._to_units()
            self._painter.save()
            self._painter.translate(_EDGE, _EDGE - page * _ROOM[1])
            document.drawContents(self._painter, QRectF(0.0, page * _ROOM[1], *_ROOM))
            self._painter.restore()
            self._foot()

    def _foot(self) -> None:
        baseline = _PAGE[1] - _FOOT / 2
        soft = self._palette.rgba("ui_text_soft")
        number = str(self.count)
        places = ((self._talk.story.title, _EDGE), (number, _PAGE[0] - _EDGE - text_width(number, _FOOT_PX)))
        for text, left in places:
            draw_text(self._painter, text, x=left, baseline=baseline, size_px=_FOOT_PX, colour=soft)

    def _write(self, lines: list[str], top: float, size_px: float, weight: int) -> float:
        for text in lines:
            colour = self._palette.rgba("ui_text")
            top += size_px * 1.25
            draw_text(self._painter, text, x=_EDGE, baseline=top, size_px=size_px, colour=colour, weight=weight)
        return top

    def _to_units(self) -> None:
        self._painter.resetTransform()
        self._painter.scale(_DPI / 96, _DPI / 96)


def _add_bookmarks(file: Path, marks: list[tuple[str, int]]) -> None:
    """Let readers list the steps; Qt writes no outline.

    Raises
    ------
    OSError
        Where the pages are not whole, or cannot be written again.
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    writer = PdfWriter()
    try:
        writer.clone_document_from_reader(PdfReader(str(file)))
    except PyPdfError as error:  # Qt does not say that the disk was full
        raise OSError("the pages are not whole") from error
    for title, page in marks:
        writer.add_outline_item(title, page)  # pyright: ignore[reportCallIssue]
    writer.page_mode = "/UseOutlines"
    writer.write(file)


def _one_line(text: str) -> str:
    """Return text on one line, with what Markdown would take for marks escaped."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#" else sign for sign in " ".join(text.split()))


def _listed(lines: tuple[str, ...]) -> str:
    return "\n".join(f"- {_one_line(line)}" for line in lines)
