"""The person's own articles: opened, chosen, linked to the map, and kept in the document."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QMenu

from geodata import anchors, own_articles
from geodata.anchors import Resolution, Spot
from geodata.annotation_edits import edit_between
from geodata.annotations import Annotation, AnnotationSet
from geodata.article import Article, Passage, plain
from geodata.article_reading import SUFFIXES, ArticleRead, ArticleRequest
from geodata.edits import Edit, Row
from geodata.errors import ArticleError, GeodataError
from geodata.hit import Hit
from geodata.journal import now
from geodata.own_articles import ARTICLES, PASSAGES, OwnArticle
from viewer.app import web_annotations
from viewer.app.annotating import Annotating
from viewer.app.main_window import MainWindow
from viewer.app.own_layers import OwnLayers
from viewer.app.person import name_of_person
from viewer.app.web_annotations import WebAnnotations
from viewer.messages import Grade, Messages
from viewer.panels.article_chooser import ArticleChooser
from viewer.session import Session

BUILT_IN = "built-in"
_WHOLE = 60_000
"""Up to how many letters an article is shown whole; of a longer one a section at a time."""

_TABLE = re.compile(
    r"\b(?:lat|lon|lng|latitude|longitude|easting|northing|wkt|x|y)\b.*[\t;,]|[\t;,].*\blat", re.IGNORECASE
)


class OwnArticles(QObject):
    """Lets a person read articles of their own and link words of them to the map.

    Attributes
    ----------
    chooser : ArticleChooser
        Above the page.
    """

    def __init__(
        self, session: Session, window: MainWindow, messages: Messages, own: OwnLayers, annotating: Annotating
    ) -> None:
        super().__init__(window)
        self._session, self._window, self._messages = session, window, messages
        self._own, self._record, self._annotating = own, own.record, annotating
        self._built_in = session.article
        self._articles: dict[str, tuple[OwnArticle, Article]] = {}
        self._passages: dict[str, tuple[str, Passage]] = {}
        self._shown, self._section = BUILT_IN, ""
        self._linking: Row | None = None
        self._is_keeping = False
        self._ready: ArticleRead | None = None
        self.chooser = ArticleChooser()
        self.chooser.article_chosen.connect(self.show_article)
        self.chooser.section_chosen.connect(lambda section: self.show_article(self._shown, section))
        self.chooser.remove_requested.connect(self.remove)
        self.chooser.answered.connect(self._answer)
        self.chooser.stop_requested.connect(self._stop_linking)
        self.chooser.search_requested.connect(window.window_actions["search"].trigger)
        window.article_panel.put_above(self.chooser)
        self._record.show_with(ARTICLES, self._show_articles)
        self._record.show_with(PASSAGES, self._show_passages)
        for suffix in SUFFIXES:
            own.openers[suffix] = self.open
        own.reader.answered.connect(self._take)
        own.reader.failed.connect(self._refuse)
        exchange = WebAnnotations(
            session, window, messages, passages=self.passages, articles=lambda: frozenset((BUILT_IN, *self._articles))
        )
        own.openers[web_annotations.SUFFIX] = exchange.read
        session.annotation_changed.connect(self._turn_to)
        session.selection_changed.connect(self._link_to)
        self._connect()
        self._restore()

    def passages(self) -> dict[str, tuple[str, Passage]]:
        """Return all passages, the built-in article's too, by their ids, with the id of their article."""
        built_in = self._built_in.passages if self._built_in else ()
        return {passage.id: (BUILT_IN, passage) for passage in built_in} | self._passages

    def open(self, path: Path) -> bool:
        """Read a file as an article; False for a table that only ends like one."""
        if path.suffix.lower() == ".txt" and _is_table(path):
            return False
        self._read(path)
        return True

    def choose_file(self) -> None:
        """Let the person choose an article, then open it."""
        kinds = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        dialog = QFileDialog(self._window, "Open an article", "", f"Articles ({kinds})")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self._read(Path(name).absolute()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def show_article(self, article_id: str, section: str = "") -> None:
        """Show an article, of a long one the section of this id or the first."""
        known = self._articles.get(article_id)
        self._shown = article_id if known else BUILT_IN
        sections = known[1].sections if known and len(known[0].text) > _WHOLE else ()
        ids = [part.id for part in sections]
        self._section = section if section in ids else (ids[0] if ids else "")
        resolved: dict[str, Resolution] = {}
        article = self._built_in
        if known is not None:
            article, resolved = anchors.placed(known[1], self._passages_of(article_id))
        if article is not None and self._section:
            kept = tuple(part for part in article.sections if part.id == self._section)
            passages = tuple(passage for passage in article.passages if passage.section == self._section)
            article = replace(article, sections=kept, passages=passages)
        self._session.set_article(article)
        titles = [(BUILT_IN, self._built_in.title if self._built_in else "The built-in article")]
        titles += [(key, own.title) for key, (own, _) in self._articles.items()]
        parts = [(part.id, part.heading or own_title(known)) for part in sections]
        self.chooser.show_choice(titles, self._shown, sections=parts, section=self._section, is_own=known is not None)
        unsure = [(passage, resolved[passage.id]) for passage in self._passages_of(article_id) if known]
        self.chooser.show_questions([entry for entry in unsure if entry[1].spot is None])

    def remove(self) -> None:
        """Take the article that is shown out of the document, its passages with it; annotations keep their words."""
        known = self._articles.get(self._shown)
        if known is not None:
            text = self._record.journal.state(ARTICLES)[self._shown]
            self._session.push_edit(own_articles.removed(known[0], text, self._record.journal.state(PASSAGES)))

    def link(self) -> None:
        """Let the person click the feature that the selected words shall lead to."""
        self._linking = self._quoted()
        if self._linking is None:
            return
        self.chooser.show_prompt("Click the feature that the selected words shall lead to, or search for it.")

    def annotate(self) -> None:
        """Let the person write an annotation of the selected words."""
        row = self._quoted()
        if row is not None:
            self._annotating.begin(None, quoted=row)

    def _connect(self) -> None:
        actions, page = self._window.window_actions, self._window.article_panel.page
        actions["open_article"].triggered.connect(lambda: self.choose_file())
        actions["link_words"].triggered.connect(lambda: self.link())
        actions["step_back"].triggered.connect(self._stop_linking)
        actions["annotate_words"].triggered.connect(lambda: self.annotate())
        page.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        page.customContextMenuRequested.connect(self._open_menu)
        self._window.place_menu.add_entries(self._add_entries)

    def _open_menu(self, at: QPoint) -> None:
        page = self._window.article_panel.page
        menu = page.createStandardContextMenu()
        if self._shown != BUILT_IN and page.textCursor().hasSelection():
            menu.addSeparator()
            menu.addAction("Link to feature", self.link)
            menu.addAction("Annotate here", self.annotate)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(page.viewport().mapToGlobal(at))

    def _add_entries(self, menu: QMenu, _at: tuple[float, float], hit: Hit | None) -> None:
        if hit is None or self._shown == BUILT_IN or not self._window.article_panel.page.textCursor().hasSelection():
            return

        def connect() -> None:
            self._linking = self._quoted()
            self._link_to(hit)

        menu.addAction("Link the selected words to this feature", connect)

    def _stop_linking(self) -> None:
        self._linking = None
        self.chooser.show_prompt("")

    def _link_to(self, hit: Hit | None) -> None:
        row, self._linking = (self._linking, None) if hit is not None else (None, self._linking)
        if row is None or hit is None:
            return
        self.chooser.show_prompt("")
        passage = own_articles.passage_of(row.after or "")[1]
        note = Annotation(
            id=f"own_{uuid.uuid4().hex[:12]}",
            title=passage.exact[:80],
            kind="note",
            voice="own",
            body=f"> {passage.exact}",
            passage=passage.id,
            targets=(hit.reference,),
            author=name_of_person(),
            created=now(),
            modified=now(),
        )
        self._is_keeping = True
        QTimer.singleShot(0, self, lambda: self._keep_link(note, row, hit))  # when all have heard of the selection

    def _keep_link(self, note: Annotation, row: Row, hit: Hit) -> None:
        self._is_keeping = False
        before = self._session.annotations
        edit = edit_between(f"link words to {hit.name}", before, AnnotationSet((*before, note), before.problems))
        self._session.push_edit(replace(edit, rows=(*edit.rows, row)))
        kept = self._session.annotations.get(note.id)
        if kept is not None:
            self._session.read(kept)
            self._messages.tell(f"Linked to {hit.name}: {note.title}", grade=Grade.HINT)

    def _quoted(self) -> Row | None:
        """Return the row of a new passage for the selected words; None, told why, where there can be none."""
        article, cursor = self._session.article, self._window.article_panel.page.textCursor()
        why = "Select words of one paragraph of an article of your own."
        if self._shown != BUILT_IN and article is not None and cursor.hasSelection():
            text = cursor.document().toPlainText()
            found = selected_words(article, text[: cursor.selectionStart()], cursor.selectedText())
            if found is not None:
                whole = self._articles[self._shown][1]
                passage_id = f"own_{uuid.uuid4().hex[:12]}"
                try:
                    passage = anchors.anchored(whole, *found, passage_id=passage_id)
                    return Row(PASSAGES, passage_id, None, own_articles.passage_text(passage, self._shown))
                except ValueError:
                    pass
        self._messages.tell(why, grade=Grade.HINT)
        return None

    def _read(self, path: Path) -> None:
        """Read a file; a later state of an article that is there takes its place, and keeps its links."""
        named = (own for own, _ in self._articles.values() if own.file == path.name)
        earlier = tuple(replace(own, text=own.text[: own_articles.COMPARED]) for own in named)
        self._own.reader.read(ArticleRequest(path, earlier))

    def _take(self, request: object, outcome: object) -> None:
        if not isinstance(request, ArticleRequest) or not isinstance(outcome, ArticleRead):
            return
        own = outcome.own
        before = self._record.journal.state(ARTICLES).get(own.id)
        edit = own_articles.added(own, outcome.text)
        if before is not None:
            edit = Edit(f"read article {own.title} again", (Row(ARTICLES, own.id, before, outcome.text),))
        self._shown, self._section = own.id, ""
        self._ready = outcome
        self._session.push_edit(edit)
        self._window.window_actions["article"].setChecked(True)
        self._messages.tell(f"{request.path.name} is open, read as {own.encoding}.", grade=_grade(own.encoding))

    def _refuse(self, request: object, error: GeodataError) -> None:
        if isinstance(request, ArticleRequest):
            self._messages.tell_error(error)

    def _answer(self, passage_id: str, spot: Spot | None) -> None:
        """Do with a link what the person said."""
        owner, passage = self._passages[passage_id]
        before = own_articles.passage_text(passage, owner)
        after = None
        if spot is not None:
            whole = self._articles[owner][1]
            quoted = anchors.anchored(whole, spot.section, spot.start, spot.end, passage_id=passage_id)
            after = own_articles.passage_text(quoted, owner)
        known = self._session.annotations
        told = [replace(note, passage="") if note.passage == passage_id and after is None else note for note in known]
        edit = edit_between("place a link", known, AnnotationSet(tuple(told), known.problems))
        self._session.push_edit(replace(edit, rows=(*edit.rows, Row(PASSAGES, passage_id, before, after))))

    def _restore(self) -> None:
        journal = self._record.journal
        for table, show in ((ARTICLES, self._show_articles), (PASSAGES, self._show_passages)):
            rows = tuple(Row(table, key, None, text) for key, text in journal.state(table).items())
            if rows:
                show(rows)

    def _show_articles(self, rows: tuple[Row, ...]) -> None:
        for row in rows:
            self._articles.pop(row.id, None)
            if row.after is not None:
                try:
                    self._articles[row.id] = self._decoded(row.after)
                except ArticleError as error:
                    self._messages.tell_error(error)
        self._ready = None
        self.show_article(self._shown, self._section)

    def _decoded(self, text: str) -> tuple[OwnArticle, Article]:
        """Return the article of a row; one that was just read is not cut into sections again."""
        ready = self._ready
        if ready is not None and ready.text == text:
            return ready.own, ready.article
        own = own_articles.article_of(text)
        return own, own_articles.structured(own)

    def _show_passages(self, rows: tuple[Row, ...]) -> None:
        for row in rows:
            self._passages.pop(row.id, None)
            if row.after is not None:
                try:
                    self._passages[row.id] = own_articles.passage_of(row.after)
                except ArticleError as error:
                    self._messages.tell_error(error)
        self.show_article(self._shown, self._section)

    def _passages_of(self, article_id: str) -> tuple[Passage, ...]:
        return tuple(passage for owner, passage in self._passages.values() if owner == article_id)

    def _turn_to(self, annotation: Annotation | None) -> None:
        """Show the article, and the section, of the annotation that was opened."""
        passage_id = annotation.passage if annotation is not None else ""
        article = self._session.article
        if self._is_keeping or not passage_id or (article is not None and article.passage(passage_id) is not None):
            return
        owner, passage = self._passages.get(passage_id, (BUILT_IN, None))
        if owner == BUILT_IN and (self._built_in is None or self._built_in.passage(passage_id) is None):
            return
        self.show_article(owner, passage.section if passage else "")


def selected_words(article: Article, before: str, words: str) -> tuple[str, int, int] | None:
    """Return section, start and end, in its plain text, of words that are selected on the page of an article.

    Parameters
    ----------
    article
        What is on the page.
    before
        All that stands on the page before the words.
    words
        With the ends of paragraphs among them as Qt writes them; None is returned where there are any.
    """
    exact = words.strip()
    if not exact or "\u2029" in exact:
        return None
    exact = " ".join(exact.split())
    head = f"{' '.join(before.split())} "
    number = sum(head.startswith(exact, at) for at in range(len(head)) if head[at] == exact[0])
    for section in (None, *article.sections):
        heading = f"{article.title} {plain(article.notice)[0]}" if section is None else section.heading
        number -= heading.count(exact)
        if section is None:
            continue
        text = plain(section.text)[0]
        at = text.find(exact)
        while at >= 0:
            if number <= 0:
                return section.id, at, at + len(exact)
            number -= 1
            at = text.find(exact, at + 1)
    return None


def own_title(known: tuple[OwnArticle, Article] | None) -> str:
    """Return what a part without a heading is called."""
    return known[0].title if known else ""


def _is_table(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            first = file.readline(2_000).decode("utf-8", "replace")
    except OSError:
        return False
    return bool(_TABLE.search(first))


def _grade(encoding: str) -> Grade:
    return Grade.NOTICE if "guessed" in encoding or "damaged" in encoding else Grade.HINT
