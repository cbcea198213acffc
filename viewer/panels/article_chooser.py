"""Which article is read, which part of a long one, and the links of which it is not sure where they belong."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from geodata.anchors import Resolution
from geodata.article import Passage


class ArticleChooser(QWidget):
    """Above the page: hidden where there is one article, all of it is shown, and every link is in its place.

    Signals
    -------
    article_chosen(str), section_chosen(str)
        The person wants to read another article, or another part, of this id.
    remove_requested()
        The person wants the article that is shown taken out of the document.
    search_requested()
        The person wants to search for what the prompt asks for.
    stop_requested()
        The person does not want any more what the prompt asks for.
    answered(str, Spot | None)
        The words of the passage of this id stand there; None takes the link away.
    """

    article_chosen = Signal(str)
    section_chosen = Signal(str)
    remove_requested = Signal()
    search_requested = Signal()
    stop_requested = Signal()
    answered = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.articles, self.sections = QComboBox(), QComboBox()
        self.articles.setObjectName("articleChoice")
        self.articles.setAccessibleName("Article")
        self.sections.setAccessibleName("Part of the article")
        for choice in (self.articles, self.sections):
            choice.setMinimumContentsLength(8)
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.remove = QPushButton("Remove")
        self.remove.setToolTip("Take this article out of the document")
        self.articles.activated.connect(lambda at: self.article_chosen.emit(self.articles.itemData(at)))
        self.sections.activated.connect(lambda at: self.section_chosen.emit(self.sections.itemData(at)))
        self.remove.clicked.connect(self.remove_requested)
        line = QHBoxLayout()
        line.addWidget(self.articles, 1)
        line.addWidget(self.remove)
        self.prompt, self._prompt_text = QWidget(), QLabel()
        self._prompt_text.setWordWrap(True)
        self.search = QPushButton("Search")
        self.search.setToolTip("Search for it by name")
        self.search.clicked.connect(self.search_requested)
        self.stop = QPushButton("Stop")
        self.stop.clicked.connect(self.stop_requested)
        prompt = QHBoxLayout(self.prompt)
        prompt.setContentsMargins(0, 4, 0, 4)
        prompt.addWidget(self._prompt_text, 1)
        prompt.addWidget(self.search)
        prompt.addWidget(self.stop)
        self.prompt.hide()
        self._questions = QVBoxLayout()
        self._asked: list[QWidget] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 0)
        column.addLayout(line)
        column.addWidget(self.sections)
        column.addWidget(self.prompt)
        column.addLayout(self._questions)
        self.hide()

    def show_choice(
        self,
        articles: Sequence[tuple[str, str]],
        chosen: str,
        *,
        sections: Sequence[tuple[str, str]],
        section: str,
        is_own: bool,
    ) -> None:
        """Show ids and titles of the articles and, of a long one, of its parts, and which are read."""
        _fill(self.articles, articles, chosen)
        _fill(self.sections, sections, section)
        self.sections.setVisible(len(sections) > 1)
        self.remove.setVisible(is_own)
        self.setVisible(len(articles) > 1)

    def show_prompt(self, text: str) -> None:
        """Say what the person is to do next; nothing takes it away."""
        self._prompt_text.setText(text)
        self.prompt.setVisible(bool(text))

    def show_questions(self, unsure: Sequence[tuple[Passage, Resolution]]) -> None:
        """List links of which it is not sure where they belong; each is asked about."""
        for widget in self._asked:
            self._questions.removeWidget(widget)
            widget.setParent(None)
            widget.deleteLater()
        self._asked = [self._question(passage, resolution) for passage, resolution in unsure]
        for widget in self._asked:
            self._questions.addWidget(widget)

    def _question(self, passage: Passage, resolution: Resolution) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 4, 0, 4)
        gone = "These linked words are no longer in the article" if resolution.state == "orphan" else "Is this still"
        text = QLabel(f"{gone}: “{passage.exact}”{'' if resolution.state == 'orphan' else '?'}")
        text.setWordWrap(True)
        column.addWidget(text)
        for spot in resolution.candidates:
            here = QPushButton(f"It is “{_short(spot.exact)}” in {spot.section}")
            here.clicked.connect(lambda _=False, spot=spot: self.answered.emit(passage.id, spot))
            column.addWidget(here)
        gone_button = QPushButton("Take the link away")
        gone_button.clicked.connect(lambda: self.answered.emit(passage.id, None))
        column.addWidget(gone_button)
        return box


def _fill(choice: QComboBox, entries: Sequence[tuple[str, str]], chosen: str) -> None:
    choice.clear()
    for key, title in entries:
        choice.addItem(title, key)
    choice.setCurrentIndex(choice.findData(chosen))


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39].rstrip()}…"
