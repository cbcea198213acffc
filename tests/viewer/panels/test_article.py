from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl

from geodata.annotations import AnnotationSet
from viewer.panels.article import ArticlePanel
from viewer.panels.typesetting import spans_of


@pytest.fixture
def panel(qtbot, session, icons):
    panel = ArticlePanel(session, icons=icons)
    qtbot.addWidget(panel)
    panel.resize(400, 700)
    panel.show()
    return panel


def marked(panel):
    return [selection.cursor.selectedText() for selection in panel.page.extraSelections()]


def middle_of_mark(panel):
    selection = panel.page.extraSelections()[0]
    return panel.page.cursorRect(selection.cursor).center().y()


def click(qtbot, page, address):
    """Click on the first letters of a link as a person does."""
    start, _ = spans_of(page.document(), address)[0]
    cursor = page.textCursor()
    cursor.setPosition(start + 2)
    page.verticalScrollBar().setValue(0)
    page.verticalScrollBar().setValue(page.cursorRect(cursor).top() - 40)
    place = page.cursorRect(cursor).center() + QPoint(2, 0)
    qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_the_page_shows_title_notice_and_sections(panel):
    text = panel.page.toPlainText()
    assert text.startswith("The title\nA digest.\nOpening\nA remote base may be the hinge.")
    assert "\nMetals\n" in text


def test_selecting_a_feature_opens_its_card_in_the_same_event(panel, session, hit_of):
    session.select(hit_of("sites", "base"))
    assert panel.card.isVisible()
    assert panel.card.title == "The hinge"


def test_selecting_a_feature_marks_its_passage_and_brings_it_to_the_middle(panel, session, hit_of):
    session.select(hit_of("sites", "norilsk"))
    assert "".join(marked(panel)) == "Nickel comes from Norilsk"
    assert abs(middle_of_mark(panel) - panel.page.viewport().height() / 2) < 40


def test_clearing_the_selection_closes_the_card_and_unmarks_the_passage(panel, session, hit_of):
    session.select(hit_of("sites", "base"))
    session.select(None)
    assert not panel.card.isVisible()
    assert marked(panel) == []


def test_a_feature_without_annotation_shows_its_attributes_source_and_confidence(panel, session, hit_of):
    session.select(
        hit_of("lanes", "nsr", kind="lane", length_km=6165, status="schematic", source="own line", confidence="low")
    )
    assert panel.card.title == "Nsr"
    assert panel.card.chips == ("Shipping lanes",)
    for words in (
        "Length",
        "6\u202f165 km",
        "Status",
        "Schematic",
        "Own line",
        "Position",
        "Low confidence: a rough indication",
    ):
        assert words in panel.card.text


def test_the_card_of_several_places_names_the_one_that_was_clicked(panel, session, hit_of):
    first, *_ = session.annotations
    session.annotations = AnnotationSet((replace(first, title="Olenya", targets=("sites/olenya", "sites/field")),))
    session.select(hit_of("sites", "field", name="Monchegorsk air base (fighters)"))
    assert panel.card.title == "Olenya"
    assert panel.card.subject == ("Monchegorsk air base", "One of 2 places that this note speaks of")
    assert "Elmendorf" not in panel.card.local_name  # the first place's
    session.select(hit_of("sites", "olenya", name="Olenya"))
    assert panel.card.local_name == "Elmendorf"


def test_the_card_of_one_place_that_bears_its_name_does_not_say_it_twice(panel, session, hit_of):
    session.select(hit_of("sites", "norilsk", name="Nickel"))
    assert panel.card.subject == ("", "")
    session.select(hit_of("sites", "base", name="Fort"))
    assert panel.card.subject == ("Fort", "")
    session.select(hit_of("lanes", "nsr"))
    assert panel.card.subject == ("", "")


def test_a_card_tells_the_claim_s_likelihood_from_the_position_s_confidence(panel, session, hit_of):
    session.select(hit_of("sites", "base", confidence="medium"))
    for words in ("Claim\nLikely (55–80 %)", "Grounds\nModerate confidence", "Position\nModerate confidence"):
        assert words in panel.card.text


def test_going_from_an_annotated_feature_to_a_plain_one_shows_the_plain_one(panel, session, hit_of):
    session.select(hit_of("sites", "base"))
    session.select(hit_of("lanes", "nsr"))
    assert panel.card.title == "Nsr"
    assert marked(panel) == []


def test_clicking_a_passage_opens_its_annotation_and_asks_the_map_for_its_features(qtbot, panel, session):
    with qtbot.waitSignal(session.features_requested) as asked:
        click(qtbot, panel.page, "passage:nickel")
    assert asked.args == [("sites/norilsk",)]
    assert panel.card.title == "Nickel"


