"""Markdown set as a page: sizes, spacing and colours, and none of what a page must not do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextListFormat,
    QTextTableFormat,
)
from PySide6.QtWidgets import QApplication

from viewer.model.palette import Palette

Tone = Literal["plain", "soft", "heading"]
Piece = tuple[int, int, QTextCharFormat]

_LABEL_WIDTH_PX = 96
_PICTURE_PX = 300
_INDENT_PX = 24
_CELL_PADDING_PX = 2
_LINK_START, _LINK_END = "⸨", "⸩"  # punctuation, so that emphasis beside them works as without them
_HEADINGS = {1: (1.6, 700, 0, 8), 2: (1.2, 600, 24, 8), 3: (1.07, 600, 16, 4)}
"""Heading level → size as a multiple of the text's, weight, room above and below in pixels."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is set.

    Attributes
    ----------
    palette : Palette
        Its colours.
    text_px, small_px : int
        Height of the type, and of tables, sources and headings of a card, in logical pixels.
    leading_pct : float
        Height of a line as a share of the type's.
    paragraph_px : float
        Room after a paragraph.
    """

    palette: Palette
    text_px: int = 15
    small_px: int = 13
    leading_pct: float = 140.0
    paragraph_px: float = 12.0

    def colour(self, name: str) -> QColor:
        """Return a colour of the palette."""
        return QColor(self.palette.css(name))

    def letters(self, tone: Tone) -> QTextCharFormat:
        """Return the letters of a table, a source or a small heading."""
        font = QFont(QApplication.font())
        font.setPixelSize(self.small_px)
        if tone == "heading":
            font.setWeight(QFont.Weight.DemiBold)
        letters = QTextCharFormat()
        letters.setFont(font)
        letters.setForeground(self.colour("ui_text" if tone == "plain" else "ui_text_soft"))
        return letters

    def link(self, address: str) -> QTextCharFormat:
        """Return letters that link to an address of the map's own."""
        letters = self.letters("plain")
        letters.setForeground(self.colour("ui_passage"))
        letters.setAnchor(True)
        letters.setAnchorHref(address)
        return letters


def between_marks(markdown: str) -> str:
    """Return Markdown that `set_markdown` makes a link of, emphasis inside or across its ends notwithstanding."""
    return f"{_LINK_START}{without_marks(markdown)}{_LINK_END}"


def without_marks(markdown: str) -> str:
    """Return Markdown without the two signs that would be taken for a link's ends."""
    return markdown.replace(_LINK_START, "").replace(_LINK_END, "")


def set_markdown(markdown: str, look: Look, *, links: Sequence[tuple[str, str]] = ()) -> QTextDocument:
    """Return Markdown as a document.

    HTML in it stays text, pictures are dropped, and its own links become plain text.

    Parameters
    ----------
    markdown, look
        What is set, and how.
    links
        Address and colour of each stretch that stands `between_marks`, in order; without a colour it is no link.
    """
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setIndentWidth(_INDENT_PX)
    document.setUndoRedoEnabled(False)
    font = QFont(QApplication.font())
    font.setPixelSize(look.text_px)
    document.setDefaultFont(font)
    kinds = QTextDocument.MarkdownFeature
    document.setMarkdown(markdown, kinds.MarkdownDialectCommonMark | kinds.MarkdownNoHTML)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    _drop_pictures(document)
    for block in _blocks(document):
        _dress_block(block, look)
    for piece in list(_pieces(document)):
        _dress_piece(cursor, piece, look)
    place = 0
    for address, colour in links:
        place = _set_link(document, place, address, look.colour(colour) if colour else None)
    cursor.endEditBlock()
    return document


def spans_of(document: QTextDocument, address: str) -> tuple[tuple[int, int], ...]:
    """Return where a link to an address stands in a document, as (start, end) of each stretch."""
    spans: list[tuple[int, int]] = []
    for start, length, letters in _pieces(document):
        if letters.anchorHref() != address:
            continue
        if spans and spans[-1][1] == start:
            start, length = spans[-1][0], start + length - spans.pop()[0]
        spans.append((start, start + length))
    return tuple(spans)


def starts_of(document: QTextDocument, scheme: str) -> dict[str, int]:
    """Return where the first letter of each link of a scheme (``passage:``) stands, by what follows the scheme."""
    starts: dict[str, int] = {}
    for start, _, letters in _pieces(document):
        if (address := letters.anchorHref()).startswith(scheme):
            starts.setdefault(address.removeprefix(scheme), start)
    return starts


def add_heading(document: QTextDocument, text: str, look: Look) -> None:
    """Append a small heading."""
    shape = QTextBlockFormat()
    shape.setTopMargin(8)
    shape.setBottomMargin(4)
    cursor = _end(document)
    _start_block(cursor, shape)
    cursor.insertText(text, look.letters("heading"))


def add_picture(document: QTextDocument, image: QImage | None, name: str, look: Look) -> None:
    """Append a picture, as wide as a card at most, with its name below; in its place a word where it is lost."""
    shape = QTextBlockFormat()
    shape.setTopMargin(8)
    cursor = _end(document)
    _start_block(cursor, shape)
    if image is None:
        cursor.insertText("A picture is lost.", look.letters("soft"))
        return
    fits = image.scaledToWidth(_PICTURE_PX, Qt.TransformationMode.SmoothTransformation)
    cursor.insertImage(fits if image.width() > _PICTURE_PX else image, name)
    _start_block(cursor, QTextBlockFormat())
    cursor.insertText(name, look.letters("soft"))


