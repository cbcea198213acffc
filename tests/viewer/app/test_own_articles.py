"""A person's own articles in the window: opened, linked, asked about, undone and there again."""

import json

import numpy as np
import pytest
from PySide6.QtGui import QTextCursor

from geodata import own_articles
from geodata.extent import Extent
from geodata.hit import Hit
from geodata.own_articles import ARTICLES, PASSAGES
from viewer.app.annotating import Annotating
from viewer.app.own_articles import BUILT_IN, OwnArticles, selected_words
from viewer.app.own_layers import OwnLayers
from viewer.app.own_store import OwnStore
from viewer.app.web_annotations import WebAnnotations
from viewer.panels.typesetting import spans_of

PATIENCE_MS = 20_000
TEXT = (
    "# Ice and iron\n\n## Ice\n\nThe ice leaves *Pevek* early. Nobody had expected that to last.\n\n"
    "## Iron\n\nIron ore.\n"
)


@pytest.fixture
def hit_of():
    def make(layer_id, feature_id):
        attributes = {"id": feature_id, "name": feature_id.title()}
        return Hit(layer_id, feature_id, attributes, "point", (np.array([[1e6, 2e6]]),), Extent(1e6, 2e6, 1e6, 2e6))

    return make


@pytest.fixture
def heard(messages, window):
    told = []
    messages.told.connect(lambda message: told.append(message.text))
    return told


@pytest.fixture
def begin(window, session, messages, tmp_path):
    started = []

    def go():
        own = OwnLayers(session, window, messages, OwnStore(tmp_path / "layers"))
        own.restore()
        annotating = Annotating(session, window, messages, folder=own.folder)
        started.append((own, annotating))
        return own, OwnArticles(session, window, messages, own, annotating)

    yield go
    for own, annotating in started:
        annotating.shutdown()
        own.shutdown()


@pytest.fixture
def parts(begin):
    return begin()