def test_a_passage_chosen_with_the_mouse_leads_to_the_map_and_one_chosen_by_key_does_not(qtbot, panel):
    led = []
    panel.map_wanted.connect(lambda: led.append(True))
    panel.page.anchorClicked.emit(QUrl("passage:hinge"))
    assert led == []
    click(qtbot, panel.page, "passage:nickel")
    assert led == [True]


def test_a_passage_that_no_annotation_speaks_of_is_no_link(panel):
    assert spans_of(panel.page.document(), "passage:nickel")
    assert spans_of(panel.page.document(), "passage:unlinked") == ()


def test_emphasis_across_the_end_of_a_passage_stays_emphasis(panel):
    text = panel.page.toPlainText()
    assert "Nickel comes from Norilsk by the lane." in text
    assert ">Norilsk<" in panel.page.toHtml().replace("</span>", "<")


def test_a_passage_is_underlined_in_the_colour_of_its_layer(panel, session):
    start, _ = spans_of(panel.page.document(), "passage:nickel")[0]
    cursor = panel.page.textCursor()
    cursor.setPosition(start + 1)
    assert cursor.charFormat().underlineColor().name() == session.palette.css("metals")


def test_the_cross_on_the_card_clears_the_selection(qtbot, panel, session, hit_of):
    session.select(hit_of("sites", "base"))
    panel.card.close_requested.emit()
    assert session.selection is None


def test_other_annotations_of_a_feature_are_offered_and_open(qtbot, panel, session, hit_of):
    session.select(hit_of("sites", "base"))
    assert "Also about this place" in panel.card.text
    panel.card.annotation_chosen.emit("base_since")
    assert panel.card.title == "They met"


def test_a_new_theme_keeps_card_mark_and_place(panel, session, hit_of):
    session.select(hit_of("sites", "norilsk"))
    place = panel.page.verticalScrollBar().value()
    session.set_theme("dark")
    assert panel.card.isVisible()
    assert "".join(marked(panel)) == "Nickel comes from Norilsk"
    assert panel.page.verticalScrollBar().value() == place


def test_without_an_article_the_panel_says_so_and_still_shows_cards(qtbot, make_session, icons, hit_of):
    session = make_session(article=False)
    panel = ArticlePanel(session, icons=icons)
    qtbot.addWidget(panel)
    panel.show()
    session.select(hit_of("sites", "base"))
    assert not panel.page.isVisible()
    assert panel.card.isVisible()


def test_an_open_card_lets_the_window_be_made_small_again(panel, session, hit_of):
    panel.resize(400, 1200)
    session.select(hit_of("sites", "base"))
    panel.resize(400, 300)
    assert panel.card.height() <= 200


@pytest.mark.parametrize("address", ["https://example.org/", "file:///etc/hostname", "javascript:alert(1)"])
def test_a_foreign_address_opens_nothing(panel, session, address):
    panel.page.anchorClicked.emit(QUrl(address))
    assert session.annotation is None
    assert panel.page.source().isEmpty()


def test_pictures_and_html_in_an_annotation_are_neither_fetched_nor_drawn(panel, session, hit_of):
    session.select(hit_of("sites", "base"))
    assert "<img src=x>" in panel.card.text
    assert "\ufffc" not in panel.card.text


def test_a_foreign_link_in_an_annotation_is_plain_text(qtbot, make_session, icons, hit_of):
    body = "See [this page](https://example.org)."
    first, *_ = make_session().annotations
    session = make_session(annotations=AnnotationSet((replace(first, body=body),)))
    panel = ArticlePanel(session, icons=icons)
    qtbot.addWidget(panel)
    session.select(hit_of("sites", "base"))
    assert "See this page." in panel.card.text
    assert 'href="https' not in panel.card.html


def test_each_annotation_of_a_passage_has_a_dot_in_the_margin_beside_it(qtbot, panel, session):
    dots = panel.page.margin_dots()
    assert len(dots) == len([one for one in session.annotations if one.passage])
    start, _ = spans_of(panel.page.document(), "passage:hinge")[0]
    cursor = panel.page.textCursor()
    cursor.setPosition(start)
    beside, text = dots[0][0], panel.page.cursorRect(cursor)
    assert text.top() <= beside.y() <= text.bottom()
    assert 0 < beside.x() < text.left()
    image = panel.page.grab().toImage()
    place = panel.page.viewport().mapTo(panel.page, beside.toPoint()) * image.devicePixelRatio()
    assert image.pixelColor(place) == dots[0][1]