def add_table(document: QTextDocument, rows: Sequence[tuple[str, str]], look: Look) -> None:
    """Append a table of labels and values; nothing where there are no rows."""
    if not rows:
        return
    shape = QTextTableFormat()
    shape.setBorder(0)
    shape.setCellPadding(_CELL_PADDING_PX)
    shape.setCellSpacing(0)
    shape.setTopMargin(4)
    shape.setBottomMargin(6)
    shape.setLeftMargin(-_CELL_PADDING_PX)  # so that labels stand flush with the text
    kinds = QTextLength.Type
    shape.setWidth(QTextLength(kinds.PercentageLength, 100))
    shape.setColumnWidthConstraints(
        [QTextLength(kinds.FixedLength, _LABEL_WIDTH_PX), QTextLength(kinds.VariableLength, 0)]
    )
    table = _end(document).insertTable(len(rows), 2, shape)
    for number, texts in enumerate(rows):
        for column, text in enumerate(texts):
            tone: Tone = "plain" if column else "soft"
            table.cellAt(number, column).firstCursorPosition().insertText(text, look.letters(tone))


def add_list(
    document: QTextDocument, items: Sequence[Sequence[tuple[str, QTextCharFormat]]], *, numbered: bool
) -> None:
    """Append a list; each item is stretches of text with their letters."""
    kinds = QTextListFormat.Style
    shape = QTextListFormat()
    shape.setStyle(kinds.ListDecimal if numbered else kinds.ListDisc)
    block = QTextBlockFormat()
    block.setBottomMargin(4)
    cursor = _end(document)
    for number, item in enumerate(items):
        cursor.insertBlock(block)
        if number == 0:
            cursor.createList(shape)  # the next blocks carry it on
            block = cursor.blockFormat()
        cursor.setBlockCharFormat(item[0][1])
        for text, letters in item:
            cursor.insertText(text, letters)


def _start_block(cursor: QTextCursor, shape: QTextBlockFormat) -> None:
    """Begin a block, in place of the empty one that a document or a table leaves at the end."""
    if cursor.block().text() or cursor.block().textList() is not None:
        cursor.insertBlock(shape)
        return
    cursor.setBlockFormat(shape)


def _end(document: QTextDocument) -> QTextCursor:
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    return cursor


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _pieces(document: QTextDocument) -> Iterator[Piece]:
    """Yield start, length and letters of each stretch of equal look."""
    for block in _blocks(document):
        inside = block.begin()
        while not inside.atEnd():
            fragment = inside.fragment()
            yield fragment.position(), fragment.length(), fragment.charFormat()
            inside += 1


def _drop_pictures(document: QTextDocument) -> None:
    """Take out every picture, the last first, so that those before stay where they are."""
    pictures = [(start, length) for start, length, letters in _pieces(document) if letters.isImageFormat()]
    for start, length in reversed(pictures):
        cursor = _over(QTextCursor(document), start, length)
        cursor.removeSelectedText()


def _dress_block(block: QTextBlock, look: Look) -> None:
    shape = QTextBlockFormat(block.blockFormat())
    shape.setLineHeight(look.leading_pct, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    level = shape.headingLevel()
    if level:
        _, _, above, below = _HEADINGS[min(level, 3)]
        shape.setTopMargin(above)
        shape.setBottomMargin(below)
        shape.setLineHeight(120, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    else:
        shape.setTopMargin(0)
        shape.setBottomMargin(look.paragraph_px)
    QTextCursor(block).setBlockFormat(shape)


def _dress_piece(cursor: QTextCursor, piece: Piece, look: Look) -> None:
    start, length, letters = piece
    level = cursor.document().findBlock(start).blockFormat().headingLevel()
    letters = QTextCharFormat(letters)
    if level:
        size, weight, _, _ = _HEADINGS[min(level, 3)]
        font = QFont(QApplication.font())
        font.setPixelSize(round(look.text_px * size))
        font.setWeight(QFont.Weight(weight))
        letters.clearProperty(QTextCharFormat.Property.FontSizeAdjustment.value)
        letters.setFont(font)
    letters.setForeground(look.colour("ui_text"))
    if letters.isAnchor():
        letters.setAnchor(False)
        letters.setAnchorHref("")
        letters.setUnderlineStyle(QTextCharFormat.UnderlineStyle.NoUnderline)
    _over(cursor, start, length).setCharFormat(letters)


def _set_link(document: QTextDocument, after: int, address: str, colour: QColor | None) -> int:
    """Take the next two marks out of the document, make what stood between them a link, and return its end."""
    start = _take(document, _LINK_START, after)
    end = _take(document, _LINK_END, start)
    if colour is not None:
        letters = QTextCharFormat()
        letters.setAnchor(True)
        letters.setAnchorHref(address)
        letters.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        letters.setUnderlineColor(colour)
        _over(QTextCursor(document), start, end - start).mergeCharFormat(letters)
    return end


def _take(document: QTextDocument, mark: str, after: int) -> int:
    """Remove the next mark and return where it stood; where there is none, nothing is removed."""
    cursor = document.find(mark, after)
    if cursor.isNull():
        return after
    start = cursor.selectionStart()
    cursor.removeSelectedText()
    return start


def _over(cursor: QTextCursor, start: int, length: int) -> QTextCursor:
    cursor.setPosition(start)
    cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
    return cursor
