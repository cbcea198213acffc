"""The card of what is selected: its annotation, or what the data says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from geodata.annotations import Annotation
from geodata.hit import Hit
from viewer.model.palette import Palette
from viewer.panels.address import is_address
from viewer.panels.attributes import facts_of, origin_of
from viewer.panels.evidence import chips_of, judgement_of, source_parts
from viewer.panels.icons import IconButton, Icons
from viewer.panels.page import Page
from viewer.panels.picture_list import PictureBook
from viewer.panels.typesetting import Look, add_heading, add_list, add_picture, add_table, set_markdown

_MARGIN_PX = 20
_TEXT_PX = 14


class Card(QFrame):
    """Title, kind and voice at the head; body, judgement, sources and data below, scrolling where they are long.

    Attributes
    ----------
    book : PictureBook
        The pictures that annotations show.

    Signals
    -------
    close_requested()
        The person closes the card.
    annotation_chosen(str)
        The person wants to read the annotation of this id.
    source_chosen(str)
        The person wants to see the address of a source.
    annotate_requested(), edit_requested()
        The person wants to say something of what is shown, or to change the annotation of their own that is.
    """

    close_requested = Signal()
    annotation_chosen = Signal(str)
    source_chosen = Signal(str)
    annotate_requested = Signal()
    edit_requested = Signal()

    def __init__(self, *, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._chips = QHBoxLayout()
        self._chip_labels: list[QLabel] = []
        self._subject = _label("cardSubject")
        self._share = _label("cardShare")
        self._title = _label("cardTitle")
        self._local_name = _label("cardLocalName")
        self._page = Page("What is known", margin_px=_MARGIN_PX)
        self._page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._page.link_chosen.connect(self._choose)
        self._addresses: tuple[str, ...] = ()
        self.book = PictureBook()
        self._chart: QWidget | None = None
        self._close = IconButton(icons, "x", text="Close this card", size_px=16)
        self._close.clicked.connect(self.close_requested)
        self.annotate, self.edit = _flat("Annotate this"), _flat("Edit")
        self.annotate.setToolTip("Annotate this feature")
        self.edit.setToolTip("Edit this annotation (F2)")
        self.annotate.clicked.connect(self.annotate_requested)
        self.edit.clicked.connect(self.edit_requested)
        self._lay_out()

    @property
    def title(self) -> str:
        """The title that is shown."""
        return self._title.text()

    @property
    def subject(self) -> tuple[str, str]:
        """The clicked feature, and what share of the annotation it is; both empty where the title names it."""
        return self._subject.text(), self._share.text()

    @property
    def local_name(self) -> str:
        """The name in the place's own language, as it is shown; empty for none."""
        return self._local_name.text()

    @property
    def text(self) -> str:
        """All that is written below the title."""
        return self._page.toPlainText()

    @property
    def html(self) -> str:
        """The same with its looks and links."""
        return self._page.toHtml()

    @property
    def chips(self) -> tuple[str, ...]:
        """The labels at the head."""
        return tuple(label.text() for label in self._chip_labels if not label.isHidden())

    def show_annotation(
        self,
        annotation: Annotation,
        *,
        hit: Hit | None,
        others: Sequence[Annotation],
        palette: Palette,
        lost: Sequence[str] = (),
    ) -> None:
        """Show an annotation.

        Parameters
        ----------
        annotation
            What is shown.
        hit
            The feature that was selected, which the card then names where the title does not; None where none was.
        others
            What else is said of that feature.
        palette
            The colours.
        lost
            The features it speaks of that are no longer there, as ``layer/feature``.
        """
        look = Look(palette, text_px=_TEXT_PX, leading_pct=130, paragraph_px=8)
        self._addresses = tuple(source.address for source in annotation.sources)
        document = set_markdown(annotation.body, look)
        for picture in annotation.pictures:
            add_picture(document, self.book.image(picture), self.book.name(picture), look)
        add_table(document, judgement_of(annotation), look)
        if annotation.sources:
            add_heading(document, "Sources", look)
            _add_sources(document, annotation, look)
        on_map = (*facts_of(hit.attributes), *origin_of(hit.attributes, hit.geometry)) if hit else ()
        if on_map:
            add_heading(document, "On the map", look)
            add_table(document, on_map, look)
        if lost:
            add_heading(document, "No longer on the map", look)
            add_list(
                document, [[(f"{name}: its words are kept.", look.letters("soft"))] for name in lost], numbered=False
            )
        if others:
            add_heading(document, "Also about this place", look)
            add_list(
                document, [[(other.title, look.link(f"annotation:{other.id}"))] for other in others], numbered=False
            )
        self._show_subject(subject_of(hit, annotation) if hit else ("", ""))
        is_own = annotation.voice == "own"
        self.edit.setVisible(is_own)
        self.annotate.setVisible(bool(annotation.references) and not (is_own and not annotation.targets))
        is_foremost = hit is None or annotation.place_count == 1 or hit.reference == annotation.targets[0]
        self._show(chips_of(annotation), annotation.title, annotation.local_name if is_foremost else "", document)

    def show_feature(self, hit: Hit, *, layer_title: str, palette: Palette) -> None:
        """Show what the data says of a feature that no annotation speaks of."""
        attributes = hit.attributes
        look = Look(palette, text_px=_TEXT_PX)
        document = set_markdown("", look)
        facts = [fact for fact in facts_of(attributes) if fact[0] != "Local name"]
        add_table(document, (*facts, *origin_of(attributes, hit.geometry)), look)
        local_name = str(attributes.get("local_name") or "")
        self.edit.hide()
        self.annotate.show()
        self._show_subject(("", ""))
        self._show(((layer_title, ""),), hit.name, local_name, document)

    def fit(self, width_px: int, *, most_px: int) -> None:
        """Take the height that the words need at a width, at most so much; longer text scrolls."""
        document = self._page.document()
        document.setTextWidth(width_px)
        head = self._head.heightForWidth(width_px) if self._head.hasHeightForWidth() else self._head.sizeHint().height()
        wanted = int(document.size().height()) + 1
        below = self._chart.sizeHint().height() + 8 if self._chart is not None else 0
        self._page.setFixedHeight(max(min(wanted, most_px - head - below), 48))
        self.setFixedHeight(head + self._page.height() + below + 12)

    def set_chart(self, chart: QWidget | None) -> None:
        """Show a chart below the words; None takes it away. It stays with whoever made it."""
        whole = self.layout()
        if self._chart is not None and whole is not None:
            whole.removeWidget(self._chart)
            self._chart.setParent(None)
        self._chart = chart
        if chart is not None and whole is not None:
            whole.addWidget(chart)
            chart.show()

    def _choose(self, scheme: str, value: str) -> None:
        if scheme == "annotation":
            self.annotation_chosen.emit(value)
        elif scheme == "source":
            self.source_chosen.emit(self._addresses[int(value)])

    def _lay_out(self) -> None:
        self._head = QWidget()
        column = QVBoxLayout(self._head)
        column.setContentsMargins(_MARGIN_PX, 12, 8, 8)
        column.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(6)
        self._chips.setSpacing(6)
        line.addLayout(self._chips)
        line.addStretch(1)
        line.addWidget(self._close)
        column.addLayout(line)
        column.addSpacing(4)
        subject = QVBoxLayout()
        subject.setContentsMargins(0, 0, 0, 4)
        subject.setSpacing(0)
        subject.addWidget(self._subject)
        subject.addWidget(self._share)
        column.addLayout(subject)
        column.addLayout(self._title_line())
        column.addWidget(self._local_name)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 12)
        whole.setSpacing(0)
        whole.addWidget(self._head)
        whole.addWidget(self._page)

    def _title_line(self) -> QHBoxLayout:
        """Return the title, which gives way, and beside it what can be done."""
        line = QHBoxLayout()
        line.addWidget(self._title, 1)
        line.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.annotate, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _show(self, chips: Sequence[tuple[str, str]], title: str, local_name: str, document: QTextDocument) -> None:
        self._show_chips(chips)
        self._title.setText(title)
        self._local_name.setText(local_name)
        self._local_name.setVisible(bool(local_name) and local_name != title)
        self._page.show_document(document)
        self._page.setAccessibleName(f"About {title}")

    def _show_subject(self, subject: tuple[str, str]) -> None:
        for label, text in zip((self._subject, self._share), subject, strict=True):
            label.setText(text)
            label.setVisible(bool(text))

    def _show_chips(self, chips: Sequence[tuple[str, str]]) -> None:
        while len(self._chip_labels) < len(chips):
            label = QLabel()
            label.setObjectName("chip")
            self._chip_labels.append(label)
            self._chips.addWidget(label)
        for number, label in enumerate(self._chip_labels):
            label.setVisible(number < len(chips))
            if number < len(chips):
                label.setText(chips[number][0])
                label.setProperty("tone", chips[number][1])
                label.style().polish(label)


def subject_of(hit: Hit, annotation: Annotation) -> tuple[str, str]:
    """Return the name of the feature that was clicked, and how many places the annotation speaks of.

    Both are empty where the annotation is the feature's own mark, or speaks of it alone and shares a number or a word
    of four letters or more with its name. A name's explanation in brackets is left out.
    """
    name = re.sub(r"\s*\(.*?\)", "", hit.name).replace(" - ", " – ").strip() or hit.name
    count = annotation.place_count
    if not annotation.targets or (count == 1 and _words(name) & _words(annotation.title)):
        return "", ""
    return name, f"One of {count} places that this note speaks of" if count > 1 else ""


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{4,}|\d+", text.casefold()))


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _flat(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setFlat(True)
    button.setObjectName("cardDeed")
    return button


def _add_sources(document: QTextDocument, annotation: Annotation, look: Look) -> None:
    items: list[list[tuple[str, Any]]] = []
    for number, source in enumerate(annotation.sources):
        title, rest = source_parts(source)
        letters = look.link(f"source:{number}") if is_address(source.address) else look.letters("plain")
        items.append([(title, letters), (". ", look.letters("plain")), (rest, look.letters("soft"))])
    add_list(document, items, numbered=True)