@pytest.fixture
def open_text(qtbot, parts, tmp_path):
    own, _ = parts

    def go(text=TEXT, name="ice.md"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        own.open_files([path])
        qtbot.waitUntil(lambda: not own.reader.is_busy, timeout=PATIENCE_MS)

    return go


def select(window, words):
    page = window.article_panel.page
    cursor = page.document().find(words)
    assert not cursor.isNull()
    page.setTextCursor(cursor)


def link(qtbot, window, session, words, hit):
    select(window, words)
    window.window_actions["link_words"].trigger()
    session.select(hit)
    qtbot.waitUntil(lambda: any(note.voice == "own" for note in session.annotations))
    return next(note for note in session.annotations if note.voice == "own")


def test_an_own_article_is_shown_beside_the_built_in_one_and_undone(open_text, parts, session, window):
    own, articles = parts
    assert articles.chooser.isHidden()
    open_text()
    assert session.article.title == "Ice and iron"
    assert not articles.chooser.isHidden()
    assert [articles.chooser.articles.itemText(n) for n in range(2)] == ["The title", "Ice and iron"]
    articles.chooser.articles.activated.emit(0)
    assert session.article.title == "The title"
    own.record.undo()
    assert articles.chooser.isHidden()
    own.record.redo()
    assert articles.chooser.articles.count() == 2


def test_selected_words_are_linked_to_the_feature_that_is_clicked_in_one_step(
    qtbot, open_text, parts, session, window, hit_of
):
    own, _ = parts
    open_text()
    note = link(qtbot, window, session, "Pevek early", hit_of("ports", "haven"))
    assert note.targets == ("ports/haven",)
    (row,) = own.record.journal.state(PASSAGES).values()
    assert json.loads(row)["exact"] == "Pevek early"
    assert spans_of(window.article_panel.page.document(), f"passage:{note.passage}")
    own.record.undo()
    assert own.record.journal.state(PASSAGES) == {}
    assert not [known for known in session.annotations if known.voice == "own"]


def test_opening_an_annotation_turns_to_its_article(qtbot, open_text, parts, session, window, hit_of):
    _, articles = parts
    open_text()
    note = link(qtbot, window, session, "Iron ore", hit_of("ports", "haven"))
    articles.show_article(BUILT_IN)
    session.select(None)
    session.read(note)
    assert session.article.title == "Ice and iron"
    marked = [selection.cursor.selectedText() for selection in window.article_panel.page.extraSelections()]
    assert marked == ["Iron ore"]


def test_selected_words_are_annotated_with_the_form(qtbot, open_text, parts, session, window):
    own, articles = parts
    open_text()
    select(window, "expected that")
    window.window_actions["annotate_words"].trigger()
    form = articles._annotating.form
    form.title.setText("Who did?")
    form.body.set_text("Some had.")
    form.save_requested.emit()
    (note,) = [known for known in session.annotations if known.voice == "own"]
    assert (note.title, note.place) == ("Who did?", "")
    assert list(own.record.journal.state(PASSAGES)) == [note.passage]


def test_a_changed_article_that_is_read_again_asks_about_words_that_are_gone(
    qtbot, open_text, parts, session, window, hit_of
):
    own, articles = parts
    open_text()
    note = link(qtbot, window, session, "Pevek early", hit_of("ports", "haven"))
    open_text(TEXT.replace("The ice leaves *Pevek* early.", "Who says Pevek early?"))
    assert len(own.record.journal.state(ARTICLES)) == 1
    assert session.article.passage(note.passage) is None
    assert not spans_of(window.article_panel.page.document(), f"passage:{note.passage}")
    buttons = [
        button for button in articles.chooser.findChildren(type(articles.chooser.remove)) if "It is" in button.text()
    ]
    assert [button.text() for button in buttons] == ["It is “Pevek early” in ice"]
    buttons[0].click()
    assert session.article.passage(note.passage).exact == "Pevek early"


def test_another_article_of_the_same_name_takes_nobodys_place(open_text, parts, session):
    own, articles = parts
    open_text()
    open_text("# Snow\n\nQuite another story of snow on the roofs of a town in the south.\n")
    assert [articles.chooser.articles.itemText(n) for n in (1, 2)] == ["Ice and iron", "Snow"]
    assert session.article.title == "Snow"
    open_text("# Snow\n\nQuite another story of snow on the roofs of a town in the far south.\n")
    assert len(own.record.journal.state(ARTICLES)) == 2


def test_what_the_words_lead_to_can_be_searched_for(open_text, parts, window):
    _, articles = parts
    asked = []
    window.window_actions["search"].triggered.connect(lambda: asked.append(True))
    open_text()
    select(window, "Pevek early")
    window.window_actions["link_words"].trigger()
    articles.chooser.search.click()
    assert asked
    assert not articles.chooser.prompt.isHidden()


def test_taking_a_link_away_keeps_the_annotation_and_its_words(qtbot, open_text, parts, session, window, hit_of):
    _, articles = parts
    open_text()
    note = link(qtbot, window, session, "Iron ore", hit_of("ports", "haven"))
    open_text(TEXT.replace("Iron ore.", "Coal."))
    articles.chooser.answered.emit(note.passage, None)
    assert session.annotations.get(note.id).passage == ""
    assert "Iron ore" in session.annotations.get(note.id).body
    assert articles.passages().keys() == set()


def test_a_guessed_encoding_is_named(open_text, session, heard):
    open_text("Северный морской путь открыт, и порт принимает суда.".encode("cp1251"), "route.txt")
    assert session.article.title == "route"
    assert any("cp1251 (guessed)" in text for text in heard)


def test_a_table_that_ends_in_txt_is_still_a_layer(parts, tmp_path):
    _, articles = parts
    path = tmp_path / "places.txt"
    path.write_text("name\tlat\tlon\nNome\t64.5\t-165.4\n")
    assert articles.open(path) is False


def test_a_long_article_is_shown_a_section_at_a_time(open_text, parts, session, window):
    _, articles = parts
    open_text("The ice leaves Pevek early in the year, and nobody was asked.\n\n" * 4_000, "long.txt")
    assert len(window.article_panel.page.toPlainText()) < 2 * own_articles.PART
    assert articles.chooser.sections.count() > 10
    articles.chooser.sections.activated.emit(3)
    assert session.article.sections[0].heading == "long (4 of 13)"


def test_articles_and_links_are_there_again_at_the_next_start(qtbot, open_text, begin, parts, session, window, hit_of):
    open_text()
    note = link(qtbot, window, session, "Pevek early", hit_of("ports", "haven"))
    _, again = begin()
    again.show_article(next(iter(again.passages().values()))[0])
    assert session.article.passage(note.passage).exact == "Pevek early"


def test_the_built_in_article_cannot_be_linked(parts, session, window, heard):
    select(window, "Words")
    window.window_actions["link_words"].trigger()
    assert "of an article of your own" in heard[-1]
    assert parts[1]._linking is None


def test_the_second_of_equal_words_is_the_one_that_was_selected():
    article = own_articles.structured(own_articles.OwnArticle("a", "T", "## Ice\n\nIce is ice. Ice is not water.\n"))
    page = "T\nIce\nIce is ice. Ice is not water."
    assert selected_words(article, page[: page.index("Ice is not")], "Ice is") == ("ice", 12, 18)
    assert selected_words(article, page[: page.index("Ice is ice")], "Ice is") == ("ice", 0, 6)


def test_annotations_go_out_and_come_back_as_web_annotations(
    qtbot, open_text, parts, session, window, hit_of, tmp_path
):
    own, _ = parts
    open_text()
    note = link(qtbot, window, session, "Pevek early", hit_of("ports", "haven"))
    path = tmp_path / "notes.jsonld"
    window.findChild(WebAnnotations).write(path)
    own.record.undo()
    assert session.annotations.get(note.id) is None
    own.open_files([path])
    back = session.annotations.get(note.id)
    assert (back.targets, back.passage) == (note.targets, note.passage)
    assert session.article.passage(note.passage).exact == "Pevek early"


def test_an_annotation_whose_feature_is_gone_says_so_and_keeps_its_words(
    qtbot, open_text, parts, session, window, hit_of
):
    open_text()
    note = link(qtbot, window, session, "Pevek early", hit_of("lost-layer", "7"))
    session.select(None)
    session.read(note)
    assert "No longer on the map" in window.article_panel.card.text
    assert "lost-layer/7" in window.article_panel.card.text
    assert "Pevek early" in window.article_panel.card.text


def test_words_of_two_paragraphs_cannot_be_linked(open_text, window, heard):
    open_text()
    page = window.article_panel.page
    cursor = page.document().find("to last")
    cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
    page.setTextCursor(cursor)
    window.window_actions["link_words"].trigger()
    assert "one paragraph" in heard[-1]


def test_esc_stops_linking(open_text, parts, session, window, hit_of):
    _, articles = parts
    open_text()
    select(window, "Pevek early")
    window.window_actions["link_words"].trigger()
    assert not articles.chooser.prompt.isHidden()
    window.window_actions["step_back"].trigger()
    assert articles.chooser.prompt.isHidden()
    session.select(hit_of("ports", "haven"))
    assert not [note for note in session.annotations if note.voice == "own"]
