"""The article as a page worth reading, and above it the card of what is selected."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from geodata.annotations import Annotation
from geodata.article import Article
from geodata.hit import Hit
from viewer.model.palette import Palette
from viewer.panels.card import Card
from viewer.panels.icons import Icons
from viewer.panels.page import Page
from viewer.panels.swatch import strongest_colour, styles_of
from viewer.panels.typesetting import Look, between_marks, set_markdown, spans_of, starts_of, without_marks
from viewer.session import Session

_PASSAGE = "passage:"
_MEASURE_PX = 560
_MARGIN_PX = 20
_CARD_SHARE = 0.55
_LEAST_PX = (280, 160)
_WITHOUT_ARTICLE = (
    "The article that belongs to this map could not be opened. The map works without it: click a feature, and what is "
    "known of it stands here."
)


class ArticlePanel(QWidget):
    """Shows the session's article with its passages linked, and a card for the selection or the open annotation.

    The card follows the session within the same event; the passage of what is open is highlighted and brought to the
    middle of the page.

    Signals
    -------
    map_wanted()
        The person chose a passage with the mouse and looks at the map now; with the keyboard they read on.
    source_chosen(str)
        The person wants to see the address of a source.
    """

    map_wanted = Signal()
    source_chosen = Signal(str)

    def __init__(self, session: Session, *, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._shown: tuple[str, str] | None = None
        self._spans: dict[str, tuple[tuple[int, int], ...]] = {}
        self._card = Card(icons=icons)
        self._card.close_requested.connect(lambda: session.select(None))
        self._card.annotation_chosen.connect(self._open_annotation)
        self._card.source_chosen.connect(self.source_chosen)
        self._card.hide()
        self._page = Page("Article", measure_px=_MEASURE_PX, margin_px=_MARGIN_PX, head_px=16)
        self._page.link_chosen.connect(self._open_passage)
        self._page.setVisible(session.article is not None)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        column.addWidget(self._card)
        column.addWidget(self._page, 1)
        self._empty = _nothing_to_read()
        self._empty.setVisible(session.article is None)
        column.addWidget(self._empty, 1)
        self.setFocusProxy(self._page)
        self._set_article()
        session.selection_changed.connect(self._show_selection)
        session.annotation_changed.connect(self._show_annotation)
        session.annotations_changed.connect(self._refill)
        session.article_changed.connect(self._show_article)
        session.theme_changed.connect(self._show_theme)

    @property
    def card(self) -> Card:
        """The card, hidden where nothing is selected."""
        return self._card

    @property
    def page(self) -> Page:
        """The article's page."""
        return self._page

    def put_above(self, widget: QWidget) -> None:
        """Show a widget between the card and the page."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(1, widget)

    def show_chart(self, chart: QWidget | None) -> None:
        """Show a chart in the card, or none."""
        self._card.set_chart(chart)
        self._fit_card()

    def minimumSizeHint(self) -> QSize:
        """Let the window be made smaller than the open card; the card follows."""
        return QSize(*_LEAST_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the card to the panel's new size."""
        super().resizeEvent(event)
        self._fit_card()

    def _show_article(self, article: Article | None) -> None:
        self._page.setVisible(article is not None)
        self._empty.setVisible(article is None)
        self._set_article()
        self._show_passage(self._session.annotation.passage if self._session.annotation else "", scroll=True)

    def _set_article(self) -> None:
        article = self._session.article
        if article is None:
            return
        markdown, passages = markdown_of(article)
        links = [(f"{_PASSAGE}{passage}", self._colour_of(passage)) for passage in passages]
        self._spans.clear()
        document = set_markdown(markdown, Look(self._session.palette), links=links)
        self._page.show_document(document)
        self._mark_margin(document, passages)

    def _mark_margin(self, document: QTextDocument, passages: tuple[str, ...]) -> None:
        """Show a dot beside each passage for every annotation that belongs to it, in the colour of its layer."""
        palette, of_passage = self._session.palette, self._session.annotations.of_passage
        starts = starts_of(document, _PASSAGE)
        self._page.mark_margin(
            [
                (starts[passage], QColor(palette.css(self._colour_of(passage))), len(of_passage(passage)))
                for passage in dict.fromkeys(passages)
                if passage in starts and of_passage(passage)
            ]
        )

    def _colour_of(self, passage_id: str) -> str:
        """Return the colour of the layer that a passage's first annotation speaks of; empty where none does."""
        found = self._session.annotations.of_passage(passage_id)
        for reference in (reference for annotation in found for reference in annotation.references):
            layer = self._session.stack.get(reference.partition("/")[0])
            if layer is not None and (name := strongest_colour(styles_of(layer)[0])):
                return name
        return "ui_passage" if found else ""

    def _show_selection(self, hit: Hit | None) -> None:
        """Show the card of a feature, with the annotation that the session is about to open for it."""
        found = self._session.annotations.of_feature(hit.reference) if hit else ()
        self._show(hit, found[0] if found else None)

    def _show_annotation(self, annotation: Annotation | None) -> None:
        self._show(self._session.selection, annotation)

    def _show_theme(self, _palette: Palette) -> None:
        place = self._page.verticalScrollBar().value()
        self._set_article()
        self._page.verticalScrollBar().setValue(place)
        self._refill()

    def _refill(self, _: object = None) -> None:
        shown, self._shown = self._shown, None
        if shown is not None:
            self._show(self._session.selection, self._session.annotation, scroll=False)

    def _show(self, hit: Hit | None, annotation: Annotation | None, *, scroll: bool = True) -> None:
        key = (hit.reference if hit else "", annotation.id if annotation else "") if hit or annotation else None
        if key == self._shown:
            return
        self._shown = key
        self._fill_card(hit, annotation)
        self._card.setVisible(key is not None)
        self._fit_card()
        self._show_passage(annotation.passage if annotation else "", scroll=scroll)

    def _fill_card(self, hit: Hit | None, annotation: Annotation | None) -> None:
        session = self._session
        if annotation is not None:
            others = session.annotations.of_feature(hit.reference) if hit else ()
            self._card.show_annotation(
                annotation,
                hit=hit,
                others=[other for other in others if other is not annotation],
                palette=session.palette,
                lost=[target for target in annotation.targets if session.stack.get(target.partition("/")[0]) is None],
            )
        elif hit is not None:
            layer = session.stack.get(hit.layer_id)
            title = layer.title if layer else hit.layer_id
            self._card.show_feature(hit, layer_title=title, palette=session.palette)

    def _fit_card(self) -> None:
        if self._card.isHidden():
            return
        share = _CARD_SHARE if self._session.article else 1.0
        self._card.fit(self.width(), most_px=int(self.height() * share))
        layout = self.layout()
        if layout is not None:
            layout.activate()  # so that the page has its new height before it scrolls

    def _show_passage(self, passage_id: str, *, scroll: bool) -> None:
        if passage_id and passage_id not in self._spans:  # to look through the whole page takes a millisecond
            self._spans[passage_id] = spans_of(self._page.document(), f"{_PASSAGE}{passage_id}")
        spans = self._spans.get(passage_id, ())
        self._page.mark(spans, QColor(self._session.palette.css("ui_passage_open")))
        if spans and scroll:
            self._page.bring_to_middle((spans[0][0], spans[-1][1]))

    def _open_passage(self, scheme: str, passage_id: str) -> None:
        if f"{scheme}:" == _PASSAGE:
            self._session.open_passage(passage_id)
            if self._page.is_pressed:
                self.map_wanted.emit()

    def _open_annotation(self, annotation_id: str) -> None:
        annotation = self._session.annotations.get(annotation_id)
        if annotation is not None:
            self._session.open_annotation(annotation)


def markdown_of(article: Article) -> tuple[str, tuple[str, ...]]:
    """Return an article as Markdown with its passages between link marks, and their ids in order."""
    blocks = [f"# {article.title}", article.notice]
    passages: list[str] = []
    for section in article.sections:
        blocks.append(f"## {section.heading}" if section.heading else "")
        runs = article.runs(section.id)
        passages += [run.passage for run in runs if run.passage]
        blocks.append("".join(between_marks(run.text) if run.passage else without_marks(run.text) for run in runs))
    return "\n\n".join(block for block in blocks if block), tuple(passages)


def _nothing_to_read() -> QWidget:
    empty = QWidget()
    title, text = QLabel("No article to read"), QLabel(_WITHOUT_ARTICLE)
    title.setObjectName("emptyTitle")
    text.setObjectName("emptyText")
    text.setWordWrap(True)
    column = QVBoxLayout(empty)
    column.setContentsMargins(_MARGIN_PX, 24, _MARGIN_PX, 24)
    column.setSpacing(8)
    column.addWidget(title)
    column.addWidget(text)
    column.addStretch(1)
    return empty
